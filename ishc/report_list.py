"""Tells which reports there are."""

from ishc.context import Context
from programme.problem import Text
from reports.catalogue import REPORTS
from reports.place import LEVEL_NAMES

_NAMES = Text(
    vi="có tên người: chỉ giao cho người được xem", en="names people: only for who may see them"
)


def tell_reports(context: Context) -> None:
    """Say the name of each report, what it is and what it can be about."""
    context.result(
        [
            {"name": each.name, "title": each.title, "levels": each.levels, "names": each.names}
            for each in REPORTS.values()
        ]
    )
    for each in REPORTS.values():
        levels = [LEVEL_NAMES[level] for level in each.levels]
        vi, en = ", ".join(level.vi for level in levels), ", ".join(level.en for level in levels)
        note = Text(f"; {_NAMES.vi}", f"; {_NAMES.en}") if each.names else Text("", "")
        context.say(
            f"  {each.name:20} {each.title.vi} ({vi}{note.vi})",
            f"  {each.name:20} {each.title.en} ({en}{note.en})",
        )
