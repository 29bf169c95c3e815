"""Projects and the app users of each."""

from typing import Any

from flask import Blueprint, Response, request

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import (
    answer,
    done,
    exists,
    missing,
    not_found,
    wrong_type,
)
from tests.connectors.central.standin.auth import (
    body,
    caller,
    form_of,
    need,
    place,
    project_of,
    verbs_of,
)
from tests.connectors.central.standin.things import Project
from tests.connectors.central.standin.world import APP_USER_EXPIRES, world

blueprint = Blueprint("projects", __name__, url_prefix="/v1/projects")
APP_USER_ROLE = 2


def extended() -> bool:
    return request.headers.get("X-Extended-Metadata") == "true"


def _told(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "name": project.name,
        "description": project.description,
        "archived": project.archived,
        "keyId": None,
        "createdAt": project.created,
        "updatedAt": project.updated,
        "deletedAt": project.deleted,
    }


@blueprint.get("")
def projects() -> Response:
    actor = caller()
    live = sorted((one for one in world().projects.values() if not one.deleted), key=_by_name)
    seen = [(one, verbs_of(actor, one)) for one in live]
    return answer([_told(one) | {"verbs": verbs} for one, verbs in seen if verbs])


def _by_name(project: Project) -> str:
    return project.name.casefold()


@blueprint.post("")
def create() -> Response:
    need("project.create")
    name = body().get("name")
    if not name:
        raise missing("name")
    return answer(_told(world().add_project(name)))


@blueprint.get("/<project>")
def one_project(project: str) -> Response:
    found = project_of(project, "project.read")
    if not extended():
        return answer(_told(found))
    live = [form for form in found.forms if not form.deleted]
    rows = [row.created for form in live for row in form.submissions.values()]
    entities = [one.created for each in found.datasets.values() for one in each.entities.values()]
    counts = {
        "verbs": verbs_of(caller(), found),
        "forms": len(live),
        "appUsers": len(found.app_users),
        "datasets": len(found.datasets),
        "lastSubmission": max(rows, default=None),
        "lastEntity": max(entities, default=None),
    }
    return answer(_told(found) | counts)


@blueprint.patch("/<project>")
def change(project: str) -> Response:
    found, given = project_of(project, "project.update"), body()
    if not isinstance(given.get("archived"), bool | None):
        raise wrong_type(str(given["archived"]), "type boolean")
    found.name = given.get("name", found.name)
    found.description = given.get("description", found.description)
    found.archived = given.get("archived", found.archived)
    found.updated = world().now()
    return answer(_told(found))


@blueprint.delete("/<project>")
def delete(project: str) -> Response:
    found = project_of(project, "project.delete")
    found.deleted = world().now()
    for dataset in found.datasets.values():
        world().foreign_uuids |= set(dataset.entities)
    return done()


def _app_user(actor: Actor, project: Project) -> dict[str, Any]:
    return actor.told() | {"projectId": project.id, "token": actor.token}


@blueprint.get("/<project>/app-users")
def app_users(project: str) -> Response:
    found = project_of(project, "field_key.list")
    told = [_app_user(one, found) for one in found.app_users]
    if extended():
        owner = next(one for one in world().actors.values() if one.admin)
        more = {"createdBy": owner.told(), "lastUsed": None, "properties": None}
        told = [one | more | {"lastUsed": _last_sent(found, one["id"])} for one in told]
    return answer(told)


def _last_sent(project: Project, number: int) -> str | None:
    """Give when an app user sent something last; only that of a new one was recorded."""
    rows = (row for form in project.forms for row in form.submissions.values())
    return max((row.created for row in rows if row.current.submitter.id == number), default=None)


@blueprint.post("/<project>/app-users")
def add_app_user(project: str) -> Response:
    found = project_of(project, "field_key.create")
    name = body().get("displayName")
    if not name:
        raise missing("displayName")
    actor = world().add_app_user(found, name)
    more = {"csrf": (actor.token or "")[::-1], "expiresAt": APP_USER_EXPIRES}
    return answer(_app_user(actor, found) | more)


@blueprint.delete("/<project>/app-users/<int:number>")
def remove_app_user(project: str, number: int) -> Response:
    found = project_of(project, "field_key.delete")
    actor = next((one for one in found.app_users if one.id == number), None)
    if actor is None:
        raise not_found()
    found.app_users.remove(actor)
    world().sessions.pop(actor.token or "", None)
    return done()


@blueprint.get("/<project>/forms/<form>/assignments")
def assignments(project: str, form: str) -> Response:
    _, found = place(project, form, "assignment.list")
    return answer([{"actorId": actor, "roleId": role} for actor, role in found.roles])


@blueprint.route("/<project>/forms/<form>/assignments/app-user/<int:number>", methods=["POST"])
def assign(project: str, form: str, number: int) -> Response:
    found = form_of(project_of(project, "assignment.create"), form)
    if number not in world().actors:
        raise not_found()
    if (number, APP_USER_ROLE) in found.roles:
        values = [str(number), str(APP_USER_ROLE), found.actee]
        raise exists("assignments", ["actorId", "roleId", "acteeId"], values)
    found.roles.append((number, APP_USER_ROLE))
    return done()


@blueprint.route("/<project>/forms/<form>/assignments/app-user/<int:number>", methods=["DELETE"])
def withdraw(project: str, form: str, number: int) -> Response:
    found = form_of(project_of(project, "assignment.delete"), form)
    if (number, APP_USER_ROLE) not in found.roles:
        raise not_found()
    found.roles.remove((number, APP_USER_ROLE))
    return done()
