"""What a report says of its period being closed, and for whom it is."""

from collections.abc import Sequence

from programme.dates import short
from programme.problem import Text
from reports.closed import Closing
from reports.closed_figures import ClosedFigures, closed_as
from reports.content.data import ReportData
from reports.privacy_counts import counted_in
from reports.privacy_words import EXPLAINED, FOR_EVERYBODY, FOR_WHOM
from reports.render import Block
from reports.restatement import Restated, Since, restated, restatement_blocks, since
from reports.sources import Sources

CLOSED = Text(
    vi="Kỳ này đã chốt số liệu ngày {closed}, với số liệu đến ngày {day}; báo cáo in số đã chốt.",
    en="This period was closed on {closed}, with data up to {day}; the report prints the closed "
    "figures.",
)


def closing_texts(data: ReportData) -> dict[str, object]:
    """Give ``for_whom`` (page 1), ``closed`` (empty while the period is open) and ``hidden_note``.

    The last one explains what a public version hides; it is empty in others.
    """
    closing = _closing(data)
    said = ""
    if closing is not None:
        said = data.words(CLOSED).format(
            closed=short(closing.closed, data.language),
            day=short(data.period.cut_off(closing.as_of), data.language),
        )
    return {
        "for_whom": data.words(FOR_EVERYBODY if data.public else FOR_WHOM),
        "closed": said,
        "hidden_note": f"{data.words(EXPLAINED)}." if data.public else "",
    }


def restatement_table(data: ReportData) -> Sequence[Block]:
    """Show what later data would change in a closed period; nothing while it is open."""
    figures, closing = closed_as(data.figures), _closing(data)
    if figures is None or closing is None:
        return []
    return restatement_blocks(_changes(data, figures, closing), data.language)


def _changes(data: ReportData, figures: ClosedFigures, closing: Closing) -> list[Restated]:
    changed = _since(data.sources, closing)
    found = restated(closing.figures(), figures.live, [data.place.code], changed)
    if not data.public:
        return found
    counted = counted_in(data.definitions)
    return [each for each in found if not counted.is_sensitive(each.figure)]


def _closing(data: ReportData) -> Closing | None:
    figures = closed_as(data.figures)
    return figures.closing(data.place.code, data.period) if figures else None


_known: dict[tuple[str, str], Since] = {}


def _since(sources: Sources, closing: Closing) -> Since:
    """Look up what changed since a closing, once for all reports of a run."""
    key = (str(closing.path), sources.tables.run)
    if key not in _known:
        _known.clear()
        _known[key] = since(sources.folder, sources.tables, closing)
    return _known[key]
