"""Figures, recomputed with pandas, and what is said where they cannot be computed."""

from collections.abc import Callable, Mapping
from datetime import date

import duckdb
import openpyxl
import pytest

from connectors.store.tables import TableSet, open_tables
from programme.areas import load_areas
from programme.folder import Folder
from programme.problem import ProblemError
from reports.indicators import Figure, Rating, compute, load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.periods import parse_period

AS_OF = date(2026, 10, 31)
PHASE = "2025-2030"
Written = Callable[..., TableSet]


def figures(
    folder: Folder, period: str = PHASE, as_of: date = AS_OF, area: str = "20"
) -> Mapping[str, Figure]:
    areas = load_areas(folder.xlsforms)
    definitions = with_area_facts(load_definitions(folder.indicators), folder, areas, as_of)
    tables = open_tables(folder, identified=True)
    asked = parse_period(period, definitions.phases)
    levels = ("country", "province", "commune")
    computed = compute(definitions, tables, areas, [asked], as_of, levels=levels, within=area)
    found = computed.of(area, asked)
    codes = [each.code for each in found]
    assert len(set(codes)) == len(codes), "one figure a code"
    return {each.code: each for each in found}


@pytest.fixture(scope="module")
def computed(world: Folder) -> Mapping[str, Figure]:
    return figures(world)


def test_d12_has_a_rated_line_over_members_in_need_and_one_over_all(
    computed: Mapping[str, Figure], world: Folder
) -> None:
    tables = open_tables(world, identified=True)
    member, loan = tables.table("member"), tables.table("loan")
    rated, everybody = computed["D12"], computed["D12_all"]
    assert rated.denominator == int(member["needs_support"].sum())
    assert rated.numerator == loan[loan["borrower_in_need"]]["borrower_code"].nunique()
    assert rated.rating is Rating.NOT_MET
    assert (everybody.numerator, everybody.denominator) == (52, 2400)
    assert everybody.value == pytest.approx(100 * 52 / 2400)
    assert everybody.rating is Rating.NOT_RATED
    assert everybody.achieved is None


def test_membership_counts_those_who_are_not_named(
    computed: Mapping[str, Figure], world: Folder
) -> None:
    tables = open_tables(world, identified=True)
    member, unlisted = tables.table("member"), tables.table("member_unlisted")
    women = (member["sex"] == "female").sum() + unlisted["women"].sum()
    older = (2026 - member["birth_year"] >= 60).sum() + unlisted["sixty_plus"].sum()
    assert computed["members"].value == 2400
    assert computed["women"].numerator == women
    assert computed["older_60"].numerator == older
    assert computed["older_60"].denominator == 2400
    known = computed["older_55"]
    assert known.denominator == len(member), "55 and over is known of people with a year of birth"


def test_sums_of_reports_equal_those_of_pandas(
    computed: Mapping[str, Figure], world: Folder
) -> None:
    months = open_tables(world, identified=True).table("club_month")
    expected = open_tables(world, identified=True).table("club_month_expected")
    sources = [name for name in months if name.startswith("mobilised_")]
    sources.remove("mobilised_total")
    assert computed["mobilised_total"].value == months[sources].sum().sum()
    assert computed["D24"].value == computed["mobilised_total"].value
    reporting = computed["D20"]
    assert (reporting.numerator, reporting.denominator) == (len(months), len(expected))
    done = months["areas_done"].map(lambda areas: "culture" in areas).sum()
    assert computed["area_culture"].numerator == done
    full = months[
        (months["areas_done"].map(len) == 8)
        & (months["meeting_held"] == "yes")
        & (months["digital_lesson"] == "yes")
        & (months["green_lesson"] == "yes")
    ]
    assert computed["D19"].numerator == len(full)


def test_loans_equal_those_of_pandas(computed: Mapping[str, Figure], world: Folder) -> None:
    tables = open_tables(world, identified=True)
    loan, event = tables.table("loan"), tables.table("loan_event")
    event = event[event["on_date"] <= AS_OF]
    repaid = event[event["event"] == "repaid"].groupby("loan_code")["principal"].sum()
    loan = loan.set_index("loan_code")
    loan["outstanding"] = loan["principal"] - repaid.reindex(loan.index).fillna(0)
    moved = event[event["event"] == "rescheduled"]["loan_code"]
    late = loan["due_on"].map(lambda due: (AS_OF - due).days > 30)
    at_risk = late | loan.index.isin(moved)
    assert computed["outstanding"].value == loan["outstanding"].sum()
    assert computed["par30"].numerator == loan.loc[at_risk, "outstanding"].sum()
    assert computed["par30"].denominator == loan["outstanding"].sum()
    assert computed["borrowers"].value == 52


