"""Who asks: the account, and the forms that it sees."""

import pytest

from connectors.servers.faults import ServerFault
from programme.problem import Exit, ProblemError
from tests.connectors.contract.conftest import Workbook
from tests.connectors.contract.people import People


def test_the_account_has_a_name(there: People) -> None:
    assert there.ask.check_account(there.server)


def test_a_wrong_secret_is_told_and_never_shown(there: People) -> None:
    with there.again(token="sai-be-bet-012345") as stranger:
        with pytest.raises(ServerFault) as raised:
            there.ask.check_account(stranger)
        assert raised.value.code in ("server-token", "server-sign-in")
        assert raised.value.exit_status == Exit.SERVER
        for shown in (repr(stranger), repr(raised.value), repr(vars(stranger.http))):
            assert "sai-be-bet" not in shown


def test_a_form_is_listed_once_with_what_it_holds(club: People, form_id: str) -> None:
    for _ in range(2):
        club.send()
    (form,) = [each for each in club.ask.list_forms(club.server) if each.asset == club.asset]
    assert (form.form_id, form.name, form.deployed) == (form_id, "Họp câu lạc bộ", True)
    assert form.version and form.submissions == 2


def test_a_form_that_phones_never_had_is_listed_as_such(
    there: People, form_id: str, workbook: Workbook
) -> None:
    with pytest.raises(ProblemError):  # its list is missing, or it cannot be compiled
        there.ask.deploy_form(there.server, workbook(*BROKEN), form_id, [])
    found = [each for each in there.ask.list_forms(there.server) if each.form_id == form_id]
    assert all((each.version, each.deployed) == ("", False) for each in found)


BROKEN = ({"type": "calculate", "name": "sum", "label": "x", "calculation": "${nothing} + 1"},)
