"""What columns and choices are called, in every language of the forms: tables beside the tables.

``column_labels`` and ``choice_labels`` let exports and notebooks speak of a run without its
workbooks. Labels of versions that were in use before are there too, where the newest has none.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.parquet import Pair, TableWriter
from connectors.store.tables import TableSet
from forms.headers import language_code, split_language
from forms.lists import list_rows
from forms.tables import TELLING_FILES, Column, FormSchema, columns_of

COLUMNS, CHOICES = "column_labels", "choice_labels"
Media = Callable[[str], Path | None]  # where a list lies, by its file name

_COLUMN = pa.schema(
    [(name, pa.string()) for name in
     ("table_name", "column", "path", "kind", "unit", "class", "language", "label")]
)  # fmt: skip
_CHOICE = pa.schema(
    [("table_name", pa.string()), ("column", pa.string()), ("place", pa.int64()),
     ("value", pa.string()), ("language", pa.string()), ("label", pa.string())]
)  # fmt: skip
_SYSTEM: Mapping[str, tuple[str, str]] = {
    "_source": ("Nguồn", "Source"),
    "_id": ("Số phiếu trên máy chủ", "Number on the server"),
    "_root_uuid": ("Mã phiếu", "Submission"),
    "_uuid": ("Mã bản hiện tại của phiếu", "Version of the submission"),
    "_submission_time": ("Lúc máy chủ nhận (giờ UTC)", "Received by the server (UTC)"),
    "_submitted_local": ("Lúc máy chủ nhận (giờ địa phương)", "Received by the server (local)"),
    "_submitted_month": ("Tháng máy chủ nhận", "Month in which it was received"),
    "_submitted_by": ("Tài khoản gửi", "Sent by"),
    "_form_version": ("Phiên bản biểu mẫu", "Version of the form"),
    "_validation": ("Tình trạng duyệt", "Validation status"),
    "_parent_row": ("Dòng của nhóm ngoài", "Row of the outer repeat"),
    "_row": ("Dòng", "Row"),
}
_POINT: Mapping[str, tuple[str, str]] = {
    "latitude": ("vĩ độ", "latitude"),
    "longitude": ("kinh độ", "longitude"),
    "altitude": ("độ cao", "altitude"),
    "accuracy": ("sai số", "accuracy"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one run in one language; names stand in where there are none.

    Args:
        columns: label by table and column.
        values: labels by table and column, by the choice's name, in the order of the list.
    """

    columns: Mapping[tuple[str, str], str]
    values: Mapping[tuple[str, str], Mapping[str, str]]

    def column(self, table: str, column: str) -> str:
        """Give what a column is called."""
        return self.columns.get((table, column), column)

    def choices(self, table: str, column: str) -> Sequence[str]:
        """Give the names of a question's choices in their order, none if it has no list."""
        return tuple(self.values.get((table, column), ()))

    def choice(self, table: str, column: str, name: str) -> str:
        """Give what a choice is called."""
        return self.values.get((table, column), {}).get(name, name)


def read_labels(tables: TableSet, language: str) -> Labels:
    """Read the labels of a run.

    Args:
        tables: the run.
        language: code; where a label has no such translation, another one is taken.

    Raises:
        ProblemError: ``table-unknown`` when the run was made by an earlier version.
    """
    columns: dict[tuple[str, str], str] = {}
    for row in _best(pq.read_table(tables.path(COLUMNS)), language, ["table_name", "column"]):
        columns[row["table_name"], row["column"]] = row["label"]
    values: dict[tuple[str, str], dict[str, str]] = {}
    keys = ["table_name", "column", "place", "value"]
    for row in _best(pq.read_table(tables.path(CHOICES)), language, keys):
        values.setdefault((row["table_name"], row["column"]), {})[row["value"]] = row["label"]
    return Labels(columns, values)


