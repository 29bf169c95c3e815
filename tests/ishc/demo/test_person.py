"""The law's questions: what is held on me, hand it out, mend it, erase me; with a real server."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from connectors.persons.rows import Person, find
from connectors.persons.search import files_with
from connectors.store.tables import open_tables
from ishc.cli import main
from ishc.demo.run import DemoResult
from ishc.demo.station import Station, station
from programme.folder import Folder
from programme.progress import silent
from programme.settings import load

DAY = date(2026, 10, 31)
WORDS = "con trâu đi cày đồng xa"
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def office(
    finished_demo: DemoResult, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Station]:
    """A copy of the demo at work, its server running."""
    root = tmp_path_factory.mktemp("office") / "văn phòng số 1"
    shutil.copytree(finished_demo.folder.root, root)
    folder = Folder(root)
    with station(folder, load(folder), silent) as opened:
        text = folder.settings.read_text(encoding="utf-8")
        address = opened.settings.servers["sandbox"].url
        known = load(folder).servers["sandbox"].url
        folder.settings.write_text(text.replace(known, address), encoding="utf-8")
        yield opened


@pytest.fixture
def ask(office: Station, capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(office.folder.root), "--lang", "en", *words])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def chair(folder: Folder) -> Person:
    """Somebody who stands in a roster, on a board, and reports every month."""
    tables = open_tables(folder, identified=True)
    name = str(pd.read_parquet(tables.path("board_member"))["board_name"].iloc[0])
    return next(each for each in find(tables, name) if each.kind == "member")


def totals(folder: Folder, club: str) -> dict[str, object]:
    tables = open_tables(folder, identified=True)
    members = pd.read_parquet(tables.path("member"))
    mine = members[members["club_code"] == club]
    loans = pd.read_parquet(tables.path("loan"))
    return {
        "members": len(mine),
        "women": int((mine["sex"] == "female").sum()),
        "sixty": int((2026 - mine["birth_year"].astype("Int64") >= 60).sum()),
        "household": mine["household"].value_counts().to_dict(),
        "lent": int(loans[loans["club_code"] == club]["principal"].sum()),
    }


def test_asked_for_erasure_nothing_of_the_name_is_left_and_totals_add_up(
    office: Station, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = office.folder
    monkeypatch.setenv("ISHC_BACKUP_PASSPHRASE", WORDS)
    person = chair(folder)
    before = totals(folder, person.club)
    assert files_with(folder, [person.name])

    # asked what is held: code and club, the name only when it is asked for, each use noted
    status, out, _ = ask("person", "find", person.name)
    assert status == 0 and person.code in out and person.name not in out
    status, out, _ = ask("person", "export", person.code)
    given = folder.data / "people" / f"{person.code}.json"
    assert person.name in json.dumps(json.loads(given.read_text("utf-8")), ensure_ascii=False)
    given.unlink()

    backups = tmp_path / "another disk"
    assert ask("backup", "--to", str(backups))[0] == 0

    status, out, err = ask("person", "erase", person.code, "--yes")
    assert (status, err.count("person-still-named")) == (0, 0), err
    assert "mended on servers" in out
    assert files_with(folder, [person.name]) == []
    assert totals(folder, person.club) == before

    # the next pull does not bring it back, the export neither
    assert ask("pull")[0] == 0
    assert ask("reconcile", "--as-of", str(DAY))[0] == 0
    assert ask("export", "--to", "csv", "--identified")[0] == 0
    assert files_with(folder, [person.name]) == []
    assert totals(folder, person.club) == before

    # a backup of before, brought back: erased again
    (backup,) = backups.glob("*.backup")
    back = tmp_path / "máy khác"
    status, _, err = ask("restore", str(backup), str(back))
    assert status == 0, err
    assert files_with(Folder(back), [person.name]) == []

    log = (folder.data / "logs" / "people.log").read_text("utf-8")
    assert [json.loads(line)["what"] for line in log.splitlines()] == [
        "person find", "person export", "person erase",
    ]  # fmt: skip
    assert person.name not in log


def test_a_server_that_cannot_be_reached_is_told_and_done_later(
    finished_demo: DemoResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "office"
    shutil.copytree(finished_demo.folder.root, root)
    folder = Folder(root)
    person = chair(folder)
    text = folder.settings.read_text(encoding="utf-8")
    known, nowhere = load(folder).servers["sandbox"].url, "http://127.0.0.1:9"
    folder.settings.write_text(text.replace(known, nowhere), encoding="utf-8")

    def erase() -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(root), "--lang", "en", "person", "erase", person.code, "--yes"])
        return int(ended.value.code or 0), capsys.readouterr().err

    status, err = erase()
    assert status == 3
    assert "person-held-by-server" in err
    assert files_with(folder, [person.name]) == []
    with station(folder, load(folder), silent) as opened:
        now = opened.settings.servers["sandbox"].url
        folder.settings.write_text(text.replace(known, now), encoding="utf-8")
        opened.gather(DAY)  # the server still has the name; it is not taken again
        assert files_with(folder, [person.name]) == []
        status, err = erase()
        assert (status, err.count("held")) == (0, 0), err
        opened.gather(DAY)
    assert files_with(folder, [person.name]) == []


def test_nobody_with_such_a_code(ask: Ask) -> None:
    status, _, err = ask("person", "export", "06313-01-M999")
    assert status == 1
    assert "person-unknown" in err
    assert "did you mean" in err
