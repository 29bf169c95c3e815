from datetime import date
from pathlib import Path

import pytest

from programme.area_kinds import load_area_kinds
from programme.areas import load_areas
from programme.problem import ProblemError

XLSFORMS = Path(__file__).resolve().parents[2] / "xlsforms"
DAY = date(2026, 10, 31)
HEADER = "code,kinds,basis,valid_from\n"
DECISION = "Quyết định 60/QĐ-BDTTG"


@pytest.fixture(scope="module")
def areas():
    return load_areas(XLSFORMS)


@pytest.fixture
def table(tmp_path):
    def write(*rows):
        path = tmp_path / "area_kinds.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


def refused(areas, path):
    with pytest.raises(ProblemError) as caught:
        load_area_kinds(areas, path)
    return [(each.code, each.place.row, each.place.column) for each in caught.value.problems]


def test_only_the_thirteen_special_zones_are_classified(areas):
    kinds = load_area_kinds(areas)
    zones = {each.code for each in areas.communes.values() if each.kind == "đặc khu"}
    assert set(kinds.rows) == zones
    assert len(zones) == 13
    known = {code: kinds.of(code, DAY) for code in areas.communes}
    assert {code for code, row in known.items() if row} == zones
    assert all(row.kinds == {"island"} for row in known.values() if row)


def test_each_kind_rests_on_a_decision(areas):
    (row,) = load_area_kinds(areas).rows["21548"]
    assert "19/2025/QĐ-TTg" in row.basis
    assert row.valid_from == date(2025, 7, 1)


def test_the_official_table_is_added(areas, table):
    kinds = load_area_kinds(
        areas,
        table(
            f"06463,mountain;minority,{DECISION},2026-02-05",
            f"06970,Miền núi; Biên giới,{DECISION},05/02/2026",
            f"05977,mountain border,{DECISION},2026-02-05",
        ),
    )
    assert kinds.of("06463", DAY).kinds == {"mountain", "minority"}
    assert kinds.of("06970", DAY).kinds == {"mountain", "border"}
    assert kinds.of("05977", DAY).kinds == {"mountain", "border"}
    assert kinds.of("21548", DAY).kinds == {"island"}
    assert kinds.of("06475", DAY) is None


@pytest.mark.parametrize(
    "written", ["ethnic_minority", "Dân tộc thiểu số", "vùng đồng bào dân tộc thiểu số", "MINORITY"]
)
def test_a_kind_may_be_written_in_words(areas, table, written):
    kinds = load_area_kinds(areas, table(f"06463,{written},{DECISION},2026-02-05"))
    assert kinds.of("06463", DAY).kinds == {"minority"}


def test_a_kind_counts_from_its_day(areas, table):
    kinds = load_area_kinds(
        areas,
        table(f"06463,delta,{DECISION},2026-02-05", "06463,mountain,Quyết định 61,2026-09-01"),
    )
    assert kinds.of("06463", date(2026, 2, 4)) is None
    assert kinds.of("06463", date(2026, 2, 5)).kinds == {"delta"}
    assert kinds.of("06463", date(2026, 9, 1)).basis == "Quyết định 61"


def test_the_official_table_goes_before_what_is_shipped(areas, table):
    kinds = load_area_kinds(areas, table("31078,island;border,Quyết định 1,2025-07-01"))
    assert kinds.of("31078", DAY).kinds == {"island", "border"}


def test_everything_wrong_is_told_at_once(areas, table):
    path = table(
        f"6463,mountain,{DECISION},2026-02-05",
        f"06463,mountains;núi cao,{DECISION},2026-02-05",
        "06970,mountain,,tháng 2",
        f"05977,,{DECISION},2026-02-05",
        f"05977,border,{DECISION},2026-02-05",
    )
    assert refused(areas, path) == [
        ("area-unknown", 2, "code"),
        ("area-kind-unknown", 3, "kinds"),
        ("area-kind-unknown", 3, "kinds"),
        ("area-kind-basis", 4, "basis"),
        ("area-kind-date", 4, "valid_from"),
        ("area-kind-unknown", 5, "kinds"),
        ("area-kind-repeated", 6, "code"),
    ]


def test_a_missing_table_is_told(areas, tmp_path):
    assert refused(areas, tmp_path / "none.csv")[0][0] == "list-missing"
