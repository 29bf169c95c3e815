import csv
import io
import lzma
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.areas import load_areas
from programme.crosswalk import SHIPPED, load_crosswalk
from programme.problem import ProblemError
from programme.text import tidy

XLSFORMS = Path(__file__).resolve().parents[2] / "xlsforms"
HEADER = "old_province,old_district,old_commune,old_code,new_code,split\n"
CROSSWALK = load_crosswalk()
COMMUNES = [each for each in CROSSWALK.communes if each.label]
ISLANDS = [each for each in CROSSWALK.communes if not each.label]


@pytest.fixture(scope="module")
def crosswalk():
    return CROSSWALK


@pytest.fixture(scope="module")
def areas():
    return load_areas(XLSFORMS)


def refused(call, *arguments):
    with pytest.raises(ProblemError) as caught:
        call(*arguments)
    (problem,) = caught.value.problems
    return problem


def kind(label):
    return "Thị trấn" if label.startswith("Thị trấn ") else label.split()[0]


def test_there_were_63_provinces_696_districts_and_10035_communes():
    assert len({each.province for each in CROSSWALK.communes}) == 63
    assert len({(each.province, each.district) for each in CROSSWALK.communes}) == 696
    assert len(COMMUNES) == len({each.code for each in COMMUNES}) == 10_035
    assert all(len(each.code) == 5 and each.code.isdecimal() for each in COMMUNES)
    assert Counter(kind(each.label) for each in COMMUNES) == {
        "Xã": 7692, "Phường": 1726, "Thị trấn": 617,
    }  # fmt: skip


def test_names_of_a_district_are_told_apart():
    names = Counter((each.province, each.district, each.label) for each in CROSSWALK.communes)
    assert set(names.values()) == {1}


def test_every_commune_of_today_came_from_old_ones_or_from_an_island_district(areas):
    reached = {code for each in COMMUNES for code in each.new_codes}
    islands = {each.district: code for each in ISLANDS for code in each.new_codes}
    assert islands == {
        "Huyện Bạch Long Vĩ": "11948", "Huyện Cồn Cỏ": "19742", "Huyện Hoàng Sa": "20333",
        "Huyện Lý Sơn": "21548", "Huyện Côn Đảo": "26732",
    }  # fmt: skip
    assert reached | set(islands.values()) == set(areas.communes)
    assert reached.isdisjoint(islands.values())


def test_no_old_province_came_apart(areas):
    provinces = {}
    for each in CROSSWALK.communes:
        found = {areas.communes[code].province for code in each.new_codes}
        assert provinces.setdefault(each.province, found) == found
        assert len(found) == 1
    assert len(set(map(frozenset, provinces.values()))) == 34


def test_442_communes_were_split_over_up_to_five():
    parts = Counter(len(each.new_codes) for each in COMMUNES if each.is_split)
    assert sum(parts.values()) == 442
    assert max(parts) == 5
    assert all(len(set(each.new_codes)) == len(each.new_codes) for each in COMMUNES)


def test_kinds_of_districts_and_provinces_are_spelled_in_one_way():
    kinds = ("Huyện ", "Quận ", "Thành phố ", "Thị xã ")
    assert all(each.district.startswith(kinds) for each in CROSSWALK.communes)
    assert all(each.province.startswith(("Tỉnh ", "Thành phố ")) for each in CROSSWALK.communes)


def test_shipped_names_are_spelled_in_one_way():
    text = lzma.decompress(SHIPPED.read_bytes()).decode("utf-8")
    assert all(cell == tidy(cell) for row in csv.reader(io.StringIO(text)) for cell in row)
    small = [
        word
        for each in COMMUNES
        for word in each.label.removeprefix("Thị trấn ").removeprefix("Nông trường ").split()
        if word[0].islower()
    ]
    assert small == []


@pytest.fixture(scope="module")
def lang_son():
    return [each for each in CROSSWALK.communes if each.province == "Tỉnh Lạng Sơn"]


def test_lang_son_had_194_communes_in_eleven_districts(lang_son):
    assert len(lang_son) == 194
    assert Counter(each.district for each in lang_son)["Huyện Chi Lăng"] == 20
    assert len({each.district for each in lang_son}) == 11


