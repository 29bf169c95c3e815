"""The store keeps what it has acknowledged, and tells plainly what is wrong with its file."""

import errno
import os
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.servers.contract import Attachment
from connectors.servers.http import Downloaded
from connectors.servers.kobo import row_of
from connectors.store import faults
from connectors.store.attachments import keep_file, note_attachments, waiting
from connectors.store.ledger import position, prove
from connectors.store.lock import locked
from connectors.store.raw import VERSION, RawStore
from connectors.store.versions import Incoming, Origin, bury, live, mark, marks, put
from programme.problem import Exit, ProblemError

ORIGIN = Origin("kobo", "meeting", "aX")


def record(number, uuid="u", **more):
    return {
        "_id": number,
        "_uuid": f"{uuid}{number}",
        "meta/rootUuid": f"uuid:r{number}",
        "_submission_time": "2026-11-01T00:00:00",
        **more,
    }


def incoming(*records):
    return [Incoming(row_of(each, ORIGIN.asset), each) for each in records]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "store.sqlite"


@pytest.fixture
def store(path):
    with RawStore.open(path) as opened:
        yield opened


def told(call):
    with pytest.raises(ProblemError) as raised:
        call()
    assert raised.value.exit_status == Exit.STORE
    return raised.value.problems[0].code


def test_a_new_store_is_set_up_as_measured(store):
    def pragma(name):
        return store.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("page_size")) == ("wal", 16384)
    assert (pragma("synchronous"), pragma("secure_delete"), pragma("user_version")) == (
        2,
        1,
        VERSION,
    )


def test_what_was_put_comes_back(store):
    put(store, ORIGIN, incoming(record(7, note="Đông Anh")), "2026-11-02T00:00:00Z")
    (found,) = store.submissions("meeting")
    assert (found.source, found.id, found.root_uuid, found.uuid) == ("kobo", 7, "r7", "u7")
    assert '"note":"Đông Anh"' in found.json
    assert found.received == "2026-11-01T00:00:00"


def test_the_same_again_changes_nothing(store):
    put(store, ORIGIN, incoming(record(1, a="x", b="y")), "t1")
    again = dict(reversed(record(1, a="x", b="y").items()))
    stored = put(store, ORIGIN, incoming(again), "t2")
    assert (stored.new, stored.changed) == (0, 0)
    assert store.connection.execute("SELECT COUNT(*) FROM history").fetchone() == (0,)


def test_a_deleted_submission_that_comes_back_lives_again(store):
    put(store, ORIGIN, incoming(record(1)), "t1")
    bury(store, ORIGIN, [1], "t2")
    assert list(store.submissions("meeting")) == []
    put(store, ORIGIN, incoming(record(1)), "t3")
    assert [each.id for each in store.submissions("meeting")] == [1]
    rows = store.connection.execute("SELECT reason, ended FROM history").fetchall()
    assert rows == [("deleted", "t2")]


def test_a_page_is_stored_whole_or_not_at_all(store):
    bad = Incoming(row_of(record(2), "aX"), {"_id": 2, "bad": object()})
    with pytest.raises(ProblemError, match="server-answer"):
        put(store, ORIGIN, [*incoming(record(1)), bad], "t1")
    assert live(store, "kobo", "meeting") == 0
    assert position(store, "kobo", "meeting") is None


def test_the_position_moves_with_its_page(store):
    put(store, ORIGIN, incoming(record(5), record(9)), "t1")
    put(store, ORIGIN, incoming(record(3)), "t2")
    found = position(store, "kobo", "meeting")
    assert (found.fetched_to, found.proven) == (9, None)
    prove(store, ORIGIN, "t3", 9, 3)
    found = position(store, "kobo", "meeting")
    assert (found.fetched_to, found.proven, found.proven_to, found.proven_total) == (9, "t3", 9, 3)


def test_of_two_records_of_one_submission_the_edited_one_counts(store):
    same = {"meta/rootUuid": "uuid:r"}
    first = {**record(1), **same, "_uuid": "r"}
    edited = {**record(2), **same, "_uuid": "e"}
    put(store, ORIGIN, incoming(first, edited, record(3)), "t1")
    assert [each.id for each in store.submissions("meeting")] == [2, 3]
    bury(store, ORIGIN, [2], "t2")
    assert [each.id for each in store.submissions("meeting")] == [1, 3]


