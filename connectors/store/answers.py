"""Records taken apart into the texts of each table's columns, whatever version they are of.

A question is known by its name: in another group than now, or under a name that the workbook
declares as a former one, its answer goes to the same column. What fits nowhere is kept beside.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import pyarrow as pa

from connectors.store.records import Record, Submission, as_text, bare, read_record
from forms.schema import Column, FormSchema, Table
from forms.tables import last

CHUNK = 250  # records that are looked at together: so many stay in the processor's cache
ROOT_KEYS = ("_source", "_id", "_root_uuid", "_uuid", "_submission_time", "_submitted_by",
             "_form_version", "_validation")  # fmt: skip
ROW_KEYS = ("_source", "_id", "_root_uuid", "_parent_row", "_row")
_TYPES = {"_id": pa.int64(), "_parent_row": pa.int64(), "_row": pa.int64()}
_OF_SERVER = ("_", "meta/", "formhub/")
UNREADABLE = "_record"  # stands for the question when a whole record cannot be read
SHOWN = 200  # characters of what could not be read at all

Key = tuple[str, int, str]  # source, id, root uuid
Left = tuple[str, str, int, str, int | None, str, str | None]


@dataclass(slots=True)
class Beside:
    """What goes to no column: (table, source, id, root uuid, row, question or key, value).

    Args:
        rejects: what is not of the shape that the form says.
        unknown: answers under keys that the form does not have.
    """

    rejects: list[Left] = field(default_factory=list)
    unknown: list[Left] = field(default_factory=list)


class TableAnswers:
    """One table's rows, waiting to be taken as columns of text.

    Args:
        schema: the form.
        table: the form's own table or that of a repeat.
        beside: gets what goes to no column.
    """

    def __init__(self, schema: FormSchema, table: Table, beside: Beside) -> None:
        self.table = table
        self._beside = beside
        keys = ROOT_KEYS if table.parent is None else ROW_KEYS
        self.children = tuple(
            TableAnswers(schema, each, beside)
            for each in schema.tables
            if each.parent == table.name
        )
        self._columns = [(each.path, _renaming(schema, each)) for each in table.columns]
        self._known = {each.path for each in table.columns} | schema.shown
        self._known |= {each.path for each in _tables(self.children)}
        self._notes = {last(path) for path in schema.shown}
        self._routes: dict[str, str | None] = {}  # where to put what comes under another key
        self._schema = pa.schema(
            [(name, _TYPES.get(name, pa.string())) for name in keys]
            + [(f"_text{number}", pa.string()) for number in range(len(table.columns))]
        )
        self._system: list[tuple[Any, ...]] = []
        self._rows: list[Record] = []
        self._packed: list[pa.RecordBatch] = []
        self._submission: Key | None = None
        self._count = 0

    def read(self, submission: Submission) -> None:
        """Add a submission, with the rows of its repeats; for the form's own table."""
        key = (submission.source, submission.id, bare(submission.root_uuid))
        record = read_record(submission.json)
        if record is None:
            self._reject(key, None, UNREADABLE, as_text(_whole(submission.json)))
            return
        validation = record.get("_validation_status")
        system = (
            *key,
            bare(submission.uuid),
            as_text(record.get("_submission_time")),
            as_text(record.get("_submitted_by")),
            as_text(record.get("__version__")),
            as_text(validation.get("uid")) if isinstance(validation, dict) else None,
        )
        self._add(system, key, None, record)

    def take(self) -> pa.Table:
        """Give the rows that were added since, as text, and forget them."""
        self._pack()
        batches, self._packed = self._packed, []
        return pa.Table.from_batches(batches, self._schema).combine_chunks()

    def _add(self, system: tuple[Any, ...], key: Key, row: int | None, record: Record) -> None:
        if not self._known.issuperset(record):
            self._place(key, row, record)
        self._system.append(system)
        self._rows.append(record)
        for child in self.children:
            entries = record.get(child.table.path)
            if entries is not None:
                child.add_entries(key, row, entries)
        if len(self._rows) >= CHUNK:
            self._pack()

    def add_entries(self, key: Key, parent_row: int | None, entries: object) -> None:
        """Add the rows of one repeat; they are numbered from 1 within the submission."""
        if not isinstance(entries, list):
            self._reject(key, parent_row, self.table.path, as_text(entries))
            return
        if self._submission != key:
            self._submission, self._count = key, 0
        for entry in entries:
            self._count += 1
            record = entry
            if not isinstance(entry, dict):
                self._reject(key, self._count, self.table.path, as_text(entry))
                record = {}
            self._add((*key, parent_row, self._count), key, self._count, record)

    def _place(self, key: Key, row: int | None, record: Record) -> None:
        """Put answers that stand under other keys where they belong, or beside."""
        for name in sorted(record.keys() - self._known):
            if name not in self._routes:
                self._routes[name] = self._route(name)
            path, value = self._routes[name], record[name]
            if name.startswith(_OF_SERVER) or (path is None and last(name) in self._notes):
                self._known.add(name)  # never looked at again
            elif value is None:
                continue
            elif path is not None and _blank(record.get(path)) and self._may_be(path, value):
                record[path] = value
            elif path is None or record.get(path) != value:
                self._beside.unknown.append((self.table.name, *key, row, name, as_text(value)))

    def _route(self, name: str) -> str | None:
        """Find the one question or repeat that has this name, or had it."""
        found = [each.path for each in self.table.named(last(name))]
        found += [each.path for each in _tables(self.children) if each.has_been(last(name))]
        return found[0] if len(found) == 1 else None

    def _may_be(self, path: str, value: object) -> bool:
        repeats = any(path == each.path for each in _tables(self.children))
        return isinstance(value, list) == repeats

    def _reject(self, key: Key, row: int | None, question: str, value: str | None) -> None:
        shown = value[:SHOWN] if value is not None else None
        self._beside.rejects.append((self.table.name, *key, row, question, shown))

    def _pack(self) -> None:
        """Turn waiting rows into columns."""
        if not self._rows:
            return
        columns: list[Any] = list(zip(*self._system, strict=True))
        for path, renaming in self._columns:
            answers = list(map(dict.get, self._rows, repeat(path)))
            columns.append(answers if renaming is None else [renaming(each) for each in answers])
        arrays = [
            _array(values, kind.type) for values, kind in zip(columns, self._schema, strict=True)
        ]
        self._packed.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._system, self._rows = [], []


def _tables(answers: tuple[TableAnswers, ...]) -> Iterator[Table]:
    return (each.table for each in answers)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except (pa.ArrowTypeError, pa.ArrowInvalid):  # an answer that is no text
        return pa.array([as_text(each) for each in values], kind)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _whole(json: str | bytes) -> str:
    if isinstance(json, bytes):
        return json.decode("utf-8", "replace")
    return json.encode("utf-8", "replace").decode()


def _renaming(schema: FormSchema, column: Column) -> Callable[[Any], Any] | None:
    """Give what turns former names of choices into those of now; None when there are none."""
    former: Mapping[str, str] = schema.former_choices.get(column.list_name or "", {})
    if not former:
        return None

    def renamed(answer: Any) -> Any:
        if not isinstance(answer, str):
            return answer
        if column.kind == "select_multiple":
            return " ".join(former.get(each, each) for each in answer.split())
        return former.get(answer, answer)

    return renamed
