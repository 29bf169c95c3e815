"""Small forms and submissions of KoBo's shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from connectors.store.flatten import Flattened, flatten
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from forms.schema import Column, FormSchema, Table


@dataclass(frozen=True)
class Stored:
    source: str
    id: int
    root_uuid: str
    uuid: str
    json: str | bytes


@dataclass
class Result:
    flattened: Flattened
    pair: Pair

    def rows(self, name: str, identified: bool = True) -> list[dict[str, Any]]:
        folder = self.pair.identified if identified else self.pair.tables
        return pq.read_table(folder / f"{name}.parquet").to_pylist()

    def types(self, name: str, identified: bool = True) -> dict[str, str]:
        folder = self.pair.identified if identified else self.pair.tables
        schema = pq.read_schema(folder / f"{name}.parquet")
        return {field.name: str(field.type) for field in schema}

    def rejects(self) -> list[tuple[Any, ...]]:
        columns = ("table_name", "_id", "_row", "question", "value")
        return [tuple(row[name] for name in columns) for row in self.flattened.rejects.to_pylist()]

    def unknown(self) -> list[tuple[Any, ...]]:
        columns = ("table_name", "_id", "_row", "key", "value")
        rows = self.flattened.unknown_answers.to_pylist()
        return [tuple(row[name] for name in columns) for row in rows]


def column(name: str, kind: str = "text", **more: Any) -> Column:
    return Column(
        name=name,
        path=more.pop("path", name),
        kind=kind,  # type: ignore[arg-type]
        data_class=more.pop("data_class", "plain"),
        unit=more.pop("unit", None),
        list_name=more.pop("list_name", None),
        list_file=more.pop("list_file", None),
        labels=more.pop("labels", {}),
        person_key=more.pop("person_key", False),
        **more,
    )


def form(*columns: Column, repeats: Sequence[Table] = ()) -> FormSchema:
    root = Table("visit", "", None, columns)
    return FormSchema("visit", "1", "digest", (root, *repeats), {})


def submission(number: int, answers: Mapping[str, Any], **more: Any) -> Stored:
    uuid = more.pop("uuid", f"u{number}")
    root = more.pop("root", uuid)
    record = {
        "_id": number,
        "_uuid": uuid,
        "meta/rootUuid": f"uuid:{root}",
        "meta/instanceID": f"uuid:{uuid}",
        "formhub/uuid": "f",
        "__version__": "v1",
        "_submission_time": "2026-11-21T19:36:16",
        "_submitted_by": "owner",
        "_validation_status": {},
        "_attachments": [],
        **answers,
    }
    return Stored(more.pop("source", "kobo"), number, f"uuid:{root}", uuid, orjson.dumps(record))


@pytest.fixture(scope="session")
def build() -> Any:
    """The builders above, for tests to use by name."""

    class Build:
        column = staticmethod(column)
        form = staticmethod(form)
        submission = staticmethod(submission)
        stored = Stored
        table = Table

    return Build


@pytest.fixture(scope="session")
def write_workbook() -> Callable[[str, Path], None]:
    """Write a form given as Markdown tables, one a sheet."""

    def write(text: str, path: Path) -> None:
        book = Workbook()
        book.remove(book.worksheets[0])
        for line in text.strip().splitlines():
            name, *cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
            if name:
                book.create_sheet(name)
            elif any(cells):
                book.worksheets[-1].append([cell or None for cell in cells])
        book.save(path)

    return write


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Flatten submissions into two folders and give back what lies there."""
    made = 0

    def make(schema: FormSchema, submissions: Sequence[Stored], batch: int = 3) -> Result:
        nonlocal made
        made += 1
        folders = [tmp_path / f"{made}" / name for name in ("identified", "tables")]
        for folder in folders:
            folder.mkdir(parents=True)
        pair = Pair(folders[0], folders[1], Pseudonyms(b"k" * 32))
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        return Result(flatten(schema, submissions, pair, zone=zone, batch=batch), pair)

    return make
