"""Night after night only what changed is flattened: the tables equal those of a rebuild."""

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.reconcile.form_tables import Form, FormTables, Last, make_tables
from connectors.store import parquet, patch
from connectors.store.changes import forget_changes
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from connectors.store.raw import RawStore

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LEDGERS = ("rejects", "unknown_keys", "unknown_answers")
ROOTS = [f"r{number}" for number in range(4)] + [
    "s10",
    "s21",
    "s39",
]  # few, so that submissions are often seen twice
UPSERT = """
INSERT INTO submission VALUES (?, 'visit', ?, 'a', ?, ?, ?, 'h', 'm', 'now', 'now', 'now', NULL)
ON CONFLICT DO UPDATE SET root_uuid = excluded.root_uuid, uuid = excluded.uuid,
    json = excluded.json, deleted = NULL
"""


@dataclass
class Nights:
    """A store and the tables of its last run, kept beside those of a rebuild."""

    root: Path
    form: Form
    last: Last | None = None
    runs: int = 0
    made: FormTables = field(default_factory=FormTables)

    def __post_init__(self) -> None:
        self.root.mkdir()
        self.store = RawStore.open(self.root / "store.sqlite")

    def settle(self) -> None:
        """Send enough that a few changes are not a quarter of it."""
        for number in range(10, 40):
            answers = {"n": "1", "child": [{"age": "7", "person": "M1"}] * (number % 3)}
            self.send("one" if number % 2 else "two", number, f"s{number}", "u", answers)
        self.night()

    def send(self, source: str, number: int, root: str, uuid: str, answers: dict) -> None:
        record = {"_id": number, "_uuid": uuid, **answers}
        self.store.connection.execute(
            UPSERT, (source, number, root, uuid, orjson.dumps(record).decode())
        )

    def delete(self, source: str, number: int) -> None:
        self.store.connection.execute(
            "UPDATE submission SET json = NULL, deleted = 'now' WHERE source = ? AND id = ?",
            (source, number),
        )

    def erase(self, source: str, number: int) -> None:
        self.store.connection.execute(
            "DELETE FROM submission WHERE source = ? AND id = ?", (source, number)
        )

    def night(self, killed: bool = False) -> Pair:
        pair = self._pair()
        made = make_tables([self.form], self.store, pair, ZONE, lambda _: None, last=self.last)
        if not killed:
            self.last, self.made = Last(pair, made.made), made
            forget_changes(self.store, made.made.mark)
        return pair

    def rebuild(self) -> Pair:
        pair = self._pair()
        made = make_tables([self.form], self.store, pair, ZONE, lambda _: None)
        assert (made.rows, made.problems) == (self.made.rows, self.made.problems)
        return pair

    def _pair(self) -> Pair:
        self.runs += 1
        folders = [self.root / str(self.runs) / name for name in ("identified", "tables")]
        for folder in folders:
            folder.mkdir(parents=True)
        return Pair(folders[0], folders[1], Pseudonyms(b"k" * 32))


def assert_equal(one: Pair, other: Pair) -> None:
    """Row for row, in order, in both folders."""
    for mine, its in ((one.identified, other.identified), (one.tables, other.tables)):
        names = sorted(path.name for path in mine.glob("*"))
        assert names == sorted(path.name for path in its.glob("*"))
        for name in names:
            found, right = pq.read_table(mine / name), pq.read_table(its / name)
            assert found.equals(right), (name, found.to_pylist(), right.to_pylist())


@pytest.fixture(scope="module")
def visit(build):
    number, who = build.column("n", "integer"), build.column("who", data_class="personal")
    person = build.column("person", person_key=True)
    child = build.table("visit__child", "child", "visit", (build.column("age", "integer"), person))
    toy = build.table(
        "visit__toy", "child/toy", "visit__child", (build.column("price", "decimal"),)
    )
    schema = build.form(number, who, build.column("end", "datetime"), repeats=(child, toy))
    return Form("visit", "", schema, ("one", "two"))


