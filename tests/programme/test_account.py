import os
from dataclasses import replace

import pytest

from programme.account import ServerSettings, token
from programme.problem import ProblemError

SECRET = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def token_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(SECRET + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def server(token_file=None):
    return ServerSettings(
        "kobo", "kobo", "https://kf.example.org", "https://kc.example.org", "ISHC_TOKEN", token_file
    )


def refused(server, environ):
    with pytest.raises(ProblemError) as caught:
        token(server, environ)
    said = str(caught.value) + repr(caught.value) + repr(caught.value.problems)
    assert SECRET not in said
    assert SECRET not in str(caught.value.__cause__) + repr(caught.value.__context__)
    return caught.value.problems[0]


def test_the_environment_goes_before_the_file(token_file):
    assert token(server(token_file), {"ISHC_TOKEN": " from-the-environment "}) == (
        "from-the-environment"
    )
    assert token(server(token_file), {"ISHC_TOKEN": "  "}) == SECRET
    assert token(server(token_file), {}) == SECRET


def test_the_settings_of_a_server_never_hold_the_token(token_file):
    here = server(token_file)
    token(here, {})
    assert SECRET not in repr(here)


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606, 0o660])
def test_a_file_that_others_can_read_is_refused(token_file, mode):
    token_file.chmod(mode)
    problem = refused(server(token_file), {})
    assert problem.code == "token-file-open"
    assert f"chmod 600 {token_file}" in problem.do.vi


@pytest.mark.parametrize("content", ["", "   \n"])
def test_without_a_token_it_says_where_to_get_one(token_file, content):
    token_file.write_text(content, encoding="utf-8")
    problem = refused(server(token_file), {})
    assert problem.code == "token-missing"
    assert "ISHC_TOKEN" in problem.do.en and "Security" in problem.do.vi


def test_a_missing_file_is_a_missing_token(tmp_path):
    assert refused(server(tmp_path / "none"), {}).code == "token-missing"


@pytest.mark.parametrize("wrong", [f"{SECRET}\nsecond line", f"Token {SECRET}", f"{SECRET}ô"])
def test_what_no_header_can_carry_is_refused_before_it_is_sent(token_file, wrong):
    token_file.write_text(wrong, encoding="utf-8")
    assert refused(server(token_file), {}).code == "token-malformed"
    assert refused(server(), {"ISHC_TOKEN": wrong}).code == "token-malformed"


def test_another_encoding_is_told_without_the_bytes(token_file):
    token_file.write_bytes(b"\xff\xfe" + SECRET.encode("utf-16-le"))
    assert refused(server(token_file), {}).code == "token-unreadable"


def test_what_to_do_names_what_is_really_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    both = refused(server(tmp_path / "data" / "token"), {}).do
    assert (
        "variable ISHC_TOKEN, or run “ishc token”, which writes it into the file data/token"
        in both.en
    )
    file = replace(server(tmp_path / "data" / "token"), token_env=None)
    assert "ISHC_TOKEN" not in refused(file, {}).do.vi
    assert "data/token" in refused(file, {}).do.vi
    assert "file" not in refused(server(), {}).do.en
    neither = refused(replace(server(), token_env=None), {}).do
    assert 'add token_env = "ISHC_TOKEN" to [servers.kobo]' in neither.en


def test_a_password_in_place_of_the_variables_name_is_not_repeated():
    central = replace(server(), user="a@example.org", token_env="hunter2")
    problem = refused(central, {})
    assert problem.code == "password-missing"
    assert "hunter2" not in str(problem.as_dict()) and "that token_env names" in problem.do.en
