"""Exports with names leave out who asked to be restricted; points are rounded in every export."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.backup.erasures import RESTRICTIONS, restrict_again, write_erasures
from connectors.export.frame import read_frame
from connectors.export.write import export
from connectors.store.raw import RawStore
from connectors.store.restricted import lift, names_of_restricted, restrict, restricted
from connectors.store.runs import begin_run, show_run
from programme.folder import Folder
from programme.settings import PeopleSettings, Settings

ROSTER, BOARD = "members/roster/member", "board_page/board"
AN, HAI = "Nông Thị An", "Lò Văn Hai"
MEMBER, CHAIR = "06463-01-M001", "06463-01-B01"


@pytest.fixture
def office(tmp_path: Path) -> Folder:
    """A club whose first row of members and first row of the board are two people."""
    folder = Folder(tmp_path)
    record = {ROSTER: [{f"{ROSTER}/member_name": AN}], BOARD: [{f"{BOARD}/board_name": HAI}]}
    with RawStore.open(folder.store) as store:
        store.connection.execute(
            "INSERT INTO submission VALUES ('kobo', 'club_registration', 1, 'a', 'r1', 'r1', ?, '',"
            " '', '', '', '', NULL)",
            (orjson.dumps(record).decode(),),
        )
        store.connection.executemany(
            "INSERT INTO code_row VALUES (?, 'r1', ?, 1, ?)",
            [("member", "x", MEMBER), ("board", "y", CHAIR)],
        )
    pair = begin_run(folder)
    where = {"_root_uuid": pa.array(["r1"]), "_row": pa.array([1], pa.int64())}
    tables = {
        "club_registration__member": {**where, "sex": pa.array(["female"])},
        "club_registration__board": where,
        "loan": {"borrower_code": pa.array([MEMBER, None]), "principal": pa.array([5, 7])},
        "club": {"meeting_point_latitude": pa.array([21.8534567, None])},
    }
    names = {
        "club_registration__member": {"member_name": [AN], "birth_year": [1950]},
        "club_registration__board": {"board_name": [HAI]},
        "loan": {},
        "club": {"remark": [f"Nhà bà {AN.upper()}", f"Nhà ông {HAI}"]},
    }
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), pair.tables / f"{name}.parquet")
        whole = {**columns, **{key: pa.array(said) for key, said in names[name].items()}}
        pq.write_table(pa.table(whole), pair.identified / f"{name}.parquet")
    show_run(folder, pair, date(2026, 10, 31))
    return folder


def written(office: Folder, settings: Settings, *, identified: bool = True) -> str:
    out = office.exports / "try"
    made = export(office, settings, "csv", out=out, language="vi", identified=identified)
    return "\n".join(path.read_text("utf-8-sig") for path in made.files)


def test_who_is_restricted_is_in_no_export_with_names_and_rows_stay(office, settings):
    before = written(office, settings)
    assert AN in before and HAI in before and MEMBER in before
    with RawStore.open(office.store) as store:
        restrict(store, [MEMBER], "2026-11-22")
        assert names_of_restricted(store) == [AN]  # not the first row of the board
    after = written(office, settings)
    assert AN not in after and AN.upper() not in after and MEMBER not in after
    assert HAI in after  # somebody else
    assert "N.T.A." in after  # in words, as on phones
    assert after.count("\n") == before.count("\n")
    frame = read_frame(office, "club_registration__member", identified=True)
    assert frame["member_name"].isna().all() and frame["sex"].tolist() == ["female"]
    with RawStore.open(office.store) as store:
        lift(store, [MEMBER])
    assert written(office, settings) == before


def test_points_are_rounded_as_the_settings_say(office, settings):
    assert "21.853" in written(office, settings) and "21.8534" not in written(office, settings)
    coarse = replace(settings, people=PeopleSettings(point_decimals=1))
    assert "21.9" in written(office, coarse, identified=False)
    assert "21.85" not in written(office, coarse, identified=False)


def test_a_backup_of_before_is_restricted_again_when_it_is_brought_back(office, tmp_path):
    backups, back = tmp_path / "usb", Folder(tmp_path / "back")
    backups.mkdir()
    with RawStore.open(back.store) as store:
        restrict(store, [CHAIR], "2026-11-01")  # lifted since
    with RawStore.open(office.store) as store:
        write_erasures(store, backups)
        assert list(backups.iterdir()) == []  # nobody asked yet
        restrict(store, [MEMBER], "2026-11-22")
        write_erasures(store, backups)
    restrict_again(back, backups / RESTRICTIONS)
    with RawStore.read(back.store) as store:
        assert restricted(store) == {MEMBER: "2026-11-22"}
