"""All figures in one pass: levels, periods, batches; what adds up adds up, in whatever order."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.store.tables import TableSet, open_tables
from programme.areas import load_areas
from programme.folder import Folder
from reports.content import show
from reports.indicators import Figures, compute, load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.indicators.area_tree import LEVELS, Level
from reports.periods import parse_period

AS_OF = date(2026, 10, 31)
PERIODS = ("2026-10", "2026-09", "2026-Q3", "2026-H1", "2026", "2025-11..2026-10", "2025-2030")
# counts and sums without a denominator, which nothing is left out of
ADDED = ("clubs", "members", "outstanding", "loans_made_vnd", "repaid", "mobilised_total")
Written = Callable[..., TableSet]


def moving(link: Any) -> None:
    """Let members come and go in months that periods end in, and clubs have a closed one."""
    link.execute(
        "UPDATE member SET left_on = DATE '2026-01-05' + CAST(hash(member_code) % 290 AS INTEGER) "
        "WHERE hash(member_code) % 7 = 0"
    )
    link.execute(
        "UPDATE member SET joined_on = DATE '2025-10-20' + CAST(hash(member_code) % 370 AS INTEGER)"
        " WHERE hash(member_code) % 5 = 0"
    )
    link.execute(
        "INSERT INTO club_status SELECT max(club_code), DATE '2026-05-10', 'close', 'closed', 2 "
        "FROM club"
    )


def figures_of(
    folder: Folder,
    periods: Sequence[str] = PERIODS,
    levels: Sequence[Level] = ("province", "commune"),
    within: str = "20",
    batch: int | None = None,
) -> Figures:
    areas = load_areas(folder.xlsforms)
    definitions = with_area_facts(load_definitions(folder.indicators), folder, areas, AS_OF)
    asked = [parse_period(each, definitions.phases) for each in periods]
    tables = open_tables(folder, identified=True)
    return compute(
        definitions, tables, areas, asked, AS_OF, levels=levels, within=within, batch=batch
    )


@pytest.fixture(scope="module")
def moved(
    tmp_path_factory: pytest.TempPathFactory,
    programme_at: Callable[[Path], Folder],
    registers_in: Written,
) -> Folder:
    folder = programme_at(tmp_path_factory.mktemp("moved"))
    registers_in(folder, moving)
    return folder


@pytest.fixture(scope="module")
def whole(moved: Folder) -> Figures:
    return figures_of(moved, levels=LEVELS, within="20")


def test_every_level_has_its_areas(whole: Figures, moved: Folder) -> None:
    assert whole.areas("province") == ("20",)
    assert len(whole.areas("commune")) == 65
    assert len(whole.areas("club")) == 46
    kinds = ("20:delta", "20:midland", "20:mountain", "20:minority", "20:unclassified")
    assert whole.areas("kind") == kinds
    country = figures_of(moved, ["2026"], ["country", "kind", "province"], "VN")
    assert len(country.areas("province")) == 34
    assert country.of("VN", "2026")
    lang_son, nation = (country.one("members", each, "2026") for each in ("20", "VN"))
    assert lang_son is not None
    assert nation is not None
    assert lang_son.value == nation.value
    with pytest.raises(KeyError):
        country.of("05977", "2026")


@given(st.sampled_from(ADDED), st.sampled_from(PERIODS))
@settings(max_examples=40, deadline=None)
def test_parts_of_an_area_add_up_to_it(whole: Figures, code: str, period: str) -> None:
    province = whole.one(code, "20", period)
    assert province is not None
    for level in ("commune", "club", "kind"):
        below = whole.below(code, "20", period, level)  # type: ignore[arg-type]
        assert sum(each.value or 0 for each in below.values()) == (province.value or 0), level


@given(st.sampled_from(("sex", "age")), st.sampled_from(PERIODS), st.integers(0, 64))
@settings(max_examples=40, deadline=None)
def test_slices_add_up_to_the_figure(
    whole: Figures, breakdown: str, period: str, place: int
) -> None:
    for area in ("20", whole.areas("commune")[place]):
        members = whole.one("members", area, period)
        assert members is not None
        slices = whole.slices("members", area, period, breakdown)
        assert sum(each.numerator or 0 for each in slices) == (members.value or 0)


@pytest.mark.parametrize("batch", [1, 3])
def test_batches_of_any_size_give_the_same_bytes(
    whole: Figures, moved: Folder, tmp_path: Path, batch: int
) -> None:
    whole.save(tmp_path / "whole")
    figures_of(moved, levels=LEVELS, batch=batch).save(tmp_path / "batches")
    assert contents(tmp_path / "whole") == contents(tmp_path / "batches")


def test_what_is_saved_is_read_again(whole: Figures, tmp_path: Path) -> None:
    whole.save(tmp_path / "one")
    again = Figures.load(tmp_path / "one")
    again.save(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    for area in ("20", "20:unclassified", *whole.areas("club")[:3]):
        assert again.of(area, "2026") == whole.of(area, "2026")
    assert again.slices("members", "20", "2026", "age") == whole.slices(
        "members", "20", "2026", "age"
    )


def test_the_order_of_periods_and_what_else_is_asked_change_nothing(
    whole: Figures, moved: Folder
) -> None:
    backwards = figures_of(moved, PERIODS[::-1])
    alone = figures_of(moved, ["2026-Q3"], ["commune"], whole.areas("commune")[3])
    for period in PERIODS:
        assert backwards.of("20", period) == whole.of("20", period)
    commune = whole.areas("commune")[3]
    assert alone.of(commune, "2026-Q3") == whole.of(commune, "2026-Q3")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_target_of_each_club_is_counted_by_clubs_too(whole: Figures) -> None:
    province = whole.one("D19", "20", "2026")
    assert province is not None
    assert province.meeting is not None
    clubs = whole.below("D19", "20", "2026", "club").values()
    met = [each for each in clubs if each.value is not None and each.value >= 100]
    assert province.meeting.clubs == len(met)
    assert province.meeting.of == sum(each.value is not None for each in clubs)
    assert all(each.meeting is None for each in clubs)


def test_clubs_that_reported_are_counted_of_those_that_had_to(whole: Figures) -> None:
    month = whole.one("members", "20", "2026-05") if "2026-05" in PERIODS else None
    assert month is None
    quarter = whole.one("members", "20", "2026-Q3")
    assert quarter is not None
    assert quarter.clubs_expected == 46
    assert quarter.clubs_reported == 45, "one club sends nothing since May"


def test_people_cared_for_are_averaged_over_months_and_never_added(whole: Figures) -> None:
    quarter, year = (whole.one("sum_people_cared", "20", each) for each in ("2026-Q3", "2026"))
    assert quarter is not None
    assert year is not None
    assert quarter.value is not None
    assert year.value is not None
    assert year.value < 1.5 * quarter.value


def edited(folder: Folder, code: str, **cells: str) -> Folder:
    book = openpyxl.load_workbook(folder.indicators)
    heads = [str(each.value).split()[0] for each in book["indicators"][1]]
    for row in book["indicators"].iter_rows(min_row=2):
        if row[0].value == code:
            for name, value in cells.items():
                row[heads.index(name)].value = value
    book.save(folder.indicators)
    return folder


def test_the_last_month_of_each_club_can_be_taken(programme: Folder, registers_in: Written) -> None:
    tables = registers_in(programme)
    edited(programme, "sum_people_cared", over_months="last")
    found = figures_of(programme, ["2026"], ["province"]).one("sum_people_cared", "20", "2026")
    months = tables.table("club_month").dropna(subset=["people_cared"])
    months = months[months["month"] >= "2026-01"].sort_values("month")
    assert found is not None
    assert found.value == months.groupby("club_code")["people_cared"].last().sum()


def test_who_borrows_in_two_communes_is_one_borrower_of_the_province(
    programme: Folder, registers_in: Written
) -> None:
    def twice(link: Any) -> None:
        link.execute(
            "UPDATE loan SET borrower_code = (SELECT min(borrower_code) FROM loan) WHERE "
            "loan_code IN (SELECT loan_code FROM loan ORDER BY loan_code DESC LIMIT 3)"
        )

    registers_in(programme, twice)
    found = figures_of(programme, ["2025-11..2026-10"])
    province = found.one("borrowers", "20", "2025-11..2026-10")
    below = found.below("borrowers", "20", "2025-11..2026-10", "commune")
    assert province is not None
    assert province.value == 52 - 3
    assert sum(each.value or 0 for each in below.values()) > province.value


def test_a_loan_settled_long_ago_leaves_nought_and_not_nothing(
    programme: Folder, registers_in: Written
) -> None:
    def settled(link: Any) -> None:
        link.execute("DELETE FROM loan_event WHERE event <> 'lent'")
        link.execute(
            "INSERT INTO loan_event SELECT loan_code, club_code, 'repaid', DATE '2026-01-10', "
            "principal, 0, NULL, 'root-paid-' || loan_code, 2 FROM loan"
        )
        link.execute("UPDATE loan SET lent_on = DATE '2025-11-15'")

    registers_in(programme, settled)
    found = figures_of(programme, ["2026-10", "2026-01", "2026"], ["province"])
    outstanding = {each: found.one("outstanding", "20", each) for each in ("2026-10", "2026")}
    assert all(each is not None and each.value == 0 for each in outstanding.values())
    january = found.one("repaid", "20", "2026-01")
    october = found.one("repaid", "20", "2026-10")
    assert january is not None
    assert january.value
    assert october is not None
    assert october.value == 0


def test_whole_numbers_keep_their_fraction(programme: Folder, registers_in: Written) -> None:
    registers_in(programme)
    edited(programme, "clubs", numerator="COUNT(*) / 4 + 0 * COUNT(name) / (COUNT(*) - COUNT(*))")
    edited(programme, "clubs_resting", numerator="COUNT(name) / 4", where="active")
    found = figures_of(programme, ["2026"], ["province"])
    quarter, nothing = found.one("clubs_resting", "20", "2026"), found.one("clubs", "20", "2026")
    assert quarter is not None
    assert quarter.value == 46 / 4
    assert nothing is not None
    assert nothing.value is None, "a division by nought is no data"


def test_clubs_without_loans_have_nought_and_a_share_of_nothing_is_not_missing(
    programme: Folder, registers_in: Written
) -> None:
    def none_lent(link: Any) -> None:
        link.execute("DELETE FROM loan_event")
        link.execute("DELETE FROM loan")

    registers_in(programme, none_lent)
    found = figures_of(programme, ["2026"], ["province", "club"])
    for area in ("20", *found.areas("club")):
        for code in ("outstanding", "outstanding_start", "loans_made_vnd", "repaid", "interest"):
            figure = found.one(code, area, "2026")
            assert figure is not None and figure.value == 0, code
        risk = found.one("par30", area, "2026")
        assert risk is not None and risk.value is None and risk.of_nothing
        assert [show.shown(risk, of) for of in ("vi", "en")] == ["không có để tính",
                                                                "nothing to count"]  # fmt: skip
    used = found.one("fund_use", "20", "2026")
    assert used is not None and used.value == 0


def test_a_loan_of_unknown_amount_is_missing_and_not_nought(
    programme: Folder, registers_in: Written
) -> None:
    registers_in(programme, lambda link: link.execute("UPDATE loan SET principal = NULL"))
    figure = figures_of(programme, ["2026"]).one("outstanding", "20", "2026")
    assert figure is not None and figure.value is None and not figure.of_nothing
    assert show.shown(figure, "en") == "no data"


def test_an_unclassified_commune_is_missing_and_no_share_of_nothing(world: Folder) -> None:
    """Not knowing the kind of any commune is not the same as having none of the kind."""
    delta = figures_of(world, ["2026"]).one("D6", "20", "2026")
    assert delta is not None and delta.denominator == 0
    assert delta.of_nothing is (delta.coverage in (None, 100))
