"""Each thing that OData may lose sends a submission to its XML, and leaves the others quick."""

from collections.abc import Callable

import pytest

from connectors.servers.central import fetching
from connectors.servers.central.quick import Quick
from tests.connectors.central.quick.conftest import COLLECT, SMALL, Phones, Survey

PLAIN = "<note>họp</note><people>12</people><photo/>"
Odd = Callable[[Phones], str]


@pytest.fixture(autouse=True)
def none_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Quick, "to_compare", lambda self, made: set())


def edited(phones: Phones) -> str:
    root = phones.send(PLAIN)
    phones.edit(root, "<note>sửa</note>")
    return root


ODD: dict[str, Odd] = {
    "edited": edited,
    "no client": lambda phones: phones.send(PLAIN, agent=None),
    "a browser": lambda phones: phones.send(PLAIN, agent="Mozilla/5.0 (X11; Linux x86_64)"),
    "Enketo": lambda phones: phones.send(PLAIN, agent="Enketo/7.5.1 Mozilla/5.0"),
    "a script": lambda phones: phones.send(PLAIN, agent="python-requests/2.34.2"),
    "old Collect": lambda phones: phones.send(PLAIN, agent="org.odk.collect.android/v1.17.2 D"),
    "another app": lambda phones: phones.send(PLAIN, agent=f"fork of {COLLECT}"),
    "no whole number": lambda phones: phones.send("<people>99999999999</people>"),
    "carriage return": lambda phones: phones.send("<note>một&#13;hai</note>"),
    "a blank in a file's name": lambda phones: phones.send("<photo> a.jpg</photo>"),
    "files half there": lambda phones: phones.send(
        "<photo>1.jpg</photo><second>2.jpg</second>", files=["1.jpg"]
    ),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_one_odd_submission_is_read_as_xml(odd: Odd, phones: Phones) -> None:
    phones.has((*SMALL, ("image", "second")))
    plain = [phones.send(PLAIN) for _ in range(3)]
    root = odd(phones)
    plain += [phones.send(PLAIN) for _ in range(3)]
    records = phones.pulled()
    assert phones.xml_asked() == {root}
    assert records.keys() == {*plain, root}
    assert records == phones.read_as_xml()


FORMS: dict[str, Survey] = {
    "Vietnamese name": (*SMALL, ("text", "quỹ")),
    "a name with a dash": (*SMALL, ("text", "a-b")),
    "a name with a dot": (*SMALL, ("text", "a.b")),
    "a name of Central's own": (*SMALL, ("text", "__id")),
    "a calculated whole number": (*SMALL, ("integer", "sum", "concat('00', ${people})")),
    "a calculated decimal": (*SMALL, ("decimal", "sum", "'0.50'")),
    "a calculated moment": (*SMALL, ("dateTime", "at", "'2026-11-05'")),
    "an entity": (*SMALL, ("entity", "")),
}


@pytest.mark.parametrize("survey", FORMS.values(), ids=FORMS)
def test_forms_that_are_read_as_xml(survey: Survey, phones: Phones) -> None:
    phones.has(survey)
    roots = {phones.send(PLAIN + "<sum>007</sum><at>2026-11-05</at>") for _ in range(3)}
    assert phones.pulled() == phones.read_as_xml()
    assert phones.xml_asked() == roots


def test_what_takes_its_type_is_quick(phones: Phones) -> None:
    more = (("integer", "sum", "${people} + 1", "${people}"), ("calculate", "text", "1 + 1"))
    phones.has((*SMALL, *more, ("start", "start"), ("text", "day", "today()")))
    phones.send(PLAIN + "<sum>13</sum><text>2</text><start>2026-11-05T08:00:00.000+07:00</start>")
    assert phones.pulled() == phones.read_as_xml()
    phones.pulled()
    assert not phones.xml_asked()


def test_versions_serve_while_the_published_one_has_all_that_they_have(phones: Phones) -> None:
    first = phones.send(PLAIN)
    phones.publish((*SMALL, ("text", "more")))
    second = phones.send(PLAIN + "<more>nữa</more>", version="2")
    records = phones.pulled()
    assert not phones.xml_asked()
    assert (records[first]["__version__"], records[second]["__version__"]) == ("1", "2")
    assert records == phones.read_as_xml()


@pytest.mark.parametrize(
    "survey",
    [
        SMALL[1:],
        (("begin_group", "g"), *SMALL, ("end_group", "")),
        (("text", "people"), *SMALL[:1]),
    ],
    ids=["a question less", "in a group", "another type"],
)
def test_versions_that_differ_are_read_as_xml(survey: Survey, phones: Phones) -> None:
    first = phones.send(PLAIN)
    phones.publish(survey)
    answer = "<g><people>3</people></g>" if survey[0][0] == "begin_group" else "<people>3</people>"
    later = [phones.send(answer, version="2") for _ in range(2)]
    records = phones.pulled()
    assert phones.xml_asked() == {first} and records.keys() == {first, *later}
    assert records == phones.read_as_xml()


def test_a_question_that_its_version_does_not_have_is_no_loss(phones: Phones) -> None:
    phones.publish((*SMALL, ("text", "more")))
    later = phones.send(PLAIN, version="2")
    odd = phones.send(f"{PLAIN}<more>của bản sau</more>", version="1")
    assert phones.pulled()[odd]["more"] == "của bản sau"
    assert phones.xml_asked() == {odd} and later


def test_a_version_that_brought_other_lists_is_quick(phones: Phones) -> None:
    phones.publish((*SMALL, ("text", "more")), "1~2")
    root = phones.send(PLAIN, version="1~2")
    records = phones.pulled()
    assert not phones.xml_asked()
    assert records == phones.read_as_xml() and list(records) == [root]


def test_files_are_told_without_a_question_for_each(phones: Phones) -> None:
    there = phones.send("<photo>ảnh.jpg</photo>", files=["ảnh.jpg"])
    missing = phones.send("<photo>2.jpg</photo>")
    records = phones.pulled()
    assert not any(each.endswith("/attachments") for each in phones.asked)
    assert records[there]["_attachments"] == [{"name": "ảnh.jpg", "exists": True}]
    assert records[missing]["_attachments"] == [{"name": "2.jpg", "exists": False}]
    assert records == phones.read_as_xml()


def test_where_hardly_any_serves_answers_do_not_come_twice(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TRIED", 4)
    monkeypatch.setattr(fetching, "PAGE", 3)
    roots = {phones.send(PLAIN, agent=None) for _ in range(12)}
    assert phones.pulled() == phones.read_as_xml()
    monkeypatch.undo()
    pages = [each for each in phones.asked if each.endswith(".svc/Submissions")]
    assert phones.xml_asked() == roots and len(pages) < 12


def test_what_is_fetched_by_number_is_quick_where_that_pays(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "FEW", 2)
    monkeypatch.setattr(fetching, "SPARSE", 4)
    monkeypatch.setattr(fetching, "DENSE", 2)
    roots = [phones.send(PLAIN) for _ in range(24)]
    numbers = [phones.pulled()[root]["_id"] for root in roots]
    read = {record["_id"]: record for record in phones.read_as_xml().values()}

    def asked(ids: list[int], among: list[int]) -> tuple[int, int]:
        phones.asked.clear()
        pages = fetching.fetch(phones.server, "f", ids, among)
        assert {one["_id"]: one for page in pages for one in page} == {
            each: read[each] for each in ids
        }
        return len(phones.xml_asked()), sum(each.endswith("f/submissions") for each in phones.asked)

    assert asked(numbers[-2:], numbers) == (2, 0)  # few
    assert asked(numbers[-9:], numbers) == (0, 1)  # the newest, as one stretch
    assert asked(numbers[::3], numbers) == (0, 1)  # by their moments
    assert asked(numbers[:1] + numbers[-3:], numbers) == (4, 0)  # here and there
    assert asked(numbers[:2] + numbers[-9:], numbers[-12:]) == (2, 1)  # some are older
    assert asked(numbers[:5], []) == (5, 0)
