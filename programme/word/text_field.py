"""Room for what people write: a content control whose text survives the next report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextField:
    """A text of people's own: causes, lessons, proposals.

    Args:
        section: stable name, ``causes``; the tag of the control is ``text:causes``.
        label: what Word shows on the control, ``Nguyên nhân``.
        paragraphs: what is known already; without any a dotted hint stands there.
        hint: what to write, shown until somebody does.
        lines: dotted lines that the empty field shows, for filling in by hand.
    """

    section: str
    label: str
    paragraphs: tuple[str, ...] = ()
    hint: str = ""
    lines: int = 3
