"""Submissions as they are kept: new ones, edits, late files, and the marks of a change."""

from typing import Any
from urllib.parse import unquote

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import RefusedError
from tests.connectors.central.standin.filled import Filled, named_files
from tests.connectors.central.standin.things import Definition, Form, Project, Submission, Version
from tests.connectors.central.standin.world import World

Files = dict[str, tuple[bytes, str]]


def version_of(
    here: World, form: Form, filled: Filled, who: Actor, device: str | None, agent: str | None
) -> Version:
    """Make a version of a submission; raises RefusedError where the form's version is unknown."""
    definition = definition_of(form, filled.version)
    files = dict.fromkeys(named_files(filled.xml, definition.schema))
    return Version(
        here.number("submissionDef"),
        filled.instance,
        filled.name,
        filled.xml,
        here.now(),
        who,
        device,
        agent,
        filled.version,
        {**files},
    )


def definition_of(form: Form, version: str) -> Definition:
    found = form.of_version(version)
    if found is None:
        words = f"The form version specified in this submission '{version}' does not exist."
        # recorded by OpenRosa only, which tells no code
        raise RefusedError(404.1, words)
    return found


def refuse_closed(form: Form) -> None:
    if form.state == "closed":
        words = (
            "This form is not currently accepting submissions. Please talk to your program staff "
            "if this is unexpected."
        )
        raise RefusedError(409.2, words)


def changed(here: World, submission: Submission) -> None:
    """Mark a change that ETags see."""
    submission.event = here.number("event")


def noted(
    here: World, form: Form, submission: Submission, who: Actor, action: str, **details: Any
) -> dict[str, Any]:
    """Write an entry of the submission's log; gives it."""
    entry = {
        "actorId": who.id,
        "action": action,
        "acteeId": form.actee,
        "details": details
        | {"submissionId": submission.id, "submissionDefId": submission.current.id},
        "loggedAt": here.now(),
        "notes": None,
    }
    submission.audits.insert(0, entry)
    return entry


def add(here: World, project: Project, form: Form, version: Version, files: Files) -> Submission:
    """Keep a new submission."""
    submission = Submission(here.number("submission"), [version], version.created)
    form.submissions[submission.root] = submission
    changed(here, submission)
    receive(submission, files)
    details = {"instanceId": version.instance}
    noted(here, form, submission, version.submitter, "submission.create", **details)
    here.pending.append((project, form, submission))
    return submission


def edit(
    here: World, form: Form, submission: Submission, version: Version, files: Files, notes: str
) -> None:
    """Replace a submission's content; its files stay where the new content names them."""
    before = submission.current
    for name in version.files:
        version.files[name] = before.files.get(name)
    submission.versions.append(version)
    submission.updated, submission.review = version.created, "edited"
    submission.cached.clear()
    changed(here, submission)
    receive(submission, files)
    details = {"instanceId": version.instance}
    entry = noted(here, form, submission, version.submitter, "submission.update.version", **details)
    entry["notes"] = unquote(notes) or None


def receive(submission: Submission, files: Files) -> None:
    """Keep the files that the submission names; others are dropped. No change for ETags."""
    kept = submission.current.files
    for name, file in files.items():
        if name in kept:
            kept[name] = file


def out_of_date(deprecated: str) -> RefusedError:
    words = (
        f"You tried to update a submission, but the copy you were editing ({deprecated}) is now "
        "out of date. Please get the new version that has been submitted, and make your edits "
        "again."
    )
    return RefusedError(409.9, words, {"deprecatedId": deprecated})
