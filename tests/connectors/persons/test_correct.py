"""A correction finds its row wherever it stands by then, and touches nobody else's."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.persons.correct import carry_out
from connectors.persons.corrections import ask_for, waiting
from connectors.persons.fields import checked
from connectors.persons.rows import Person
from connectors.servers.contract import ManifestRow
from connectors.store.raw import RawStore
from connectors.store.versions import Incoming, Origin, put
from forms.schema import read_schema
from programme.folder import Folder, shipped
from programme.problem import ProblemError, Text
from programme.settings import Settings
from programme.sources import IMPORTED

ROSTER = "members/roster/member"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORIGIN = Origin(IMPORTED, "club_registration", IMPORTED)
PERSON = Person("member", "06463-01-M002", "06463-01", "Lò Thị Hai", 1950, "female")
SCHEMAS = [read_schema(shipped() / "xlsforms" / "club_registration.xlsx")]
SETTINGS = Settings(Text("Thử", "Try"), "vi", ZoneInfo("Asia/Ho_Chi_Minh"), synthetic=True)


def row(name: str, born: str = "1950") -> dict[str, str]:
    said = {"consent": "paper", "name": name, "birth_year": born, "sex": "female"}
    return {f"{ROSTER}/member_{question}": value for question, value in said.items()}


ROWS = [row("Lò Thị Một"), row("Lò Thị Hai"), row("Lò Thị Ba")]


def stored(store: RawStore, rows: list[dict[str, str]], uuid: str) -> None:
    record = {"_id": 1, "today": "2026-11-01", ROSTER: rows}
    shown = ManifestRow(1, uuid, "r1", None, None, ())
    put(store, ORIGIN, [Incoming(shown, record)], "2026-11-21")


def registered(folder: Folder) -> RawStore:
    store = RawStore.open(folder.store)
    stored(store, ROWS, "u1")
    store.connection.execute(
        "INSERT INTO code_row VALUES ('member', 'r1', 'x', 2, ?)", [PERSON.code]
    )
    return store


def said(store: RawStore) -> list[tuple[str, str]]:
    (written,) = store.connection.execute("SELECT json FROM submission").fetchone()
    listed = orjson.loads(written)[ROSTER]
    return [(each[f"{ROSTER}/member_name"], each[f"{ROSTER}/member_birth_year"]) for each in listed]


def test_the_row_says_it_right_and_history_what_it_said(tmp_path: Path):
    with registered(Folder(tmp_path)) as store:
        assert ask_for(store, SCHEMAS, PERSON, {"born": "1955"}, NOW) == 1
        assert waiting(store) == [PERSON.code]
        done = carry_out(SETTINGS, store, environ={}, now=NOW)
        assert (len(done.done), waiting(store)) == (1, [])
        assert said(store)[1] == ("Lò Thị Hai", "1955")
        (before,) = store.connection.execute("SELECT json FROM history").fetchone()
        assert orjson.loads(before)[ROSTER] == ROWS
        # right already: nothing is asked for
        assert ask_for(store, SCHEMAS, PERSON, {"born": "1955"}, NOW) == 0


@given(st.permutations(ROWS))
def test_the_list_was_put_in_another_order_meanwhile(tmp_path_factory, order):
    with registered(Folder(tmp_path_factory.mktemp("order"))) as store:
        ask_for(store, SCHEMAS, PERSON, {"name": "Lò Thị Hải"}, NOW)
        stored(store, order, "u2")
        carry_out(SETTINGS, store, environ={}, now=NOW)
        names = [each[f"{ROSTER}/member_name"] for each in order]
        assert [name for name, _ in said(store)] == [
            "Lò Thị Hải" if name == "Lò Thị Hai" else name for name in names
        ]


def test_somebody_changed_the_row_meanwhile_so_a_person_has_to_look(tmp_path: Path):
    with registered(Folder(tmp_path)) as store:
        ask_for(store, SCHEMAS, PERSON, {"born": "1955"}, NOW)
        other = [ROWS[0], row("Tòng Thị Tư", "1971"), ROWS[2]]
        stored(store, other, "u2")
        done = carry_out(SETTINGS, store, environ={}, now=NOW)
        assert (len(done.moved), done.done, waiting(store)) == (1, [], [])
        assert said(store)[1] == ("Tòng Thị Tư", "1971")


@pytest.mark.parametrize(
    ("field", "value"),
    [("born", "50"), ("born", "2030"), ("sex", "nu"), ("household", "ngheo"), ("name", "=1+1"),
     ("name", "  ")],
)  # fmt: skip
def test_what_cannot_stand_there(field, value):
    with pytest.raises(ProblemError) as refused:
        checked({field: value}, SCHEMAS, date(2026, 11, 22))
    assert [each.code for each in refused.value.problems] == ["person-value"]


def test_values_are_tidied():
    given_ = {"name": "  Lò  Thị Hai ", "household": "near_poor", "born": "1950"}
    right = checked(given_, SCHEMAS, date(2026, 11, 22))
    assert right == {"name": "Lò Thị Hai", "household": "near_poor", "born": "1950"}
