"""``ishc token``: a new token is kept for its owner only, and tried."""

import io
import json

import pytest

from connectors.servers.sandbox import serve
from ishc.beginning.chosen import Chosen, Place, Secret
from ishc.beginning.make import make_programme
from ishc.cli import main

TOKEN = "0123456789abcdef0123"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("sandbox"), TOKEN, port=0) as running:
        yield running.url


@pytest.fixture
def give(tmp_path, capsys, monkeypatch, sandbox):
    monkeypatch.delenv("ISHC_TOKEN", raising=False)
    folder = tmp_path / "clb"
    make_programme(folder, Chosen("en", (), Place("kobo", sandbox), Secret(), ()))

    def run(typed, *arguments, status=0):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(folder), "--lang", "en", *arguments])
        said = capsys.readouterr()
        assert (ended.value.code or 0) == status, said
        assert not typed.strip() or typed.strip() not in said.out + said.err
        return said, folder / "data" / "token"

    return run


def test_it_is_kept_for_its_owner_and_tried(give):
    said, file = give(f"  {TOKEN} ", "token")
    assert file.read_text(encoding="utf-8") == TOKEN
    assert file.stat().st_mode & 0o077 == 0
    assert "✓ server kobo: account" in said.out


def test_one_that_the_server_refuses_is_told(give):
    said, _ = give("wr0ngTokenOfMine", "--json", "token", status=3)
    assert json.loads(said.out)["account"] == "refused"


def test_nothing_pasted_leaves_the_old_one(give):
    _, file = give(TOKEN, "token")
    said, _ = give("", "token", status=1)
    assert "token-nothing" in said.err
    assert file.read_text(encoding="utf-8") == TOKEN


def test_a_variable_that_goes_first_is_told(give, monkeypatch):
    monkeypatch.setenv("ISHC_TOKEN", "another0000Token")
    said, _ = give(TOKEN, "token", status=3)
    assert "token-variable-first" in said.err and "another0000Token" not in said.err


def test_a_server_that_is_not_there_is_told_with_the_nearest(give):
    said, _ = give(TOKEN, "token", "kobbo", status=1)
    assert "“kobo”" in said.err
