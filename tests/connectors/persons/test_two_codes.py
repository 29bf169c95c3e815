"""One human on the board and in the roster: both rows are rid of them, in older backups, too."""

from datetime import date
from pathlib import Path

import orjson

from connectors.backup.erasures import erase_again, read_erasures, write_erasures
from connectors.persons.erase import rewrite
from connectors.persons.rows import Person, rows_of
from connectors.persons.rules import base_rule, rule_of_row
from connectors.persons.traces import traces_of
from connectors.store.erased import Erased, identity_of, keyed_by, remember
from connectors.store.pseudonym import KEY_FILE
from connectors.store.raw import RawStore
from forms.schema import read_schema
from programme.folder import Folder, shipped

ROSTER, BOARD = "members/roster/member", "board_page/board"
NAME, PHONE = "Lò Thị Hai", "0900000077"
MEMBER = Person("member", "06463-01-M001", "06463-01", NAME, 1950, "female")
CHAIR = Person("board", "06463-01-B01", "06463-01", NAME, 1950, "female")
SCHEMAS = [read_schema(shipped() / "xlsforms" / "club_registration.xlsx")]


def said(repeat: str, **answers: str) -> list[dict[str, str]]:
    name = repeat.rpartition("/")[2]
    return [{f"{repeat}/{name}_{question}": value for question, value in answers.items()}]


def registered(folder: Folder) -> None:
    record = {
        ROSTER: said(ROSTER, name=NAME, birth_year="1950", sex="female"),
        BOARD: said(BOARD, name=NAME, birth_year="1950", sex="female", phone=PHONE),
    }
    with RawStore.open(folder.store) as store:
        store.connection.execute(
            "INSERT INTO submission VALUES ('kobo', 'club_registration', 1, 'a', 'r1', 'r1', ?,"
            " '', '', '', '', '', NULL)",
            (orjson.dumps(record).decode(),),
        )
        keyed = keyed_by(store)
        faces = [
            ("member", identity_of(keyed, NAME, "1950", "female"), MEMBER.code),
            ("board", identity_of(keyed, NAME, "1950", ""), CHAIR.code),
        ]
        store.connection.executemany("INSERT INTO code_row VALUES (?, 'r1', ?, 1, ?)", faces)


def erase_one_after_the_other(store: RawStore) -> None:
    keyed = keyed_by(store)
    for person in (MEMBER, CHAIR):
        rows = rows_of(store, SCHEMAS, person)
        traces = traces_of(store, person, rows, keyed)
        (row,) = rows
        rule = rule_of_row(base_rule(keyed, person, traces), row, traces, date(2026, 11, 22))
        remember(store, [Erased("kobo", row.form, "r1", person.code, rule, "2026-11-22")])
        rewrite(store)
    store.checkpoint()


def written(folder: Folder) -> bytes:
    return b"".join(each.read_bytes() for each in folder.data.glob("store.sqlite*"))


def test_nothing_is_left_of_either_row_nor_of_a_backup_of_before(tmp_path: Path):
    office, back, backups = Folder(tmp_path / "a"), Folder(tmp_path / "b"), tmp_path / "usb"
    backups.mkdir()
    for folder in (office, back):
        folder.private(folder.data)
        (folder.data / KEY_FILE).write_text("5e" * 32, encoding="ascii")
        registered(folder)
    with RawStore.open(office.store) as store:
        erase_one_after_the_other(store)
        write_erasures(store, backups)
    assert erase_again(back, read_erasures(backups / "erasures.jsonl")) > 0
    for folder in (office, back):
        left = written(folder)
        assert NAME.encode() not in left and PHONE.encode() not in left
        with RawStore.read(folder.store) as store:
            (kept,) = store.connection.execute("SELECT json FROM submission").fetchone()
        record = orjson.loads(kept)
        assert record[ROSTER][0][f"{ROSTER}/member_sex"] == "female"  # still counts
        assert record[ROSTER][0][f"{ROSTER}/member_name"] == "(đã xóa) M001"
