"""Signing in and out, and who one is."""

from flask import Blueprint, Response, g, request

from tests.connectors.central.standin.answers import (
    RefusedError,
    answer,
    done,
    forbidden,
    not_found,
    unauthenticated,
)
from tests.connectors.central.standin.auth import VERBS, body, caller
from tests.connectors.central.standin.world import world

blueprint = Blueprint("sessions", __name__, url_prefix="/v1")


@blueprint.post("/sessions")
def sign_in() -> Response:
    given = body()
    email, password = given.get("email"), given.get("password")
    if not email or not password:
        raise _incomplete(given)
    for actor in world().actors.values():
        if actor.type == "user" and (actor.name, actor.password) == (email, password):
            token, session = world().session(actor)
            actor.logged_in = session.created
            told = {"token": token, "csrf": token[::-1], "expiresAt": session.expires}
            return answer(told | {"createdAt": session.created})
    raise unauthenticated()


def _incomplete(given: dict[str, object]) -> RefusedError:
    names = ("email", "password")
    got = ", ".join(f"{n}: '{given[n]}'" if given.get(n) else f"{n}: undefined" for n in names)
    words = f"Required parameters missing. Expected (email, password), got ({got})."
    return RefusedError(400.3, words, {"expected": list(names), "got": given})


@blueprint.get("/sessions/restore")
def restore() -> Response:
    caller()
    return answer({"createdAt": g.session.created, "expiresAt": g.session.expires})


@blueprint.delete("/sessions/current")
def sign_out() -> Response:
    caller()
    kept = {key: one for key, one in world().sessions.items() if one is not g.session}
    world().sessions = kept
    return done()


@blueprint.delete("/sessions/<token>")
def revoke(token: str) -> Response:
    if not caller().admin:
        raise forbidden()
    session = world().sessions.pop(token, None)
    if session is None:
        raise not_found()
    session.actor.token = None
    return done()


@blueprint.get("/users/current")
def current_user() -> Response:
    actor = caller()
    told = actor.told() | {"email": actor.name, "lastLoginAt": actor.logged_in}
    if request.headers.get("X-Extended-Metadata") == "true":
        told |= {
            "verbs": VERBS if actor.admin else [],
            "preferences": {"site": {}, "projects": {}},
        }
    return answer(told)
