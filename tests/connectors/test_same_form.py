"""Two forms, ours and the one that KoBo compiled: what differs is named by question."""

from pathlib import Path

import pytest

from connectors.same_form import UnreadableFormError, differences, same_form

DATA = Path(__file__).parent / "kobo" / "data"
OURS = (DATA / "form.xml").read_text(encoding="utf-8")
SERVED = (DATA / "form-served.xml").read_bytes()


def test_what_kobo_changes_in_every_form_is_no_difference():
    assert differences(OURS, SERVED) == ()
    assert same_form(OURS, SERVED)


@pytest.mark.parametrize(
    ("old", "new", "question", "aspect"),
    [
        ('required="true()"', 'required="false()"', "ma_clb", "required"),
        ("Câu lạc bộ", "CLB", "ma_clb", "label"),
        ("Keep it short", "Short", "hoat_dong/mo_ta", "label"),
        ('type="int"', 'type="string"', "hoat_dong/so_thanh_vien", "type"),
        (". &lt;= 500", ". &lt;= 50", "hoat_dong/so_thanh_vien", "constraint"),
        ("Between 0 and 500", "No", "hoat_dong/so_thanh_vien", "other"),
        ("count( ../khach )", "1", "attendance/so_khach", "calculation"),
        ('"/data/ky" type', '"/data/ky" relevant="1" type', "ky", "relevant"),
        ("<start/>", "<start>now</start>", "start", "calculation"),
        ("<name>nam</name>", "<name>m</name>", "attendance/khach/gioi", "choices"),
        ("<value>Male</value>", "<value>Man</value>", "attendance/khach/gioi", "choices"),
        ("jr://file-csv/clubs.csv", "jr://file-csv/club.csv", "ma_clb", "choices"),
        ('appearance="minimal"', "", "ma_clb", "other"),
        ("<thang/>", "<thang/><quy_moi/>", "quy_moi", "only-ours"),
        ("<username/><deviceid/>", "<deviceid/><username/>", "deviceid", "order"),
        ("<h:title>Báo cáo", "<h:title>Sổ", "", "other"),
    ],
)
def test_each_difference_is_named(old, new, question, aspect):
    assert old in OURS
    (found,) = differences(OURS.replace(old, new, 1), SERVED)
    assert (found.question, found.aspect) == (question, aspect)


def test_both_sides_are_shown():
    (found,) = differences(OURS.replace(". &lt;= 500", ". &lt;= 50", 1), SERVED)
    assert (found.ours, found.served) == (". >= 0 and . <= 50", ". >= 0 and . <= 500")


def test_a_question_that_only_the_server_has():
    ours = OURS.replace("<thang/>", "", 1).replace(
        '<bind nodeset="/data/thang" type="string" calculate="format-date( /data/ky , '
        "'%Y-%m')\"/>",
        "",
        1,
    )
    (found,) = differences(ours, SERVED)
    assert (found.question, found.aspect) == ("thang", "only-served")


@pytest.mark.parametrize("served", [b"<html>", b"half <", b"<a/>"])
def test_what_is_no_form_is_said(served):
    with pytest.raises(UnreadableFormError):
        differences(OURS, served)
    assert not same_form(OURS, served)
