"""Signing in to ODK Central: a session while the work lasts, and nothing secret left behind."""

from dataclasses import replace

import pytest

from connectors.servers import central
from connectors.servers.faults import ServerFault
from programme.problem import Exit, ProblemError
from programme.settings import load
from tests.connectors.central.conftest import Club, Programme
from tests.connectors.central.standin.serve import Standin


def test_a_session_is_opened_once_renewed_when_it_ends_and_closed(club: Club) -> None:
    world, server = club.standin.world, club.server
    assert central.check_account(server) == club.standin.email
    club.send()
    (session,) = world.sessions.values()
    session.expires = "2026-01-01T00:00:00.000Z"
    assert central.extent(server, "meeting").listed == 1
    assert len(world.sessions) == 2
    server.close()
    assert list(world.sessions.values()) == [session]


def test_a_wrong_password_is_told_without_it(programme: Programme) -> None:
    pulled = programme.whole_pull(environ={"PASSWORD": "sai bét"})
    (problem,) = pulled.problems
    assert (problem.code, pulled.exit_status) == ("server-sign-in", Exit.SERVER)
    assert "sai bét" not in repr(pulled)


def test_a_missing_password_is_told(programme: Programme) -> None:
    (problem,) = programme.whole_pull(environ={}).problems
    assert problem.code == "password-missing" and "PASSWORD" in problem.do.en


def test_the_password_is_shown_nowhere(club: Club) -> None:
    central.check_account(club.server)
    (token,) = club.standin.world.sessions
    with pytest.raises(ServerFault) as raised:
        central.extent(club.server, "khong_co")
    for shown in (repr(club.server), repr(raised.value), repr(vars(club.server.http))):
        assert club.standin.password not in shown and token not in shown


def test_the_only_project_is_found_and_of_several_one_has_to_be_named(
    club: Club, standin: Standin
) -> None:
    assert [form.asset for form in central.list_forms(club.server)] == ["meeting"]
    standin.project("Cao Bằng")
    with replace(club.server) as server, pytest.raises(ProblemError) as raised:
        central.check_account(server)
    (problem,) = raised.value.problems
    assert problem.code == "project-unclear" and "Cao Bằng" in problem.what.vi
    with replace(club.server, project=club.project.id) as server:
        central.check_account(server)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "settings-server-user"),
        ('user = "a@b.vn"\nopenrosa_url = "http://x.vn"', "settings-unknown"),
        ('user = "a@b.vn"\nproject = "một"', "settings-type"),
    ],
)
def test_settings_say_what_is_missing(programme: Programme, line: str, code: str) -> None:
    programme.folder.settings.write_text(
        f'[programme]\nname = "x"\n[servers.c]\nkind = "central"\nurl = "http://x.vn"\n{line}\n',
        encoding="utf-8",
    )
    with pytest.raises(ProblemError) as raised:
        load(programme.folder)
    assert [problem.code for problem in raised.value.problems] == [code]