def test_new_clubs_are_a_contribution_and_never_a_share_of_the_country(
    computed: Mapping[str, Figure],
) -> None:
    for code in ("D1", "D3", "D4"):
        assert computed[code].rating is Rating.CONTRIBUTION
        assert computed[code].achieved is None
    assert computed["D3"].value == 0, "all clubs were founded before the phase"
    assert computed["D4"].value == 0
    assert computed["D4_all"].value == computed["older_60"].numerator
    assert computed["D4_all"].rating is Rating.NOT_RATED
    assert computed["D5"].value is None, "there is nobody to take a share of"
    assert computed["D5"].rating is Rating.NO_DATA


def test_a_club_founded_in_the_phase_is_new(programme: Folder, registers_in: Written) -> None:
    def younger(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(
            "UPDATE club SET founded_on = DATE '2025-09-01' WHERE club_code IN "
            "(SELECT club_code FROM club ORDER BY club_code LIMIT 3)"
        )

    registers_in(programme, younger)
    found = figures(programme)
    assert found["D3"].value == 3
    assert found["D4"].value
    assert found["D5"].value
    assert found["D5"].rating in (Rating.IN_BAND, Rating.OUT_OF_BAND)


def test_targets_by_kind_of_area_wait_for_the_kinds(computed: Mapping[str, Figure]) -> None:
    for code in ("D6", "D7"):
        assert computed[code].value is None
        assert computed[code].rating is Rating.NO_DATA
        assert "65 xã, phường chưa phân loại" in (computed[code].note or computed[code].label).vi
    villages = computed["D8"]
    assert (villages.value, villages.rating) == (None, Rating.NO_DATA)
    assert villages.coverage == 0, "of no commune the number of villages is known"


def test_each_commune_belongs_to_one_kind(programme: Folder, registers_in: Written) -> None:
    registers_in(programme)
    book = openpyxl.load_workbook(programme.indicators)
    for number, each in enumerate(load_areas(programme.xlsforms).communes_of("20")):
        kinds = "delta border" if number == 0 else "mountain" if number % 2 else "delta"
        book["denominators"].append([each.code, kinds, 10, "thử", AS_OF])
    book.save(programme.indicators)
    found = figures(programme)
    assert found["D6"].denominator == 32, "a border commune is no delta commune"
    assert found["D7"].denominator == 33
    assert found["D6"].value is not None
    assert found["D8"].denominator == 650
    assert found["D8"].value is not None


def test_a_missing_month_is_no_zero(programme: Folder, registers_in: Written) -> None:
    def silent(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("DELETE FROM club_month")
        connection.execute("UPDATE club_month_expected SET reported = false")

    registers_in(programme, silent)
    found = figures(programme)
    for code in ("D9", "D11", "D19", "D22", "D23", "D24", "mobilised_total", "fund_total"):
        assert found[code].value is None, code
        assert found[code].rating is Rating.NO_DATA
    assert found["D20"].value == 0, "that nothing was reported is known"


def test_balances_are_carried_three_months_and_marked(
    programme: Folder, registers_in: Written
) -> None:
    def late(connection: duckdb.DuckDBPyConnection) -> None:
        first = "(SELECT min(club_code) FROM club)"
        second = "(SELECT min(club_code) FROM club WHERE club_code > (SELECT min(club_code) "
        second += "FROM club))"
        connection.execute(
            f"DELETE FROM club_month WHERE club_code = {first} AND month > '2026-07'"
        )
        connection.execute(
            f"DELETE FROM club_month WHERE club_code = {second} AND month > '2026-06'"
        )

    everything = figures_after(programme, registers_in, None)["D11"].denominator
    fund = figures_after(programme, registers_in, late)["D11"]
    assert fund.denominator == (everything or 0) - 1, "four months are too old"
    assert "1 CLB dùng số dư của tháng gần nhất" in (fund.note or fund.label).vi


def figures_after(
    folder: Folder, registers_in: Written, change: Callable[..., object] | None
) -> Mapping[str, Figure]:
    registers_in(folder, change)
    return figures(folder)


def test_below_the_coverage_nothing_is_judged(programme: Folder, registers_in: Written) -> None:
    half = "DELETE FROM club_month WHERE hash(club_code || month) % 2 = 0"
    monthly = figures_after(programme, registers_in, lambda link: link.execute(half))["D19"]
    assert monthly.rating is Rating.TOO_LITTLE
    assert monthly.value is not None
    assert monthly.achieved is None


def test_only_events_up_to_the_day_count(world: Folder) -> None:
    early = figures(world, as_of=date(2026, 3, 31))
    late = figures(world)
    assert (early["D20"].denominator or 0) < (late["D20"].denominator or 0)
    month_begun = figures(world, as_of=date(2026, 4, 15))
    assert month_begun["D20"].denominator == early["D20"].denominator, "April is not due yet"
    assert (early["inspected"].numerator or 0) < 10 < (late["inspected"].numerator or 0)
    assert early["repaid"].value == 0


def test_a_closed_club_is_no_longer_in_operation(programme: Folder, registers_in: Written) -> None:
    closing = (
        "INSERT INTO club_status SELECT min(club_code), DATE '2026-05-01', 'close', 'closed', 2 "
        "FROM club"
    )
    found = figures_after(programme, registers_in, lambda link: link.execute(closing))
    assert found["clubs"].value == 45
    assert figures(programme, as_of=date(2026, 4, 30))["clubs"].value == 46


def test_trends_start_from_the_day_before_the_period(computed: Mapping[str, Figure]) -> None:
    women = computed["D25_women"]
    assert women.before is not None
    assert women.rating in (Rating.RISEN, Rating.FALLEN)
    assert (women.rating is Rating.RISEN) == ((women.value or 0) > women.before)


def test_a_closed_phase_is_never_computed_from_todays_data(world: Folder) -> None:
    closed = figures(world, period="2016-2020")
    for code in ("A9", "A10", "A13"):
        assert closed[code].value is None
        assert closed[code].rating is Rating.NO_DATA
    assert "D3" not in closed
    for code in ("clubs", "members", "women", "borrowers"):
        assert closed[code].value is None, "today's registers know nothing of 2020"
        assert closed[code].rating is Rating.NO_DATA


def test_a_phase_has_its_targets_and_a_year_those_that_run(world: Folder) -> None:
    phase, year = set(figures(world)), set(figures(world, period="2026"))
    assert {"D1", "D3", "D11", "D12", "D19"} <= phase
    assert "D13" not in phase, "its time has not come"
    assert {code for code in phase if code.startswith("D")} == {
        code for code in year if code.startswith("D")
    }


def test_areas_are_only_their_own(world: Folder) -> None:
    province = figures(world)
    code = next(iter(open_tables(world, identified=True).table("club")["commune_code"]))
    commune = figures(world, area=code)
    elsewhere = figures(world, area="01")
    assert 0 < (commune["clubs"].value or 0) < (province["clubs"].value or 0)
    assert elsewhere["clubs"].value == 0
    assert elsewhere["members"].value is None
    assert figures(world, area="VN")["members"].value == 2400


@pytest.mark.parametrize(
    ("column", "sql", "code", "named"),
    [
        ("numerator", "COUNT(*) FILTER (WHERE statuss = 'active')", "sql-column-unknown", "status"),
        ("numerator", "(SELECT COUNT(*) FROM member)", "sql-table-unknown", "clubs"),
        ("where", "read_text('/etc/passwd') <> ''", "sql-function-unknown", "read_text"),
    ],
)
def test_expressions_go_through_the_guard(
    programme: Folder, registers_in: Written, column: str, sql: str, code: str, named: str
) -> None:
    registers_in(programme)
    book = openpyxl.load_workbook(programme.indicators)
    heads = [cell.value.split()[0] for cell in book["indicators"][1]]
    row = next(r[0].row for r in book["indicators"].iter_rows() if r[0].value == "clubs")
    book["indicators"].cell(row, heads.index(column) + 1).value = sql
    book.save(programme.indicators)
    with pytest.raises(ProblemError) as error:
        figures(programme)
    problem = error.value.problems[0]
    assert problem.code == code
    assert (problem.place.sheet, problem.place.row, problem.place.column) == (
        "indicators",
        row,
        column,
    )
    assert named in problem.in_("en")
