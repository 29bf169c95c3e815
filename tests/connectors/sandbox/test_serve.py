"""The sandbox as a server: who may ask, what it keeps, how it ends."""

import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.servers.sandbox import Running, create_app, serve

_SERVER = """
import sys
from pathlib import Path
from connectors.servers.sandbox import serve
running = serve(Path(sys.argv[1]), sys.argv[2])
print(running.url, flush=True)
running.wait()
"""


def test_the_first_page_says_in_both_languages_what_it_is_for(running: Running) -> None:
    page = requests.get(running.url + "/", timeout=10).text
    assert "dùng thử, tập huấn" in page
    assert "trying, teaching" in page
    assert "Do not use it for real data" in page


def test_it_answers_on_loopback_only(running: Running) -> None:
    assert running.url.startswith("http://127.0.0.1:")


def test_it_asks_for_its_token(running: Running, client: Any, token: str) -> None:
    def status(authorization: str) -> int:
        headers = {"Authorization": authorization}
        return requests.get(running.url + "/me/", headers=headers, timeout=10).status_code

    assert client.get("/me/")["username"] == "owner"
    assert client.get("/token/") == {"token": token}
    assert status(f"Token {token}") == 200
    assert [status(f"Token {token[:-1]}"), status(f"Token {token}x"), status("Token é")] == [
        401
    ] * 3
    assert status(f"Bearer {token}") == 401
    assert requests.get(running.url + "/formList", timeout=10).status_code == 401


def test_a_phone_may_give_the_token_as_password(running: Running, token: str) -> None:
    def status(name: str, password: str) -> int:
        address = running.url + "/formList"
        return requests.get(address, auth=(name, password), timeout=10).status_code

    assert [status("owner", token), status("owner", "x"), status("other", token)] == [200, 401, 401]


def test_no_token_no_server(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="token"):
        create_app(tmp_path, "")


def test_the_token_is_written_nowhere(
    running: Running, client: Any, token: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    uid = client.deployed("bieu_nho.xlsx")
    client.submit(uid, "<ma>1</ma>")
    client.call("GET", "/api/v2/no-such-address/")
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert uid.encode() in kept
    assert token.encode() not in kept
    printed = "".join(capfd.readouterr())
    assert token not in printed + repr(running) + repr(vars(running))


def test_what_it_received_survives_a_restart(
    tmp_path: Path, token: str, connect: Callable[[str], Any]
) -> None:
    with serve(tmp_path, token) as first:
        client = connect(first.url)
        uid = client.deployed("bao_cao_clb.xlsx")
        client.submit(uid, "<anh>a.jpg</anh>", **{"a.jpg": b"photo"})
    with serve(tmp_path, token) as second:
        client = connect(second.url)
        [record] = client.records(uid)
        [photo] = record["_attachments"]
        assert photo["download_url"].startswith(second.url)
        assert client.call("GET", photo["download_url"]).content == b"photo"
        assert uid in client.call("GET", "/formList").text


def test_what_it_acknowledged_survives_a_kill(
    tmp_path: Path, token: str, connect: Callable[[str], Any]
) -> None:
    acknowledged, uid = 0, ""
    for number in range(4):
        command = [sys.executable, "-c", _SERVER, str(tmp_path), token]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            client = connect(process.stdout.readline().strip())
            uid = uid or client.deployed("bieu_nho.xlsx")
            for _ in range(5 + number):
                acknowledged += client.submit(uid, "<ma>1</ma>").status_code == 201
            process.send_signal(signal.SIGKILL)
    with serve(tmp_path, token) as running:
        assert acknowledged == 26
        assert len(connect(running.url).records(uid)) == acknowledged


def test_after_a_stop_nobody_answers(
    tmp_path: Path, token: str, connect: Callable[[str], Any]
) -> None:
    running = serve(tmp_path, token)
    client = connect(running.url)
    assert client.get("/me/")["username"] == "owner"
    running.stop()
    running.stop()
    with pytest.raises(requests.ConnectionError):  # also on the connection that was open
        client.get("/me/")


def test_submissions_get_the_time_of_the_given_clock(
    client: Any, clock: dict[str, datetime]
) -> None:
    uid = client.deployed("bieu_nho.xlsx")
    clock["now"] = datetime(2025, 11, 3, 23, 59, 59, tzinfo=UTC)
    client.submit(uid, "<ma>1</ma>")
    assert client.records(uid)[0]["_submission_time"] == "2025-11-03T23:59:59"


@pytest.mark.parametrize("path", ["//elsewhere.example/me", "/api/v2//assets/", "/api/v2/assets//"])
def test_no_address_leads_to_another_host(running: Running, path: str) -> None:
    answer = requests.get(running.url + path, allow_redirects=False, timeout=10)
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_a_missing_slash_is_added_with_the_query_kept(running: Running, client: Any) -> None:
    answer = client.call("GET", "/api/v2/assets?limit=2", allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/api/v2/assets/?limit=2"
    assert client.get("/api/v2/assets", limit=2)["count"] == 0


def test_many_phones_at_once_lose_nothing(
    running: Running, client: Any, connect: Callable[[str], Any]
) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    phones = [connect(running.url) for _ in range(6)]

    def send(phone: Any) -> list[int]:
        photo = {"a.jpg": b"the same photo"}
        return [phone.submit(uid, "<anh>a.jpg</anh>", **photo).status_code for _ in range(15)]

    with ThreadPoolExecutor(len(phones)) as pool:
        statuses = [status for found in pool.map(send, phones) for status in found]
    assert statuses == [201] * 90
    records = client.records(uid)
    assert len({record["_id"] for record in records}) == 90
    assert all(len(record["_attachments"]) == 1 for record in records)


def test_an_address_in_use_is_an_error_of_the_caller_not_the_end_of_the_process(
    tmp_path: Path,
) -> None:
    with serve(tmp_path / "one", "token-one") as running:
        port = int(running.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            serve(tmp_path / "two", "token-two", port=port)
