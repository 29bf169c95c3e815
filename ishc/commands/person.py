"""``ishc person``: what is held on a person, found, handed out, corrected, restricted, erased."""

import click

from ishc.language import say
from ishc.lazy import PlainGroup
from ishc.persons import correct, erase, export, find, record, restrict, retention


@click.group(
    "person",
    cls=PlainGroup,
    help=say(
        "Dữ liệu về một người: tìm, giao cho người đó, sửa, hạn chế, xóa. Mỗi lần dùng được ghi "
        "vào data/logs/people.log (không ghi tên).",
        "What is held on a person: find it, hand it out, correct, restrict, erase it. Each use is "
        "written to data/logs/people.log (without the name).",
    ),
)
def command() -> None:
    """Hold the commands."""


for each in (find, export, correct, restrict, erase, retention, record):
    command.add_command(each.command)
