"""What was pulled when, in a line a source and a line a pull."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from connectors.apart import CODE as UNREADABLE
from connectors.store.ledger import Position, Run
from connectors.store.runs import Current
from connectors.store.uncounted import Uncounted, pulled_at
from programme.dates import moment, short
from programme.numbers import counted, number
from programme.problem import Text

NAMED = 3  # sources that a line names


def source_line(
    form: str,
    source: str,
    count: int,
    known: Position | None,
    zone: ZoneInfo,
    missing: int = 0,
    unreadable: int = 0,
) -> Text:
    """Sum up one source of a form: how many, and complete or followed as of when.

    Args:
        missing: attachments that are on the server and not here.
        unreadable: submissions on the server that cannot be read.
    """
    states = [*_states(known, zone), *_unreadable(unreadable), *_missing(missing)]
    return _line(form, source, count, states)


def uncounted_line(each: Uncounted, zone: ZoneInfo) -> Text:
    """Sum up a source that ``ishc.toml`` names no more."""
    pulled = pulled_at(each, zone)
    state = Text(
        vi=f"không còn trong ishc.toml, không được tính{pulled.vi}",
        en=f"no longer in ishc.toml, not counted{pulled.en}",
    )
    return _line(each.form, each.source, each.submissions, [state])


def _line(form: str, source: str, count: int, states: Sequence[Text]) -> Text:
    return Text(
        vi=f"  {form} ({source}): {number(count, 'vi')} phiếu; "
        + "; ".join(each.vi for each in states),
        en=f"  {form} ({source}): {counted(count, 'submission', 'submissions')}; "
        + "; ".join(each.en for each in states),
    )


def _unreadable(submissions: int) -> Iterable[Text]:
    if submissions:
        yield unreadable_words(submissions)


def unreadable_words(submissions: int) -> Text:
    """Tell how many submissions of the server cannot be read."""
    return Text(
        vi=f"{number(submissions, 'vi')} phiếu trên máy chủ KHÔNG ĐỌC ĐƯỢC",
        en=f"{counted(submissions, 'submission', 'submissions')} on the server UNREADABLE",
    )


def _missing(attachments: int) -> Iterable[Text]:
    if attachments:
        yield Text(
            vi=f"THIẾU {number(attachments, 'vi')} tệp đính kèm",
            en=f"{counted(attachments, 'attachment', 'attachments')} MISSING",
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
        *_named(
            Text(vi="CHƯA ĐƯỢC", en="FAILED"),
            [(run, _why(run)) for run in runs if not run.outcome.agreed],
        ),
        *_named(
            Text(vi="cần xem lại", en="look at"),
            [(run, _codes(run)) for run in runs if run.outcome.agreed and run.outcome.problems],
        ),
    ]
    return Text(
        vi=f"  {at.vi}: " + "; ".join(each.vi for each in parts),
        en=f"  {at.en}: " + "; ".join(each.en for each in parts),
    )


def _sources(runs: Sequence[Run]) -> Text:
    agreed = [run.outcome for run in runs if run.outcome.agreed]
    apart = sum(UNREADABLE in each.problems for each in agreed)
    kinds = [each.kind for each in agreed if UNREADABLE not in each.problems]
    proven, followed = kinds.count("proven"), kinds.count("followed")
    more = (
        (f", có phiếu không đọc được {apart}", f", {apart} with unreadable ones")
        if apart
        else ("", "")
    )
    return Text(
        vi=f"{len(runs)} nguồn (chứng minh đủ {proven}, theo nhật ký {followed}{more[0]})",
        en=f"{counted(len(runs), 'source', 'sources')} ({proven} proven, {followed} followed"
        f"{more[1]})",
    )


def _named(head: Text, runs: Sequence[tuple[Run, Text]]) -> Iterable[Text]:
    if not runs:
        return
    named = [
        Text(
            vi=f"{run.form} ({run.source}): {why.vi}",
            en=f"{run.form} ({run.source}): {why.en}",
        )
        for run, why in runs[:NAMED]
    ]
    more = len(runs) - len(named)
    rest = [Text(vi=f"và {more} nguồn khác", en=f"and {more} more")] if more else []
    yield Text(
        vi=f"{head.vi}: " + ", ".join(each.vi for each in (*named, *rest)),
        en=f"{head.en}: " + ", ".join(each.en for each in (*named, *rest)),
    )


def _why(run: Run) -> Text:
    if run.ended is None:
        return Text(vi="chưa xong hoặc bị ngắt", en="unfinished or cut off")
    return _codes(run)


def _codes(run: Run) -> Text:
    codes = " ".join(run.outcome.problems)
    return Text(vi=codes, en=codes)


def tables_line(current: Current, made: str, since: int, zone: ZoneInfo) -> Text:
    """Sum up the tables that reports and exports read.

    Args:
        made: when, UTC.
        since: submissions that pulls brought, changed or took away after that.
    """
    at = moment(made, zone)
    later = Text(vi="", en="")
    if since:
        later = Text(
            vi=f"; từ đó đã lấy về {number(since, 'vi')} thay đổi chưa có trong bảng: "
            "ishc reconcile",
            en=f"; {counted(since, 'change', 'changes')} pulled since: ishc reconcile",
        )
    return Text(
        vi=f"Bảng số liệu {current.run} lập lúc {at.vi}, chốt đến "
        f"{short(current.as_of, 'vi')}{later.vi}.",
        en=f"Tables {current.run} made {at.en}, as of {short(current.as_of, 'en')}{later.en}.",
    )
