"""``ishc init`` at a terminal and in a script."""

import json
import os
import select
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from connectors.servers.sandbox import serve
from ishc.cli import main

REPOSITORY = Path(__file__).parents[3]
TOKEN = "0123456789abcdef0123"


@pytest.fixture
def init(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ISHC_TOKEN", raising=False)

    def run(*arguments, status=0):
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        assert (ended.value.code or 0) == status, said
        return said

    return run


def test_a_script_answers_with_options_and_is_asked_nothing(init, tmp_path):
    said = init(
        "--lang", "en", "init", "clubs", "--area", "Lạng Sơn", "--server", "odk.hoi.vn", "--user",
        "an@hoi.vn", "--night", "lists", "--night", "quarterly",
    )  # fmt: skip
    told = tomllib.loads((tmp_path / "clubs" / "ishc.toml").read_text(encoding="utf-8"))
    assert told["servers"]["central"]["user"] == "an@hoi.vn"
    assert told["nightly"]["reports"][0]["areas"] == ["20"]
    assert "1. cd clubs" in said.out
    assert "ISHC_PASSWORD" in said.out  # nothing signs in yet, and what to do is said


def test_without_a_word_it_makes_a_programme_for_the_country_on_kobo(init, tmp_path):
    told = json.loads(init("--json", "init").out)
    assert told["account"] == "no token"
    settings = (tmp_path / "my-clubs" / "ishc.toml").read_text(encoding="utf-8")
    assert 'url = "https://kf.kobotoolbox.org"' in settings
    assert "{area}" in settings


@pytest.mark.parametrize(
    ("option", "code"),
    [
        (("--area", "Lang Sơng"), "area-unknown"),
        (("--server", "kobo-ue"), "server-address"),
        (("--night", "montly"), "night-unknown"),
    ],
)
def test_a_wrong_option_is_told_and_nothing_is_made(init, tmp_path, option, code):
    assert code in init("init", *option, status=1).err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(init, tmp_path):
    own = tmp_path / "my-clubs" / "ishc.toml"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    assert "folder-not-empty" in init("init", status=1).err
    assert own.read_text(encoding="utf-8") == "mine"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("sandbox"), TOKEN, port=0) as running:
        yield running.url


def test_the_account_is_tried_at_once(init, tmp_path, sandbox, monkeypatch):
    monkeypatch.setenv("ISHC_TOKEN", TOKEN)
    said = init("--lang", "en", "init", "--server", sandbox)
    assert "✓ server kobo: account" in said.out and "✓ server kobo: clock" in said.out
    assert TOKEN not in said.out + said.err
    assert "ishc token" not in said.out  # nothing is left to do about it

    monkeypatch.setenv("ISHC_TOKEN", "wr0ngTokenOfMine")
    said = init("--lang", "en", "init", "second", "--server", sandbox)
    assert "server-token" in said.err and "wr0ngTokenOfMine" not in said.out + said.err
    assert "2. ishc token" in said.out
    assert (tmp_path / "second" / "ishc.toml").is_file()


def test_a_server_that_is_not_reached_does_not_stop_it(init, tmp_path, monkeypatch):
    monkeypatch.setenv("ISHC_TOKEN", TOKEN)
    said = init("--lang", "en", "init", "--server", "http://127.0.0.1:9")
    assert "was not reached" in said.out and "ishc doctor" in said.out
    assert "“ishc sandbox”" in said.err
    assert (tmp_path / "my-clubs" / "ishc.toml").is_file()


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made as POSIX systems make it")
def test_five_answers_at_a_terminal(tmp_path):
    import pty  # noqa: PLC0415 - not on Windows

    # answers may wait in the terminal before they are asked for; a hidden one empties it
    ours, theirs = pty.openpty()
    environ = {key: value for key, value in os.environ.items() if key != "ISHC_TOKEN"}
    running = subprocess.Popen(
        [sys.executable, "-m", "ishc.cli", "init"],
        cwd=tmp_path, env={**environ, "PYTHONPATH": str(REPOSITORY), "ISHC_LANG": "vi"},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = _talk(
        ours,
        ("Trả lời [1]: ", "2"),
        ("Answer: ", "Lang Sơng"),
        ("Answer: ", "Lạng Sơn"),
        ("Answer [1]: ", "3"),
        ("browser: ", "http://127.0.0.1:9/#/x"),
        ("[http://127.0.0.1:9]: ", ""),
        ("Answer: ", "s3cretOfMine1234"),
        ("Answer [1 4]: ", ""),
    )
    assert running.wait(timeout=60) == 0, shown
    os.close(ours)
    assert "did you mean “20 Tỉnh Lạng Sơn”" in shown
    assert "s3cretOfMine1234" not in shown
    told = tomllib.loads((tmp_path / "my-clubs" / "ishc.toml").read_text(encoding="utf-8"))
    assert told["programme"]["language"] == "en"
    assert told["nightly"]["publish"] is True
    assert told["nightly"]["reports"][0]["every"] == "month"
    token = (tmp_path / "my-clubs" / "data" / "token").read_text(encoding="utf-8")
    assert token == "s3cretOfMine1234"


def _talk(terminal: int, *turns: tuple[str, str]) -> str:
    """Answer each prompt once it stands there; give all that was shown until the end."""
    shown = seen = ""
    for prompt, answer in turns:
        while prompt not in seen:
            part = _read(terminal)
            assert part, f"no “{prompt}” in: {shown}"
            shown, seen = shown + part, seen + part
        seen = seen.partition(prompt)[2]
        os.write(terminal, f"{answer}\n".encode())
    while part := _read(terminal):
        shown += part
    return shown


def _read(terminal: int) -> str:
    """Read what is shown next, nothing at the end."""
    if not select.select([terminal], [], [], 30)[0]:
        return ""
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:  # the other side has closed it
        return ""
