"""The law's questions: what is held on me, hand it out, mend it, erase me; with a real server."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pyrage import x25519

from connectors.persons.retention import retain
from connectors.persons.rows import Person, everybody, find
from connectors.persons.search import files_with
from connectors.store.tables import open_tables
from ishc.cli import main
from ishc.demo.run import DemoResult
from ishc.demo.station import Station, station
from programme.folder import Folder
from programme.progress import silent
from programme.settings import load

DAY = date(2026, 10, 31)
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


def code_of(office: Station, kind: str) -> Person:
    """The chair by code: names change in what follows."""
    person = chair(office.folder)
    tables = open_tables(office.folder, identified=True)
    return next(
        each for each in find(tables, person.name) if each.kind == kind and each.club == person.club
    )


def test_a_value_is_corrected_on_the_server_and_history_says_so(office: Station, ask: Ask) -> None:
    folder, club = office.folder, code_of(office, "member").club
    person = next(
        each
        for each in everybody(open_tables(folder, identified=True))
        if each.club == club
        and each.kind == "member"
        and each.code != code_of(office, "member").code
    )
    before = totals(folder, club)
    right = person.name + " Ngọc"
    status, out, err = ask("person", "correct", person.code, "--name", right, "--yes")
    assert status == 0, err
    assert "Corrected submissions: 1" in out and person.name not in out + err
    assert ask("reconcile", "--as-of", str(DAY))[0] == 0
    (found,) = find(open_tables(folder, identified=True), right)
    assert (found.code, found.birth_year) == (person.code, person.birth_year)
    assert totals(folder, club) == before

    # what it said before is in the history, and handed out with the rest
    _, out, _ = ask("--json", "person", "export", person.code)
    given = Path(json.loads(out)["file"])
    held = json.loads(given.read_text("utf-8"))
    given.unlink()
    said = held["said"][0]
    assert right in said["answers"].values()
    assert any(person.name in each["answers"].values() for each in said["earlier"])

    # the server has it: another pull finds nothing new, and asking again changes nothing
    _, out, _ = ask("--json", "pull")
    assert sum(each["changed"] for each in json.loads(out)["forms"]) == 0
    _, out, _ = ask("person", "correct", person.code, "--name", right, "--yes")
    assert "Corrected submissions: 0" in out


def test_what_cannot_stand_there_is_refused(office: Station, ask: Ask) -> None:
    code = code_of(office, "member").code
    status, _, err = ask("person", "correct", code, "--sex", "nu", "--born", "50", "--yes")
    assert status == 1 and err.count("person-value") == 2
    assert "female (Nữ)" in err
    assert ask("person", "correct", code, "--yes")[0] == 2
    assert ask("person", "correct", "--name", "Ai")[0] == 2


def on_phones(folder: Folder, code: str) -> list[str]:
    return [path.name for path in folder.lists.glob("*.csv") if code in path.read_text("utf-8")]


def test_restricted_is_kept_and_counted_and_used_for_nothing_else(
    office: Station, ask: Ask
) -> None:
    folder, person = office.folder, code_of(office, "member")
    board = code_of(office, "board")
    before = totals(folder, person.club)
    assert set(on_phones(folder, person.code)) >= {"members.csv"}

    status, out, err = ask("person", "restrict", person.code, "--also", board.code, "--yes")
    assert (status, "ishc publish" in out) == (0, True), err
    assert on_phones(folder, person.code) == on_phones(folder, board.code) == []
    assert totals(folder, person.club) == before
    assert ask("export", "--to", "csv", "--identified")[0] == 0
    sheet = ("report", "club_sheet", "--area", person.club, "--period", "2026-10")
    assert ask(*sheet)[0] == 0
    assert files_with(folder, [person.name], [folder.exports, folder.reports]) == []
    assert files_with(folder, [person.code, board.code], [folder.exports]) == []
    _, out, _ = ask("person", "find", person.name)
    assert out.count("restricted since") == 2 and person.name not in out

    assert ask("person", "restrict", person.code, "--also", board.code, "--lift", "--yes")[0] == 0
    assert "members.csv" in on_phones(folder, person.code)
    assert "restricted since" not in ask("person", "find", person.code)[1]


def phone_of(folder: Folder, board: str) -> str:
    """The telephone number of a board member, as the form has it."""
    tables = open_tables(folder, identified=True)
    members = pd.read_parquet(tables.path("board_member"))
    where = members[members["board_code"] == board][["_root_uuid", "_row"]]
    said = pd.read_parquet(tables.path("club_registration__board"))
    return str(said.merge(where, on=["_root_uuid", "_row"])["board_phone"].dropna().iloc[0])


def test_asked_for_erasure_nothing_of_the_name_is_left_and_totals_add_up(
    office: Station, ask: Ask, tmp_path: Path
) -> None:
    folder = office.folder
    own, key = x25519.Identity.generate(), tmp_path / "khóa của tôi.txt"
    key.write_text(str(own), encoding="utf-8")
    person, board = code_of(office, "member"), code_of(office, "board")
    words = [person.name, phone_of(folder, board.code)]
    before = totals(folder, person.club)

    # asked what is held: codes and club, the name only when it is asked for
    status, out, _ = ask("person", "find", person.name)
    assert status == 0 and person.name not in out
    assert f"may be the same human: {board.code}" in out
    status, out, _ = ask("person", "export", person.code, "--also", board.code)
    given = folder.data / "people" / f"{person.code}.json"
    held = json.dumps(json.loads(given.read_text("utf-8")), ensure_ascii=False)
    assert all(word in held for word in words)

    # made with the name in it: a club's sheet, exports, a backup
    sheet = ("report", "club_sheet", "--area", person.club, "--period", "2026-10")
    assert ask(*sheet)[0] == 0
    assert ask("export", "--to", "csv", "--identified")[0] == 0
    backups = tmp_path / "another disk"
    assert ask("backup", "--to", str(backups), "--recipient", str(own.to_public()))[0] == 0
    named = {path.relative_to(folder.data).parts[0] for path in files_with(folder, words)}
    assert named >= {"store.sqlite", "identified", "exports", "reports", "people"}

    status, out, err = ask("person", "erase", person.code, "--also", board.code, "--yes")
    assert (status, err.count("person-still-named")) == (0, 0), err
    assert "mended on servers" in out and "to be handed out again" in out
    assert files_with(folder, words) == []
    assert totals(folder, person.club) == before
    (proof,) = (folder.data / "proofs").glob("*-erase-*.txt")
    assert board.code in proof.read_text("utf-8") and "Due by" in proof.read_text("utf-8")

    # the next pull does not bring it back, the export and the sheet neither
    assert ask("pull")[0] == 0
    assert ask("reconcile", "--as-of", str(DAY))[0] == 0
    assert ask("export", "--to", "csv", "--identified")[0] == 0
    assert ask(*sheet)[0] == 0
    assert files_with(folder, words) == []
    assert totals(folder, person.club) == before

    # a backup of before, brought back: erased again
    (backup,) = backups.glob("*.backup")
    back = tmp_path / "máy khác"
    status, _, err = ask("restore", str(backup), str(back), "--key", str(key))
    assert status == 0, err
    assert files_with(Folder(back), words) == []

    log = (folder.data / "logs" / "people.log").read_text("utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"person find", "person export", "person erase", "export"} <= {
        each["what"] for each in lines
    }
    assert any(each.get("file", "").endswith(".csv") for each in lines)
    assert not any(word in log for word in words)


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

    def ask(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(root), "--lang", "en", "person", *words])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    def erase() -> tuple[int, str]:
        return ask("erase", person.code, "--yes")

    other = next(each for each in find(open_tables(folder, identified=True), f"{person.club}-M010"))
    status, said = ask("correct", other.code, "--born", "1949", "--yes")
    assert (status, "waiting for a server: 1" in said) == (3, True)
    assert "a correction waits" in ask("find", other.code)[1]
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
        assert (status, err.count("person-held")) == (0, 0), err
        status, said = ask("correct")  # what waited
        assert (status, "Corrected submissions: 1" in said) == (0, True), said
        opened.gather(DAY)
        (found,) = find(open_tables(folder, identified=True), other.code)
        assert (found.birth_year, found.name) == (1949, other.name)
    assert files_with(folder, [person.name]) == []


def test_nobody_with_such_a_code(ask: Ask) -> None:
    for words in (("export", "06313-01-M999"), ("find", "06313-01-M999")):
        status, _, err = ask("person", *words)
        assert status == 1
        assert "person-unknown" in err
        assert "did you mean" in err
    status, _, err = ask("person", "find", "An", "--club", "06313-1")
    assert (status, "club-unknown" in err) == (1, True)


def test_what_is_too_old_goes_every_night_and_totals_stay(office: Station, ask: Ask) -> None:
    folder = office.folder
    _, out, _ = ask("person", "retention")
    assert "has no number yet" in out  # nothing goes before somebody writes one
    text = folder.settings.read_text(encoding="utf-8")
    asked = text.replace("personal = 0 ", "personal = 12 ", 1).replace(
        "list_held = false", "list_held = true"
    )
    assert asked != text
    folder.settings.write_text(asked, encoding="utf-8")
    tables = open_tables(folder, identified=True)
    members = pd.read_parquet(tables.path("member"))
    gone = members[members["left_on"].notna()]
    left = str(gone[~gone["member_name"].str.startswith("(")]["member_name"].iloc[0])
    club = str(gone["club_code"].iloc[0])
    before = totals(folder, club)
    reporters = pd.read_parquet(tables.path("monthly_activity_report"))["reporter_name"].dropna()

    later = date(2029, 1, 1)
    counted = retain(load(folder), folder, later, dry_run=True)
    assert counted.people and counted.submissions.total()
    assert files_with(folder, [left])
    done = retain(load(folder), folder, later)
    assert (done.people, done.submissions) == (counted.people, counted.submissions)
    assert done.listed is not None and done.held > 0
    again = retain(load(folder), folder, later)
    assert not again.removed

    assert ask("reconcile", "--as-of", str(DAY), "--rebuild")[0] == 0
    assert totals(folder, club) == before
    now = open_tables(folder, identified=True)
    assert left not in set(pd.read_parquet(now.path("member"))["member_name"])
    monthly = pd.read_parquet(now.path("monthly_activity_report"))
    assert not set(reporters) & set(monthly["reporter_name"].dropna())
    assert left.encode() not in folder.store.read_bytes()
