"""The files of submissions: listed, given, replaced, removed."""

from typing import Any

from flask import Blueprint, Response, request

from tests.connectors.central.standin.answers import answer, done, file_answer, not_found
from tests.connectors.central.standin.auth import place, submission_of
from tests.connectors.central.standin.history import version_named
from tests.connectors.central.standin.things import Version

blueprint = Blueprint(
    "attachments",
    __name__,
    url_prefix="/v1/projects/<project>/forms/<form>/submissions/<root>",
)


def _version(verb: str, project: str, form: str, root: str, instance: str | None) -> Version:
    submission = submission_of(place(project, form, verb)[1], root)
    return version_named(submission, instance) if instance else submission.current


@blueprint.get("/attachments")
@blueprint.get("/versions/<instance>/attachments")
def listing(instance: str | None = None, **where: str) -> Response:
    files = _version("submission.read", instance=instance, **where).files
    told: list[dict[str, Any]] = [
        {"name": name, "exists": files[name] is not None} for name in sorted(files)
    ]
    return answer(told)


@blueprint.get("/attachments/<path:name>")
@blueprint.get("/versions/<instance>/attachments/<path:name>")
def one(name: str, instance: str | None = None, **where: str) -> Response:
    file = _version("submission.read", instance=instance, **where).files.get(name)
    if file is None:
        raise not_found()
    return file_answer(file[0], file[1], name, how="inline")


@blueprint.post("/attachments/<path:name>")
def put(name: str, **where: str) -> Response:
    return _set(name, (request.get_data(), request.mimetype), where)


@blueprint.delete("/attachments/<path:name>")
def remove(name: str, **where: str) -> Response:
    return _set(name, None, where)


def _set(name: str, file: tuple[bytes, str] | None, where: dict[str, str]) -> Response:
    version = _version("submission.update", instance=None, **where)
    if name not in version.files:
        raise not_found()
    version.files[name] = file
    return done()