def test_there_are_plenty_of_old_communes_that_became_one_in_each_district(lang_son):
    whole = Counter(each.district for each in lang_son if not each.is_split)
    assert len(whole) == 11
    assert min(whole.values()) >= 4 and sum(whole.values()) == 192


@pytest.mark.parametrize(
    ("province", "district", "commune", "today"),
    [
        ("TPHCM", "Q1", "P. Bến Nghé", "Phường Sài Gòn"),
        ("TP. Hồ Chí Minh", "Q. Gò Vấp", "P.12", "Phường An Hội Tây"),
        ("TP.HCM", "Quận 04", "Phường 01", "Phường Vĩnh Hội"),
        ("Bà Rịa – Vũng Tàu", "Huyện Côn Đảo", "", "Đặc khu Côn Đảo"),
        ("Ba Ria-Vung Tau", "Côn Đảo", "-", "Đặc khu Côn Đảo"),
        ("Quảng Ngãi", "H. Lý Sơn", "Xã An Vĩnh", "Đặc khu Lý Sơn"),
        ("Tỉnh Thừa Thiên - Huế", "A Lưới", "TT. A Lưới", "Xã A Lưới 2"),
        ("Hà Giang", "Đồng Văn", "Thị trấn Phó Bảng", "Xã Phố Bảng"),
    ],
)
def test_old_places_all_over_the_country(crosswalk, areas, province, district, commune, today):
    codes = crosswalk.new_communes(province, district, commune)
    assert [areas.label(code) for code in codes] == [today]


def test_a_district_may_be_called_by_its_kind_of_other_years(crosswalk):
    assert crosswalk.new_communes("Bình Dương", "Thị xã Tân Uyên", "Uyên Hưng") == (
        crosswalk.new_communes("Bình Dương", "Thành phố Tân Uyên", "Phường Uyên Hưng")
    )


def test_districts_of_one_name_are_told_apart_by_their_kind(crosswalk):
    town = crosswalk.new_communes("Đồng Tháp", "Thành phố Cao Lãnh", "Mỹ Tân")
    country = crosswalk.new_communes("Đồng Tháp", "Huyện Cao Lãnh", "Nhị Mỹ")
    assert town != country
    problem = refused(crosswalk.new_communes, "Đồng Tháp", "Huyện Cao Lãnh", "Mỹ Tân")
    assert problem.code == "old-area-unknown"


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("29908", ("29905",)),  # Phường 4 of Sa Đéc, which the source mixes up with one of Cao Lãnh
        ("25462", ("25459",)),  # Phường 4 of Tây Ninh, mixed up with that of Tân An
        ("10798", ("10804", "10843")),  # Hòa Bình of Kim Thành, with that of Vĩnh Bảo
        ("11890", ("11911",)),
    ],
)
def test_communes_of_one_name_are_not_mixed_up(crosswalk, code, today):
    assert crosswalk.by_code(code).new_codes == today


@given(st.data())
def test_an_old_commune_is_found_however_its_name_is_spelled(data):
    old = data.draw(st.sampled_from(COMMUNES))
    spell = data.draw(
        st.sampled_from(
            [
                str.upper,
                str.lower,
                lambda name: name.replace("òa", "oà").replace("óa", "oá").replace("ủy", "uỷ"),
                lambda name: unicodedata.normalize("NFD", name),
                lambda name: "  " + name.replace(" ", "\u00a0 "),
                lambda name: name.replace("Thị trấn ", "TT.").replace("Thành phố ", "TP "),
                lambda name: name.replace("Phường ", "P.").replace("Huyện ", "h. "),
                lambda name: name.replace("-", "–").replace("'", "’"),
            ]
        )
    )
    assert CROSSWALK.new_communes(*map(spell, (old.province, old.district, old.label))) == (
        old.new_codes
    )


def test_every_old_commune_is_found_by_its_own_names():
    found = {
        each: CROSSWALK.new_communes(each.province, each.district, each.label)
        for each in CROSSWALK.communes
    }
    assert [each for each, codes in found.items() if codes != each.new_codes] == []


def test_names_that_only_marks_tell_apart_are_asked_for_without_them(crosswalk):
    first = crosswalk.new_communes("Yên Bái", "Trấn Yên", "X. Minh Quán")
    second = crosswalk.new_communes("Yên Bái", "Trấn Yên", "Minh Quân")
    assert first != second
    problem = refused(crosswalk.new_communes, "yen bai", "tran yen", "minh quan")
    assert problem.code == "old-area-ambiguous"
    assert "Xã Minh Quán, Huyện Trấn Yên; Xã Minh Quân" in problem.do.vi


