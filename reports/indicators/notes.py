"""What a reader has to know about a figure, in a sentence."""

from collections.abc import Sequence

from programme.numbers import number
from programme.problem import Text
from reports.indicators.definitions import Indicator
from reports.indicators.lines import Computed

_NOTHING = Text(
    vi="không có đơn vị nào thuộc diện tính (mẫu số bằng 0)",
    en="nothing to count from (the denominator is 0)",
)
_COVERAGE = Text(
    vi="có số liệu của {known} trên {expected} đơn vị", en="data from {known} of {expected} units"
)


def note_on(
    indicator: Indicator,
    parts: Computed,
    coverage: float | None,
    threshold: float,
    more: Sequence[Text] = (),
) -> Text | None:
    """Say what is missing, what was carried, how much is known, and what it counts.

    Args:
        indicator: the figure's row.
        parts: what the row's expressions gave.
        coverage: percent of the units with data, None where it does not apply.
        threshold: coverage below which it is said.
        more: further sentences, such as those on published figures.
    """
    notes = []
    if parts["missing"]:
        notes.append(_counted(indicator.missing_text, parts["missing"]))
    elif indicator.denominator and not parts["denominator"]:
        notes.append(_NOTHING)
    if parts["remark"]:
        notes.append(_counted(indicator.remark_text, parts["remark"]))
    if coverage is not None and coverage < threshold:
        known, expected = int(parts["known"] or 0), int(parts["expected"] or 0)
        notes.append(
            Text(
                vi=_COVERAGE.vi.format(known=known, expected=expected),
                en=_COVERAGE.en.format(known=known, expected=expected),
            )
        )
    if indicator.note.vi:
        notes.append(indicator.note)
    notes += more
    if not notes:
        return None
    return Text(vi="; ".join(note.vi for note in notes), en="; ".join(note.en for note in notes))


def _counted(text: Text, count: float | None) -> Text:
    return Text(
        vi=text.vi.replace("{n}", number(count or 0, "vi")),
        en=text.en.replace("{n}", number(count or 0, "en")),
    )
