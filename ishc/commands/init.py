"""``ishc init [DIR]``: a new programme folder that works, after five questions."""

from datetime import datetime
from pathlib import Path

import click

from ishc.beginning.account import tried
from ishc.beginning.ask import Given, choose, somebody_there
from ishc.beginning.chosen import NIGHTS, Secret
from ishc.beginning.make import make_programme
from ishc.beginning.next_steps import next_steps
from ishc.context import Context, pass_context
from ishc.language import say
from programme.areas import load_areas
from programme.copying import refuse_taken
from programme.folder import Folder, shipped

FOLDER = "my-clubs"


@click.command(
    "init",
    help=say(
        "Tạo chương trình mới: hỏi năm câu (ngôn ngữ, tỉnh, máy chủ, mã truy cập, việc mỗi đêm) "
        "rồi ghi thư mục với biểu mẫu, phép kiểm tra, chỉ tiêu, mẫu báo cáo, ishc.toml. Không ghi "
        "đè lên gì. Trả lời trước bằng các tùy chọn thì không hỏi câu đó; không có cửa sổ lệnh "
        "(trong kịch bản) thì không hỏi câu nào.\n\n"
        f"DIR mặc định là {FOLDER}.",
        "Make a new programme: five questions (language, province, server, token, what to do every "
        "night), then a folder with forms, checks, indicators, templates and ishc.toml. Nothing is "
        "overwritten. What an option answers is not asked; without a terminal (in a script) "
        "nothing is.\n\n"
        f"DIR is {FOLDER} by default.",
    ),
)
@click.argument("directory", type=click.Path(path_type=Path), default=Path(FOLDER))
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="CODE|NAME",
    help=say(
        "tỉnh, thành phố; nhiều lần nếu nhiều; VN là cả nước",
        "a province, several times for several; VN is the country",
    ),
)
@click.option(
    "--server",
    metavar="kobo|kobo-eu|sandbox|URL",
    help=say("máy chủ thu số liệu", "the server that collects the data"),
)
@click.option(
    "--phones-url",
    default="",
    metavar="URL",
    help=say(
        "địa chỉ điện thoại gửi về, trên máy chủ KoBo riêng",
        "where phones send, on a KoBo server of your own",
    ),
)
@click.option(
    "--user",
    default="",
    metavar="E-MAIL",
    help=say("tài khoản trên ODK Central", "the account on ODK Central"),
)
@click.option(
    "--project",
    type=click.IntRange(1),
    help=say("số của dự án trên ODK Central", "number of the project on ODK Central"),
)
@click.option(
    "--token-file",
    default="",
    metavar="FILE",
    help=say(
        "tệp của mình chứa mã truy cập hay mật khẩu (mặc định data/token)",
        "a file of yours with the token or password (data/token by default)",
    ),
)
@click.option(
    "--token-env",
    default="",
    metavar="NAME",
    help=say(
        "biến môi trường chứa mã đó (mặc định ISHC_TOKEN)",
        "the environment variable that holds it (ISHC_TOKEN by default)",
    ),
)
@click.option(
    "--night",
    "nights",
    multiple=True,
    metavar="|".join((*NIGHTS, "none")),
    help=say("việc làm thêm mỗi đêm; nhiều lần nếu nhiều", "done every night; several times"),
)
@pass_context
def command(
    context: Context,
    directory: Path,
    areas: tuple[str, ...],
    server: str | None,
    phones_url: str,
    user: str,
    project: int | None,
    token_file: str,
    token_env: str,
    nights: tuple[str, ...],
) -> None:
    """Ask, make the programme, try the account, and say what comes next."""
    target = context.directory / directory
    refuse_taken(target)
    given = Given(
        area=",".join(areas) if areas else None,
        server=server,
        phones_url=phones_url,
        user=user,
        project=project,
        secret=_named(token_file, token_env),
        night=" ".join(nights) if nights else None,
    )
    known = load_areas(Folder(shipped()).xlsforms)
    asking = somebody_there(context)
    chosen = choose(context, given, known, asking=asking)
    files, settings = make_programme(target, chosen)
    context.say(
        f"\n✓ Đã tạo chương trình trong {target.resolve()} ({files} tệp).",
        f"\n✓ Made a programme in {target.resolve()} ({files} files).",
    )
    (account,) = settings.servers.values()
    found = tried(context, account, datetime.now(settings.timezone))
    context.result({"folder": str(target), "files": files, "account": found})
    for step in next_steps(directory, chosen, found):
        context.say(step.vi, step.en)


def _named(file: str, variable: str) -> Secret | None:
    if not (file or variable):
        return None
    return Secret(file=Path(file).resolve().as_posix() if file else "", variable=variable)
