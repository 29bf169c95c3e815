"""Submissions as KoBo writes them in JSON."""

from collections.abc import Mapping
from typing import Any

from connectors.servers.contract import Attachment, ManifestRow
from connectors.servers.named import HIGHEST
from connectors.servers.originals import answered_at


def key_of(record: Mapping[str, Any]) -> tuple[int, str]:
    """Give id and uuid of a record.

    Raises:
        ValueError: without them it is no submission.
    """
    number, uuid = record.get("_id"), record.get("_uuid")
    if type(number) is not int or not 0 < number <= HIGHEST:  # true and false are ints too
        raise ValueError("_id")
    if not isinstance(uuid, str) or not uuid:
        raise ValueError("_uuid")
    return number, uuid


def row_of(record: Mapping[str, Any], asset: str) -> ManifestRow:
    """Give the manifest row of a record; whole records and manifest rows give the same.

    Raises:
        ValueError: without an id or a uuid it is no submission.
    """
    number, uuid = key_of(record)
    root = record.get("meta/rootUuid")
    status = record.get("_validation_status")
    status = status if isinstance(status, dict) else {}
    listed = record.get("_attachments")
    return ManifestRow(
        id=number,
        uuid=uuid,
        root_uuid=(root if isinstance(root, str) and root else uuid).removeprefix("uuid:"),
        validation=str(status["uid"]) if status.get("uid") else None,
        validated=status["timestamp"] if isinstance(status.get("timestamp"), int) else None,
        attachments=tuple(
            _attachment(each, asset, record)
            for each in (listed if isinstance(listed, list) else ())
            if isinstance(each, dict) and each.get("uid")
        ),
    )


def _attachment(listed: Mapping[str, Any], asset: str, record: Mapping[str, Any]) -> Attachment:
    name = str(listed.get("media_file_basename") or "")
    return Attachment(
        asset=asset,
        submission=record["_id"],
        uid=str(listed["uid"]),
        name=name,
        # now and then empty, and always in a list that was not asked for the question itself
        question_path=str(listed.get("question_xpath") or "") or answered_at(record, name),
        mimetype=str(listed.get("mimetype") or ""),
        deleted=listed.get("is_deleted") is True,
    )
