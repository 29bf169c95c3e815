"""Records as the data list gives them."""

import re
from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Row
from typing import Any

import orjson

from connectors.servers.sandbox.context import asset_link, sandbox, state
from connectors.servers.sandbox.identity import seconds
from connectors.servers.sandbox.state import marks

Record = dict[str, Any]
_ALWAYS = ("_id", "_uuid", "meta/rootUuid")
_SYSTEM = {
    *_ALWAYS,
    "_xform_id_string",
    "_attachments",
    "_status",
    "_geolocation",
    "_submission_time",
    "_tags",
    "_notes",
    "_validation_status",
    "_submitted_by",
}
_Make = Callable[[Row], Any]
_PLAIN: Mapping[str, _Make] = {
    "_xform_id_string": lambda row: row["xform_id"],
    "_uuid": lambda row: row["uuid"],
    "meta/rootUuid": lambda row: f"uuid:{row['root_uuid']}",
    "_status": lambda _: "submitted_via_web",
    "_geolocation": lambda row: orjson.loads(row["geolocation"]),
    "_submission_time": lambda row: seconds(row["received"]),
    "_tags": lambda _: [],
    "_notes": lambda _: [],
    "_validation_status": lambda row: orjson.loads(row["validation"]),
    "_submitted_by": lambda row: row["submitted_by"],
}


def full_record(row: Row) -> Record:
    """Give one record with all its answers and attachments."""
    record: Record = orjson.loads(full_records(row["asset"], [row])[0])
    return record


def full_records(asset: str, rows: Sequence[Row]) -> list[bytes]:
    """Give records as JSON. The stored answers are not read again, only put together."""
    files = _files(asset, rows, None)
    records = []
    for row in rows:
        tail = orjson.dumps(_system(row, files))
        answers = row["answers"]
        comma = b"," if len(answers) > 2 else b""  # noqa: PLR2004 more than {}
        head = b'{"_id":%d,' % row["id"]
        records.append(head + answers[1:-1] + comma + tail[1:])
    return records


def query_record(row: Row) -> Record:
    """Give a record as a query sees it: no attachments."""
    answers: Record = orjson.loads(row["answers"])
    return {"_id": row["id"]} | answers | _plain(row)


def cut_records(asset: str, rows: Sequence[Row], fields: Sequence[str]) -> list[Record]:
    """Give records with some fields only.

    As on the real server `_validation_status` is a false {} unless asked for, and attachments
    have no question path unless the answer that names the file is asked for.
    """
    wanted = set(fields)
    files = _files(asset, rows, wanted) if "_attachments" in wanted else {}
    made = [(key, make) for key, make in _PLAIN.items() if key in wanted or key in _ALWAYS]
    return [_cut(row, files, wanted, made) for row in rows]


def _cut(
    row: Row, files: dict[int, list[Record]], wanted: set[str], made: Sequence[tuple[str, _Make]]
) -> Record:
    answers = orjson.loads(row["answers"]) if wanted - _SYSTEM else {}
    record = {key: value for key, value in answers.items() if key in wanted}
    record |= {key: make(row) for key, make in made}
    if "_attachments" in wanted:
        record["_attachments"] = files.get(row["id"], [])
    record["_id"] = row["id"]
    if sandbox().older and "meta/rootUuid" not in wanted:  # made up there, wrong after an edit
        record["meta/rootUuid"] = f"uuid:{row['uuid']}"
    record.setdefault("_validation_status", {})
    return record


def _plain(row: Row) -> Record:
    return {key: make(row) for key, make in _PLAIN.items()}


def _system(row: Row, files: dict[int, list[Record]]) -> Record:
    return _plain(row) | {"_attachments": files.get(row["id"], [])}


def _files(asset: str, rows: Sequence[Row], wanted: set[str] | None) -> dict[int, list[Record]]:
    """Give the files of submissions as their records show them, by `_id`."""
    found: dict[int, list[Record]] = {}
    uuids = {row["id"]: row["uuid"] for row in rows}
    sql = (
        f"SELECT * FROM attachment WHERE submission IN ({marks([*uuids])})"  # noqa: S608 marks only
        " ORDER BY deleted, pk"
    )
    form_uuid = state().value("SELECT form_uuid FROM asset WHERE uid = ?", asset)
    folder, address = f"{sandbox().owner}/attachments/{form_uuid}", asset_link(asset, "data")
    for file in state().rows(sql, *uuids):
        number = file["submission"]
        place = f"{address}/{number}/attachments/{file['uid']}/"
        shown = _file(file, place, f"{folder}/{uuids[number]}", wanted)
        found.setdefault(number, []).append(shown)
    return found


def _file(file: Row, address: str, folder: str, wanted: set[str] | None) -> Record:
    shown = {
        "download_url": address,
        "mimetype": file["mimetype"],
        "filename": f"{folder}/{safe_name(file['name'])}",
        "media_file_basename": file["name"],
        "uid": file["uid"],
        "is_deleted": bool(file["deleted"]),
    }
    if file["mimetype"].startswith("image/"):
        for size in ("large", "medium", "small"):
            shown[f"download_{size}_url"] = f"{address}{size}/"
    hidden = wanted is not None and file["top_key"] not in wanted
    shown["question_xpath"] = "" if hidden else file["xpath"]
    return shown


def safe_name(name: str) -> str:
    """Give the name under which the server's own storage shows a file."""
    return re.sub(r"(?u)[^-\w.]", "", name.strip().replace(" ", "_"))
