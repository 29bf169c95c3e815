from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from programme.areas import load_areas
from programme.earlier_names import load_earlier_names
from programme.problem import ProblemError

XLSFORMS = Path(__file__).resolve().parents[2] / "xlsforms"
BAC_NINH = date(2026, 9, 20)
DONG_NAI = date(2026, 4, 30)
TWELVE = "07294 07375 07399 07444 07840 09193 09292 09313 09319 09454 09475 09496".split()
HEADER = "code,label,kind,valid_from,valid_until,next_known,ended_by\n"


@pytest.fixture(scope="module")
def areas():
    return load_areas(XLSFORMS)


@pytest.fixture
def folder(tmp_path):
    for name in ("provinces.csv", "communes.csv"):
        (tmp_path / name).write_bytes((XLSFORMS / name).read_bytes())
    return tmp_path


def own(folder, *rows):
    path = folder / "earlier_names.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_twelve_communes_of_bac_ninh_are_wards_from_20_september_2026(areas):
    eve = BAC_NINH - timedelta(days=1)
    for code in TWELVE:
        name = areas.communes[code].name
        assert areas.label(code, "vi", on=eve) == f"Xã {name}"
        assert areas.label(code, "en", on=eve) == f"{name} Commune"
        assert areas.label(code, "vi", on=BAC_NINH) == f"Phường {name}"
        assert areas.label(code, "en", on=BAC_NINH) == f"{name} Ward"


@pytest.mark.parametrize(
    ("code", "day", "label"),
    [
        ("24", date(2026, 9, 19), "Tỉnh Bắc Ninh"),
        ("24", date(2026, 9, 20), "Thành phố Bắc Ninh"),
        ("75", date(2026, 4, 29), "Tỉnh Đồng Nai"),
        ("75", date(2026, 4, 30), "Thành phố Đồng Nai"),
        ("09313", date(2025, 7, 1), "Xã Chi Lăng"),
        ("09313", date(2024, 1, 1), "Xã Chi Lăng"),
        ("20", date(2025, 7, 1), "Tỉnh Lạng Sơn"),
        ("06463", date(2026, 10, 31), "Xã Chi Lăng"),
    ],
)
def test_a_name_is_that_of_the_day(areas, code, day, label):
    assert areas.label(code, on=day) == label
    every = areas.on(day)
    assert every.find(code).label == label


@pytest.mark.parametrize(
    ("day", "provinces", "communes"),
    [
        (date(2025, 7, 1), {"tỉnh": 28, "thành phố": 6}, {"xã": 2621, "phường": 687}),
        (DONG_NAI, {"tỉnh": 27, "thành phố": 7}, {"xã": 2621, "phường": 687}),
        (BAC_NINH, {"tỉnh": 26, "thành phố": 8}, {"xã": 2609, "phường": 699}),
    ],
)
def test_counts_by_kind_are_the_published_ones_of_the_day(areas, day, provinces, communes):
    then = areas.on(day)
    assert Counter(each.kind for each in then.provinces.values()) == provinces
    assert Counter(each.kind for each in then.communes.values()) == communes | {"đặc khu": 13}


def test_the_names_of_today_need_no_day(areas):
    assert areas.label("09319") == "Phường Tiên Du"
    assert list(areas.on(BAC_NINH)) == list(areas)


def test_72_communes_of_dong_nai_may_be_wards(areas):
    assert areas.doubtful(DONG_NAI - timedelta(days=1)) == ()
    doubtful = areas.doubtful(DONG_NAI)
    assert {(each.province, each.kind) for each in doubtful} == {("75", "xã")}
    assert len(doubtful) == 72
    assert {each.code for each in areas.communes_of("75") if each.kind == "xã"} == {
        each.code for each in doubtful
    }


def test_an_area_is_still_found_by_the_name_it_had(areas):
    assert areas.find("Tỉnh Bắc Ninh").code == "24"
    assert areas.find("tinh dong nai").code == "75"
    assert areas.find("Xã Tiên Du").code == "09319"


def test_a_name_of_today_goes_before_a_name_that_another_area_had(folder):
    own(folder, "06463,Xã Ba Chẽ,xã,2025-07-01,2026-01-01,yes,Nghị quyết 1")
    assert load_areas(folder).find("Xã Ba Chẽ").code == "06970"


def test_a_folder_adds_names_and_settles_doubts(folder):
    own(
        folder,
        "06463,Xã Đồng Mỏ,xã,2025-07-01,01/03/2026,yes,Nghị quyết 1",
        "25222,Xã Bù Gia Mập,xã,2025-07-01,2026-04-30,yes,vẫn là xã",
    )
    areas = load_areas(folder)
    assert areas.label("06463", on=date(2026, 2, 28)) == "Xã Đồng Mỏ"
    assert areas.label("06463", on=date(2026, 3, 1)) == "Xã Chi Lăng"
    assert "25222" not in {each.code for each in areas.doubtful(BAC_NINH)}
    assert len(areas.doubtful(BAC_NINH)) == 71


def test_whoever_mends_the_list_settles_a_doubt(folder):
    communes = folder / "communes.csv"
    text = communes.read_text(encoding="utf-8")
    mended = text.replace("25222,Xã Bù Gia Mập,75,xã", "25222,Phường Bù Gia Mập,75,phường")
    communes.write_text(mended, encoding="utf-8")
    areas = load_areas(folder)
    assert mended != text
    assert "25222" not in {each.code for each in areas.doubtful(BAC_NINH)}
    assert areas.label("25222", on=date(2026, 1, 1)) == "Xã Bù Gia Mập"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("24,Tỉnh Bắc Ninh,tỉnh,2025-07-01,20 tháng 9,yes,x", "valid_until"),
        ("24,Tỉnh Bắc Ninh,tỉnh,,2026-09-20,yes,x", "valid_from"),
        ("24,Tỉnh Bắc Ninh,tỉnh,2026-09-20,2026-09-20,yes,x", "valid_until"),
        ("24,Tỉnh Bắc Ninh,tình,2025-07-01,2026-09-20,yes,x", "kind"),
        ("24,,tỉnh,2025-07-01,2026-09-20,yes,x", "label"),
        ("24,Tỉnh Bắc Ninh,tỉnh,2025-07-01,2026-09-20,maybe,x", "next_known"),
    ],
)
def test_a_wrong_row_is_told(folder, row, column):
    path = own(folder, "06463,Xã Đồng Mỏ,xã,2025-07-01,2026-03-01,yes,x", row)
    with pytest.raises(ProblemError) as caught:
        load_earlier_names(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row, problem.place.column) == ("earlier-name", 3, column)
    assert problem.place.file == "earlier_names.csv"
