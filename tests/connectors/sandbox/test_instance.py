"""From a filled form to a record's answers."""

from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.servers.sandbox.compile import FormPaths
from connectors.servers.sandbox.instance import (
    BadXmlError,
    file_answers,
    geolocation,
    put,
    read_answers,
    read_instance,
)

PATHS = FormPaths(
    frozenset({"club/member", "club/member/visit"}),
    frozenset({"club/place"}),
    frozenset({"photo", "club/member/photo", "club/member/visit/photo"}),
)
FILLED = """<?xml version='1.0'?>
<aX id="aX" xmlns:orx="http://openrosa.org/xforms"><formhub><uuid>f1</uuid></formhub>
<club><name> Đông  Anh </name><place>21.02 105.85 0 0</place><empty/>
<member><age>71</age><photo>b.jpg</photo><visit><photo>c.jpg</photo></visit></member>
<member><age/><visit><on/></visit></member>
<member><age>80</age></member></club><photo>a.jpg</photo>
<orx:meta><orx:instanceID>uuid:i1</orx:instanceID></orx:meta></aX>"""


def test_answers_are_flat_and_text_and_empty_ones_are_absent() -> None:
    instance = read_instance(FILLED.encode())
    answers = read_answers(instance.root, PATHS)
    assert answers == {
        "formhub/uuid": "f1",
        "club/name": " Đông  Anh ",
        "club/place": "21.02 105.85 0 0",
        "club/member": [
            {
                "club/member/age": "71",
                "club/member/photo": "b.jpg",
                "club/member/visit": [{"club/member/visit/photo": "c.jpg"}],
            },
            {"club/member/age": "80"},
        ],
        "photo": "a.jpg",
        "meta/instanceID": "uuid:i1",
    }
    assert (instance.uuid, instance.form_uuid, instance.deprecated) == ("i1", "f1", None)
    assert geolocation(answers, PATHS) == [21.02, 105.85]


def test_files_are_found_where_they_are_named() -> None:
    answers = read_answers(read_instance(FILLED.encode()).root, PATHS)
    found = [(one.name, one.xpath, one.top_key) for one in file_answers(answers, PATHS)]
    assert found == [
        ("b.jpg", "club/member[1]/photo", "club/member"),
        ("c.jpg", "club/member[1]/visit[1]/photo", "club/member"),
        ("a.jpg", "photo", "photo"),
    ]


@pytest.mark.parametrize("place", ["", "x y", "21.0", "21.0 east"])
def test_a_point_that_cannot_be_read_is_no_point(place: str) -> None:
    assert geolocation({"club/place": place}, PATHS) == [None, None]


@pytest.mark.parametrize(
    "xml",
    [b"", b"xin ch\xc3\xa0o", b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>\x00</a>"],
)
def test_no_xml(xml: bytes) -> None:
    with pytest.raises(BadXmlError):
        read_instance(xml)


_printable = st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"]), min_size=1)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), _printable), max_size=4))
def test_every_answer_of_every_row_arrives(rows: list[dict[str, Any]]) -> None:
    inner = "".join(
        "<member>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in row.items()) + "</member>"
        for row in rows
    )
    instance = read_instance(f"<aX><club>{inner}</club></aX>".encode())
    expected = [{f"club/member/{k}": v for k, v in row.items() if not v.isspace()} for row in rows]
    found = read_answers(instance.root, PATHS).get("club/member", [])
    assert found == [row for row in expected if row]


@given(
    st.sampled_from(["new", "club/name", "club/member/age", "club/member[3]/age", "g/h/i"]),
    _printable.filter(lambda text: not text.isspace()),
)
def test_an_edit_changes_the_answer_at_its_path(path: str, value: str) -> None:
    root = read_instance(FILLED.encode()).root
    before = read_answers(root, PATHS)
    put(root, path, value)
    again = read_instance(ElementTree.tostring(root, encoding="utf-8"))
    after = read_answers(again.root, PATHS)
    if "member" in path:
        changed = after.pop("club/member")
        row = 1 if "[3]" in path else 0
        assert changed[row]["club/member/age"] == value
        assert before.pop("club/member")[1 - row] == changed[1 - row]
    else:
        assert after.pop(path) == value
        before.pop(path, None)
    assert after == before
