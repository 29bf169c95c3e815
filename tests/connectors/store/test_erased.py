"""A person taken out of records: row, texts, nothing else; and known again without any name."""

import unicodedata
from hashlib import sha256

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.reconcile.words import MACROS
from connectors.store.erased import (
    GONE,
    Rule,
    edits,
    folded,
    identity_of,
    name_hash,
    names_someone,
    without,
)
from connectors.store.pseudonym import Pseudonyms

KEY = Pseudonyms(sha256(b"test").digest())
NAME = "Nguyễn Thị Hoà"
SPELT, WORDS = name_hash(KEY.of, NAME)
RULE = Rule(
    SPELT,
    WORDS,
    repeat="list/member",
    identity=identity_of(KEY.of, NAME, "1950", "female"),
    name="list/member/member_name",
    birth="list/member/member_birth_year",
    sex="list/member/member_sex",
    born="1956",
    blank=("list/member/member_phone",),
)


def row(name: str, born: str, sex: str = "female") -> dict[str, str]:
    return {
        "list/member/member_name": name,
        "list/member/member_birth_year": born,
        "list/member/member_sex": sex,
        "list/member/member_phone": "0912345678",
        "list/member/member_household": "poor",
    }


def record() -> dict[str, object]:
    return {
        "_id": 7,
        "_submitted_by": NAME,
        "meta/instanceName": NAME,
        "page/reporter_name": "NGUYỄN THỊ HÒA",
        "page/awards": "Giấy khen: bà nguyễn thị hoà, ông Trần Văn Hai",
        "list/member": [row("Trần Văn Hai", "1950"), row(NAME, "1950"), row(NAME, "1961")],
    }


def test_the_row_stays_and_counts_and_names_nobody():
    cleaned = without(record(), [RULE], KEY.of)
    first, hers, namesake = cleaned["list/member"]
    assert first == row("Trần Văn Hai", "1950")
    assert hers == {
        "list/member/member_name": GONE,
        "list/member/member_birth_year": "1956",
        "list/member/member_sex": "female",
        "list/member/member_phone": "",
        "list/member/member_household": "poor",
    }
    # another woman of that name keeps her row; her name cannot be told from the other in texts
    assert namesake["list/member/member_birth_year"] == "1961"
    assert cleaned["page/reporter_name"] == GONE
    assert cleaned["page/awards"] == f"Giấy khen: bà {GONE}, ông Trần Văn Hai"
    assert cleaned["_id"] == 7


def test_done_twice_it_changes_nothing_more():
    once = without(record(), [RULE], KEY.of)
    assert without(once, [RULE], KEY.of) == once


def test_what_a_server_is_asked_to_change_is_what_differs():
    before = record()
    assert edits(before, without(before, [RULE], KEY.of)) == {
        "page/reporter_name": GONE,
        "page/awards": f"Giấy khen: bà {GONE}, ông Trần Văn Hai",
        "list/member[2]/member_name": GONE,
        "list/member[2]/member_birth_year": "1956",
        "list/member[2]/member_phone": None,
        "list/member[3]/member_name": GONE,
    }


@given(st.text(), st.text())
def test_a_text_that_does_not_name_the_person_stays(before, after):
    text = f"{before} Trần Văn Hai {after}"
    if not names_someone(text, {(SPELT, WORDS)}, KEY.of):
        assert without({"page/words": text}, [RULE], KEY.of) == {"page/words": text}


@given(st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title]),
       st.text(), st.text())  # fmt: skip
def test_a_name_is_found_however_it_is_spelt(form, letters, before, after):
    spelt = unicodedata.normalize(form, letters("Nguyễn  Thị-Hòa"))
    cleaned = without({"page/words": f"{before} {spelt} {after}"}, [RULE], KEY.of)
    assert folded(NAME) not in folded(str(cleaned["page/words"]))


def test_no_name_stands_in_a_rule():
    assert "hoa" not in repr(RULE).replace("household", "").lower().replace("hoà", "hoa")


@pytest.fixture(scope="module")
def registers():
    with duckdb.connect() as connection:
        inner, outer = KEY.pads()
        connection.execute("CREATE TABLE pads AS SELECT ?::BLOB inner_pad, ?::BLOB outer_pad",
                           [inner, outer])  # fmt: skip
        for macro in MACROS:
            connection.execute(macro)
        yield connection


@pytest.mark.parametrize(
    ("name", "born", "sex"),
    [
        (NAME, 1950, "female"),
        ("Đặng Văn Ư'ng", 1948, "male"),
        ("  Lò   Thị-Mai ", None, "female"),
        (unicodedata.normalize("NFD", "Triệu Ấu Thìn"), 1971, ""),
        ("Chu Thị Nga Mẫu-7015", 1948, "female"),
    ],
)
def test_a_row_is_known_by_the_same_hash_as_in_the_registers(registers, name, born, sex):
    sql = registers.execute("SELECT identity(?, ?::BIGINT, ?)", [name, born, sex]).fetchone()[0]
    assert identity_of(KEY.of, name, "" if born is None else str(born), sex) == sql
