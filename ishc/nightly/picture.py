"""What the registers say in the morning: who reported, and what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.store.tables import open_tables
from programme.areas import load_areas
from programme.dates import Month
from programme.folder import Folder
from programme.numbers import counted, number
from programme.problem import Text
from programme.sql import open_guarded

RECENT = 30  # days; findings that are open longer are old
KINDS = 5  # checks that are named
_TABLES = ("club", "club_month_expected", "finding")


@dataclass(frozen=True, slots=True)
class Reporting:
    """Reports of the last month that is due, in an area.

    Args:
        area: its name.
        expected, reported: clubs that had to report, and those that did.
    """

    area: str
    expected: int
    reported: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What looks wrong now, of one severity.

    Args:
        severity: error, warning, note.
        open: findings, the new ones included.
        new: of these, found last night for the first time, or again.
        recent: of those that are not new, first seen in the last 30 days.
    """

    severity: str
    open: int
    new: int
    recent: int = 0

    @property
    def old(self) -> int:
        """Open for longer than 30 days."""
        return self.open - self.new - self.recent


@dataclass(frozen=True, slots=True)
class Picture:
    """What the registers say, as far as there are any.

    Args:
        as_of: the registers' day.
        month: last month whose reports are due.
        reporting: by province, or by commune where there is one province.
        findings: by severity.
        kinds: the checks that found most, with how often.
        clubs: in operation.
    """

    as_of: date
    month: Month | None
    reporting: Sequence[Reporting]
    findings: Sequence[Findings]
    kinds: Sequence[tuple[Text, int]]
    clubs: int

    @property
    def expected(self) -> int:
        """Clubs that had to report."""
        return sum(each.expected for each in self.reporting)

    @property
    def reported(self) -> int:
        """Clubs that did."""
        return sum(each.reported for each in self.reporting)


def picture_of(folder: Folder, due_day: int) -> Picture:
    """Read what the registers say of reporting and findings.

    Args:
        due_day: day of the next month by which clubs report.

    Raises:
        ProblemError: there are no tables, or not these.
    """
    tables = open_tables(folder)
    day = tables.as_of
    month = Month.of(day).plus(-1 if day.day > due_day else -2)
    with open_guarded({name: tables.path(name) for name in _TABLES}) as connection:
        rows = connection.execute(
            "SELECT province_code, commune_code, COUNT(*), COUNT(*) FILTER (WHERE reported) "
            "FROM club_month_expected JOIN club USING (club_code) "
            "WHERE expected AND month = ? GROUP BY ALL",
            [str(month)],
        ).fetchall()
        found = connection.execute(
            "SELECT severity, COUNT(*), COUNT(*) FILTER (WHERE fresh), "
            "COUNT(*) FILTER (WHERE NOT fresh AND ? - first_seen <= ?) "
            "FROM (SELECT *, state IN ('new', 'came_back') AS fresh FROM finding) "
            "WHERE state <> 'waived' GROUP BY severity",
            [day, RECENT],
        ).fetchall()
        kinds = connection.execute(
            "SELECT title_vi, title_en, COUNT(*) AS many FROM finding WHERE state <> 'waived' "
            "GROUP BY title_vi, title_en ORDER BY many DESC, title_vi LIMIT ?",
            [KINDS],
        ).fetchall()
        clubs = connection.execute("SELECT COUNT(*) FROM club WHERE status = 'active'").fetchall()
    reporting = _by_area(folder, rows)
    order = ["error", "warning", "note"]
    return Picture(
        as_of=day,
        month=month if rows else None,
        reporting=reporting,
        findings=sorted((Findings(*row) for row in found), key=lambda f: order.index(f.severity)),
        kinds=[(Text(vi=vi, en=en), many) for vi, en, many in kinds],
        clubs=clubs[0][0],
    )


def _by_area(folder: Folder, rows: Iterable[Sequence[Any]]) -> list[Reporting]:
    rows = list(rows)
    areas = load_areas(folder.xlsforms)
    one = len({row[0] for row in rows}) == 1
    sums: dict[str, list[int]] = {}
    for province, commune, expected, reported in rows:
        known = areas.communes if one else areas.provinces
        code = commune if one else province
        label = known[code].label if code in known else str(code)
        counts = sums.setdefault(label, [0, 0])
        counts[0] += expected
        counts[1] += reported
    found = [Reporting(label, *counts) for label, counts in sums.items()]
    return sorted(found, key=lambda each: (each.reported - each.expected, each.area))


def picture_lines(picture: Picture) -> Iterable[Text]:
    """Write it for the screen."""
    if picture.month:
        missing = picture.expected - picture.reported
        yield Text(
            vi=f"Báo cáo {picture.month.in_('vi')}: {number(picture.reported, 'vi')}/"
            f"{number(picture.expected, 'vi')} câu lạc bộ đã gửi, "
            f"còn thiếu {number(missing, 'vi')}.",
            en=f"Reports of {picture.month.in_('en')}: {number(picture.reported, 'en')} of "
            f"{counted(picture.expected, 'club', 'clubs')} sent, {number(missing, 'en')} missing.",
        )
    words = {
        "error": Text(vi="lỗi", en="errors"),
        "warning": Text(vi="cần xem lại", en="warnings"),
        "note": Text(vi="lưu ý", en="notes"),
    }
    parts = [(words[each.severity], each) for each in picture.findings]
    if parts:
        yield Text(
            vi="Phát hiện đang mở: "
            + ", ".join(f"{w.vi} {number(f.open, 'vi')} (mới {f.new})" for w, f in parts)
            + ".",
            en="Open findings: "
            + ", ".join(f"{number(f.open, 'en')} {w.en} ({f.new} new)" for w, f in parts)
            + ".",
        )
