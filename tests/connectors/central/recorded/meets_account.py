"""The account: sessions, and whose it is."""

import pytest

from connectors.servers import central
from connectors.servers.faults import ServerFault
from programme.problem import ProblemError
from tests.connectors.central.recorded.scene import KEY, Scene

CURRENT = "/v1/users/current"
OK = 200


def signs_in(scene: Scene) -> None:
    scene.beside("GET", CURRENT, {"displayName": "Bà Hoa"})
    with scene.account(1) as server:
        if scene.status == OK:
            assert central.check_account(server) == "Bà Hoa"
            return
        with pytest.raises(ServerFault) as raised:
            central.check_account(server)
        assert (raised.value.code, raised.value.status) == ("server-sign-in", scene.status)


def signs_out(scene: Scene) -> None:
    scene.beside("GET", CURRENT, {"displayName": "Bà Hoa"})
    with scene.account(1) as server:
        central.check_account(server)
        assert not scene.asked
    assert scene.asked[-1].headers["Authorization"] == f"Bearer {KEY}"


def who(scene: Scene) -> None:
    name = scene.reads(lambda: central.check_account(scene.server))
    assert name is None or name == scene.told["displayName"]


def projects(scene: Scene) -> None:
    scene.beside("GET", CURRENT, {"displayName": "Bà Hoa"})
    with scene.account() as server:
        if scene.status == OK and len(scene.told) != 1:
            with pytest.raises(ProblemError) as raised:
                central.check_account(server)
            (problem,) = raised.value.problems
            assert problem.code == "project-unclear"
            assert all(each["name"] in problem.what.vi for each in scene.told)
            return
        scene.reads(lambda: central.check_account(server))
        if scene.status == OK:
            (only,) = scene.told
            assert server.phones == f"{scene.url}/v1/projects/{only['id']}"
