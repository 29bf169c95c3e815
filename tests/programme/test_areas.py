import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from programme.areas import load_areas
from programme.problem import Place, ProblemError
from programme.text import sort_key

XLSFORMS = Path(__file__).resolve().parents[2] / "xlsforms"

PROVINCES = "name,label,kind\n20,Tỉnh Lạng Sơn,tỉnh\n24,Thành phố Bắc Ninh,thành phố\n"
COMMUNES = (
    "name,label,province,kind\n"
    "06463,Xã Chi Lăng,20,xã\n"
    "05977,Phường Đông Kinh,20,phường\n"
    "09313,Phường Chi Lăng,24,phường\n"
)


@pytest.fixture(scope="module")
def areas():
    return load_areas(XLSFORMS)


@pytest.fixture
def make(tmp_path):
    def write(provinces=PROVINCES, communes=COMMUNES):
        (tmp_path / "provinces.csv").write_text(provinces, encoding="utf-8")
        (tmp_path / "communes.csv").write_text(communes, encoding="utf-8")
        return tmp_path

    return write


def refused(call, *arguments):
    with pytest.raises(ProblemError) as caught:
        call(*arguments)
    return list(caught.value.problems)


def test_the_country_has_34_provinces_and_3321_communes(areas):
    assert Counter(each.kind for each in areas.provinces.values()) == {"tỉnh": 26, "thành phố": 8}
    assert Counter(each.kind for each in areas.communes.values()) == {
        "xã": 2609, "phường": 699, "đặc khu": 13,
    }  # fmt: skip


def test_lang_son_has_61_communes_and_4_wards(areas):
    assert Counter(each.kind for each in areas.communes_of("20")) == {"xã": 61, "phường": 4}


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("75", "Thành phố Đồng Nai"),
        ("24", "Thành phố Bắc Ninh"),
        ("07294", "Phường Bố Hạ"),
        ("09496", "Phường Lương Tài"),
        ("10543", "Phường Việt Hòa"),
        ("11848", "Xã Vĩnh Hòa"),
        ("21548", "Đặc khu Lý Sơn"),
        ("06463", "Xã Chi Lăng"),
        ("06970", "Xã Ba Chẽ"),
    ],
)
def test_names_are_those_of_today(areas, code, label):
    assert areas.label(code) == label


def test_the_thirteen_special_zones(areas):
    zones = {each.code for each in areas.communes.values() if each.kind == "đặc khu"}
    assert zones == set(
        "06994 07192 11914 11948 19742 20333 21548 22736 23272 26732 31078 31105 31108".split()
    )


def test_labels_are_spelled_in_one_way(areas):
    for area in areas:
        assert unicodedata.is_normalized("NFC", area.label)
        assert area.label.casefold().startswith(area.kind + " ")
        assert re.fullmatch(r"\w[\w' -]*\w", area.name)


def test_lists_are_in_an_order_that_one_can_scroll(areas):
    names = [each.name for each in areas.provinces.values()]
    assert names == sorted(names, key=sort_key)
    by_province = [(each.province, sort_key(each.name)) for each in areas.communes.values()]
    assert by_province == sorted(by_province)


def test_every_commune_lies_in_its_province(areas):
    inside = [each for code in areas.provinces for each in areas.communes_of(code)]
    assert len(inside) == len(areas.communes)


def test_areas_in_english(areas):
    assert areas.label("20", "en") == "Lạng Sơn Province"
    assert areas.label("79", "en") == "Hồ Chí Minh City"
    assert areas.label("05977", "en") == "Đông Kinh Ward"
    assert areas.label("21548", "en") == "Lý Sơn Special Zone"


@pytest.mark.parametrize(
    "text", ["20", "Tỉnh Lạng Sơn", "lạng sơn", "lang son", "Lang Son Province"]
)
def test_an_area_is_found_as_people_write_it(areas, text):
    assert areas.find(text).code == "20"


def test_a_province_goes_before_a_commune_of_the_same_name(make):
    areas = load_areas(make(communes=COMMUNES + "06400,Xã Bắc Ninh,20,xã\n"))
    assert areas.find("Bắc Ninh").code == "24"
    assert areas.find("Xã Bắc Ninh").code == "06400"


def test_a_name_of_several_communes_asks_for_the_code(make):
    (problem,) = refused(load_areas(make()).find, "Chi Lăng")
    assert problem.code == "area-ambiguous"
    assert "06463 Xã Chi Lăng (Tỉnh Lạng Sơn)" in problem.do.vi
    assert "09313 Phường Chi Lăng" in problem.do.en


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("6463", "06463 Xã Chi Lăng"),
        ("O6463", "06463 Xã Chi Lăng"),
        ("Lang Sown", "20 Tỉnh Lạng Sơn"),
    ],
)
def test_an_unknown_area_is_told_with_the_nearest(areas, text, near):
    with pytest.raises(ProblemError) as caught:
        areas.find(text, Place(row=9))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("area-unknown", 9)
    assert near in problem.what.vi and near in problem.what.en


def test_a_code_of_the_other_level_is_unknown(areas):
    assert refused(areas.province, "06463")[0].code == "area-unknown"
    assert refused(areas.commune, "20")[0].code == "area-unknown"
    assert refused(areas.communes_of, "99")[0].code == "area-unknown"


@pytest.mark.parametrize("name", ["provinces.csv", "communes.csv"])
def test_a_missing_list_is_told(make, name):
    folder = make()
    (folder / name).unlink()
    (problem,) = refused(load_areas, folder)
    assert problem.code == "list-missing"
    assert problem.place.file == str(folder / name)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("6463,Xã Chi Lăng,20,xã", "area-code", "name"),
        ("0646A,Xã Chi Lăng,20,xã", "area-code", "name"),
        ("06463,Xã Chi Lăng,20,xã", "area-repeated", "name"),
        ("06466,,20,xã", "area-label", "label"),
        ("06466,Thị trấn Đồng Mỏ,20,thị trấn", "area-kind", "kind"),
        ("06466,Xã Mới,2,xã", "area-unknown", "province"),
    ],
)
def test_a_wrong_row_is_told_with_its_line_and_column(make, row, code, column):
    (problem,) = refused(load_areas, make(communes=COMMUNES + row + "\n"))
    assert problem.code == code
    assert (problem.place.file, problem.place.row) == ("communes.csv", 5)
    assert problem.place.column == column


def test_everything_wrong_in_both_lists_is_told_at_once(make):
    folder = make(
        PROVINCES + "1,Thành phố Hà Nội,thành phố\n", COMMUNES + "97,Phường Hồng Hà,1,phường\n"
    )
    assert [(each.code, each.place.file) for each in refused(load_areas, folder)] == [
        ("area-code", "provinces.csv"),
        ("area-code", "communes.csv"),
    ]
