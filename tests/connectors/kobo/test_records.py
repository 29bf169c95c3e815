"""Records of real servers, as the manifest shows them and whole."""

import json
from pathlib import Path

import pytest

from connectors.servers.kobo import row_of
from connectors.store.versions import mark

RECORDINGS = Path(__file__).parents[1] / "data" / "kobo-recordings"
MANIFEST = '["_id","_uuid","meta/rootUuid","_validation_status","_attachments"]'


def answers(name):
    text = (RECORDINGS / name).read_text(encoding="utf-8")
    for exchange in json.loads(text)["exchanges"]:
        request, answer = exchange["request"], exchange.get("response", {}).get("json")
        if request["method"] == "GET" and "/data/" in request["path"] and answer is not None:
            yield request.get("query") or {}, answer


def rows(name):
    """Give, in the order of the recording, whole records and manifest rows by id."""
    for query, answer in answers(name):
        found = answer.get("results", [answer]) if isinstance(answer, dict) else []
        for row in found:
            if isinstance(row, dict) and "_id" in row and query.get("fields") == MANIFEST:
                yield "manifest", row
            elif isinstance(row, dict) and "_xform_id_string" in row and "fields" not in query:
                yield "whole", row


def test_manifest_and_record_have_the_same_mark():
    whole, listed = {}, {}
    for kind, row in rows("06-listing.json"):
        (whole if kind == "whole" else listed)[row["_id"]] = row
    both = whole.keys() & listed.keys()
    assert len(both) >= 5
    for number in both:
        assert mark(row_of(whole[number], "a")) == mark(row_of(listed[number], "a"))


def test_a_deleted_photo_changes_the_mark():
    seen = {}
    for _, row in rows("10-attachments.json"):
        seen.setdefault(row["_id"], []).append(row_of(row, "a"))
    (photos,) = [found for found in seen.values() if len(found[0].attachments) == 5]
    assert not any(each.deleted for each in photos[0].attachments)
    assert sum(each.deleted for each in photos[-1].attachments) >= 1
    assert mark(photos[0]) != mark(photos[-1])
    names = {each.name for each in photos[0].attachments}
    assert "ảnh clb 1.jpg" in names  # as the phone called it, not as the server files it


def test_an_edit_keeps_id_and_root_and_changes_the_mark():
    seen = {}
    for _, row in rows("07-edits.json"):
        seen.setdefault(row["_id"], []).append(row_of(row, "a"))
    edited = [found for found in seen.values() if len({each.uuid for each in found}) > 1]
    assert edited
    for found in edited:
        assert len({each.root_uuid for each in found}) == 1
        assert not found[0].root_uuid.startswith("uuid:")
        assert len({mark(each) for each in found}) >= len({each.uuid for each in found})


def test_a_validation_state_is_seen():
    states = {row_of(row, "a").validation for _, row in rows("09-validation.json")}
    assert {None, "validation_status_approved"} <= states


@pytest.mark.parametrize("record", [{}, {"_id": 1}, {"_id": True, "_uuid": "u"}, {"_id": 0}])
def test_what_is_no_submission(record):
    with pytest.raises(ValueError, match="_"):
        row_of(record, "a")
