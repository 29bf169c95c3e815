"""Who is calling: the owner, nobody, or somebody with a wrong token."""

import hmac
from sqlite3 import Row

from flask import request

from connectors.servers.sandbox.answers import ApiError, UnknownAddressError, not_found
from connectors.servers.sandbox.context import sandbox, state

_SESSION = {"WWW-Authenticate": "Session"}
NO_CREDENTIALS = "Authentication credentials were not provided."


def is_owner() -> bool:
    """Tell whether the owner calls; False for nobody.

    Raises ApiError 401 for a wrong or an empty token.
    """
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        right = _same(basic.password or "") and basic.username == sandbox().owner
        if not right:
            raise ApiError(401, {"detail": "Invalid username/password."}, _SESSION)
        return True
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Token":  # the Bearer scheme with an API token counts as nobody
        return False
    if not token.strip():
        words = "Invalid token header. No credentials provided."
        raise ApiError(401, {"detail": words}, _SESSION)
    if not _same(token.strip()):
        raise ApiError(401, {"detail": "Invalid token."}, _SESSION)
    return True


def _same(given: str) -> bool:
    # takes the same time for every wrong token
    return hmac.compare_digest(given.encode(), sandbox().token.encode())


def require_owner() -> None:
    """Refuse nobody with 401, as `/me/` and imports do."""
    if not is_owner():
        raise ApiError(401, {"detail": NO_CREDENTIALS}, _SESSION)


def find_asset(uid: str) -> Row | None:
    """Give an asset, or None."""
    return state().row("SELECT * FROM asset WHERE uid = ?", uid)


def own_asset(uid: str) -> Row:
    """Give the owner's asset; raises the JSON 404 for nobody and for an unknown uid."""
    asset = find_asset(uid) if is_owner() else None
    if asset is None:
        raise not_found()
    return asset


def asset_above(uid: str) -> Row:
    """Give the asset above data, files and the like.

    An unknown uid is answered before the token is looked at, and not as JSON.
    """
    asset = find_asset(uid)
    if asset is None:
        raise UnknownAddressError
    if not is_owner():
        raise not_found()
    return asset


def deployed_asset(uid: str) -> Row:
    """Give the asset above its data; raises ApiError 400 before its first deployment."""
    asset = asset_above(uid)
    if asset["form_uuid"] is None:
        raise ApiError(400, {"detail": "The specified asset has not been deployed"})
    return asset