def write_labels(pair: Pair, schemas: Iterable[FormSchema], media: Media) -> dict[str, int]:
    """Write the labels of all forms beside their tables; give the number of rows by table.

    In ``tables/`` are no labels of personal questions and of lists that tell who somebody is.

    Args:
        pair: folders of the run.
        schemas: the forms.
        media: where the lists of the forms are.
    """
    listed = list(schemas)
    lists = _Lists(media)
    columns = [row for schema in listed for row in _column_rows(schema)]
    choices = [row for schema in listed for row in _choice_rows(schema, lists)]
    return {
        COLUMNS: _write(pair, COLUMNS, _COLUMN, columns),
        CHOICES: _write(pair, CHOICES, _CHOICE, choices),
    }


_Row = tuple[bool, tuple[object, ...]]  # for everybody, and its values


def _write(pair: Pair, name: str, schema: pa.Schema, rows: Sequence[_Row]) -> int:
    whole = _table(schema, [values for _, values in rows])
    public = _table(schema, [values for everybody, values in rows if everybody])
    with TableWriter(pair, name) as writer:
        writer.write(whole, public)
    return writer.rows


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    return pa.table(list(zip(*rows, strict=True)), schema=schema) if rows else schema.empty_table()


def _best(table: pa.Table, language: str, keys: Sequence[str]) -> list[dict[str, str]]:
    """Keep of each label the wanted language, else the first one there is."""
    wanted = table.filter(pc.equal(table.column("language"), language)).to_pylist()
    found = {tuple(row[key] for key in keys): row for row in reversed(table.to_pylist())}
    found |= {tuple(row[key] for key in keys): row for row in wanted}
    return [found[tuple(row[key] for key in keys)] for row in table.to_pylist()]


def _column_rows(schema: FormSchema) -> Iterator[_Row]:
    for table in schema.tables:
        for name, (vi, en) in _SYSTEM.items():
            for language, label in (("vi", vi), ("en", en)):
                yield True, (table.name, name, None, None, None, None, language, label)
        for column in table.columns:
            for language, label in column.labels.items():
                for name in columns_of(column):
                    yield column.data_class != "personal", (
                        table.name, name, column.path, column.kind, _unit(column),
                        column.data_class, language, _named(column, name, language, label),
                    )  # fmt: skip


def _unit(column: Column) -> str | None:
    # asked in thousand đồng, kept in đồng: the tables are spoken of here
    return "vnd" if column.unit == "thousand_vnd" else column.unit


def _named(column: Column, name: str, language: str, label: str) -> str:
    if column.kind != "geopoint":
        return label
    vi, en = _POINT[name.removeprefix(f"{column.name}_")]
    return f"{label} ({vi if language == 'vi' else en})"


def _choice_rows(schema: FormSchema, lists: "_Lists") -> Iterator[_Row]:
    for table in schema.tables:
        for column in table.columns:
            everybody = column.data_class != "personal" and column.list_file not in TELLING_FILES
            choices = schema.choices.get(column.list_name or "", {})
            if column.list_file:
                choices = lists.choices(column.list_file, column.label_column)
            for place, (value, labels) in enumerate(choices.items()):
                for language, label in (labels or {"": value}).items():
                    yield everybody, (table.name, column.name, place, value, language, label)


class _Lists:
    """Choices from files, each file read once."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._read: dict[tuple[str, str], Mapping[str, Mapping[str, str]]] = {}

    def choices(self, file: str, column: str) -> Mapping[str, Mapping[str, str]]:
        """Give the labels of a list by name and language; none when it cannot be read."""
        key = (file, column)
        if key not in self._read:
            path = self._media(file)
            readable = path is not None and path.suffix.lower() == ".csv"
            self._read[key] = dict(_of_list(path, column)) if path and readable else {}
        return self._read[key]


def _of_list(path: Path, column: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    try:
        header, *rows = list_rows(path)
    except (ValueError, csv.Error):  # empty, or no text: ``ishc forms check`` says so
        return
    wanted = [
        (at, language_code(split_language(f"label{name.removeprefix(column)}")[1]))
        for at, name in enumerate(header)
        if name == column or name.startswith(f"{column}::")
    ]
    if "name" in header:
        name = header.index("name")
        for row in rows:
            if len(row) == len(header) and row[name]:
                yield row[name], {language: row[at] for at, language in wanted if row[at]}