def test_an_old_commune_is_found_by_its_code(crosswalk):
    old = crosswalk.by_code(" 06463 ")
    assert (old.label, old.district, old.new_codes) == (
        "Thị trấn Đồng Mỏ", "Huyện Chi Lăng", ("06463",),
    )  # fmt: skip


@pytest.mark.parametrize("code", ["6463", "99999", "", "O6463"])
def test_an_unknown_code_is_told(crosswalk, code):
    problem = refused(crosswalk.by_code, code)
    assert problem.code == "old-code-unknown"
    assert ("06463 Thị trấn Đồng Mỏ" in problem.what.vi) == (code == "6463")


@pytest.mark.parametrize(
    ("district", "commune", "code"),
    [
        ("Huyện Chi Lăng", "Thị trấn Đồng Mỏ", "06463"),
        ("chi lang", "TT Đồng Mỏ", "06463"),
        ("Thành phố Lạng Sơn", "Phường Vĩnh Trại", "05977"),
        ("TP. Lạng Sơn", "P. Vĩnh Trại", "05977"),
        ("H. Cao Lộc", "X. Hồng Phong", "06184"),
        ("H. Bình Gia", "X. Hồng Phong", "06079"),
    ],
)
def test_an_old_commune_is_found_as_it_stands_on_paper(crosswalk, district, commune, code):
    assert crosswalk.new_communes("Lạng Sơn", district, commune) == (code,)


def test_a_split_commune_gives_all_its_parts(crosswalk, lang_son):
    assert crosswalk.new_communes("Tỉnh Lạng Sơn", "Đình Lập", "Bính Xá") == ("06613", "06625")
    split = {each.label for each in lang_son if each.is_split}
    assert split == {"Xã Bính Xá", "Xã Kiên Mộc"}


def test_a_town_and_a_commune_of_one_name_that_went_the_same_way_need_no_question(crosswalk):
    assert crosswalk.new_communes("Lạng Sơn", "Chi Lăng", "Chi Lăng") == ("06463",)


def test_if_they_went_different_ways_it_asks(tmp_path):
    path = tmp_path / "crosswalk.csv"
    path.write_text(
        HEADER + "Tỉnh A,Huyện B,Thị trấn C,00001,00003,no\nTỉnh A,Huyện B,Xã C,00002,00004,no\n",
        encoding="utf-8",
    )
    crosswalk = load_crosswalk(path)
    problem = refused(crosswalk.new_communes, "A", "B", "C")
    assert problem.code == "old-area-ambiguous"
    assert "Thị trấn C" in problem.do.vi
    assert crosswalk.new_communes("A", "B", "Xã C") == ("00004",)


@pytest.mark.parametrize(
    ("province", "district", "commune", "near"),
    [
        ("Lạng Sơn", "Bình Gia", "Hồng Phogn", "Xã Hồng Phong"),
        ("Lạng Sơn", "Bin Gia", "Hồng Phong", "Huyện Bình Gia"),
        ("Lang Sown", "Bình Gia", "Hồng Phong", "Tỉnh Lạng Sơn"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(crosswalk, province, district, commune, near):
    problem = refused(crosswalk.new_communes, province, district, commune)
    assert problem.code == "old-area-unknown"
    assert near in problem.what.vi and near in problem.what.en


def test_a_commune_of_another_district_is_not_taken(crosswalk):
    assert refused(crosswalk.new_communes, "Lạng Sơn", "Bắc Sơn", "Đồng Mỏ").code == (
        "old-area-unknown"
    )


@pytest.mark.parametrize(
    "rows",
    [
        "Tỉnh A,Huyện B,Xã C,00001,00002,yes\n",
        "Tỉnh A,Huyện B,Xã C,00001,00002,no\nTỉnh A,Huyện B,Xã C,00001,00003,no\n",
    ],
)
def test_a_wrong_mark_of_splits_is_told(tmp_path, rows):
    path = tmp_path / "crosswalk.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    problem = refused(load_crosswalk, path)
    assert (problem.code, problem.place.column) == ("crosswalk-split", "split")
