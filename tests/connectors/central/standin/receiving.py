"""Submissions as phones send them: new ones, the same again, late files, edits."""

from flask import Blueprint, Response, request

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import (
    OPENROSA_HEADERS,
    RefusedError,
    not_found,
    openrosa_message,
    unauthenticated,
)
from tests.connectors.central.standin.auth import caller, form_of
from tests.connectors.central.standin.filled import Filled, read_filled
from tests.connectors.central.standin.keeping import (
    Files,
    add,
    definition_of,
    edit,
    out_of_date,
    receive,
    refuse_closed,
    version_of,
)
from tests.connectors.central.standin.openrosa import let_in, may_fill, signed_in
from tests.connectors.central.standin.things import Form, Project, Submission
from tests.connectors.central.standin.world import world

blueprint = Blueprint("receiving", __name__, url_prefix="/v1/key/<key>/projects/<project>")


@blueprint.route("/submission", methods=["HEAD"], provide_automatic_options=False)
@signed_in.route("/submission", methods=["HEAD"], provide_automatic_options=False)
def offer(project: str, key: str = "") -> Response:
    let_in(project)
    response = Response("", 204, OPENROSA_HEADERS)
    del response.headers["Content-Type"]
    return response


@blueprint.post("/submission")
@signed_in.post("/submission")
def submit(project: str, key: str = "") -> Response:
    where = let_in(project)
    part = request.files.get("xml_submission_file")
    if part is None:
        words = "Required multipart POST field xml_submission_file missing."
        raise RefusedError(400.4, words, {"field": "xml_submission_file"})
    files = {
        one.filename or "": (one.read(), one.mimetype)
        for name, one in request.files.items(multi=True)
        if name != "xml_submission_file"
    }
    take(where, read_filled(part.read()), files, caller())
    return openrosa_message("full submission upload was successful!", 201)


def take(project: Project, filled: Filled, files: Files, who: Actor) -> Submission:
    """Take what a phone sends: new, the same again, late files, an edit."""
    form = form_of(project, filled.form_id)
    if not form.published:
        raise not_found()
    if not may_fill(who, form):
        raise unauthenticated()
    refuse_closed(form)
    definition_of(form, filled.version)
    known = _known(form, filled.instance)
    if known is not None:
        return _again(known, filled, files)
    agent, device = request.headers.get("User-Agent"), request.args.get("deviceID")
    if filled.deprecated is None:
        version = version_of(world(), form, filled, who, device, agent)
        return add(world(), project, form, version, files)
    for submission in form.submissions.values():
        if submission.current.instance == filled.deprecated and not submission.deleted:
            version = version_of(world(), form, filled, who, device, agent)
            edit(world(), form, submission, version, files, "")
            return submission
    raise out_of_date(filled.deprecated)


def _known(form: Form, instance: str) -> Submission | None:
    found = form.submissions.get(instance)
    if found is not None:
        return found
    edited = (one for one in form.submissions.values() if len(one.versions) > 1)
    return next((one for one in edited if one.current.instance == instance), None)


def _again(known: Submission, filled: Filled, files: Files) -> Submission:
    if known.deleted:
        words = "This submission has been deleted. You may not resubmit it."
        raise RefusedError(409.17, words)
    same = [one for one in known.versions if one.instance == filled.instance]
    if same[-1].xml != filled.xml:
        words = (
            "A submission already exists with this ID, but with different XML. Resubmissions to "
            "attach additional multimedia must resubmit an identical xml_submission_file."
        )
        raise RefusedError(409.5, words)
    if same[-1] is known.current:
        receive(known, files)
    return known
