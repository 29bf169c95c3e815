"""Are tables what the server answers? Every id, uuid and answer, told apart from the product."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pyarrow.parquet as pq

from connectors.store.runs import read_current
from programme.folder import Folder
from tests.bench.survey import FORM, Question, Survey

Record = dict[str, Any]
Rows = set[tuple[Any, ...]]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OURS = {"root": FORM, "member": f"{FORM}__member", "loan": f"{FORM}__loan"}


def server_rows(survey: Survey, records: Sequence[Record]) -> dict[str, Rows]:
    """Give what the tables have to hold: by table, the keys and typed answers of every row."""
    rows: dict[str, Rows] = {"root": set(), "member": set(), "loan": set()}
    for one in records:
        key = (one["_id"], one["_uuid"], one["meta/rootUuid"].removeprefix("uuid:"))
        rows["root"].add((*key, *_values(survey.root, one)))
        for at, member in enumerate(one.get("member", [])):
            rows["member"].add((one["_id"], at, *_values(survey.member, member)))
            for below, loan in enumerate(member.get("member/loan", [])):
                rows["loan"].add((one["_id"], at, below, *_values(survey.loan, loan)))
    return rows


def _values(questions: Sequence[Question], answers: Record) -> Iterator[Any]:
    for kind, path in questions:
        value = answers.get(path)
        yield None if value is None else _typed(kind, value)


def _typed(kind: str, value: Any) -> Any:
    """Give one way of writing a value, whether it is text still or has its type."""
    make = _TYPES.get(kind.partition(" ")[0])
    return make(value) if make else value


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (found if found.tzinfo else found.replace(tzinfo=ZONE)).astimezone(UTC)


_TYPES: Mapping[str, Callable[[Any], Any]] = {
    "integer": int,
    "decimal": lambda value: Decimal(str(value)),
    "date": lambda value: value if isinstance(value, date) else date.fromisoformat(value),
    "datetime": _moment,
    "select_multiple": lambda value: value if isinstance(value, str) else " ".join(value),
    "geopoint": lambda value: (
        tuple(map(float, value.split())) if isinstance(value, str) else tuple(value)
    ),
}


def our_rows(survey: Survey, run: Path) -> dict[str, Rows]:
    """Give what our tables hold, in the same way.

    Args:
        run: the run's folder of identified tables.
    """
    tables = {name: _read(run / f"{OURS[name]}.parquet") for name in OURS}
    rows: dict[str, Rows] = {
        "root": {
            (one["_id"], one["_uuid"], one["_root_uuid"], *_ours(survey.root, one))
            for one in tables["root"]
        },
        "member": {
            (one["_id"], one["_row"] - 1, *_ours(survey.member, one)) for one in tables["member"]
        },
        "loan": set(),
    }
    below: dict[tuple[int, int], int] = {}
    for one in sorted(tables["loan"], key=lambda row: (row["_id"], row["_row"])):
        parent = (one["_id"], one["_parent_row"] - 1)
        at = below[parent] = below.get(parent, -1) + 1
        rows["loan"].add((*parent, at, *_ours(survey.loan, one)))
    assert all(len(rows[name]) == len(tables[name]) for name in rows)
    return rows


def _ours(questions: Sequence[Question], row: Record) -> Iterator[Any]:
    for kind, path in questions:
        name = path.rpartition("/")[2]
        if kind == "geopoint":
            parts = ("latitude", "longitude", "altitude", "accuracy")
            value = tuple(row[f"{name}_{part}"] for part in parts)
            yield None if value[0] is None else value
        else:
            yield None if row[name] is None else _typed(kind, row[name])


def odata_rows(survey: Survey, value: Sequence[Record]) -> dict[str, Rows]:
    """Give what the rows of ODK Central's table hold, in the same way but by root instance id.

    Rows of a repeat without an answer are left out.
    """
    rows: dict[str, Rows] = {"root": set(), "member": set(), "loan": set()}
    for one in value:
        key = one["__id"].removeprefix("uuid:")
        rows["root"].add((key, *_odata(survey.root, one)))
        for at, member in enumerate(one.get("member", [])):
            rows["member"].add((key, at, *_odata(survey.member, member)))
            loans = [tuple(_odata(survey.loan, each)) for each in member.get("loan", [])]
            answered = [each for each in loans if any(value is not None for value in each)]
            rows["loan"].update((key, at, below, *each) for below, each in enumerate(answered))
    return rows


def _odata(questions: Sequence[Question], row: Record) -> Iterator[Any]:
    for kind, path in questions:
        group, _, name = path.rpartition("/")
        value = (row[group] if group == "detail" else row)[name]
        if kind == "geopoint" and value is not None:
            longitude, latitude, altitude = value["coordinates"]
            value = latitude, longitude, altitude, value["properties"]["accuracy"]
        yield None if value is None else _typed(kind, value)


def by_root(rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """Give our rows by root instance id, without the server's number and the newest uuid."""
    roots = {number: root for number, _, root, *_ in rows["root"]}
    return {
        "root": {tuple(row[2:]) for row in rows["root"]},
        **{name: {(roots[row[0]], *row[1:]) for row in rows[name]} for name in ("member", "loan")},
    }


