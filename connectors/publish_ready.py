"""Is what would go to the phones today's, and made from submissions that were pulled?"""

from datetime import date

import pyarrow.parquet as pq

from connectors.store.ledger import position
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.dates import short
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError, Text
from programme.settings import Settings


def check_ready(settings: Settings, folder: Folder, today: date) -> None:
    """Refuse lists that would take clubs off the phones without a reason in the field.

    Args:
        today: the person's day; reconciles as of a later one are left out of account.

    Raises:
        ProblemError: ``publish-looks-back``: the tables were made with an earlier ``--as-of``;
            ``publish-not-pulled``: there is no club, and not every source was ever pulled.
    """
    tables = open_tables(folder)
    with RawStore.open(folder.store) as store:
        (last,) = store.connection.execute(
            "SELECT max(as_of) FROM finding_run WHERE as_of <= ?", (today.isoformat(),)
        ).fetchone()
        if last is not None and tables.as_of.isoformat() < last:
            raise ProblemError(_looks_back(tables.as_of, date.fromisoformat(last)), Exit.USAGE)
        if not _has_clubs(tables) and (never := _never_pulled(settings, store)):
            raise ProblemError(_not_pulled(never))


def _has_clubs(tables: TableSet) -> bool:
    # a programme of another kind has no table of clubs, and nothing to lose here
    return "club" not in tables.names or pq.read_table(tables.path("club"), columns=[]).num_rows > 0


def _never_pulled(settings: Settings, store: RawStore) -> list[str]:
    return [
        f"{form.name} ({source.name})"
        for form in settings.forms.values()
        for source in form.sources
        if (known := position(store, source.name, form.name)) is None
        or (known.proven is None and known.followed is None)
    ]


def _looks_back(as_of: date, last: date) -> Problem:
    return Problem(
        "publish-looks-back",
        Text(
            vi=f"số liệu đang chốt đến {short(as_of, 'vi')}, trong khi đã đối chiếu đến "
            f"{short(last, 'vi')}; chưa đưa gì lên điện thoại",
            en=f"the data are as of {short(as_of, 'en')}, but there was a reconcile as of "
            f"{short(last, 'en')}; nothing went to the phones",
        ),
        Text(
            vi="hãy chạy ishc reconcile, không có --as-of, rồi ishc publish",
            en="run ishc reconcile without --as-of, then ishc publish",
        ),
    )


def _not_pulled(sources: list[str]) -> Problem:
    named = ", ".join(sources)
    return Problem(
        "publish-not-pulled",
        Text(
            vi=f"chưa có câu lạc bộ nào, và chưa lần nào lấy đủ phiếu của: {named}; nếu đưa lên, "
            "danh sách trên điện thoại sẽ trống",
            en=f"there is no club, and never was everything pulled of: {named}; the lists on the "
            "phones would be emptied",
        ),
        Text(
            vi="hãy chạy ishc pull cho đến khi không còn lỗi, rồi ishc reconcile",
            en="run ishc pull until it tells of no failure, then ishc reconcile",
        ),
    )
