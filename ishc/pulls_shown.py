"""What was pulled when, in a line a source and a line a pull."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from connectors.store.ledger import Position, Run
from programme.dates import short
from programme.numbers import counted, number
from programme.problem import Text

NAMED = 3  # failed sources that a line names


def moment(utc: str, zone: ZoneInfo, until: str | None = None) -> Text:
    """Write a moment of the store in the programme's time: hour, minute, day.

    Args:
        until: the end of what began then; told where it is another minute.
    """
    here = datetime.fromisoformat(utc).astimezone(zone)
    clock = f"{here:%H:%M}"
    if until is not None:
        end = f"{datetime.fromisoformat(until).astimezone(zone):%H:%M}"
        clock = clock if clock == end else f"{clock}–{end}"
    return Text(
        vi=f"{clock} ngày {short(here.date(), 'vi')}",
        en=f"{clock} on {short(here.date(), 'en')}",
    )


def source_line(form: str, source: str, count: int, known: Position | None, zone: ZoneInfo) -> Text:
    """Sum up one source of a form: how many, and complete or followed as of when."""
    states = list(_states(known, zone))
    return Text(
        vi=f"  {form} ({source}): {number(count, 'vi')} phiếu; "
        + "; ".join(each.vi for each in states),
        en=f"  {form} ({source}): {counted(count, 'submission', 'submissions')}; "
        + "; ".join(each.en for each in states),
    )


def _states(known: Position | None, zone: ZoneInfo) -> Iterable[Text]:
    if known is None or known.proven is None:
        yield Text(vi="chưa chứng minh đủ", en="never proven complete")
    else:
        at = moment(known.proven, zone)
        yield Text(vi=f"chứng minh đủ lúc {at.vi}", en=f"proven complete at {at.en}")
    if known and known.followed and known.followed > (known.proven or ""):
        at = moment(known.followed, zone)
        yield Text(
            vi=f"sau đó cập nhật theo nhật ký máy chủ đến {at.vi}",
            en=f"since then followed to {at.en}",
        )
    if known and known.history_closed:
        yield Text(
            vi="tài khoản không được xem nhật ký máy chủ",
            en="its history is closed to this account",
        )


def pull_line(runs: Sequence[Run], zone: ZoneInfo) -> Text:
    """Sum up one pull: how many sources came to their end, what came, what failed."""
    at = moment(runs[0].started, zone, max(run.ended or "" for run in runs) or None)
    came = [
        sum(getattr(run.outcome, name) for run in runs)
        for name in ("new", "changed", "deleted", "attachments")
    ]
    parts = [
        _sources(runs),
        Text(
            vi="mới {}, sửa {}, xóa {}, tệp kèm {}".format(*(number(n, "vi") for n in came)),
            en="{} new, {} edited, {} deleted, {}".format(
                *(number(n, "en") for n in came[:3]), counted(came[3], "file", "files")
            ),
        ),
        *_failed(runs),
    ]
    return Text(
        vi=f"  {at.vi}: " + "; ".join(each.vi for each in parts),
        en=f"  {at.en}: " + "; ".join(each.en for each in parts),
    )


def _sources(runs: Sequence[Run]) -> Text:
    agreed = [run.outcome.kind for run in runs if run.outcome.agreed]
    proven, followed = agreed.count("proven"), agreed.count("followed")
    return Text(
        vi=f"{len(runs)} nguồn (chứng minh đủ {proven}, theo nhật ký {followed})",
        en=f"{counted(len(runs), 'source', 'sources')} ({proven} proven, {followed} followed)",
    )


def _failed(runs: Sequence[Run]) -> Iterable[Text]:
    failed = [run for run in runs if not run.outcome.agreed]
    if not failed:
        return
    named = [
        Text(
            vi=f"{run.form} ({run.source}): {_why(run).vi}",
            en=f"{run.form} ({run.source}): {_why(run).en}",
        )
        for run in failed[:NAMED]
    ]
    more = len(failed) - len(named)
    rest = [Text(vi=f"và {more} nguồn khác", en=f"and {more} more")] if more else []
    yield Text(
        vi="CHƯA ĐƯỢC: " + ", ".join(each.vi for each in (*named, *rest)),
        en="FAILED: " + ", ".join(each.en for each in (*named, *rest)),
    )


def _why(run: Run) -> Text:
    if run.ended is None:
        return Text(vi="chưa xong hoặc bị ngắt", en="unfinished or cut off")
    codes = " ".join(run.outcome.problems)
    return Text(vi=codes, en=codes)
