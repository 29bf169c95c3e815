"""A closed period keeps its figures, whatever comes later; what would change is told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import duckdb
import pytest

from connectors.store.raw import RawStore
from connectors.store.tables import TableSet
from programme.folder import Folder
from programme.problem import ProblemError
from reports.close import close_period, unproven
from reports.closed import Closing, closings_of
from reports.closed_figures import ClosedFigures, with_closed
from reports.content.closing import closing_texts, restatement_table
from reports.later import later_than
from reports.periods import Period
from reports.restatement import Since, restated
from reports.restatement import restatement_table as table_of
from reports.sources import Sources
from reports.whole import everywhere
from reports.write import Wanted, check, report_data
from tests.reports.making.conftest import sources_of

QUARTER = "2026-Q3"


def close(sources: Sources, period: str = QUARTER, area: str = "20", **how: object) -> object:
    return close_period(sources, sources.period(period), sources.place(area), **how)  # type: ignore[arg-type]


def lose_a_loan(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM loan WHERE loan_code LIKE '%L002'")
    connection.execute("DELETE FROM loan_event WHERE loan_code LIKE '%L002'")


def test_a_period_that_is_not_over_is_refused_unless_told(own: Folder) -> None:
    sources = sources_of(own)
    with pytest.raises(ProblemError) as refused:
        close(sources, "2026")
    assert refused.value.problems[0].code == "close-period-not-over"
    assert closings_of(own, "2026", "20") == []
    told: list[object] = []
    close(sources, "2026", early=True, tell=told.append)
    assert len(told) == len(closings_of(own, "2026", "20")) == 1


@pytest.mark.parametrize(
    ("proven", "doubted"), [(None, True), ("2026-09-30", True), ("2026-10-01", False)]
)
def test_what_is_not_proven_to_the_end_is_told(
    own: Folder, proven: str | None, doubted: bool
) -> None:
    moment = datetime.fromisoformat(proven).astimezone() if proven else None
    sources = replace(sources_of(own), proven=moment)
    problem = unproven(sources.period(QUARTER), sources)
    assert (problem is not None) is doubted


def test_closing_twice_keeps_the_first_and_tells_what_would_change(
    own: Folder, registers_in: Callable[..., TableSet]
) -> None:
    first = close(sources_of(own))
    before = {
        path: path.read_bytes() for path in (own.data / "closed").rglob("*") if path.is_file()
    }
    registers_in(own, lose_a_loan)
    again = close(sources_of(own))
    assert first.made and not again.made  # type: ignore[attr-defined]
    changed = {each.figure.code for each in again.changes}  # type: ignore[attr-defined]
    assert {"loans_open", "outstanding"} <= changed and "members" not in changed
    assert all(path.read_bytes() == content for path, content in before.items())


def test_closing_again_with_a_reason_keeps_both(own: Folder) -> None:
    sources = sources_of(own)
    close(sources)
    close(sources, again="đã bổ sung báo cáo của hai xã")
    kept = closings_of(own, QUARTER, "20")
    assert [(each.number, each.reason) for each in kept] == [
        (1, ""), (2, "đã bổ sung báo cáo của hai xã"),
    ]  # fmt: skip


def test_a_closing_that_was_cut_off_is_never_seen(own: Folder) -> None:
    half = own.private(own.data / "closed" / QUARTER / "20") / ".1.new"
    (half / "figures").mkdir(parents=True)
    (half / "figures" / "figures.json").write_text("{", encoding="utf-8")
    assert closings_of(own, QUARTER, "20") == []
    close(sources_of(own))
    assert [each.name for each in half.parent.iterdir()] == ["1"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (own.data / "closed").rglob("*"))


def test_reports_print_the_closed_figures_and_what_would_change(
    own: Folder, registers_in: Callable[..., TableSet]
) -> None:
    sources = sources_of(own)
    close(sources)
    (then,) = closings_of(own, QUARTER, "20")
    registers_in(own, lose_a_loan)
    sources = sources_of(own)
    wanted = Wanted("province_periodic", "20", QUARTER, "en")
    data = report_data(sources, *check(sources, wanted, print), wanted, None)
    assert data.one("loans_open") == then.figures().one("loans_open", "20", QUARTER)
    assert "was closed on 5 Nov 2026" in str(closing_texts(data)["closed"])
    (table,) = restatement_table(data)
    rows = {row.cells[0]: row.cells for row in table.rows}  # type: ignore[union-attr]
    _, as_closed, now, apart, because = rows["Loans outstanding"]
    assert int(as_closed) - int(now) == int(apart.removeprefix("−"))
    assert "no submission" in because


def test_a_province_that_closed_on_its_own_counts_before_the_country(own: Folder) -> None:
    sources = sources_of(own)
    live = everywhere(sources, [sources.period(QUARTER)])
    close(sources, area="VN")
    close(sources)
    figures = with_closed(live, own, sources.areas)
    assert isinstance(figures, ClosedFigures)
    closings = [figures.closing(code, QUARTER) for code in ("VN", "20", "05977", "01")]
    assert [each and each.area for each in closings] == ["VN", "20", "20", "VN"]


@pytest.fixture
def store(own: Folder) -> Iterator[RawStore]:
    own.private(own.data)
    with RawStore.open(own.store) as opened:
        yield opened


def put(store: RawStore, number: int, seen: str, club: str, deleted: str | None = None) -> None:
    root, text = f"root-{number}", json.dumps({"club": club, "commune": club[:5], "province": "20"})
    store.connection.execute(
        "INSERT INTO submission (source, form, id, asset, root_uuid, uuid, json, hash, mark,"
        " received, first_seen, last_seen, deleted)"
        " VALUES ('kobo', 'loan_record', ?, 'a', ?, ?, ?, '', '', ?, ?, ?, ?)",
        (number, root, root, text, seen, seen, seen, deleted),
    )


def replaced(store: RawStore, number: int, ended: str, club: str, reason: str) -> None:
    store.connection.execute(
        "INSERT INTO history VALUES ('kobo', 'loan_record', ?, ?, ?, ?, '', '2026-10-01T00:00:00Z',"
        " ?, ?)",
        (number, f"root-{number}", f"root-{number}", json.dumps({"club": club}), ended, reason),
    )


def test_what_came_changed_or_went_after_a_closing_is_named_with_its_club(
    own: Folder, store: RawStore
) -> None:
    put(store, 1, "2026-10-01T00:00:00Z", "05977-01")  # known then
    put(store, 2, "2026-10-20T00:00:00Z", "05977-01")
    put(store, 3, "2026-10-01T00:00:00Z", "06001-01")
    replaced(store, 3, "2026-10-20T00:00:00Z", "06001-01", "replaced")
    replaced(store, 4, "2026-10-20T00:00:00Z", "06004-01", "deleted")
    found = later_than(own, sources_of(own).tables, "2026-10-05T00:00:00Z")
    assert {(each.id, each.how, *each.clubs) for each in found} == {
        (2, "new", "05977-01"), (3, "edited", "06001-01"), (4, "deleted", "06004-01"),
    }  # fmt: skip


def test_only_submissions_of_clubs_that_differ_are_named(
    own: Folder, store: RawStore, registers_in: Callable[..., TableSet]
) -> None:
    sources = sources_of(own)
    period: Period = sources.period(QUARTER)
    then = everywhere(sources, [period])
    registers_in(own, lose_a_loan)
    sources = sources_of(own)
    now = everywhere(sources, [period])
    old, new = (each.below("loans_open", "20", QUARTER, "club") for each in (then, now))
    other = next(code for code in old if old[code].value != new[code].value)
    same = next(code for code in old if old[code].value == new[code].value)
    put(store, 1, "2026-10-20T00:00:00Z", other)
    put(store, 2, "2026-10-20T00:00:00Z", same)
    later = later_than(own, sources.tables, "2026-10-05T00:00:00Z")
    closed = Closing(own.data, 1, QUARTER, "20", then.as_of, "1", "", "", then.as_of)
    (found,) = [
        each
        for each in restated(then, now, ["20"], Since(closed, later, definitions_changed=False))
        if each.figure.code == "loans_open"
    ]
    assert [each.id for each in found.because] == [1]
    assert "kobo 1" in table_of([found], "vi").rows[0].cells[-1]


def test_a_damaged_closing_is_told(own: Folder) -> None:
    close(sources_of(own))
    (about,) = (own.data / "closed").rglob("closed.json")
    about.write_text("{}", encoding="utf-8")
    with pytest.raises(ProblemError) as told:
        closings_of(own, QUARTER, "20")
    assert told.value.problems[0].code == "closed-damaged"
