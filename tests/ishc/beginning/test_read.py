"""Answers to the five questions, as people write them."""

import pytest

from ishc.beginning import read
from ishc.beginning.chosen import KOBO, KOBO_EU, SANDBOX, Place
from programme.areas import load_areas
from programme.folder import Folder, shipped
from programme.problem import ProblemError

AREAS = load_areas(Folder(shipped()).xlsforms)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Lạng Sơn", ["20"]),
        ("lang son", ["20"]),
        ("20, Hà Nội; 20", ["20", "01"]),
        ("cả nước", []),
        ("VN", []),
    ],
)
def test_provinces_by_name_or_code(text, codes):
    assert [each.code for each in read.provinces(text, AREAS)] == codes


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Lang Sơng", "area-unknown", "Tỉnh Lạng Sơn"),
        ("06463", "area-not-province", "Xã Chi Lăng thuộc Tỉnh Lạng Sơn"),
        ("Chi Lăng", "area-ambiguous", "06463"),
        (" , ", "area-missing", "20 Lạng Sơn"),
    ],
)
def test_what_is_no_province_is_refused_with_the_nearest(text, code, words):
    with pytest.raises(ProblemError) as told:
        read.provinces(text, AREAS)
    assert told.value.problems[0].code == code
    assert words in told.value.problems[0].in_("vi")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kobo", KOBO),
        ("KoBo-EU", KOBO_EU),
        ("sandbox", SANDBOX),
        ("kf.hoi.vn", Place("kobo", "https://kf.hoi.vn", "https://kc.hoi.vn")),
        (
            " https://kobo.hoi.vn/#/projects/home ",
            Place("kobo", "https://kobo.hoi.vn", "https://kobo.hoi.vn"),
        ),
        (
            "http://192.168.1.4:8010/",
            Place("kobo", "http://192.168.1.4:8010", "http://192.168.1.4:8010"),
        ),
    ],
)
def test_a_server_by_its_word_or_as_the_browser_shows_it(text, place):
    assert read.place(text) == place


def test_with_an_e_mail_address_it_is_an_odk_central():
    found = read.place("odk.hoi.vn", user=" an@hoi.vn ", project=3)
    assert found == Place("central", "https://odk.hoi.vn", user="an@hoi.vn", project=3)


@pytest.mark.parametrize(
    "text",
    ["", "odk", "ftp://kf.hoi.vn", "kf hoi vn", "https://an@kf.hoi.vn", "kobo-ue", "http://"],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ProblemError) as told:
        read.place(text)
    assert told.value.problems[0].code == "server-address"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 4", ("lists", "monthly")),
        ("monthly,lists", ("lists", "monthly")),
        ("0", ()),
        ("không", ()),
        ("5 5 3", ("excel", "quarterly")),
    ],
)
def test_nights_by_number_or_word(text, found):
    assert read.nights(text) == found


def test_an_unknown_word_is_told_with_the_nearest():
    with pytest.raises(ProblemError) as told:
        read.nights("montly")
    assert "monthly" in told.value.problems[0].what.en


def test_what_was_pasted_is_checked_and_never_shown():
    secret = read.secret("  a1b2c3  ", KOBO)
    assert secret.typed == "a1b2c3"
    assert "a1b2c3" not in repr(secret)
    with pytest.raises(ProblemError) as told:
        read.secret("mã của tôi", KOBO)
    assert "của" not in str(told.value)
    # a password may hold anything
    assert read.secret("mật khẩu dài", read.place("odk.hoi.vn", user="a@b.vn")).typed
