"""What people edit: forms, checks, indicators; and what the last nights came to."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from connectors.backup.keeping import made_anywhere
from connectors.reconcile.check_sheet import read_checks
from forms.workbook import read_workbook
from ishc.doctor.seen import Seen
from ishc.nightly.ledger import NAME as LEDGER
from ishc.nightly.ledger import Ledger
from programme.dates import short
from programme.folder import Folder
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import Settings
from reports.indicators.workbook import load_definitions

SILENT = timedelta(days=2)
BACKUP_AGE = timedelta(days=31)
_DAY = re.compile(r"^ishc-([0-9]{4}-[0-9]{2}-[0-9]{2})")


def look(folder: Folder, settings: Settings, now: datetime) -> Iterator[Seen]:
    """Look at the programme's files and its last nights."""
    for form in settings.forms:
        path = folder.xlsforms / f"{form}.xlsx"
        if path.is_file():
            yield _read(f"xlsforms/{path.name}", partial(read_workbook, path))
    yield _read("connectors/checks.xlsx", lambda: read_checks(folder.checks))
    yield _read("reports/indicators.xlsx", lambda: load_definitions(folder.indicators))
    yield Seen(Text(vi="các đêm gần đây", en="the last nights"), tuple(_nights(folder, now)))
    yield Seen(Text(vi="bản sao lưu", en="backups"), tuple(_backups(folder, now.date())))


def _read(name: str, read: Callable[[], object]) -> Seen:
    what = Text(vi=name, en=name)
    try:
        read()
    except ProblemError as error:
        return Seen(what, tuple(error.problems))
    return Seen(what)


def _nights(folder: Folder, now: datetime) -> Iterator[Problem]:
    ledger = Ledger(folder.data / LEDGER)
    good = [datetime.fromisoformat(each.started) for each in ledger.nights if each.good]
    if not ledger.nights:
        yield Problem(
            "nightly-never",
            Text(vi="chưa chạy ishc nightly lần nào", en="ishc nightly never ran"),
            Text(
                vi="để máy tự chạy mỗi đêm: ishc schedule",
                en="to have the machine run it every night: ishc schedule",
            ),
            severity="note",
        )
    elif not good or now - max(good) > SILENT:
        since = short(max(good).date(), "vi") if good else "–"
        yield Problem(
            "nightly-silent",
            Text(
                vi=f"đêm tốt gần nhất: {since}",
                en=f"last good night: {short(max(good).date(), 'en') if good else 'none'}",
            ),
            Text(
                vi="xem data/night.html và data/logs/nightly.log; kiểm tra lịch: ishc schedule",
                en="see data/night.html and data/logs/nightly.log; check the timer: ishc schedule",
            ),
            Place(file=LEDGER),
            "warning",
        )


def _backups(folder: Folder, today: date) -> Iterator[Problem]:
    made = [*(folder.data / "backups").glob("*.backup"), *made_anywhere(folder)]
    # the name tells the day, also of one on a disk that is not plugged in
    days = [date.fromisoformat(found[1]) for each in made if (found := _DAY.search(each.name))]
    if not days or today - max(days) > BACKUP_AGE:
        yield Problem(
            "backup-old",
            Text(
                vi="tháng qua chương trình này chưa làm bản sao lưu nào",
                en="this programme made no backup in the last month",
            ),
            Text(
                vi="chạy: ishc backup --to Ổ_ĐĨA_KHÁC; hoặc để mỗi đêm tự làm: [nightly.backup] "
                "trong ishc.toml",
                en="run: ishc backup --to ANOTHER_DISK; or let the night make it: "
                "[nightly.backup] in ishc.toml",
            ),
            severity="note",
        )
