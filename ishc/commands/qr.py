"""``ishc qr``: the code that sets up KoboCollect and ODK Collect, as a picture and a Word page."""

from collections.abc import Iterator
from pathlib import Path

import click

from connectors.phones.shared_code import shared_code
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.poster import write_picture, write_poster
from programme.account import ServerSettings
from programme.hosts import host_of, is_loopback
from programme.problem import Exit, Place, Problem, ProblemError, Text


@click.command(
    "qr",
    help=say(
        "Làm mã QR cài đặt KoboCollect, ODK Collect: một ảnh và một trang Word để treo tường. "
        "KoBo: một mã chung, không có mật khẩu. ODK Central: mỗi máy một mã (ishc phones make), "
        "mã đó là chìa khóa, không treo lên tường.",
        "Make the QR code that sets up KoboCollect and ODK Collect: a picture, and a Word page to "
        "hang on the wall. KoBo: one code for all, without a password. ODK Central: a code a "
        "phone (ishc phones make), which is a key and not to be hung up.",
    ),
)
@click.option(
    "--username",
    default="",
    help=say("tên tài khoản KoBo dùng chung, nếu có", "name of the KoBo account phones share"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục ghi (mặc định data/qr)", "folder to write to (data/qr by default)"),
)
@pass_context
def command(context: Context, username: str, out: Path | None) -> None:
    """Write a picture and a page for each server, or each phone of Central."""
    target = out or context.folder.private(context.folder.data / "qr")
    made: list[str] = []
    problems: list[Problem] = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for account in context.settings.servers.values():
            problems += _only_here(account)
            codes = list(_codes(context, account, username))
            if not codes:
                problems.append(_no_phones(account))
            for name, whose, code in codes:
                write_picture(code, target / f"{name}.png")
                page = target / f"{name}.{context.language}.docx"
                write_poster(code, page, account.kind, whose, context.language)
                made += [str(target / f"{name}.png"), str(page)]
    except OSError as error:
        raise ProblemError(_not_written(target), Exit.STORE) from error
    context.result({"files": made})
    context.problems(problems)
    for each in made:
        context.say(f"Đã làm: {each}", f"Made: {each}")


def _codes(
    context: Context, account: ServerSettings, username: str
) -> Iterator[tuple[str, str, str]]:
    """Give name of the file, what is printed below, and text of each code."""
    project = context.settings.name.in_(context.language)
    if account.kind == "kobo":
        yield account.name, project, shared_code(account, project, username)
        return
    for path in sorted((context.folder.data / "phones").glob(f"{account.name}-*.txt")):
        yield path.stem, f"{project} ({path.stem})", path.read_text(encoding="utf-8").strip()


def _only_here(account: ServerSettings) -> Iterator[Problem]:
    """Warn of an address that means another machine on every phone: the phone itself."""
    host = host_of(account.openrosa_url)
    if is_loopback(host):
        yield Problem(
            "qr-this-computer",
            Text(
                vi=f"{host} là chính máy này: điện thoại quét mã sẽ không tới được máy chủ",
                en=f"{host} is this computer itself: a phone that scans the code will not reach it",
            ),
            Text(
                vi="để tập trong cùng mạng Wi-Fi: chạy «ishc sandbox --host 0.0.0.0», ghi địa chỉ "
                "của máy này trong mạng (như http://192.168.1.4:8010) vào url, rồi làm lại mã; "
                "để thu số liệu thật: dùng máy chủ KoBo hoặc ODK Central",
                en="to try it within one Wi-Fi network: run “ishc sandbox --host 0.0.0.0”, write "
                "the address of this computer in that network (such as http://192.168.1.4:8010) "
                "into url, and make the code again; for real data use a KoBo or ODK Central server",
            ),
            Place(server=account.name, setting=f"servers.{account.name}.url"),
            "warning",
        )


def _no_phones(account: ServerSettings) -> Problem:
    return Problem(
        "qr-no-phones",
        Text(vi="chưa cấp khóa cho máy nào", en="no phone has its key yet"),
        Text(
            vi="ghi các máy vào connectors/phones.csv rồi chạy: ishc phones make",
            en="list the phones in connectors/phones.csv and run: ishc phones make",
        ),
        Place(server=account.name),
        "warning",
    )


def _not_written(target: Path) -> Problem:
    return Problem(
        "qr-not-written",
        Text(vi="không ghi được vào thư mục này", en="this folder cannot be written to"),
        Text(vi="hãy chọn thư mục khác bằng --out", en="choose another one with --out"),
        Place(file=str(target)),
    )
