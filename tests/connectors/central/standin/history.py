"""What happened to a submission: comments, its log, its versions."""

from flask import Blueprint, Response

from tests.connectors.central.standin.answers import answer, missing, not_found, text_answer
from tests.connectors.central.standin.auth import body, caller, place, submission_of
from tests.connectors.central.standin.projects import extended
from tests.connectors.central.standin.submissions import version_told
from tests.connectors.central.standin.things import Submission, Version
from tests.connectors.central.standin.world import world

blueprint = Blueprint(
    "history",
    __name__,
    url_prefix="/v1/projects/<project>/forms/<form>/submissions/<root>",
)


@blueprint.get("/comments")
def comments(project: str, form: str, root: str) -> Response:
    submission = submission_of(place(project, form, "submission.read")[1], root)
    people = world().actors
    return answer(
        [
            one | ({"actor": people[one["actorId"]].told()} if extended() else {})
            for one in submission.comments
        ]
    )


@blueprint.post("/comments")
def comment(project: str, form: str, root: str) -> Response:
    submission = submission_of(place(project, form, "submission.update")[1], root)
    text = body().get("body")
    if not text:
        raise missing("body")
    told = {"body": text, "actorId": caller().id, "createdAt": world().now()}
    submission.comments.insert(0, told)
    return answer(told)


@blueprint.get("/audits")
def audits(project: str, form: str, root: str) -> Response:
    return answer(submission_of(place(project, form, "submission.read")[1], root).audits)


@blueprint.get("/versions")
def versions(project: str, form: str, root: str) -> Response:
    submission = submission_of(place(project, form, "submission.read")[1], root)
    return answer([version_told(one, submission) for one in reversed(submission.versions)])


@blueprint.get("/versions/<instance>.xml")
def version_xml(project: str, form: str, root: str, instance: str) -> Response:
    submission = submission_of(place(project, form, "submission.read")[1], root)
    return text_answer(version_named(submission, instance).xml, "application/xml")


def version_named(submission: Submission, instance: str) -> Version:
    for one in submission.versions:
        if one.instance == instance:
            return one
    raise not_found()