def test_the_same_root_from_two_sources_is_two_submissions(store):
    put(store, ORIGIN, incoming(record(1)), "t1")
    put(store, Origin("other", "meeting", "aY"), incoming(record(1)), "t1")
    assert [each.source for each in store.submissions("meeting")] == ["kobo", "other"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc")), max_size=4),
            st.sets(st.integers(1, 6), max_size=3),
        ),
        max_size=8,
    )
)
def test_any_order_of_changes_leaves_the_last_state_and_every_version(tmp_path_factory, steps):
    """The store after any puts and deletions, against a plain dictionary."""
    expected, versions = {}, 0
    with RawStore.open(tmp_path_factory.mktemp("any") / "store.sqlite") as store:
        for number, step in enumerate(steps):
            if isinstance(step, set):
                gone = step & set(expected)
                bury(store, ORIGIN, gone, f"t{number}")
                versions += len(gone)
                expected = {key: value for key, value in expected.items() if key not in gone}
            else:
                page = list({key: record(key, value) for key, value in step}.values())
                put(store, ORIGIN, incoming(*page), f"t{number}")
                for each in page:
                    old = expected.get(each["_id"])
                    versions += old is not None and old != each
                    expected[each["_id"]] = each
        assert marks(store, ORIGIN) == {
            key: mark(row_of(value, "aX")) for key, value in expected.items()
        }
        kept = store.connection.execute("SELECT COUNT(*) FROM history").fetchone()[0]
        assert kept == versions


def test_a_mark_sees_what_the_manifest_shows_and_no_more():
    file = {"uid": "f1", "media_file_basename": "1.jpg", "question_xpath": "photo"}
    other = {**file, "uid": "f2"}
    base = record(1, _attachments=[file, other])
    same = record(1, note="x", _attachments=[other, {**file, "question_xpath": ""}])
    assert mark(row_of(base, "")) == mark(row_of(same, ""))
    for different in (
        record(1, "v", _attachments=[file, other]),
        record(1, _attachments=[file]),
        record(1, _attachments=[file, {**other, "is_deleted": True}]),
        record(1, _attachments=[file, other], _validation_status={"uid": "x", "timestamp": 1}),
    ):
        assert mark(row_of(base, "")) != mark(row_of(different, ""))


def test_files_that_went_are_marked_and_never_asked_for(store):
    def listed(*uids, deleted=False):
        return [Attachment("aX", 1, uid, "n.jpg", "photo", "image/jpeg", deleted) for uid in uids]

    key = ("kobo", "meeting", 1)
    note_attachments(store, *key[:2], {1: listed("f1", "f2")}, "t1")
    later = [*listed("f1"), *listed("f3", deleted=True)]
    note_attachments(store, *key[:2], {1: later}, "t2")
    assert [each.uid for each in waiting(store, "kobo", "meeting", "aX")] == ["f1"]
    gone = store.connection.execute("SELECT uid, deleted FROM attachment WHERE deleted <> ''")
    assert sorted(gone.fetchall()) == [("f2", "t2"), ("f3", "t2")]


@pytest.mark.parametrize("name", ["../../x.jpg", "a\x00b", "CON", "x" * 300, "/etc/passwd", ""])
def test_no_name_of_a_phone_becomes_a_name_here(store, tmp_path, name):
    key = ("kobo", "meeting", 1)
    attachment = Attachment("aX", 1, "f1", name, "photo", "text/html", False)
    note_attachments(store, *key[:2], {1: [attachment]}, "t1")

    def fetch(into: Path) -> Downloaded:
        into.write_bytes(b"%PDF-1.7")
        return Downloaded("ab" * 32, 8)

    folder = tmp_path / "attachments"
    folder.mkdir()
    keep_file(store, folder, (*key[:2], attachment), fetch, "t1")
    files = [each.relative_to(folder) for each in folder.rglob("*") if each.is_file()]
    assert files == [Path("ab") / ("ab" * 32 + ".pdf")]
    assert store.connection.execute("SELECT name FROM attachment").fetchone() == (name,)


