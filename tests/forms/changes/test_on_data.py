"""The verdicts, held against the tables that are really made of what the old form collected."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pyarrow.parquet as pq
import pytest

from connectors.store.flatten import flatten
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from connectors.store.records import Submission
from forms.changes.compare import compare_forms
from forms.changes.value_types import kept
from forms.questions import KINDS, Kind
from forms.schema import read_schema
from forms.union import union

# what phones with the old form have sent
COLLECTED = {
    "today": "2026-10-31",
    "place/club": "06463-01",
    "place/reporter": "06463-01-M001",
    "meeting/held": "yes",
    "meeting/attendance": "48",
    "meeting/women": "30",
    "meeting/difficulty": "Thiếu vốn",
    "areas": "health income",
    "opening": "5000",
    "rate": "0.5",
    "total": "5001",
    "joined": [{"joined/joined_name": "Nguyễn Thị A", "joined/joined_year": "1958"}],
}


class Sent:
    """A submission as the store has it."""

    source, id, root_uuid, uuid = "kobo", 1, "u", "u"

    def __init__(self, answers: Mapping[str, Any]) -> None:
        record = {"_id": 1, "_uuid": "u", "_submission_time": "2026-11-01T00:00:00", **answers}
        self.json = orjson.dumps(record).decode()


Tables = dict[str, dict[str, Any]]


@pytest.fixture
def tables(make_workbook: Callable[..., Path], tmp_path: Path) -> Callable[..., Tables]:
    """Make the tables of a form from what was collected; give the first row of each.

    With the text of the old form too, as when ``ishc deploy`` kept it.
    """

    def made(text: str, answers: Mapping[str, Any] = COLLECTED, old: str | None = None) -> Tables:
        schema = read_schema(make_workbook(text, "new"))
        if old is not None:
            schema = union(schema, [read_schema(make_workbook(old, "old"))])
        run = Path(mkdtemp(dir=tmp_path))
        folders = [run / "identified", run / "tables"]
        for folder in folders:
            folder.mkdir()
        pair = Pair(*folders, Pseudonyms(b"k" * 32))
        sent: list[Submission] = [Sent(answers)]
        flatten(schema, sent, pair, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
        rows = {
            table.name: pq.read_table(folders[0] / f"{table.name}.parquet").to_pylist()
            for table in schema.tables
        }
        return {name: found[0] if found else {} for name, found in rows.items()}

    return made


EDITS: dict[str, tuple[Callable[[Any], Any], str, str]] = {
    "question-renamed": (lambda form: form.set("rate", "name", "interest"), "monthly", "interest"),
    "question-removed": (lambda form: form.drop("rate"), "monthly", "rate"),
    "question-into-repeat": (
        lambda form: form.move("rate", after="joined"),
        "monthly__joined",
        "rate",
    ),
    "question-out-of-repeat": (
        lambda form: form.move("joined_year", after="rate"),
        "monthly",
        "joined_year",
    ),
    "repeat-to-group": (
        lambda form: form.replace("begin_repeat", "begin_group").replace("end_repeat", "end_group"),
        "monthly",
        "joined_year",
    ),
    "repeat-renamed": (
        lambda form: form.set("joined", "name", "newcomer"),
        "monthly__newcomer",
        "joined_year",
    ),
    "type-loses-data": (lambda form: form.set("rate", "type", "date"), "monthly", "rate"),
}


@pytest.mark.parametrize("code", EDITS)
def test_what_is_called_breaking_is_missing_from_the_tables(
    code: str, form: Any, tables: Callable[..., Tables], compare: Callable[..., Any]
) -> None:
    change, table, column = EDITS[code]
    change(form)
    assert code in [each.code for each in compare(form).of("breaking")]
    assert tables(form.text)[table].get(column) is None


FOLLOWED: dict[str, tuple[Callable[[Any], Any], str, str, object]] = {
    "question-moved": (lambda form: form.move("rate", after="held"), "monthly", "rate", 0.5),
    "group-renamed": (
        lambda form: form.set("place", "name", "area_page"),
        "monthly",
        "club",
        "06463-01",
    ),
    "question-rename-followed": (
        lambda form: form.set("rate", "former_name", "rate").set("rate", "name", "interest"),
        "monthly",
        "interest",
        0.5,
    ),
    "repeat-rename-followed": (
        lambda form: form.set("joined", "former_name", "joined").set("joined", "name", "newcomer"),
        "monthly__newcomer",
        "joined_year",
        1958,
    ),
    "choice-rename-followed": (
        lambda form: form.set("health", "former_name", "health").set("health", "name", "well"),
        "monthly",
        "areas",
        ["well", "income"],
    ),
}


@pytest.mark.parametrize("code", FOLLOWED)
def test_what_is_said_to_be_followed_is_in_the_tables(
    code: str, form: Any, tables: Callable[..., Tables], compare: Callable[..., Any]
) -> None:
    change, table, column, value = FOLLOWED[code]
    change(form)
    changes = compare(form)
    assert code in [each.code for each in changes.all]
    assert changes.of("breaking") == ()
    found = tables(form.text)[table][column]
    assert (float(found) if isinstance(found, Decimal) else found) == value


KEPT = ("question-removed", "question-into-repeat", "repeat-to-group", "repeat-renamed")


@pytest.mark.parametrize("code", KEPT)
def test_of_a_form_that_was_deployed_from_here_not_even_a_breaking_change_loses_answers(
    code: str, form: Any, tables: Callable[..., Tables], editor: Any
) -> None:
    old = form.text
    before = tables(old)
    change, _, _ = EDITS[code]
    change(form)
    after = tables(form.text, old=old)
    values = [str(value) for row in before.values() for value in row.values()]
    kept = [str(value) for row in after.values() for value in row.values()]
    assert set(values) <= set(kept)


def test_an_old_amount_is_multiplied_by_the_new_unit(
    form: Any, tables: Callable[..., Tables], compare: Callable[..., Any]
) -> None:
    assert tables(form.text)["monthly"]["opening"] == 5_000_000
    form.set("opening", "unit", "")
    assert tables(form.text)["monthly"]["opening"] == 5_000
    assert [each.code for each in compare(form).of("breaking")] == ["unit-changed"]


def test_what_is_called_safe_or_careful_stays_in_the_tables(
    form: Any, tables: Callable[..., Tables], compare: Callable[..., Any]
) -> None:
    before = tables(form.text)
    form.set("women", "required", "yes").set("rate", "en", "Interest by the month")
    form.set("attendance", "constraint", ". > 3").set("total", "calculation", "1")
    form.set("club", "type", "select_one_from_file groups.csv").move("women", after="held")
    form.set("difficulty", "relevant", "false()")
    changes = compare(form)
    assert len(changes.all) >= 6
    assert changes.of("breaking") == ()
    assert tables(form.text) == before


def test_the_advice_for_a_question_no_longer_asked_keeps_its_answers(
    form: Any, tables: Callable[..., Tables]
) -> None:
    form.set("rate", "relevant", "false()")
    assert tables(form.text)["monthly"]["rate"] is not None


ANSWERS: dict[Kind, list[str]] = {
    "text": ["Trồng rau", "12", "2026-10-31"],
    "integer": ["48", "-3", "0"],
    "decimal": ["0.5", "12.0"],
    "date": ["2026-10-31"],
    "time": ["08:30:00.000+07:00"],
    "datetime": ["2026-10-31T20:00:00.000+07:00"],
    "geopoint": ["21.85 106.76 300 5"],
    "select_one": ["health"],
    "select_multiple": ["health income", "health"],
    "image": ["1731.jpg"],
    "audio": ["1731.m4a"],
    "file": ["1731.pdf"],
}
TYPES: dict[Kind, str] = {
    "select_one": "select_one area",
    "select_multiple": "select_multiple area",
    "datetime": "dateTime",
}


READ = [(old, answer) for old, answers in ANSWERS.items() for answer in answers]


def survey(kinds: list[Kind]) -> str:
    """Write a form that asks for a value of each kind."""
    rows = [f"| | {TYPES.get(kind, kind)} | q{at}_ | plain |" for at, kind in enumerate(kinds)]
    return "| survey | | | |\n| | type | name | class |\n" + "\n".join(rows)


@pytest.fixture
def readable(tables: Callable[..., Tables]) -> Callable[[Kind], dict[Kind, list[bool]]]:
    """Read what each kind of question collected as another kind: which values are still there."""

    def read(kind: Kind) -> dict[Kind, list[bool]]:
        old, new = (survey(kinds) for kinds in ([each for each, _ in READ], [kind] * len(READ)))
        row = tables(new, {f"q{at}_": answer for at, (_, answer) in enumerate(READ)}, old)["new"]
        there: dict[Kind, list[bool]] = {}
        for at, (old, _) in enumerate(READ):
            values = [value for name, value in row.items() if name.startswith(f"q{at}_")]
            there.setdefault(old, []).append(values[0] is not None)
        return there

    return read


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_said_to_keep_values_keeps_every_one(
    kind: Kind, readable: Callable[[Kind], dict[Kind, list[bool]]]
) -> None:
    for old, there in readable(kind).items():
        assert all(there) or not kept(old, kind), old


@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "time", "datetime", "geopoint"])
def test_a_type_said_to_lose_values_loses_some(
    kind: Kind, readable: Callable[[Kind], dict[Kind, list[bool]]]
) -> None:
    for old, there in readable(kind).items():
        assert not all(there) or old == kind or kept(old, kind), old


def test_every_shipped_workbook_is_itself() -> None:
    shipped = sorted((Path(__file__).parents[3] / "xlsforms").glob("*.xlsx"))
    assert len(shipped) >= 4
    for workbook in shipped:
        assert compare_forms(workbook, workbook).all == ()
