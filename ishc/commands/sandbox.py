"""``ishc sandbox``: a small KoBo-compatible server for trying, teaching and tests."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import click

from connectors.servers.sandbox import Running, Weather, serve
from ishc.context import Context, pass_context
from ishc.language import say
from programme.hosts import host_of, is_loopback
from programme.problem import Exit, Problem, ProblemError, Text
from programme.system_error import reason
from programme.writing import write_text

PORT = 8010  # where it answers unless something else is said


@click.command(
    "sandbox",
    help=say(
        "Chạy máy chủ nhỏ giống KoBo để tập và dạy; chỉ máy này truy cập được, trừ khi đổi --host."
        "\n\nCần chạy trong thư mục chương trình (ishc init tạo ra), nơi giữ mã truy cập và phiếu.",
        "Run a small KoBo-like server for trying and teaching; reachable from this computer only "
        "unless --host says otherwise.\n\nIt needs a programme folder (ishc init makes one), where "
        "the token and what is sent are kept.",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=say(
        f"cổng (mặc định như trong ishc.toml, hoặc {PORT})",
        f"by default as in ishc.toml, or {PORT}",
    ),
)
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("nơi giữ phiếu (mặc định data/sandbox)", "where it keeps things (data/sandbox)"),
)
@click.option(
    "--faults",
    type=int,
    metavar="SEED",
    help=say(
        "làm hỏng một phần mười câu trả lời, để tập với đường truyền xấu; số này quyết định thứ tự",
        "spoil a tenth of the answers, to try a poor line; the number decides in what order",
    ),
)
@pass_context
def command(
    context: Context, host: str, port: int | None, state: Path | None, faults: int | None
) -> None:
    """Serve until interrupted; the token lies in a file only its owner can read."""
    folder = context.folder
    token_file = folder.data / "token"
    if not token_file.is_file():
        folder.private(folder.data)
        write_text(token_file, secrets.token_hex(20))
    token = token_file.read_text(encoding="utf-8").strip()
    place = state or folder.private(folder.data / "sandbox")
    weather = None if faults is None else Weather(faults)
    pointed = _pointed_to(context)
    chosen = (urlsplit(pointed).port if pointed else None) or PORT
    with _served(place, token, host, chosen if port is None else port, weather) as running:
        if running.url == pointed:
            context.say(
                f"Máy chủ tập đang chạy ở {running.url}, như ishc.toml đã ghi. Để nguyên cửa sổ "
                "này; dừng bằng Ctrl+C.",
                f"The sandbox answers at {running.url}, as ishc.toml has it. Leave this window "
                "open; stop it with Ctrl+C.",
            )
            running.wait()
            return
        lines = (
            f'  url = "{running.url}"\n'
            f'  openrosa_url = "{running.url}"\n'
            f'  token_file = "{token_file.resolve().as_posix()}"\n'
        )
        context.say(
            f"Máy chủ tập đang chạy ở {running.url} (để tập, dạy và kiểm thử).\n"
            f"Trong ishc.toml, ở mục [servers.kobo], thay ba dòng này:\n{lines}"
            "Biến môi trường ISHC_TOKEN, nếu có, được dùng trước tệp: hãy xóa biến đó.\n"
            "Dừng bằng Ctrl+C.",
            f"The sandbox answers at {running.url} (for trying, teaching and testing).\n"
            f"In ishc.toml, under [servers.kobo], write these three lines instead:\n{lines}"
            "An environment variable ISHC_TOKEN goes before the file: unset it.\n"
            "Stop it with Ctrl+C.",
        )
        running.wait()


def _pointed_to(context: Context) -> str:
    """Give the address on this computer that ``ishc.toml`` names, empty where it names none."""
    try:
        accounts = context.settings.servers.values()
    except ProblemError:  # a sandbox may run while somebody mends the settings
        return ""
    return next((each.url for each in accounts if is_loopback(host_of(each.url))), "")


def _served(state: Path, token: str, host: str, port: int, weather: Weather | None) -> Running:
    try:
        return serve(state, token, host, port, weather=weather)
    except OSError as error:
        raise ProblemError(
            Problem(
                "sandbox-address",
                Text(
                    vi=f"không mở được địa chỉ {host}:{port}: {reason(error).vi}",
                    en=f"the address {host}:{port} cannot be opened: {reason(error).en}",
                ),
                Text(
                    vi="máy chủ tập của thư mục khác (như ishc demo) hoặc chương trình khác có thể "
                    "đang dùng: hãy dừng nó (Ctrl+C), hoặc chọn cổng khác bằng --port",
                    en="a sandbox of another folder (such as ishc demo's) or another program may "
                    "be using it: stop that (Ctrl+C), or choose another with --port",
                ),
            ),
            Exit.SERVER,
        ) from error
