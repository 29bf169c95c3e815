"""What goes wrong most easily in the programme's figures, one test each, computed on registers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import openpyxl
import pytest

from connectors.store.tables import TableSet, open_tables
from programme.areas import load_areas
from programme.folder import Folder
from reports.indicators import Figure, Rating, compute, load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.periods import parse_period

AS_OF = date(2026, 10, 31)
Written = Callable[..., TableSet]
Link = duckdb.DuckDBPyConnection


def figures(
    folder: Folder,
    *only: str,
    period: str = "2025-2030",
    area: str = "20",
    as_of: date = AS_OF,
) -> Mapping[str, Figure]:
    """Compute some figures, by their codes; all where none is named."""
    areas = load_areas(folder.xlsforms)
    definitions = with_area_facts(load_definitions(folder.indicators, areas), folder, areas, as_of)
    if only:
        wanted = {code.removesuffix("_imported") for code in only}
        some = [each for each in definitions.indicators if wanted & {each.code, *each.targets}]
        definitions = replace(definitions, indicators=tuple(some))
    asked = parse_period(period, definitions.phases)
    levels = ("country", "province", "commune")
    within = "VN" if area == "VN" else area if area == "08" else "20"
    found = compute(
        definitions,
        open_tables(folder, identified=True),
        areas,
        [asked],
        as_of,
        levels=levels,
        within=within,
    )
    return {each.code: each for each in found.of(area, asked)}


@pytest.fixture(scope="module")
def found(world: Folder) -> Mapping[str, Figure]:
    """The figures of the phase on registers as they are."""
    return figures(world)


def in_workbook(folder: Folder, *changes: Callable[[openpyxl.Workbook], object]) -> Folder:
    book = openpyxl.load_workbook(folder.indicators)
    for change in changes:
        change(book)
    book.save(folder.indicators)
    return folder


def setting(name: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        (row,) = [each for each in book["settings"].iter_rows(min_row=2) if each[0].value == name]
        row[1].value = value

    return change


def kinds_of(rows: Mapping[str, str], villages: int | None = None) -> Any:
    def change(book: openpyxl.Workbook) -> None:
        for code, kinds in rows.items():
            book["denominators"].append([code, kinds, villages, "thử", date(2025, 7, 1)])

    return change


def communes(folder: Folder) -> list[str]:
    return [each.code for each in load_areas(folder.xlsforms).communes_of("20")]


def note(figure: Figure) -> str:
    return figure.note.vi if figure.note else ""


# 1.5


def test_older_means_55_in_one_decision_and_60_by_law(
    world: Folder, found: Mapping[str, Figure]
) -> None:
    member = open_tables(world, identified=True).table("member")
    ages = 2026 - member["birth_year"]
    assert found["older_55"].numerator == (ages >= 55).sum()
    assert (found["older_60"].numerator or 0) >= (ages >= 60).sum()
    assert found["older_60"].value != found["older_55"].value


def test_need_is_the_denominator_and_all_members_stand_beside(found: Mapping[str, Figure]) -> None:
    rated, beside = found["D12"], found["D12_all"]
    assert (rated.denominator or 0) < (beside.denominator or 0)
    assert rated.rating is Rating.NOT_MET
    assert beside.rating is Rating.NOT_RATED


def test_a_club_of_another_size_counts_like_any_other(
    programme: Folder, registers_in: Written
) -> None:
    def small(link: Link) -> None:
        link.execute("DELETE FROM member WHERE club_code = (SELECT MIN(club_code) FROM club)")

    registers_in(programme, small)
    found = figures(programme, "clubs", "clubs_50_70")
    assert found["clubs"].value == 46
    assert (found["clubs_50_70"].numerator or 0) <= 45


def test_delta_and_minority_is_one_target_in_each_phase(
    programme: Folder, registers_in: Written
) -> None:
    registers_in(programme)
    first, second, third = communes(programme)[:3]
    rows = dict.fromkeys(communes(programme), "mountain")
    rows |= {first: "delta minority", second: "delta", third: "minority"}
    in_workbook(programme, kinds_of(rows))
    now = figures(programme, "D6", "D7")
    assert (now["D6"].denominator, now["D7"].denominator) == (2, 62), "minority alone is in neither"
    later = figures(programme, "D15", "D16", period="2031-2035", as_of=date(2031, 6, 30))
    assert (later["D15"].denominator, later["D16"].denominator) == (1, 64)


def test_communes_of_before_the_merger_are_no_baseline_to_compare_with(
    found: Mapping[str, Figure],
) -> None:
    figure = found["communes_with_club"]
    assert figure.baseline is not None
    assert (figure.baseline.value, figure.baseline.comparable) == (44, False)
    assert "trước 01/7/2025" in note(figure)


# 1.6


@pytest.mark.parametrize("period", ["2016-2020", "2020-2025"])
def test_closed_phases_hold_published_figures_and_nothing_of_today(
    world: Folder, period: str
) -> None:
    found = figures(world, "clubs", "B2", period=period, area="VN")
    closed = {code: each for code, each in found.items() if each.target and each.target.closed}
    assert closed
    for code, each in closed.items():
        if not code.endswith("_imported"):
            assert (each.value is not None) == (code in ("A5", "A6", "B1")), code
    if period == "2020-2025":
        assert closed["B2"].rating is Rating.CONFLICTING


def test_imported_clubs_stand_beside_what_was_published_and_are_not_rated(
    programme: Folder, registers_in: Written
) -> None:
    def imported(link: Link) -> None:
        link.execute(
            "INSERT INTO submission (form, _source, _id, _root_uuid, registers, refused, counts) "
            "SELECT 'club_registration', 'import', row_number() OVER (), _root_uuid, true, false, "
            "true FROM club WHERE founded_on < DATE '2021-01-01'"
        )

    tables = registers_in(programme, imported)
    founded = tables.table("club")["founded_on"]
    early = figures(programme, "A1", period="2016-2017", area="VN")["A1_imported"]
    assert early.value == (founded <= date(2017, 12, 31)).sum()
    new = figures(programme, "B2", period="2020-2025", area="VN")["B2_imported"]
    wanted = (founded >= date(2020, 8, 31)) & (founded < date(2021, 1, 1))
    assert (new.value or 0) == wanted.sum()
    assert (early.rating, new.rating) == (Rating.NOT_RATED, Rating.NOT_RATED)
    assert "không biết đã đủ chưa" in note(early)


def test_nothing_imported_is_no_data_and_not_zero(world: Folder) -> None:
    found = figures(world, "A1", period="2016-2017", area="VN")
    assert found["A1_imported"].value is None


def test_new_clubs_are_not_all_clubs(found: Mapping[str, Figure]) -> None:
    assert (found["D4"].value, found["D4"].rating) == (0, Rating.CONTRIBUTION)
    assert (found["D4_all"].value or 0) > 1000
    assert found["D4_all"].rating is Rating.NOT_RATED


def test_clubs_of_two_phases_are_counted(programme: Folder, registers_in: Written) -> None:
    def overlapping(link: Link) -> None:
        link.execute("UPDATE club SET founded_on = DATE '2019-01-01'")
        for day, place in (("2020-09-01", 0), ("2025-08-01", 1), ("2025-12-31", 2)):
            link.execute(
                f"UPDATE club SET founded_on = DATE '{day}' WHERE club_code = "
                f"(SELECT club_code FROM club ORDER BY club_code LIMIT 1 OFFSET {place})"
            )

    registers_in(programme, overlapping)
    found = figures(programme, "clubs_overlap", "D3")
    assert found["clubs_overlap"].value == 3
    assert found["D3"].value == 2
    in_workbook(programme, setting("overlap", "earlier"))
    assert figures(programme, "D3")["D3"].value == 0, "they are new in the phase before"


def test_a_province_is_judged_by_its_own_target_and_only_contributes_to_the_nations(
    programme: Folder, registers_in: Written
) -> None:
    def own(book: openpyxl.Workbook) -> None:
        heads = [str(cell.value).split()[0] for cell in book["targets"][1]]
        cells = {
            "code": "LS_2026", "decision": "Kế hoạch tỉnh", "period": "2026", "area_code": "20",
            "level": "province", "population": "all clubs", "indicator_vi": "Số CLB",
            "indicator_en": "Clubs", "wording_vi": "published", "unit": "clubs",
            "target_min": 46, "met_when": "value>=min", "measured_by": "clubs", "source": "thử",
        }  # fmt: skip
        book["targets"].append([cells.get(head) for head in heads])

    registers_in(programme)
    in_workbook(programme, own)
    province = figures(programme, "clubs", "D1", period="2026")
    assert province["LS_2026"].rating is Rating.MET
    assert (province["LS_2026"].group, province["LS_2026"].label.vi) == ("targets", "Số CLB")
    assert province["D1"].rating is Rating.CONTRIBUTION
    assert province["clubs"].target is None, "and it goes on to inform"
    commune = communes(programme)[0]
    assert (
        figures(programme, "clubs", period="2026", area=commune)["LS_2026"].rating
        is Rating.CONTRIBUTION
    )
    elsewhere = figures(programme, "clubs", period="2026", area="08")
    assert "LS_2026" not in elsewhere
    assert "TQ_2030" in elsewhere
    assert "TQ_2030" not in province


@pytest.mark.parametrize(
    ("rule", "delta", "mountain"), [("delta", 2, 1), ("mountain", 1, 2), ("neither", 1, 1)]
)
def test_midland_communes_count_where_the_setting_says(
    programme: Folder, registers_in: Written, rule: str, delta: int, mountain: int
) -> None:
    registers_in(programme)
    one, two, three = communes(programme)[:3]
    in_workbook(
        programme,
        kinds_of({one: "delta", two: "mountain", three: "midland"}),
        setting("midland", rule),
    )
    found = figures(programme, "D6", "D7", "communes_midland")
    assert (found["D6"].denominator, found["D7"].denominator) == (delta, mountain)
    assert found["communes_midland"].value == 1


def test_communes_that_are_not_classified_are_counted_and_left_out(
    programme: Folder, registers_in: Written
) -> None:
    registers_in(programme)
    rows = dict.fromkeys(communes(programme)[:60], "mountain")
    in_workbook(programme, kinds_of(rows))
    figure = figures(programme, "D7")["D7"]
    assert figure.denominator == 60
    assert figure.rating in (Rating.NOT_MET, Rating.MET, Rating.EXCEEDED), "60 of 65 are enough"
    assert "5 xã, phường chưa phân loại" in note(figure)


def test_villages_that_are_not_known_are_left_out_and_never_more_than_there_are(
    programme: Folder, registers_in: Written
) -> None:
    registers_in(programme)
    in_workbook(programme, kinds_of(dict.fromkeys(communes(programme), ""), villages=1))
    figure = figures(programme, "D8")["D8"]
    clubs = open_tables(programme, identified=True).table("club")
    assert figure.denominator == 65
    assert figure.numerator == clubs["commune_code"].nunique()


def test_what_is_not_up_to_date_is_marked_and_too_little_is_not_judged(
    programme: Folder, registers_in: Written
) -> None:
    half = "DELETE FROM club_month WHERE month > '2026-06' AND hash(club_code) % 2 = 0"
    registers_in(programme, lambda link: link.execute(half))
    fund = figures(programme, "D11")["D11"]
    assert fund.rating is Rating.TOO_LITTLE
    assert fund.value is not None


def test_scores_under_another_rule_set_are_not_mixed(
    programme: Folder, registers_in: Written
) -> None:
    def older(link: Link) -> None:
        if "ruleset" not in {row[0] for row in link.execute("DESCRIBE inspection").fetchall()}:
            link.execute("ALTER TABLE inspection ADD COLUMN ruleset VARCHAR")
        link.execute("UPDATE inspection SET ruleset = '2026-11'")
        link.execute(
            "UPDATE inspection SET ruleset = '2025-01' WHERE club_code IN "
            "(SELECT club_code FROM inspection ORDER BY club_code LIMIT 5)"
        )

    registers_in(programme)
    scores = ("score", "inspected", "other_ruleset")
    before = figures(programme, *scores)
    registers_in(programme, older)
    found = figures(programme, *scores)
    assert found["other_ruleset"].value == 5
    assert found["score"].denominator == (before["score"].denominator or 0) - 5
    assert found["inspected"].numerator == before["inspected"].numerator
    in_workbook(programme, setting("ruleset", "2025-01"))
    assert figures(programme, "score")["score"].denominator == 5


def test_a_target_for_each_club_is_shown_pooled_and_by_clubs(found: Mapping[str, Figure]) -> None:
    figure = found["D19"]
    assert figure.target is not None
    assert figure.target.rate_by == "club-months"
    assert figure.meeting is not None
    assert (figure.meeting.of, figure.meeting.clubs <= figure.meeting.of) == (46, True)
    assert figure.value is not None
