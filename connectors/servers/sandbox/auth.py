"""Who is calling, and what the caller may do with an asset."""

import hmac
from sqlite3 import Row

from flask import request

from connectors.servers.sandbox.answers import ApiError, UnknownAddressError, not_found
from connectors.servers.sandbox.context import sandbox, state

_SESSION = {"WWW-Authenticate": "Session"}
NO_CREDENTIALS = "Authentication credentials were not provided."


def caller() -> str | None:
    """Give the name of the account that calls, None for nobody.

    Raises ApiError 401 for a wrong or an empty token.
    """
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        named = _named(basic.password or "")
        if named is None or basic.username != named:
            raise ApiError(401, {"detail": "Invalid username/password."}, _SESSION)
        return named
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Token":  # the Bearer scheme with an API token counts as nobody
        return None
    if not token.strip():
        words = "Invalid token header. No credentials provided."
        raise ApiError(401, {"detail": words}, _SESSION)
    named = _named(token.strip())
    if named is None:
        raise ApiError(401, {"detail": "Invalid token."}, _SESSION)
    return named


def _named(given: str) -> str | None:
    # takes the same time for every wrong token
    fitting = [
        name
        for name, token in sandbox().tokens.items()
        if hmac.compare_digest(given.encode(), token.encode())
    ]
    return fitting[0] if fitting else None


def require_caller() -> str:
    """Give the caller's name; refuses nobody with 401, as `/me/` and imports do."""
    name = caller()
    if name is None:
        raise ApiError(401, {"detail": NO_CREDENTIALS}, _SESSION)
    return name


def may(name: str | None, asset: str, right: str) -> bool:
    """Tell whether an account has a right on an asset; its owner has all."""
    if name == sandbox().owner:
        return True
    sql = "SELECT count(*) FROM permission WHERE asset = ? AND account = ? AND name = ?"
    return bool(state().value(sql, asset, name, right))


def refuse() -> ApiError:
    """Give the 403 of somebody who may see a thing but not do this with it."""
    return ApiError(403, {"detail": "You do not have permission to perform this action."})


def _require(asset: str, seen_with: str, right: str) -> None:
    name = caller()
    if not may(name, asset, seen_with):
        raise not_found()
    if not may(name, asset, right):
        raise refuse()


def find_asset(uid: str) -> Row | None:
    """Give an asset, or None."""
    return state().row("SELECT * FROM asset WHERE uid = ?", uid)


def own_asset(uid: str, right: str = "view_asset") -> Row:
    """Give an asset on which the caller has a right.

    Raises the JSON 404 for an unknown uid and where the caller may not see the asset, 403
    where only the named right is missing.
    """
    asset = find_asset(uid)
    if asset is None:
        caller()  # a wrong token is told first
        raise not_found()
    _require(uid, "view_asset", right)
    return asset


def asset_above(uid: str, right: str = "view_asset", *, seen_with: str = "view_asset") -> Row:
    """Give the asset above data, files and the like; as `own_asset`.

    An unknown uid is answered before the token is looked at, and not as JSON.
    """
    asset = find_asset(uid)
    if asset is None:
        raise UnknownAddressError
    _require(uid, seen_with, right)
    return asset


def deployed_asset(uid: str, right: str = "view_submissions") -> Row:
    """Give the asset above its data; raises ApiError 400 before its first deployment."""
    asset = asset_above(uid, right, seen_with="view_submissions")
    if asset["form_uuid"] is None:
        raise ApiError(400, {"detail": "The specified asset has not been deployed"})
    return asset
