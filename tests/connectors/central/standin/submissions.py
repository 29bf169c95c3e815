"""Submissions by REST: sent, listed, read, edited, reviewed, thrown away and taken back."""

from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Response, g, request

from tests.connectors.central.standin.answers import (
    RefusedError,
    answer,
    done,
    exists,
    not_found,
    text_answer,
    unexpected,
)
from tests.connectors.central.standin.auth import body, caller, place, submission_of
from tests.connectors.central.standin.events import event_etag, newest_first
from tests.connectors.central.standin.filled import read_filled
from tests.connectors.central.standin.keeping import (
    add,
    changed,
    edit,
    noted,
    out_of_date,
    refuse_closed,
    version_of,
)
from tests.connectors.central.standin.projects import extended
from tests.connectors.central.standin.things import Submission, Version
from tests.connectors.central.standin.world import world

blueprint = Blueprint(
    "submissions", __name__, url_prefix="/v1/projects/<project>/forms/<form>/submissions"
)
_STATES = (None, "approved", "edited", "hasIssues", "rejected")


def _short(submission: Submission) -> dict[str, Any]:
    first = submission.versions[0]
    return {
        "instanceId": submission.root,
        "submitterId": first.submitter.id,
        "deviceId": first.device,
        "createdAt": submission.created,
        "updatedAt": submission.updated,
        "reviewState": submission.review,
        "deletedAt": submission.deleted,
    }


def _told(submission: Submission) -> dict[str, Any]:
    now = version_told(submission.current, submission)
    told = _short(submission) | {"userAgent": submission.versions[0].agent, "currentVersion": now}
    if extended():
        told["submitter"] = submission.versions[0].submitter.told()
    return told


def version_told(version: Version, submission: Submission) -> dict[str, Any]:
    told = version.told(current=version is submission.current)
    return told | ({"submitter": version.submitter.told()} if extended() else {})


@blueprint.post("")
def create(project: str, form: str) -> Response:
    where, found = place(project, form, "submission.create")
    filled = read_filled(request.get_data())
    if filled.form_id != found.xml_id:
        reason = f"did not match the form ID in the URL ({found.xml_id})"
        raise unexpected("form ID", filled.form_id, reason)
    refuse_closed(found)
    if filled.instance in found.submissions:
        values = [str(found.id), filled.instance, "f"]
        raise exists("submissions", ["formId", "instanceId", "draft"], values)
    agent, device = request.headers.get("User-Agent"), request.args.get("deviceID")
    version = version_of(world(), found, filled, caller(), device, agent)
    told = _told(add(world(), where, found, version, {}))
    del told["reviewState"], told["deletedAt"]
    return answer(told)


@blueprint.get("")
def listing(project: str, form: str) -> Response:
    _, found = place(project, form, "submission.list")
    deleted = request.args.get("deleted") == "true"
    rows = newest_first(found, lambda one: bool(one.deleted) == deleted)
    start, limit = request.args.get("offset", 0, int), request.args.get("limit", None, int)
    rows = rows[start:][: len(rows) if limit is None else limit]
    if (same := event_etag(rows)) is not None:
        return same
    return answer([_told(one) for one in rows], headers={"ETag": g.etag})


@blueprint.get("/submitters")
def submitters(project: str, form: str) -> Response:
    _, found = place(project, form, "submission.list")
    people = {one.versions[0].submitter.id: one for one in found.submissions.values()}
    return answer([one.versions[0].submitter.told() for one in people.values()])


@blueprint.get("/keys")
def keys(project: str, form: str) -> Response:
    place(project, form, "submission.list")
    return answer([])


@blueprint.get("/<root>")
def one(project: str, form: str, root: str) -> Response:
    _, found = place(project, form, "submission.read")
    if root.endswith(".xml"):
        submission = submission_of(found, root.removesuffix(".xml"))
        return text_answer(submission.current.xml, "application/xml")
    return answer(_told(submission_of(found, root)))


@blueprint.put("/<root>")
def replace(project: str, form: str, root: str) -> Response:
    _, found = place(project, form, "submission.update")
    submission, filled = submission_of(found, root), read_filled(request.get_data())
    if filled.deprecated is None:
        words = (
            "This PUT endpoint expects a deprecatedID metadata tag pointing at the current "
            "version instanceID. I cannot find that tag in your request."
        )
        raise RefusedError(400.19, words)
    if filled.deprecated != submission.current.instance:
        raise out_of_date(filled.deprecated)
    versions = (one for each in found.submissions.values() for one in each.versions)
    if any(one.instance == filled.instance for one in versions):
        details = {"fields": "instanceID", "values": filled.instance}
        error = exists("", ["instanceID"], [filled.instance])
        raise RefusedError(error.code, error.message, details)
    agent, device = request.headers.get("User-Agent"), request.args.get("deviceID")
    version = version_of(world(), found, filled, caller(), device, agent)
    edit(world(), found, submission, version, {}, request.headers.get("X-Action-Notes", ""))
    return answer(_told(submission))


@blueprint.patch("/<root>")
def review(project: str, form: str, root: str) -> Response:
    _, found = place(project, form, "submission.update")
    submission = submission_of(found, root)
    state = body().get("reviewState")
    if state not in _STATES:
        raise unexpected("state", state, "not a recognized state name")
    submission.review, submission.updated = state, world().now()
    changed(world(), submission)
    entry = noted(world(), found, submission, caller(), "submission.update", reviewState=state)
    entry["notes"] = _note()
    return answer(_short(submission))


def _note() -> str | None:
    return unquote(request.headers.get("X-Action-Notes", "")) or None


@blueprint.delete("/<root>")
def delete(project: str, form: str, root: str) -> Response:
    _, found = place(project, form, "submission.delete")
    submission = submission_of(found, root)
    submission.deleted = world().now()
    changed(world(), submission)
    noted(world(), found, submission, caller(), "submission.delete", instanceId=root)
    return done()


@blueprint.post("/<root>/restore")
def restore(project: str, form: str, root: str) -> Response:
    _, found = place(project, form, "submission.restore")
    submission = found.submissions.get(root)
    if submission is None or not submission.deleted:
        raise not_found()
    submission.deleted = None
    changed(world(), submission)
    noted(world(), found, submission, caller(), "submission.restore", instanceId=root)
    return done()
