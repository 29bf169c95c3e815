"""One finding: what identifies it, whom it concerns, what it says in both languages."""

import base64
import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectors.reconcile.check_sheet import Check
from connectors.reconcile.phrases import Labels, sentences

Row = dict[str, Any]

MARK_LETTERS = 6
_ID_LETTERS = 12  # sixty bits: two of a million findings alike once in two million worlds
FINDING = pa.schema(
    [
        ("finding_id", pa.string()),
        ("check_code", pa.string()),
        ("severity", pa.string()),
        ("state", pa.string()),
        ("first_seen", pa.date32()),
        ("last_seen", pa.date32()),
        ("owner", pa.string()),
        ("title_vi", pa.string()),
        ("title_en", pa.string()),
        ("club_code", pa.string()),
        ("commune_code", pa.string()),
        ("province_code", pa.string()),
        ("month", pa.string()),
        ("form", pa.string()),
        ("_source", pa.string()),
        ("_id", pa.int64()),
        ("_root_uuid", pa.string()),
        ("question", pa.string()),
        ("about", pa.string()),
        ("expected", pa.string()),
        ("found", pa.string()),
        ("message_vi", pa.string()),
        ("message_en", pa.string()),
        ("do_vi", pa.string()),
        ("do_en", pa.string()),
        ("decision", pa.string()),
        ("answer", pa.string()),
        ("answered_by", pa.string()),
        ("answered_on", pa.date32()),
    ]
)
# findings that went away, for some runs: with the day on which they were gone
MENDED = FINDING.append(pa.field("mended_on", pa.date32())).append(pa.field("run", pa.int64()))
# what people wrote may name someone
PERSONAL = frozenset({"answer", "answered_by"})
_IDENTITY = ("check_code", "form", "_source", "_root_uuid", "question", "club_code", "month",
             "about")  # fmt: skip
_VALUE = ("expected", "found")
_ORDER = ("club_code", "month", "form", "_root_uuid", "question", "about", "message_en")


def finding_of(each: Check, row: Mapping[str, Any], labels: Labels) -> Row:
    """Make a finding of one row that a check returned.

    Args:
        each: the check.
        row: completed by ``Subjects``.
        labels: of questions and forms, by name.
    """
    month = row.get("month")
    values = {**row, "month": f"{month:%Y-%m}" if isinstance(month, date) else month}
    if values.get("about") is None:
        values["about"] = values.get("_row")
    message = sentences(each.message, values, labels)
    do = sentences(each.do, values, labels)
    said: Row = dict.fromkeys(FINDING.names)
    for name in (*_IDENTITY, *_VALUE, "commune_code", "province_code"):
        said[name] = _as_text(values.get(name))
    said |= {
        "check_code": each.code,
        "severity": each.severity,
        "owner": each.owner,
        "title_vi": each.title.vi,
        "title_en": each.title.en,
        "message_vi": message.vi,
        "message_en": message.en,
        "do_vi": do.vi,
        "do_en": do.en,
        "_id": row.get("_id"),
    }
    said["finding_id"] = finding_id(said)
    return said


def finding_id(row: Mapping[str, Any]) -> str:
    """Give the short name under which a finding stays known, of what it is about only."""
    return _short_hash([row[name] for name in _IDENTITY])


def in_order(findings: pa.Table) -> pa.Table:
    """Give the findings of a check by club, month, submission; of equal ids the last one."""
    ids = findings.column("finding_id").to_pylist()
    last = {finding: place for place, finding in enumerate(ids)}
    once = findings if len(last) == len(ids) else findings.take(pa.array(list(last.values())))
    keys = pa.table({name: pc.fill_null(once.column(name), "") for name in _ORDER})
    return once.take(pc.sort_indices(keys, [(name, "ascending") for name in _ORDER]))


def value_mark(row: Mapping[str, Any]) -> str:
    """Give a mark of the value concerned; a waiver ends when it changes."""
    return _short_hash([row[name] for name in _VALUE])[:MARK_LETTERS]


def _short_hash(parts: list[Any]) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    digest = sha256(text.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_ID_LETTERS]


def _as_text(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return None if value is None else str(value)
