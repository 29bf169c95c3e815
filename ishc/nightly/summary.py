"""What a person reads in the morning: how the night went, what is open, who reported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from connectors.store.tables import open_tables
from ishc.nightly.ledger import Night
from ishc.nightly.step import Outcome, Step
from programme.areas import load_areas
from programme.dates import Month
from programme.folder import Folder
from programme.folding import folded
from programme.numbers import counted, number
from programme.problem import Problem, ProblemError, Text
from programme.settings import Settings
from programme.sql import open_guarded

NIGHTS = 30
NAMED = 3  # files that a line names
ROWS = 12  # areas that are shown; those with most reports missing first
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
    """

    severity: str
    open: int
    new: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What the registers say, as far as there are any.

    Args:
        as_of: the registers' day.
        month: last month whose reports are due.
        reporting: by province, or by commune where there is one province.
        areas: how many areas have clubs that had to report.
        findings: by severity.
        clubs: in operation.
    """

    as_of: date
    month: Month | None
    reporting: Sequence[Reporting]
    areas: int
    findings: Sequence[Findings]
    clubs: int

    @property
    def expected(self) -> int:
        """Clubs that had to report."""
        return sum(each.expected for each in self.reporting)

    @property
    def reported(self) -> int:
        """Clubs that did."""
        return sum(each.reported for each in self.reporting)


@dataclass(frozen=True, slots=True)
class Summary:
    """A night with all that belongs to it.

    Args:
        steps: of the night, in order, each with what came of it; None if it did not come to that.
        picture: None before anything was reconciled.
        nights: the last thirty, the newest last.
        problems: each once, errors first.
    """

    name: Text
    synthetic: bool
    night: Night
    steps: Sequence[tuple[Step, Outcome | None]]
    picture: Picture | None
    nights: Sequence[Night]
    problems: Sequence[Problem]


def summarise(
    settings: Settings, folder: Folder, night: Night, steps: Sequence[Step], nights: Sequence[Night]
) -> Summary:
    """Put together what there is to say; what cannot be read is left out and told."""
    done = [(step, night.outcomes.get(step.name)) for step in steps]
    problems = [problem for _, each in done if each for problem in each.problems]
    picture = None
    try:
        picture = picture_of(folder, settings.due.monthly_report)
    except ProblemError as error:
        # before the first reconcile there is nothing to show, and the steps say so
        problems += [each for each in error.problems if each.code != "tables-missing"]
    order = {"error": 0, "warning": 1, "note": 2}
    return Summary(
        name=settings.name,
        synthetic=settings.synthetic,
        night=night,
        steps=done,
        picture=picture,
        nights=list(nights)[-NIGHTS:],
        problems=sorted(folded(dict.fromkeys(problems)), key=lambda each: order[each.severity]),
    )


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
            "SELECT severity, COUNT(*), COUNT(*) FILTER (WHERE state IN ('new', 'came_back')) "
            "FROM finding WHERE state <> 'waived' GROUP BY severity"
        ).fetchall()
        clubs = connection.execute("SELECT COUNT(*) FROM club WHERE status = 'active'").fetchall()
    reporting = _by_area(folder, rows)
    order = ["error", "warning", "note"]
    return Picture(
        as_of=day,
        month=month if rows else None,
        reporting=reporting,
        areas=len(reporting),
        findings=sorted((Findings(*row) for row in found), key=lambda f: order.index(f.severity)),
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


def lines(summary: Summary) -> Iterable[Text]:
    """Write the summary for the screen."""
    for step, outcome in summary.steps:
        mark = {"done": "✓", "failed": "✗", "skipped": "–"}[outcome.state] if outcome else "?"
        told = what_came(outcome)
        yield Text(f"  {mark} {step.title.vi}{told.vi}", f"  {mark} {step.title.en}{told.en}")
    if summary.picture:
        yield from _picture_lines(summary.picture)


def what_came(outcome: Outcome | None) -> Text:
    """Say in a few words what a step did."""
    if outcome is None:
        return Text(vi=": chưa chạy", en=": not run")
    if outcome.facts.get("nothing"):
        return Text(
            vi=": bỏ qua: chưa lấy được phiếu nào, không có gì để đối chiếu",
            en=": skipped: nothing could be pulled, there is nothing to reconcile",
        )
    if outcome.state == "skipped":
        return Text(vi=": bỏ qua vì bước trước chưa được", en=": skipped, the step before failed")
    counted_words = _counts(outcome.facts)
    if outcome.state == "failed":
        rest = counted_words or Text(vi="", en="")
        return Text(
            vi=": CHƯA ĐƯỢC" + rest.vi.replace(": ", "; ", 1),
            en=": FAILED" + rest.en.replace(": ", "; ", 1),
        )
    if outcome.made:
        return _files(outcome.made)
    return counted_words or Text(vi="", en="")


def _files(made: Sequence[str]) -> Text:
    if len(made) <= NAMED:
        names = ", ".join(made)
        return Text(vi=f": {names}", en=f": {names}")
    folders = ", ".join(sorted({str(PurePosixPath(each).parent) for each in made}))
    return Text(
        vi=f": {number(len(made), 'vi')} tệp trong {folders}",
        en=f": {counted(len(made), 'file', 'files')} in {folders}",
    )


def _counts(known: Mapping[str, Any]) -> Text | None:
    """Write a step's counts, by what is known of it."""
    if "new" in known:
        counts = [known[name] for name in ("new", "changed", "deleted")]
        proof = f"{known['agreed']}/{known['sources']}"
        return Text(
            vi=": mới {}, sửa {}, xóa {}; ".format(*(number(n, "vi") for n in counts))
            + f"nguồn đã đủ {proof}",
            en=": {} new, {} edited, {} deleted; ".format(*(number(n, "en") for n in counts))
            + f"sources complete {proof}",
        )
    if "findings" in known:
        states = known["states"]
        new, mended = states.get("new", 0) + states.get("came_back", 0), states.get("mended", 0)
        return Text(
            vi=f": {number(known['clubs'], 'vi')} câu lạc bộ; {number(known['findings'], 'vi')} "
            f"phát hiện (mới {new}, đã sửa {mended})",
            en=f": {counted(known['clubs'], 'club', 'clubs')}; "
            f"{counted(known['findings'], 'finding', 'findings')} ({new} new, {mended} mended)",
        )
    if "handed_out" in known:
        given, forms = known["handed_out"], known["forms"]
        return Text(
            vi=f": {given} biểu mẫu có danh sách mới, trong {forms} biểu mẫu tới hạn",
            en=f": new lists for {given} of {counted(forms, 'form', 'forms')} due",
        )
    if "periods" in known:
        return Text(
            vi=f": {number(known['areas'], 'vi')} địa bàn, {known['periods']} kỳ",
            en=f": {counted(known['areas'], 'area', 'areas')}, "
            f"{counted(known['periods'], 'period', 'periods')}",
        )
    if "set" in known:
        return Text(
            vi=f": đặt {known['set']}, gỡ {known['lifted']}",
            en=f": {known['set']} set, {known['lifted']} taken away",
        )
    return None


def _picture_lines(picture: Picture) -> Iterable[Text]:
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