def dlt_rows(survey: Survey, folder: Path) -> dict[str, Rows]:
    """Give what dlt's current rows hold, in the same way.

    Args:
        folder: written by ``peers/dlt_rows.py``.
    """
    tables = {name: _read(folder / f"{name}.parquet") for name in OURS}
    keys = {"root": ("_id", "_uuid"), "member": ("_id", "_row")}
    keys["loan"] = ("_id", "_parent_row", "_row")
    rows: dict[str, Rows] = {}
    asked = (survey.root, survey.member, survey.loan)
    for name, questions in zip(OURS, asked, strict=True):
        columns = [(kind, path.replace("/", "_")) for kind, path in questions]
        rows[name] = {
            (
                *(one[key] for key in keys[name]),
                *([one["meta_root_uuid"].removeprefix("uuid:")] if name == "root" else []),
                *_values(columns, one),
            )
            for one in tables[name]
        }
        assert len(rows[name]) == len(tables[name])
    return rows


def text_rows(survey: Survey, folder: Path) -> dict[str, Rows]:
    """Give what kobo2pandas' frames hold, in the same way but for the root uuid.

    Args:
        folder: its frames as JSON lines, outer ones first.
    """
    frames = [list(_lines(folder / f"{number}.jsonl")) for number in range(3)]
    ids = {one["_index"]: one["_id"] for one in frames[0]}
    rows: dict[str, Rows] = {
        "root": {
            (one["_id"], one["_uuid"], *_values(_leaves(survey.root), one)) for one in frames[0]
        },
        "member": set(),
        "loan": set(),
    }
    count: dict[Any, int] = {}
    places = {}
    for one in frames[1]:
        number = ids[one["_parent_index"]]
        at = count[number] = count.get(number, -1) + 1
        places[one["_index"]] = (number, at)
        rows["member"].add((number, at, *_values(_leaves(survey.member), one)))
    for one in frames[2]:
        place = places[one["_parent_index"]]
        below = count[place] = count.get(place, -1) + 1
        rows["loan"].add((*place, below, *_values(_leaves(survey.loan), one)))
    return rows


def _leaves(questions: Sequence[Question]) -> Sequence[Question]:
    return [(kind, path.rpartition("/")[2]) for kind, path in questions]


def _lines(path: Path) -> Iterator[Record]:
    with path.open("rb") as lines:
        yield from map(orjson.loads, lines)


def run_of(folder: Folder) -> Path:
    """Give where the last identified tables of a programme lie."""
    current = read_current(folder)
    assert current is not None
    return folder.identified / current.run


def _read(path: Path) -> list[Record]:
    rows: list[Record] = pq.read_table(path).to_pylist()
    return rows


def counted(rows: Mapping[str, Rows]) -> str:
    """Say how many rows there are in each table."""
    return " + ".join(f"{len(each):,}" for each in rows.values())
