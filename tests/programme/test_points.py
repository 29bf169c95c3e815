from pathlib import Path
from statistics import median

import pytest

from programme.areas import load_areas
from programme.points import Point, point_of

XLSFORMS = Path(__file__).resolve().parents[2] / "xlsforms"
FAR_OUT = {"20333", "22736"}  # Hoàng Sa and Trường Sa


@pytest.fixture(scope="module")
def areas():
    return load_areas(XLSFORMS)


def test_every_province_and_commune_has_a_point_in_the_country(areas):
    for area in areas:
        point = point_of(area.code)
        assert point is not None
        assert 8 < point.latitude < 23.5
        assert 102 < point.longitude < (115 if area.code in FAR_OUT else 110)


def test_an_unknown_code_has_none():
    assert point_of("99999") is None


def test_no_two_communes_lie_on_one_point(areas):
    assert len({point_of(code) for code in areas.communes}) == 3321


def neighbour(code, points):
    return min(points[code].kilometres_to(other) for each, other in points.items() if each != code)


def test_only_special_zones_lie_far_from_the_next_commune_of_their_province(areas):
    for province in areas.provinces:
        points = {each.code: point_of(each.code) for each in areas.communes_of(province)}
        far = {code for code in points if neighbour(code, points) > 28}
        assert {areas.communes[code].kind for code in far} <= {"đặc khu"}


def test_a_province_lies_in_the_middle_of_its_communes(areas):
    for province in areas.provinces:
        points = [point_of(each.code) for each in areas.communes_of(province)]
        here = point_of(province)
        assert here.latitude == pytest.approx(median(each.latitude for each in points), abs=1e-4)
        assert here.longitude == pytest.approx(median(each.longitude for each in points), abs=1e-4)


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [
        ("06463", 21.66, 106.58),  # Chi Lăng
        ("06172", 21.95, 106.64),  # Hoàng Văn Thụ, which the source puts near Lộc Bình
        ("28615", 10.41, 106.38),  # Lương Hòa Lạc and Thanh Bình, which the source swaps
        ("30130", 10.58, 105.50),
        ("22736", 9.7, 114.4),
    ],
)
def test_known_places(code, latitude, longitude):
    assert point_of(code).kilometres_to(Point(latitude, longitude)) < 12


def test_distances_are_those_on_the_ground():
    hanoi, saigon = Point(21.0285, 105.8542), Point(10.7769, 106.7009)
    assert hanoi.kilometres_to(saigon) == pytest.approx(1144, abs=3)
    assert saigon.kilometres_to(hanoi) == pytest.approx(hanoi.kilometres_to(saigon))
    assert hanoi.kilometres_to(hanoi) == 0
