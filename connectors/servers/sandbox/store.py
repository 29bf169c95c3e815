"""Submissions in the state: added, edited, deleted, found."""

import re
from sqlite3 import Row

import orjson

from connectors.servers.sandbox.answers import FaultError
from connectors.servers.sandbox.attach import Upload, add_files, place_files
from connectors.servers.sandbox.auth import require_caller
from connectors.servers.sandbox.context import sandbox, state
from connectors.servers.sandbox.forms import paths_of
from connectors.servers.sandbox.instance import Answers, Instance, geolocation, read_answers
from connectors.servers.sandbox.log import log_submission


def one(asset: str, number: int) -> Row:
    """Give a submission that is known to exist."""
    row = state().row("SELECT * FROM submission WHERE asset = ? AND id = ?", asset, number)
    assert row is not None
    return row


def find(asset: str, name: str) -> Row | None:
    """Find a submission by `_id`, current uuid or root uuid (with or without ``uuid:``).

    The older release knows no root uuids here, and breaks where there is nothing.
    """
    if sandbox().older:
        return _find_as_before(asset, name)
    if re.fullmatch(r"\d{1,18}", name):
        sql = "SELECT * FROM submission WHERE asset = ? AND id = ?"
        return state().row(sql, asset, int(name))
    uuid = name.removeprefix("uuid:")
    sql = "SELECT * FROM submission WHERE asset = ? AND (uuid = ? OR root_uuid = ?) ORDER BY id"
    return state().row(sql, asset, uuid, uuid)


def _find_as_before(asset: str, name: str) -> Row | None:
    if name.startswith("uuid:"):
        return None
    sql = "SELECT * FROM submission WHERE asset = ? AND (id = ? OR uuid = ?)"
    row = state().row(sql, asset, name, name)
    if row is None:
        raise FaultError
    return row


def anywhere(name: str) -> Row | None:
    """Find a submission by its `_id` in whatever form, as the older release does."""
    if not name.isdecimal():
        raise FaultError
    return state().row("SELECT * FROM submission WHERE id = ?", int(name))


def _answers(form: Row, instance: Instance) -> tuple[Answers, str]:
    paths = paths_of(form)
    answers = read_answers(instance.root, paths)
    answers.pop("meta/rootUuid", None)  # every record gets it, edited or not
    return answers, orjson.dumps(geolocation(answers, paths)).decode()


def add_submission(form: Row, instance: Instance, files: list[Upload]) -> Row:
    """Keep a new submission with its files, inside the running transaction."""
    uid, now, sender = form["uid"], sandbox().now(), require_caller()
    answers, place = _answers(form, instance)
    number = state().insert(
        "submission",
        asset=uid,
        uuid=instance.uuid,
        root_uuid=instance.uuid,
        xform_id=instance.form_id,
        xml=instance.xml,
        hash=instance.hash,
        answers=orjson.dumps(answers),
        geolocation=place,
        received=now,
        completed=now,
        submitted_by=sender,
    )
    add_files(form, number, files)
    state().change("UPDATE asset SET last_received = ? WHERE uid = ?", now, uid)
    state().change(
        "INSERT INTO daily_count VALUES (?, ?, 1)"
        " ON CONFLICT (asset, day) DO UPDATE SET count = count + 1",
        uid,
        now[:10],
    )
    log_submission(uid, "add-submission", instance.uuid or "", sender)
    return one(uid, number)


def edit_submission(form: Row, before: Row, instance: Instance, files: list[Upload]) -> Row:
    """Replace a submission by its edited form: `_id` stays, the uuid is new.

    Raises ConflictError for a known file name with other bytes; then nothing may be kept.
    """
    uid, number = form["uid"], before["id"]
    if instance.uuid is None:
        raise FaultError
    answers, place = _answers(form, instance)
    state().change(
        "INSERT OR IGNORE INTO former_uuid VALUES (?, ?, ?)", uid, before["uuid"], number
    )
    state().change(
        "UPDATE submission SET uuid = ?, xform_id = ?, xml = ?, hash = ?, answers = ?,"
        " geolocation = ?, completed = ? WHERE id = ?",
        instance.uuid,
        instance.form_id,
        instance.xml,
        instance.hash,
        orjson.dumps(answers),
        place,
        sandbox().now(),
        number,
    )
    add_files(form, number, files)
    place_files(form, number, answers)
    log_submission(uid, "modify-submission", before["root_uuid"], before["submitted_by"])
    return one(uid, number)


def delete_submission(row: Row) -> None:
    """Delete a submission and its files, with no trace but a row of history."""
    sql = "SELECT content FROM attachment WHERE submission = ?"
    state().prune([one["content"] for one in state().rows(sql, row["id"])])
    state().change("DELETE FROM attachment WHERE submission = ?", row["id"])
    state().change("DELETE FROM former_uuid WHERE submission = ?", row["id"])
    state().change("DELETE FROM submission WHERE id = ?", row["id"])
    log_submission(row["asset"], "delete-submission", row["root_uuid"], row["submitted_by"])
