"""The whole job in a folder with Vietnamese letters and blanks, talking to its own server only."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from unicodedata import normalize
from urllib.parse import urlsplit

import pytest

from ishc.doctor.place import OURS
from programme.file_names import is_fit

REPOSITORY = Path(__file__).parents[3]
FOLDER = "Tỉnh Lạng Sơn – dữ liệu CLB (2026)"
HOME = normalize("NFD", "Nguyễn Thị Hòa")  # as macOS hands names on


def alone() -> list[str]:
    """Give what leaves a program nothing but this computer itself, where the system allows it."""
    found = shutil.which("unshare")
    if not found:
        return []
    tried = subprocess.run([found, "-rn", "true"], capture_output=True, check=False)
    return [] if tried.returncode else [found, "-rn"]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    place = tmp_path_factory.mktemp("far") / HOME
    place.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ISHC_")}
    cut = alone()
    ran = subprocess.run(
        [*cut, sys.executable, "-m", "tests.ishc.far.job", place / FOLDER, place / "seen",
         "alone" if cut else "among others"],
        cwd=REPOSITORY, env={**kept, "HOME": str(place), "USERPROFILE": str(place)},
        capture_output=True, encoding="utf-8", check=False, timeout=400,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    return place


def test_every_step_left_what_it_makes(done):
    home = done / FOLDER / "clb"
    for made in (
        "data/qr/kobo.png",
        "data/codebook/codebook.vi.xlsx",
        "data/paper/club_registration.vi.docx",
        "data/exports/csv/club.csv",
        "data/exports/xlsx/ishc.xlsx",
        "data/reports/province_periodic-20-2026-10.vi.docx",
        "data/night.html",
    ):
        assert (home / made).is_file(), made
    assert "06463-01" in (home / "data/exports/csv/club.csv").read_text(encoding="utf-8-sig")
    assert (done / FOLDER / "khôi phục" / "ishc.toml").is_file()


def test_every_name_that_was_made_can_be_a_file_on_windows(done):
    root = done / FOLDER
    made = [path.relative_to(root) for path in root.rglob("*")]
    assert [str(each) for each in made if not all(map(is_fit, each.parts))] == []
    # its letters may not tell two files apart, and their paths have to leave room for the folder
    assert len({str(each).casefold() for each in made}) == len(made)
    assert max(len(str(PureWindowsPath(each))) for each in made) <= OURS


def test_only_the_server_of_the_settings_was_asked(done):
    server = urlsplit((done / "url.txt").read_text(encoding="utf-8"))
    seen = [json.loads(line) for line in (done / "seen").read_text().splitlines()]
    met = {tuple(where) for event, where in seen if event == "socket.connect"}
    assert met == {(server.hostname, server.port)}
    assert {event for event, _ in seen} >= {"socket.connect", "socket.getaddrinfo"}
    looked_up = {
        where for event, where in seen if event in ("socket.getaddrinfo", "socket.gethostbyname")
    }
    assert looked_up <= {server.hostname}
    assert not [each for each in seen if each[0] == "socket.sendto"]


def test_no_other_program_was_started(done):
    seen = [json.loads(line) for line in (done / "seen").read_text().splitlines()]
    started = {
        Path(where).name for event, where in seen if event in ("subprocess.Popen", "os.posix_spawn")
    }
    assert started <= {Path(sys.executable).name, "git"}
