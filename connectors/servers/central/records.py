"""Records: what Central tells of a submission, in the shape that the raw store has for all servers.

Answers lie flat under their paths as on KoBo, and what every table needs has KoBo's names. What
Central itself says stays beside it as it came, in ``_system`` and ``_attachments``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.servers.central.instance import Answers
from connectors.servers.central.listing import Listed, manifest_row
from connectors.servers.central.urls import part
from connectors.servers.contract import Attachment, ManifestRow, Record
from connectors.servers.originals import answered_at


def record_of(
    found: Listed, version: str, answers: Answers, files: Sequence[Mapping[str, Any]], asset: str
) -> Record:
    """Make the record of a submission.

    Args:
        found: as the list has it.
        version: of the form, which the newest content was filled in.
        answers: see ``instance``.
        files: as Central lists them.
    """
    system = found.system
    current = str(answers.get("meta/instanceID") or found.root)
    row = manifest_row(found.number, found.root, current, system)
    state: dict[str, Any] = {}
    if row.validation:
        state = {"uid": row.validation, "timestamp": row.validated}
    return {
        "_id": found.number,
        "__version__": version,
        **answers,
        "_xform_id_string": asset,
        "_uuid": row.uuid,
        "meta/rootUuid": found.root,
        "_submission_time": system["submissionDate"].removesuffix("Z"),
        "_submitted_by": system.get("submitterName"),
        "_validation_status": state,
        # each database sorts names in a way of its own
        "_attachments": sorted(files, key=lambda file: str(file.get("name"))),
        "_system": system,
    }


def row_of(record: Mapping[str, Any], asset: str) -> ManifestRow:
    """Give the manifest row of a record."""
    root, current = str(record["meta/rootUuid"]), str(record["_uuid"])
    row = manifest_row(record["_id"], root, current, record["_system"])
    return ManifestRow(
        id=row.id,
        uuid=row.uuid,
        root_uuid=row.root_uuid,
        validation=row.validation,
        validated=row.validated,
        attachments=tuple(
            _attachment(str(each["name"]), record, asset)
            for each in record["_attachments"]
            if each.get("exists") is True and each.get("name")
        ),
        shown=row.shown,
    )


def _attachment(name: str, record: Mapping[str, Any], asset: str) -> Attachment:
    return Attachment(
        asset=asset,
        submission=record["_id"],
        uid=f"{part(str(record['meta/rootUuid']))}/attachments/{part(name)}",
        name=name,
        question_path=answered_at(record, name),
        mimetype="",  # Central does not say before the file is fetched
        deleted=False,
    )
