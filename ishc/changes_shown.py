"""The changes between two versions of a form, as a person reads them."""

from collections.abc import Iterator, Mapping, Sequence

from forms.changes.change import Change, Kind
from programme.problem import Language, Text

SHOWN = 20  # of changes that are mended alike; --json tells all
_HEADINGS: Mapping[Kind, Text] = {
    "breaking": Text(
        vi="LÀM HỎNG: số liệu đã thu bị mất khỏi bảng, bị hiểu sai hoặc bị lộ",
        en="BREAKING: data collected before leave the tables, are misread, or are shown",
    ),
    "careful": Text(
        vi="CẨN THẬN: số liệu đã thu vẫn còn, nhưng trước và sau không hẳn là một",
        en="CAREFUL: data collected before stay, but before and after are not quite the same",
    ),
    "safe": Text(vi="AN TOÀN", en="SAFE"),
}


def heading(kind: Kind, count: int, language: Language) -> str:
    """Write what changes of a kind do, and how many there are."""
    return f"{_HEADINGS[kind].in_(language)} ({count})"


def section(changes: Sequence[Change], kind: Kind, language: Language) -> Iterator[str]:
    """Write the changes of one kind; what is to be done alike is said once."""
    if not changes:
        return
    yield heading(kind, len(changes), language)
    alike: dict[tuple[Text, Text], list[Change]] = {}
    for change in changes:
        alike.setdefault((change.why, change.do), []).append(change)
    for (why, do), those in alike.items():
        yield from (f"  {change.in_(language)}" for change in those[:SHOWN])
        if (rest := len(those) - SHOWN) > 0:
            yield f"  {Text(vi=f'… và {rest} chỗ nữa', en=f'… and {rest} more').in_(language)}"
        if kind != "safe":
            yield f"    {why.in_(language)}"
            yield f"    → {do.in_(language)}"
    yield ""
