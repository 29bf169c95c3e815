"""Accounts beside the owner: no rights until given some, and none after they are taken away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.servers.sandbox import serve


@pytest.fixture
def viewer(tmp_path: Path, token: str, connect: Callable[[str], Any]) -> Any:
    """The owner's client and the one of a second account."""
    with serve(tmp_path / "state", token, accounts={"an": "second-token"}) as running:
        owner, other = connect(running.url), connect(running.url)
        other.session.headers["Authorization"] = "Token second-token"
        yield owner, other


def test_a_right_brings_what_it_needs_and_can_be_taken_away(viewer: Any) -> None:
    owner, other = viewer
    uid = owner.deployed("bieu_nho.xlsx")
    owner.submit(uid, "<ma>1</ma>")
    data = f"/api/v2/assets/{uid}/data/"
    assert other.get("/me/")["username"] == "an"
    assert [other.get("/api/v2/assets/")["count"], other.call("GET", data).status_code] == [0, 404]

    rights = f"/api/v2/assets/{uid}/permission-assignments/"
    wanted = {"permission": "/api/v2/permissions/change_submissions/", "user": "/users/an/"}
    assert owner.call("POST", rights, json=wanted).status_code == 201
    assert other.get(data)["count"] == 1
    assert other.submit(uid, "<ma>2</ma>").status_code == 201
    assert [one["_submitted_by"] for one in owner.records(uid)] == ["owner", "an"]
    assert other.call("GET", rights).status_code == 403

    given = [one["url"] for one in owner.get(rights) if one["user"].endswith("/an/")]
    assert [owner.call("DELETE", url).status_code for url in given] == [204] * len(given)
    assert other.call("GET", data).status_code == 404


def test_only_known_rights_go_to_known_accounts(viewer: Any) -> None:
    owner, _ = viewer
    rights = f"/api/v2/assets/{owner.deployed('bieu_nho.xlsx')}/permission-assignments/"

    def refused(permission: str, user: str) -> Any:
        answer = owner.call("POST", rights, json={"permission": permission, "user": user})
        assert answer.status_code == 400
        return list(answer.json())

    assert refused("/permissions/fly/", "/users/an/") == ["permission"]
    assert refused("/permissions/view_asset/", "/users/nobody/") == ["user"]
