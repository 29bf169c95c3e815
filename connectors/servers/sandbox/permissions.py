"""What other accounts may do with an asset."""

from typing import Any

from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, FaultError, answer
from connectors.servers.sandbox.auth import asset_above, may
from connectors.servers.sandbox.context import account_link, asset_link, link, sandbox, state
from connectors.servers.sandbox.identity import new_uid
from connectors.servers.sandbox.log import log

blueprint = Blueprint("permissions", __name__)
_LABELS = {
    "add_submissions": "Add submissions",
    "change_asset": "Edit form",
    "change_submissions": "Edit submissions",
    "delete_submissions": "Delete submissions",
    "manage_asset": "Manage project",
    "validate_submissions": "Validate submissions",
    "view_asset": "View form",
    "view_submissions": "View submissions",
}
# a right brings those with it without which it would be of no use
_IMPLIED = {
    "change_submissions": ("view_submissions", "add_submissions", "view_asset"),
    "delete_submissions": ("view_submissions", "view_asset"),
    "validate_submissions": ("view_submissions", "view_asset"),
    "manage_asset": tuple(name for name in _LABELS if name != "manage_asset"),
}


def _shown(asset: str, account: str, name: str, uid: str) -> dict[str, Any]:
    return {
        "url": asset_link(asset, f"permission-assignments/{uid}/"),
        "user": account_link(account),
        "permission": link(f"/api/v2/permissions/{name}/"),
        "label": _LABELS[name],
    }


@blueprint.get("/api/v2/assets/<uid>/permission-assignments/")
def list_assignments(uid: str) -> Response:
    """List who may do what; a bare list, the owner first."""
    asset_above(uid, "manage_asset")
    owner = sandbox().owner
    rows = state().rows("SELECT * FROM permission WHERE asset = ? ORDER BY pk", uid)
    given = [_shown(uid, row["account"], row["name"], row["uid"]) for row in rows]
    return answer([*(_shown(uid, owner, name, new_uid("p")) for name in _LABELS), *given])


@blueprint.post("/api/v2/assets/<uid>/permission-assignments/")
def assign(uid: str) -> Response:
    """Give an account a right."""
    asset_above(uid, "manage_asset")
    body = request.get_json(silent=True) if request.is_json else dict(request.form)
    if not isinstance(body, dict):
        raise FaultError
    name, account = (_last(body.get(key)) for key in ("permission", "user"))
    if name not in _LABELS:
        raise ApiError(400, {"permission": ["Invalid hyperlink - Object does not exist."]})
    if account not in sandbox().tokens:
        raise ApiError(400, {"user": ["Invalid hyperlink - Object does not exist."]})
    with state().write():
        added = grant(uid, account, name)
        about = {"added": added, "removed": [], "username": account}
        log(uid, "modify-user-permissions", log_subtype="permission", permissions=about)
    sql = "SELECT uid FROM permission WHERE asset = ? AND account = ? AND name = ?"
    shown = _shown(uid, account, name, state().value(sql, uid, account, name))
    return answer(shown, 201, {"Location": shown["url"]})


def _last(address: object) -> str:
    return str(address or "").rstrip("/").rpartition("/")[2]


def grant(asset: str, account: str, name: str) -> list[str]:
    """Give an account a right and those it implies; gives the names of the new ones."""
    wanted = [name, *_IMPLIED.get(name, ("view_asset",))]
    new = [one for one in dict.fromkeys(wanted) if not may(account, asset, one)]
    for one in new:
        state().insert("permission", uid=new_uid("p"), asset=asset, account=account, name=one)
    return new


@blueprint.delete("/api/v2/assets/<uid>/permission-assignments/<assignment>/")
def withdraw(uid: str, assignment: str) -> Response:
    """Take a right away again."""
    asset_above(uid, "manage_asset")
    with state().write():
        state().change("DELETE FROM permission WHERE asset = ? AND uid = ?", uid, assignment)
    return Response(status=204)
