"""``ishc doctor``: what it looks at, and that it tells what to do."""

import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath, PureWindowsPath
from threading import Thread

import pytest

from connectors.clocks import clock_problems
from connectors.servers import connect
from ishc.cli import main
from ishc.doctor import machine, place, programme_files
from ishc.doctor.servers import _country, _unseen
from ishc.nightly.ledger import NAME, Ledger
from programme.account import ServerSettings
from programme.folder import Folder
from programme.problem import Place
from programme.settings import load

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def account(url: str, country: str = "") -> ServerSettings:
    return ServerSettings("kobo", "kobo", url, url, token_env="TOKEN", country=country)


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path)
    folder.settings.write_text('[programme]\nname = "Thử"\nlanguage = "en"\n', encoding="utf-8")
    folder.private(folder.data)
    return folder


def codes(seen) -> list[str]:
    return [problem.code for each in seen for problem in each.problems]


@pytest.mark.parametrize(
    ("url", "country", "code"),
    [
        ("https://kf.kobotoolbox.org", "", "server-abroad"),
        ("https://eu.kobotoolbox.org", "", "server-abroad"),
        ("https://central.example.org", "", "server-country-unknown"),
        ("https://central.example.org", "SG", "server-abroad"),
        ("https://central.example.org", "VN", None),
        ("https://odk.nct.langson.gov.vn", "", None),
        ("http://127.0.0.1:8010", "", None),
        ("http://192.168.1.4", "", None),
    ],
)
def test_a_server_abroad_is_a_transfer_across_the_border(url, country, code):
    assert [each.code for each in _country(account(url, country))] == ([code] if code else [])


def test_an_account_that_sees_only_a_part_is_told():
    assert not list(_unseen(25, 25, Place(form="loan_record")))
    (found,) = _unseen(25, 3, Place(form="loan_record"))
    assert found.code == "account-sees-part"
    assert "25" in found.what.vi and "3" in found.what.vi


class Answering(BaseHTTPRequestHandler):
    ahead = timedelta(0)

    def do_HEAD(self):
        self.send_response_only(404)
        moment = NOW + type(self).ahead
        self.send_header("Date", moment.strftime("%a, %d %b %Y %H:%M:%S GMT"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as served:
        thread = Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_address[1]}"
        served.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(0), None),
        (timedelta(minutes=4), None),
        (timedelta(hours=7), "420 minutes behind it"),  # a time zone set wrongly
        (timedelta(minutes=-6), "6 minutes ahead of it"),
    ],
)
def test_a_clock_that_is_wrong_is_told(server, ahead, words):
    Answering.ahead = ahead
    with connect(account(server), {"TOKEN": "t0ken"}) as opened:
        found = [each.what.en for each in clock_problems(opened, NOW)]
    assert found == ([f"this machine is {words}"] if words else [])


def test_data_that_others_may_read_is_told(folder):
    assert "data-open" not in codes(machine.look(folder))
    folder.data.chmod(0o755)
    assert "data-open" in codes(machine.look(folder))


def test_nights_that_stopped_and_backups_that_nobody_makes_are_told(folder):
    settings = load(folder)

    def found() -> set[str]:
        return set(codes(programme_files.look(folder, settings, NOW)))

    assert {"nightly-never", "backup-old"} <= found()
    ledger = Ledger(folder.data / NAME)
    night = ledger.began((NOW - timedelta(days=3)).isoformat())
    ledger.ended(night, NOW.isoformat(), 0)
    backup = folder.private(folder.data / "backups") / "ishc-2026-11-20-until-2027-05-20.backup"
    backup.touch()
    assert "nightly-silent" in found()
    assert not {"nightly-never", "backup-old"} & found()
    night = ledger.began((NOW - timedelta(days=1)).isoformat())
    ledger.ended(night, NOW.isoformat(), 0)
    assert "nightly-silent" not in found()


def test_what_is_wrong_is_said_with_its_exit_status(folder, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(folder.root), "doctor", "--offline"])
    said = capsys.readouterr()
    assert ended.value.code == 1  # this folder has no workbooks of checks and indicators
    assert "✗ connectors/checks.xlsx" in said.out
    assert "checks.xlsx" in said.err
    with pytest.raises(SystemExit):
        main(["-C", str(folder.root), "--json", "doctor", "--offline"])
    assert json.loads(capsys.readouterr().out)["seen"]


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        (PureWindowsPath(r"C:\Users\Hoa\OneDrive - Hội NCT\clb"), "OneDrive"),
        (PurePosixPath("/Users/hoa/Library/Mobile Documents/clb"), "iCloud"),
        (PurePosixPath("/home/hoa/Dropbox/clb"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\Nguyễn Thị Hoà\Tỉnh Lạng Sơn – CLB (2026)"), None),
    ],
)
def test_a_folder_that_a_cloud_copies_is_told(path, cloud):
    found = [each.what.en for each in place.in_cloud(path)]
    assert found == [] if cloud is None else cloud in found[0]


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        (r"C:\Users\Hoa\clb", []),
        (r"C:\clb", ["folder-shared"]),
        (r"C:\Users\Hoa" + r"\Hội Người cao tuổi tỉnh Lạng Sơn" * 4, ["folder-path-long"]),
    ],
)
def test_what_windows_minds(path, codes):
    home = PureWindowsPath(r"C:\Users\Hoa")
    found = [each.code for each in place.with_windows(PureWindowsPath(path), home, True)]
    assert found == codes
    assert not list(place.with_windows(PureWindowsPath(path), home, False))
