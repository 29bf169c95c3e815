"""Closes a period: its figures are kept as they stand, whatever is sent, edited or erased later."""

from collections.abc import Callable
from dataclasses import dataclass

from connectors.store.runs import read_current
from programme.dates import short
from programme.problem import Exit, Problem, ProblemError, Text
from reports.closed import Closing, closings_of, definitions_hash, keep, next_path
from reports.indicators.compute import compute
from reports.indicators.engines import engine_of
from reports.indicators.figures import COUNTRY, Figures
from reports.later import moment_of
from reports.periods import Period
from reports.place import Place
from reports.restatement import Restated, restated, since
from reports.sources import Sources
from reports.whole import ALL_LEVELS


@dataclass(frozen=True, slots=True)
class Closed:
    """What came of closing a period.

    Args:
        closing: the one that counts now.
        made: False when the period was closed before, and was left as it is.
        changes: of a period closed before, what closing it again would change, for its whole area.
        earlier: how many closings there were already.
    """

    closing: Closing
    made: bool
    changes: tuple[Restated, ...] = ()
    earlier: int = 0


def close_period(
    sources: Sources,
    period: Period,
    place: Place,
    *,
    early: bool = False,
    again: str = "",
    tell: Callable[[Problem], object] = lambda _: None,
) -> Closed:
    """Keep the figures of a period, of an area with everything inside it down to the clubs.

    Args:
        sources: as of the day that counts.
        place: the country, a province or a commune.
        early: also a period that is not over or not reconciled to its end.
        again: why a period that was closed is closed once more; the first stays beside it.
        tell: is told what does not stop it.

    Raises:
        ProblemError: ``close-period-not-over``, ``close-area``, and what computing meets.
    """
    if place.level == "club":
        raise ProblemError(_a_club(place), Exit.USAGE)
    if not _is_over(period, sources):
        if not early:
            raise ProblemError(_not_over(period, sources), Exit.USAGE)
        tell(_early(period, sources))
    before = closings_of(sources.folder, period.name, place.code)
    figures = _figures(sources, period, place)
    if before and not again:
        return Closed(before[-1], False, _changes(sources, before[-1], figures), len(before))
    closing = _closing(sources, period, place, again)
    keep(sources.folder, closing, figures)
    return Closed(closing, True, earlier=len(before))


def _is_over(period: Period, sources: Sources) -> bool:
    """The last day is over, and what was sent of it is in the registers."""
    return period.end < sources.days.today and period.end <= sources.as_of


def unproven(period: Period, sources: Sources) -> Problem | None:
    """Say that the servers' data are not known to be complete to the end of a period."""
    proven = sources.proven
    if proven is not None and proven.date() > period.end:
        return None
    day = Text(vi="chưa lần nào", en="never yet")
    if proven is not None:
        day = Text(vi=f"lần cuối {short(proven.date(), 'vi')}", en=short(proven.date(), "en"))
    return Problem(
        "close-not-proven",
        Text(
            vi=f"chưa chứng minh đã lấy đủ phiếu đến hết kỳ «{period.name}» ({day.vi}); số đã chốt "
            "có thể còn thiếu",
            en=f"not every submission is proven to be here to the end of “{period.name}” (proven: "
            f"{day.en}); what was closed may lack some",
        ),
        Text(
            vi="hãy chạy «ishc pull», «ishc reconcile», rồi chốt lại bằng --again «lý do»",
            en="run “ishc pull” and “ishc reconcile”, then close once more with --again “reason”",
        ),
        severity="warning",
    )


def _figures(sources: Sources, period: Period, place: Place) -> Figures:
    levels = ALL_LEVELS if place.code == COUNTRY else ALL_LEVELS[1:]
    return compute(
        sources.definitions,
        sources.tables,
        sources.areas,
        (period,),
        sources.as_of,
        levels=levels,
        within=place.code,
        engine=engine_of(sources.settings.indicators),
    )


def _changes(sources: Sources, closing: Closing, now: Figures) -> tuple[Restated, ...]:
    changed = since(sources.folder, sources.tables, closing)
    return tuple(restated(closing.figures(), now, [closing.area], changed))


def _closing(sources: Sources, period: Period, place: Place, again: str) -> Closing:
    path = next_path(sources.folder, period.name, place.code)
    current = read_current(sources.folder)
    return Closing(
        path=path,
        number=int(path.name),
        period=period.name,
        area=place.code,
        as_of=sources.as_of,
        run=sources.tables.run,
        pulled=moment_of(sources.folder, current.pulled if current else 0),
        definitions=definitions_hash(sources.folder),
        closed=sources.days.today,
        reason=again,
    )


def _not_over(period: Period, sources: Sources) -> Problem:
    over = period.end < sources.days.today
    vi, en = short(period.end, "vi"), short(period.end, "en")
    what = Text(
        vi=f"kỳ «{period.name}» đến hết ngày {vi} mới kết thúc",
        en=f"the period “{period.name}” is not over before the end of {en}",
    )
    if over:
        vi, en = short(sources.as_of, "vi"), short(sources.as_of, "en")
        what = Text(
            vi=f"số liệu mới đối soát đến ngày {vi}, chưa hết kỳ «{period.name}»",
            en=f"the data are reconciled up to {en}, not to the end of “{period.name}”",
        )
    return Problem(
        "close-period-not-over",
        what,
        Text(
            vi="chốt kỳ khi kỳ đã hết và đã chạy «ishc pull», «ishc reconcile»; nếu vẫn muốn chốt "
            "ngay, thêm --early",
            en="close it when it is over and “ishc pull” and “ishc reconcile” have run; to close "
            "it now all the same add --early",
        ),
    )


def _early(period: Period, sources: Sources) -> Problem:
    return Problem(
        "close-early",
        Text(
            vi=f"kỳ «{period.name}» được chốt khi số liệu mới đến ngày "
            f"{short(sources.as_of, 'vi')}",
            en=f"the period “{period.name}” is closed with data up to "
            f"{short(sources.as_of, 'en')} only",
        ),
        Text(
            vi="khi kỳ đã hết, chốt lại bằng --again «lý do»",
            en="when it is over close it once more with --again “reason”",
        ),
        severity="warning",
    )


def _a_club(place: Place) -> Problem:
    return Problem(
        "close-area",
        Text(
            vi=f"không chốt riêng số liệu của một câu lạc bộ ({place.code})",
            en=f"the figures of one club are not closed on their own ({place.code})",
        ),
        Text(
            vi=f"hãy chốt cho xã ({place.commune}), tỉnh ({place.province}) hoặc cả nước (VN)",
            en=f"close those of its commune ({place.commune}), its province ({place.province}) or "
            "the country (VN)",
        ),
    )
