"""Files that come with a submission, matched to the answers that name them."""

import hashlib
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

import orjson

from connectors.servers.sandbox.context import sandbox, state
from connectors.servers.sandbox.forms import paths_of
from connectors.servers.sandbox.identity import new_uid
from connectors.servers.sandbox.instance import FileAnswer, file_answers, same_name
from connectors.servers.sandbox.media import guess_type


class ConflictError(Exception):
    """A file of a known name comes with other bytes."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One received file under the name that its answer gives."""

    name: str
    mimetype: str
    content: bytes


def uploads(files: Any) -> list[Upload]:
    """List the files of a request beside the XML; of two with one name the last counts."""
    found = {}
    for field, part in files.items(multi=True):
        if field != "xml_submission_file" and part.filename:
            kind = part.mimetype or guess_type(part.filename)
            found[part.filename] = Upload(part.filename, kind, part.read())
    return list(found.values())


def add_files(form: Row, submission: int, files: list[Upload]) -> int:
    """Keep the files that an answer names; gives how many are new.

    Files that no answer names are dropped, as on the real server. Raises ConflictError.
    """
    if not files:
        return 0
    sql = "SELECT answers FROM submission WHERE id = ?"
    answers = orjson.loads(state().value(sql, submission))
    places = file_answers(answers, paths_of(form))
    new = 0
    for upload in files:
        place = next((one for one in places if same_name(one.name, upload.name)), None)
        if place is not None and not _known(submission, upload):
            _add(submission, place, upload)
            new += 1
    return new


def _known(submission: int, upload: Upload) -> bool:
    sql = "SELECT content FROM attachment WHERE submission = ? AND name = ? AND deleted = 0"
    content = state().value(sql, submission, upload.name)
    if content is None:
        return False
    if content != hashlib.sha256(upload.content).hexdigest():
        raise ConflictError
    return True


def _add(submission: int, place: FileAnswer, upload: Upload) -> None:
    state().insert(
        "attachment",
        uid=new_uid("att"),
        submission=submission,
        name=upload.name,
        mimetype=upload.mimetype,
        content=state().keep(upload.content),
        size=len(upload.content),
        created=sandbox().now(),
        xpath=place.xpath,
        top_key=place.top_key,
    )


def place_files(form: Row, submission: int, answers: dict[str, Any]) -> None:
    """After an edit: files that no answer names any more go, the others get their place."""
    places = file_answers(answers, paths_of(form))
    sql = "SELECT * FROM attachment WHERE submission = ? AND deleted = 0"
    for row in state().rows(sql, submission):
        place = next((one for one in places if same_name(one.name, row["name"])), None)
        if place is None:
            state().change("DELETE FROM attachment WHERE pk = ?", row["pk"])
            state().prune([row["content"]])
        elif (place.xpath, place.top_key) != (row["xpath"], row["top_key"]):
            state().change(
                "UPDATE attachment SET xpath = ?, top_key = ? WHERE pk = ?",
                place.xpath,
                place.top_key,
                row["pk"],
            )
