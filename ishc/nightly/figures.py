"""Which figures a night prints: those of its page, and of the reports that are due."""

from ishc.nightly.ledger import NAME, Ledger
from ishc.nightly.plan import due_reports
from ishc.nightly.progress import page_extent
from programme.folder import Folder
from programme.problem import ProblemError
from reports.asked_for import reports_asked
from reports.catalogue import find_report
from reports.kept_figures import joined
from reports.sources import Extent, Sources, extent_of


def night_extent(folder: Folder, sources: Sources) -> Extent | None:
    """Give what is to be computed tonight, in one pass; None where nothing is.

    A report that is asked for wrongly is left out: its own step tells what is wrong.
    """
    ledger = Ledger(folder.data / NAME)
    last = ledger.last
    tonight = set(last.outcomes) if last and last.ended is None else set()
    extents = [each] if (each := page_extent(sources)) else []
    for due in due_reports(sources.settings, sources.days.today, ledger.reports_made() - tonight):
        try:
            asked = [
                (find_report(each.name), sources.place(each.area), sources.period(each.period))
                for each in reports_asked(
                    sources, [due.report], [due.area], None, [due.period], [due.language]
                )
            ]
        except ProblemError:
            continue
        extents.append(extent_of(sources, asked))
    return joined(sources, extents) if extents else None
