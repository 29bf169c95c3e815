"""``ishc explain``: who said what, and why a value is as it is."""

import click

from connectors.explain.club import explain_club
from connectors.store.labels import read_labels
from connectors.store.tables import open_tables
from ishc.club_explained import lines
from ishc.context import Context, pass_context
from ishc.language import say


@click.group(
    "explain",
    help=say(
        "Giải thích: ai đã báo gì, lúc nào; số liệu hiện nay lấy từ phiếu nào.",
        "Who said what and when, and where the values of today come from.",
    ),
)
def command() -> None:
    """Explain what the registers say."""


@command.command(
    "club",
    help=say(
        "Mọi phiếu nói về một câu lạc bộ: ngày, máy, chức vụ người báo; phiếu nào được dùng, phiếu "
        "nào không và vì sao. Không ghi tên người, trừ khi thêm --identified.",
        "Every submission that speaks of a club: day, phone, role of who reported; which count, "
        "which do not and why. Names nobody, unless with --identified.",
    ),
)
@click.argument("code", metavar="CODE")
@click.option(
    "--identified",
    is_flag=True,
    help=say("kèm tên người báo cáo và số máy", "with the names of reporters and ids of phones"),
)
@pass_context
def club(context: Context, code: str, identified: bool) -> None:
    """Explain one club."""
    explained = explain_club(context.folder, code.strip(), identified=identified)
    context.result(explained)
    labels = read_labels(open_tables(context.folder, identified=True), context.language)
    for text in lines(explained, labels):
        context.say(text.vi, text.en)
