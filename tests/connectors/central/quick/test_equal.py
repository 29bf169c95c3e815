"""Both ways give the same records and the same tables, whatever was sent by whom."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.servers.central.rows import java
from connectors.servers.contract import Record
from connectors.store.flatten import flatten
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from forms.schema import read_schema
from tests.connectors.central.quick.conftest import COLLECT, Phones, workbook

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LEAVES = (
    ("text", "words"),
    ("integer", "count"),
    ("decimal", "rate"),
    ("date", "day"),
    ("time", "hour"),
    ("dateTime", "moment"),
    ("geopoint", "point"),
    ("geotrace", "line"),
    ("select_one l", "one"),
    ("select_multiple l", "some"),
    ("image", "photo"),
    ("barcode", "code"),
    ("rank l", "order"),
    ("calculate", "made", "1 + 1"),
)


def _named(number: int) -> list[tuple[str, ...]]:
    return [(kind, f"{name}{number}", *more) for kind, name, *more in LEAVES]


SURVEY = (
    *_named(0),
    ("begin_group", "g"),
    *_named(1),
    ("begin_repeat", "row"),
    *_named(2),
    ("begin_group", "inner"),
    ("begin_repeat", "below"),
    *_named(3),
    ("end_repeat", ""),
    ("end_group", ""),
    ("end_repeat", ""),
    ("end_group", ""),
    ("text", "last"),
)

ANY_TEXT = st.text(
    st.sampled_from("aB1 .,&<>\"'\n\t\rđưỡ\u0300\U0001f642")
    | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]),
    max_size=12,
).filter(lambda text: not any(each in "\ufffe\uffff" for each in text))
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.floats(-1000, 1000),
    st.integers(-(10**9), 10**9).map(lambda number: number / 100),
)
PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.floats(-9, 9e3), st.floats(0, 99))
DAYS = st.dates(date(1930, 1, 1), date(2040, 1, 1))
NAMES = st.sampled_from(("1762308000777.jpg", "ảnh họp.jpg", "b.jpg", "a.jpg"))


def _place(four: Sequence[float]) -> str:
    return " ".join(map(java, four))


def _moment(day: date) -> str:
    clock = time(8, 5, 59, 7000, timezone(timedelta(hours=7)))
    return datetime.combine(day, clock).isoformat(timespec="milliseconds")


# as ODK Collect writes them, which the engine's own tests show
HONEST: dict[str, st.SearchStrategy[str]] = {
    "words": ANY_TEXT,
    "count": st.integers(-(2**31), 2**31 - 1).map(str),
    "rate": NUMBERS.filter(lambda number: str(number) != "-0.0").map(java),
    "day": DAYS.map(str),
    "hour": DAYS.map(lambda day: _moment(day)[11:]),
    "moment": DAYS.map(_moment),
    "point": PLACES.map(lambda four: _place([each + 0.0 for each in four])),
    "line": st.lists(PLACES, min_size=1, max_size=3).map(lambda four: "; ".join(map(_place, four))),
    "one": st.sampled_from("abc"),
    "some": st.sampled_from(("a", "a b", "c a b")),
    "photo": NAMES,
    "code": ANY_TEXT,
    "order": st.just("b a c"),
    "made": ANY_TEXT | st.sampled_from(("007", "2", "0.50", "2026-11-05")),
}
# as a script may
WILD = (
    st.sampled_from(("abc", "007", "0.50", " 12 ", "40 người", "1e400", "2026-11-05", "1 2"))
    | ANY_TEXT
)


@dataclass(frozen=True)
class Sent:
    """A filled form with what happens to it."""

    body: str
    agent: str | None
    version: str
    files: Sequence[str]
    edited: bool


@st.composite
def filled(draw: st.DrawFn) -> Sent:
    """Fill the form, honestly by ODK Collect or wildly by something else."""
    agent = draw(st.sampled_from((COLLECT, COLLECT, COLLECT, None, "python-requests/2.34.2")))

    def leaves(number: int) -> str:
        asked = draw(st.sets(st.sampled_from([name for _, name, *_ in LEAVES]), max_size=5))
        found = {name: draw(HONEST[name] if agent == COLLECT else WILD) for name in asked}
        # blank questions stand there empty, irrelevant ones not at all
        empty = draw(st.sampled_from([name for _, name, *_ in LEAVES]))
        texts = {empty: "", **found}
        return "".join(
            f"<{name}{number}>{_escaped(texts[name])}</{name}{number}>"
            for _, name, *_ in LEAVES
            if name in texts
        )

    def rows(number: int, name: str, inner: bool) -> str:
        count = draw(st.integers(0, 2))
        below = (f"<inner>{rows(3, 'below', False)}</inner>" if inner else "" for _ in range(count))
        return "".join(f"<{name}>{leaves(number)}{each}</{name}>" for each in below)

    body = f"{leaves(0)}<g>{leaves(1)}{rows(2, 'row', True)}</g><last>hết</last>"
    if agent != COLLECT and draw(st.booleans()):
        body += "<strange><deep>1</deep></strange><last>hai</last><extra>x</extra>"
    return Sent(
        body,
        agent,
        draw(st.sampled_from("12")),
        draw(st.lists(NAMES, max_size=3)),
        draw(st.integers(0, 5)) == 0,
    )


def _escaped(text: str) -> str:
    return escape(text).replace("\r", "&#13;")


def _sent(phones: Phones, every: Sequence[Sent]) -> Phones:
    phones.has(SURVEY)
    phones.publish((*SURVEY, ("text", "newer")))
    for each in every:
        root = phones.send(each.body, agent=each.agent, version=each.version, files=each.files)
        if each.edited:
            phones.edit(root, each.body.replace("hết", "sửa"), version="2")
    return phones


CALM = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@CALM
@given(every=st.lists(filled(), min_size=1, max_size=4))
def test_records_are_equal(every: Sequence[Sent], running: Phones) -> None:
    phones = _sent(running, every)
    quickly, read = phones.pulled(), phones.read_as_xml()
    assert quickly == read
    # the order of answers as well, so that their hashes are equal
    assert [json.dumps(quickly[root]) for root in read] == [json.dumps(read[root]) for root in read]
    assert not phones.server.notes
    phones.server.close()


@dataclass(frozen=True)
class Stored:
    """A record as the store gives it."""

    source: str
    id: int
    root_uuid: str
    uuid: str
    json: str


def _tables(records: dict[str, Record], folder: Path) -> dict[str, Any]:
    book = folder / "f.xlsx"
    book.parent.mkdir(parents=True)
    book.write_bytes(workbook((*SURVEY, ("text", "newer"))))
    pair = Pair(folder / "identified", folder / "tables", Pseudonyms(b"k" * 32))
    pair.identified.mkdir()
    pair.tables.mkdir()
    schema = read_schema(book, classes=False)
    stored = [
        Stored("c", one["_id"], one["meta/rootUuid"], one["_uuid"], json.dumps(one))
        for one in records.values()
    ]
    made = flatten(schema, sorted(stored, key=lambda one: one.id), pair, zone=ZONE)
    found = {each.name: pq.read_table(each).to_pylist() for each in pair.identified.iterdir()}
    return found | {"rejects": made.rejects.to_pylist(), "more": made.unknown_answers.to_pylist()}


@settings(CALM, max_examples=10)
@given(
    every=st.lists(filled(), min_size=1, max_size=3),
    spelt=st.lists(
        st.sampled_from(("0.50", "12", "+3.0", "1e3", "007", "-0")), min_size=1, max_size=3
    ),
)
def test_tables_are_equal_even_where_numbers_are_written_otherwise(
    every: Sequence[Sent],
    spelt: Sequence[str],
    running: Phones,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    phones = _sent(running, every)
    for text in spelt:
        phones.send(f"<rate0>{text}</rate0><point0>{text} 105 1 1.50</point0>")
    folder = tmp_path_factory.mktemp("tables")
    quickly, read = phones.pulled(), phones.read_as_xml()
    assert _tables(quickly, folder / "quick") == _tables(read, folder / "xml")
    assert not phones.server.notes
    phones.server.close()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_so_that_they_are_the_same(number: float) -> None:
    assert float(java(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0.0"),
        (1, "1.0"),
        (-0.5, "-0.5"),
        (0.001, "0.001"),
        (0.0005, "5.0E-4"),
        (9_999_999.5, "9999999.5"),
        (10_000_000, "1.0E7"),
        (12_345_678.9, "1.23456789E7"),
        (-1.5e300, "-1.5E300"),
    ],
)
def test_numbers_are_written_as_collect_writes_them(number: float, text: str) -> None:
    assert java(number) == text
