"""Who asks, and what they may."""

from typing import Any

from flask import g, request

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import (
    RefusedError,
    forbidden,
    not_found,
    unauthenticated,
    wrong_type,
)
from tests.connectors.central.standin.things import Definition, Form, Project, Submission
from tests.connectors.central.standin.world import world

VERBS = sorted(
    f"{thing}.{verb}"
    for thing, verbs in {
        "actor_property": "list update",
        "analytics": "read",
        "assignment": "create delete list",
        "audit": "read",
        "backup": "run",
        "config": "read set",
        "dataset": "create delete list read update",
        "entity": "create delete list read restore update",
        "field_key": "create delete list update",
        "form": "create delete list read restore update",
        "project": "create delete read update",
        "public_link": "create delete list read update",
        "role": "create delete update",
        "session": "end",
        "submission": "create delete list read restore update",
        "user": "create delete list password.invalidate read update",
    }.items()
    for verb in verbs.split()
)
VIEWER_VERBS = [
    verb
    for verb in VERBS
    if verb.partition(".")[0] in ("actor_property", "dataset", "entity", "form", "submission")
    and verb.endswith((".list", ".read"))
] + ["project.read"]


def identify(key: str | None) -> None:
    """Find out who asks, by the key in the address or the header; refuses what is not known."""
    g.actor = None
    given = request.headers.get("Authorization", "")
    if key is not None:
        session = world().sessions.get(key)
        if session is None:
            raise forbidden()
        g.actor = session.actor
    elif given.startswith("Basic "):
        g.actor = _by_password()
    elif given:
        session = world().sessions.get(given.removeprefix("Bearer "))
        if session is None or session.expires <= world().now():
            raise unauthenticated()
        g.actor = session.actor
        g.session = session


def _by_password() -> Actor:
    if request.headers.get("X-Forwarded-Proto") != "https":
        words = "This authentication method is only available over HTTPS"
        raise RefusedError(401.3, words)
    given = request.authorization
    for actor in world().actors.values():
        told = (given.username, given.password) if given else None
        if actor.type == "user" and told == (actor.name, actor.password):
            return actor
    raise unauthenticated()


def caller() -> Actor:
    if g.actor is None:
        raise unauthenticated()
    found: Actor = g.actor
    return found


def verbs_of(actor: Actor, project: Project | None) -> list[str]:
    if actor.admin:
        return VERBS
    return VIEWER_VERBS if project and project.id in actor.projects else []


def need(verb: str, project: Project | None = None) -> Actor:
    """Give the caller, who must have a right, in a project or everywhere."""
    if g.actor is None:
        raise unauthenticated()
    if verb not in verbs_of(g.actor, project):
        raise forbidden()
    return caller()


def project_of(text: str, verb: str) -> Project:
    """Find a project, by its number, in which the caller has a right."""
    if not text.isdecimal():
        raise wrong_type(text, "type integer")
    found = world().projects.get(int(text))
    if found is None or found.deleted:
        raise not_found()
    need(verb, found)
    return found


def form_of(project: Project, name: str) -> Form:
    for form in project.forms:
        if form.xml_id == name and not form.deleted:
            return form
    raise not_found()


def place(project: str, form: str, verb: str) -> tuple[Project, Form]:
    found = project_of(project, verb)
    return found, form_of(found, form)


def draft_of(form: Form) -> Definition:
    if form.draft is None:
        raise not_found()
    return form.draft


def submission_of(form: Form, root: str) -> Submission:
    found = form.submissions.get(root)
    if found is None or found.deleted:
        raise not_found()
    return found


def body() -> dict[str, Any]:
    """Give the request's JSON."""
    given = request.get_data(as_text=True)
    try:
        found = request.get_json(force=True) if given else {}
    except Exception as error:
        words = f"Could not parse the given data ({len(given)} chars) as json."
        raise RefusedError(400.1, words, {"format": "json", "rawLength": len(given)}) from error
    return found if isinstance(found, dict) else {}