def test_a_store_of_a_newer_version(path):
    with RawStore.open(path) as store:
        store.connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    assert told(lambda: RawStore.open(path)) == "store-newer"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database" * 100, b"\x00" * 5000])
def test_a_file_that_is_no_store(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    assert told(lambda: RawStore.open(path)) == "store-damaged"
    assert path.read_bytes() == content


def test_somebody_elses_database(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    assert told(lambda: RawStore.open(path)) == "store-damaged"


def test_an_empty_file_becomes_a_store(path):
    path.parent.mkdir()
    path.touch()
    with RawStore.open(path) as store:
        assert live(store, "kobo", "meeting") == 0


def test_a_folder_in_place_of_the_store(path):
    path.mkdir(parents=True)
    assert told(lambda: RawStore.open(path)) == "store-readonly"


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_loses_nothing(path):
    """A limit on the size of a file stands for the full disk: the write fails the same way."""
    with RawStore.open(path) as store:
        put(store, ORIGIN, incoming(record(1, note="kept")), "t1")
    child = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from connectors.servers.kobo import row_of
        from connectors.store.raw import VERSION, RawStore
        from connectors.store.versions import Incoming, Origin, put
        from programme.problem import ProblemError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
        with RawStore.open(Path(sys.argv[1])) as store:
            try:
                for number in range(2, 100):
                    big = {"_id": number, "_uuid": f"u{number}", "note": "x" * 20_000}
                    put(store, Origin("kobo", "meeting", "aX"),
                        [Incoming(row_of(big, "aX"), big)], "t2")
                    print(number, flush=True)
            except ProblemError as error:
                print(error.problems[0].code, int(error.exit_status))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", child, str(path)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    *acknowledged, last = done.stdout.split("\n")[:-1]
    assert last == "store-full 4"
    with RawStore.open(path) as store:
        there = [each.id for each in store.submissions("meeting")]
    assert there == [1, *map(int, acknowledged)] and len(there) > 2


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "store-full"),
        (errno.EROFS, "store-readonly"),
        (errno.EACCES, "store-readonly"),
    ],
)
def test_what_the_system_says_of_the_disk_is_told(tmp_path, number, code):
    def write():
        with faults.told(tmp_path):
            raise OSError(number, os.strerror(number))

    assert told(write) == code


def test_a_failure_that_is_our_own_stays_what_it_is(tmp_path):
    with pytest.raises(sqlite3.OperationalError), faults.told(tmp_path):
        raise sqlite3.OperationalError("no such table: nothing")


def test_the_lock_is_held_by_one(tmp_path):
    path = tmp_path / "pull.lock"
    with locked(path):
        with pytest.raises(ProblemError) as raised, locked(path):
            pass
        assert raised.value.problems[0].code == "store-busy"
    with locked(path):
        pass


def test_erased_values_leave_no_copy_in_the_file(store, path):
    put(store, ORIGIN, incoming(record(1, name="NGUYEN-THI-SAU" * 20)), "t1")
    store.checkpoint()
    assert b"NGUYEN-THI-SAU" in path.read_bytes()
    store.connection.execute("DELETE FROM submission")
    store.checkpoint()
    assert b"NGUYEN-THI-SAU" not in path.read_bytes()
    assert b"NGUYEN-THI-SAU" not in path.with_name(path.name + "-wal").read_bytes()


def test_readers_see_one_state_while_a_pull_writes(store, path):
    put(store, ORIGIN, incoming(*(record(n) for n in range(1, 50))), "t1")
    with RawStore.open(path) as reader:
        rows = reader.submissions("meeting")
        first = next(rows)
        put(store, ORIGIN, incoming(*(record(n, "v") for n in range(1, 50))), "t2")
        assert {first.uuid[0], *(each.uuid[0] for each in rows)} == {"u"}


def test_a_store_of_an_earlier_version_gets_the_tables_that_were_added(path):
    with RawStore.open(path) as store:
        put(store, ORIGIN, incoming(record(1)), "now")
        store.connection.execute("DROP TABLE code_row")
        store.connection.execute("PRAGMA user_version = 1")
    with RawStore.open(path) as store:
        assert store.connection.execute("SELECT count(*) FROM code_row").fetchone() == (0,)
        assert [each.id for each in store.submissions("meeting")] == [1]
