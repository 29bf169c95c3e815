"""A submission filled on our form becomes one of the form that a KoBo server serves."""

import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from forms.carry import Stamp, carry, served_form
from forms.compile import compile_form
from forms.engine.fill import fill
from forms.engine.phone import Phone
from forms.engine.session import FormSession
from programme.problem import ProblemError

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ANSWERS = {
    "ma_clb": "C002",
    "ky": "2026-10-01",
    "linh_vuc": ["thu_nhap", "suc_khoe"],
    "so_thanh_vien": 52,
    "mo_ta": "Họp & hát <xoan>",
    "dau_ky": 1_000_000,
    "thu": 200_000,
    "attendance": [{"ngay": "2026-10-05", "so_nguoi": 45, "khach": [{"ho_ten": "Ông Ba"}]}],
}


@pytest.fixture
def kobo() -> Path:
    return Path(__file__).parent / "data" / "kobo"


@pytest.fixture
def served_xml(kobo: Path) -> str:
    return (kobo / "served.xml").read_text(encoding="utf-8")


def canonical(xml: str) -> str:
    return ET.canonicalize(xml, strip_text=True)


def test_reads_what_a_served_form_wants(served_xml: str) -> None:
    served = served_form(served_xml)
    assert served.root == served.form_id == "aWVD7eVGDAH9eULrYWP8hd"
    assert served.version == "1 (2026-11-21 20:20:11)"
    assert served.formhub_uuid == "37885c7c026c48f3a4b8f3cc03a40afe"
    assert served.deployed_version == "vsiHq3hA4Hmkts4SSkfPFD"


@pytest.mark.usefixtures("engine")
def test_carried_over_it_equals_one_filled_on_the_served_form(kobo: Path, served_xml: str) -> None:
    phone = Phone(
        started=datetime(2026, 10, 31, 9, 0),
        username="clb",
        deviceid="collect:abc",
        instance_id="uuid:22222222-2222-4222-8222-222222222222",
    )
    ours = compile_form(kobo / "bao_cao_clb.xlsx")
    mine = fill(ours, kobo, ANSWERS, phone=phone).accepted()
    theirs = fill(served_xml, kobo, ANSWERS, phone=phone).accepted()
    carried = carry(mine, served_form(served_xml))
    assert canonical(carried) == canonical(without_namespaces(theirs))
    assert canonical(carried) != canonical(without_namespaces(mine))


def without_namespaces(xml: str) -> str:
    """JavaRosa declares namespaces that nothing uses; parsing drops them."""
    return ET.tostring(ET.fromstring(xml), encoding="unicode")


def test_the_phones_stamps_are_put_in(served_xml: str) -> None:
    mine = "<data id='x' version='1'><start/><end/><today/><ma_clb>C001</ma_clb></data>"
    stamp = Stamp(
        start=datetime(2026, 10, 31, 9, 0, tzinfo=HANOI),
        end=datetime(2026, 10, 31, 9, 12, tzinfo=HANOI),
        today="2026-10-31",
        deviceid="collect:abc",
        instance_id="uuid:1",
    )
    carried = ET.fromstring(carry(mine, served_form(served_xml), stamp))
    assert carried.findtext("start") == "2026-10-31T09:00:00.000+07:00"
    assert carried.findtext("end") == "2026-10-31T09:12:00.000+07:00"
    assert carried.findtext("today") == "2026-10-31"
    assert carried.findtext("meta/instanceID") == "uuid:1"
    assert carried.find("deviceid") is None  # the form does not ask for it


def test_a_question_that_the_served_form_lacks_is_named(served_xml: str) -> None:
    mine = "<data id='x'><quy><dau_ky>1</dau_ky><moi>2</moi></quy></data>"
    with pytest.raises(ProblemError) as caught:
        carry(mine, served_form(served_xml))
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.question) == ("carry-path", "quy/moi")


@pytest.mark.usefixtures("engine")
def test_the_served_form_opens_speaks_both_languages_and_fills(kobo: Path, served_xml: str) -> None:
    session = FormSession(served_xml, kobo, language="en")
    assert session.choices("ma_clb")["C001"] == "CLB Liên thế hệ Đông Anh"
    session.set("ma_clb", "C001")
    assert session.value("xa") == "Đông Anh"
    session.set("dau_ky", 1000)
    with pytest.raises(ProblemError) as caught:
        session.set("chi", 2000)
    assert caught.value.problems[0].what.en == "More than the fund holds"
