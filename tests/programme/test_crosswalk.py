from collections import Counter
from pathlib import Path

import pytest

from programme.areas import load_areas
from programme.crosswalk import load_crosswalk
from programme.problem import ProblemError

XLSFORMS = Path(__file__).resolve().parents[2] / "xlsforms"
HEADER = "old_province,old_district,old_commune,old_code,new_code,split\n"


@pytest.fixture(scope="module")
def crosswalk():
    return load_crosswalk()


def refused(call, *arguments):
    with pytest.raises(ProblemError) as caught:
        call(*arguments)
    (problem,) = caught.value.problems
    return problem


def test_lang_son_had_194_communes_in_eleven_districts(crosswalk):
    assert len({each.code for each in crosswalk.communes}) == len(crosswalk.communes) == 194
    assert Counter(each.district for each in crosswalk.communes)["Huyện Chi Lăng"] == 20
    assert len({each.district for each in crosswalk.communes}) == 11


def test_every_commune_of_today_came_from_somewhere(crosswalk):
    today = {each.code for each in load_areas(XLSFORMS).communes_of("20")}
    assert {code for each in crosswalk.communes for code in each.new_codes} == today


def test_there_are_plenty_of_old_communes_that_became_one_in_each_district(crosswalk):
    whole = Counter(each.district for each in crosswalk.communes if not each.is_split)
    assert len(whole) == 11
    assert min(whole.values()) >= 4 and sum(whole.values()) == 191


@pytest.mark.parametrize(
    ("district", "commune", "code"),
    [
        ("Huyện Chi Lăng", "Thị trấn Đồng Mỏ", "06463"),
        ("chi lang", "TT Đồng Mỏ", "06463"),
        ("Thành phố Lạng Sơn", "Phường Vĩnh Trại", "05977"),
        ("TP. Lạng Sơn", "P. Vĩnh Trại", "05977"),
        ("H. Cao Lộc", "X. Hồng Phong", "06184"),
    ],
)
def test_an_old_commune_is_found_as_it_stands_on_paper(crosswalk, district, commune, code):
    assert crosswalk.new_communes("Lạng Sơn", district, commune) == (code,)


def test_a_split_commune_gives_all_its_parts(crosswalk):
    assert crosswalk.new_communes("Tỉnh Lạng Sơn", "Đình Lập", "Bính Xá") == ("06613", "06625")
    split = {each.label for each in crosswalk.communes if each.is_split}
    assert split == {"Xã Hồng Phong", "Xã Bính Xá", "Xã Kiên Mộc"}


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