@pytest.fixture
def small_groups(monkeypatch):
    """Several row groups already with a handful of rows."""
    monkeypatch.setattr(parquet, "ROWS", 2)
    monkeypatch.setattr(patch, "ROWS", 2)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "n": st.sampled_from(["1", "2", "many"]),
        "who": st.just("Nông Thị Mẫu"),
        "end": st.sampled_from(["2026-10-31T20:00:00Z", "2026-10-31T21:00:00Z"]),
        "gone": st.just("asked once"),
        "child": st.lists(
            st.fixed_dictionaries(
                {"age": st.sampled_from(["7", "x"])},
                optional={
                    "person": st.sampled_from(["M1", "M2"]),
                    "child/toy": st.just([{"price": "1.5"}, {"price": "x"}]),
                },
            ),
            max_size=2,
        ),
    },
)
DEED = st.tuples(
    st.sampled_from(["send", "send", "send", "delete", "erase"]),
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from([1, 2, 3, 10, 11, 20, 39, 50]),
    st.sampled_from(ROOTS),
    ANSWERS,
)
TURN = st.sampled_from(["", "", "", "killed", "source", "version", "restored", "damaged"])


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(nights=st.lists(st.tuples(st.lists(DEED, max_size=4), TURN), min_size=2, max_size=4))
def test_any_nights_give_the_tables_of_a_rebuild(tmp_path, visit, small_groups, build, nights):
    village = Nights(tmp_path / "village", visit)
    try:
        village.settle()
        copy = village.root / "copy.sqlite"
        shutil.copy(village.store.path, copy)
        for count, (deeds, turn) in enumerate(nights):
            for kind, source, number, root, answers in deeds:
                if kind == "send":
                    village.send(source, number, root, f"{root}.{count}", answers)
                else:
                    (village.delete if kind == "delete" else village.erase)(source, number)
            take(village, turn, copy, build)
            assert_equal(village.night(), village.rebuild())
    finally:
        village.store.close()
        shutil.rmtree(village.root)


def take(village: Nights, turn: str, copy: Path, build) -> None:
    """Let something happen beside submissions."""
    if turn == "killed":
        village.night(killed=True)
    elif turn == "source":
        has = len(village.form.sources) == 2
        village.form = replace(village.form, sources=("one",) if has else ("one", "two"))
    elif turn == "version":
        schema = village.form.schema
        root = replace(schema.root, columns=(*schema.root.columns, build.column("gone")))
        if not any(each.name == "gone" for each in schema.root.columns):
            changed = replace(schema, tables=(root, *schema.tables[1:]))
            village.form = replace(village.form, schema=changed)
    elif turn == "restored":
        village.store.checkpoint()
        village.store.close()
        before = village.root / "before.sqlite"
        shutil.copy(village.store.path, before)
        shutil.copy(copy, village.store.path)
        shutil.copy(before, copy)
        village.store = RawStore.open(village.store.path)
    elif turn == "damaged" and village.last:
        path = village.last.pair.tables / "visit.parquet"
        content = path.read_bytes()
        path.unlink()  # it may have a second name in an earlier run
        path.write_bytes(content[: len(content) // 2])


def test_a_night_without_changes_copies_nothing(tmp_path, visit):
    village = Nights(tmp_path / "village", visit)
    village.settle()
    first, second = village.night(), village.night()
    for name in ("visit", "visit__child", "visit__toy"):
        for mine, its in ((first.identified, second.identified), (first.tables, second.tables)):
            assert (mine / f"{name}.parquet").samefile(its / f"{name}.parquet")
    village.send("one", 2, "r2", "u2", {"n": "2"})
    third = village.night()
    assert (third.tables / "visit__child.parquet").samefile(second.tables / "visit__child.parquet")
    assert not (third.tables / "visit.parquet").samefile(second.tables / "visit.parquet")
    assert village.made.anew == []
    village.store.close()


def test_the_night_after_all_rows_of_a_row_group_went(tmp_path, visit, small_groups):
    village = Nights(tmp_path / "village", visit)
    village.settle()
    village.send("one", 5, "r0", "u0", {"n": "1"})
    first = pq.ParquetFile(village.night().tables / "visit.parquet").read_row_group(1)
    for row in first.select(["_source", "_id"]).to_pylist():
        village.delete(row["_source"], row["_id"])
    village.night()
    village.send("one", 60, "r1", "u1", {"n": "1"})
    assert_equal(village.night(), village.rebuild())
    village.store.close()


def test_what_made_everything_anew_is_told(tmp_path, visit):
    village = Nights(tmp_path / "village", visit)
    village.send("one", 1, "r1", "u1", {"n": "1"})
    village.night()
    village.form = replace(visit, sources=("one",))
    village.night()
    assert village.made.anew == ["visit"]
    village.store.close()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system")
def test_where_a_file_can_have_no_second_name_it_is_copied(tmp_path):
    file = tmp_path / "visit.parquet"
    file.write_bytes(b"rows")
    with TemporaryDirectory(dir="/dev/shm") as elsewhere:
        name = Path(elsewhere) / "visit.parquet"
        parquet.link(file, name)
        assert name.read_bytes() == b"rows"
        assert name.stat().st_mode & 0o777 == 0o600
        assert not name.samefile(file) or file.stat().st_dev == name.stat().st_dev


def test_a_damaged_table_is_made_anew(tmp_path, visit, build):
    village = Nights(tmp_path / "village", visit)
    village.settle()
    take(village, "damaged", village.root, build)
    village.send("one", 1, "r1", "u1", {"n": "1"})
    assert_equal(village.night(), village.rebuild())
    assert village.made.anew == ["visit"]
    village.store.close()
