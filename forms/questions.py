"""What a cell of the column ``type`` means: the question's kind of value and its list."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "datetime",
    "geopoint",
    "select_one",
    "select_multiple",
    "image",
    "audio",
    "file",
]
Role = Literal["question", "computed", "metadata", "silent", "begin", "end"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class QuestionType:
    """One type cell, read.

    Args:
        name: the type as XLSForm documents it, for example ``select_one_from_file``.
        role: ``question`` is asked, ``computed`` is calculated, ``metadata`` the phone fills,
            ``silent`` holds no value (note, external list), ``begin`` and ``end`` are structure.
        kind: the kind of value; None where there is none.
        list_name: name of the list on the sheet ``choices``.
        list_file: file that the choices come from.
        or_other: the author asked for an extra “other” text question.
    """

    name: str
    role: Role
    kind: Kind | None = None
    list_name: str | None = None
    list_file: str | None = None
    or_other: bool = False


_QUESTIONS: dict[str, Kind] = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "date time": "datetime",
    "geopoint": "geopoint",
    "gps": "geopoint",
    "location": "geopoint",
    "geotrace": "text",
    "geoshape": "text",
    "image": "image",
    "photo": "image",
    "audio": "audio",
    "background-audio": "audio",
    "video": "file",
    "file": "file",
    "barcode": "text",
    "acknowledge": "text",
    "trigger": "text",
    "phone number": "text",
    "percentage": "integer",
    "background-geopoint": "geopoint",
    "osm": "file",
}
_METADATA: dict[str, Kind] = {
    "start": "datetime",
    "end": "datetime",
    "today": "date",
    "deviceid": "text",
    "username": "text",
    "phonenumber": "text",
    "simserial": "text",
    "subscriberid": "text",
    "email": "text",
    "start-geopoint": "geopoint",
}
_SILENT = ("note", "audit", "csv-external", "xml-external")
_SELECTS: dict[str, Kind] = {
    "select_one": "select_one",
    "select_multiple": "select_multiple",
    "rank": "select_multiple",  # all of the list, in the order chosen
    "select_one_from_file": "select_one",
    "select_multiple_from_file": "select_multiple",
    "select_one_external": "select_one",
}
_OLD_SELECTS = (
    ("select all that apply from", "select_multiple"),
    ("select all that apply", "select_multiple"),
    ("select multiple from file", "select_multiple_from_file"),
    ("select multiple from", "select_multiple"),
    ("select multiple", "select_multiple"),
    ("select one from file", "select_one_from_file"),
    ("select one external", "select_one_external"),
    ("select one from", "select_one"),
    ("select one", "select_one"),
    ("select1", "select_one"),
)
_STRUCTURE = re.compile(
    r"^(begin|end)[ _](looped group|group|repeat|loop|lgroup)(?: over (\S+))?$", re.I
)

KNOWN_TYPES = (
    *_QUESTIONS,
    *_METADATA,
    *_SILENT,
    *_SELECTS,
    "calculate",
    "hidden",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
)


def question_type(text: str) -> QuestionType | None:
    """Read a type cell; None when XLSForm has no such type."""
    words = " ".join(text.split())
    if found := _STRUCTURE.match(words):
        repeats = found.group(2).lower() not in ("group", "loop")
        role: Role = "begin" if found.group(1).lower() == "begin" else "end"
        return QuestionType("repeat" if repeats else "group", role)
    lower = words.lower()
    if lower in _SILENT or lower.split(" ")[0] in ("csv-external", "xml-external"):
        return QuestionType(lower, "silent")
    if lower in ("calculate", "hidden"):
        return QuestionType(lower, "computed", "text")
    if lower in _METADATA:
        return QuestionType(lower, "metadata", _METADATA[lower])
    if lower in _QUESTIONS:
        return QuestionType(lower, "question", _QUESTIONS[lower])
    return _select(words)


def _select(words: str) -> QuestionType | None:
    for old, new in _OLD_SELECTS:
        if words.lower().startswith(f"{old} "):
            words = f"{new} {words[len(old) + 1 :]}"
            break
    name, _, rest = words.partition(" ")
    kind = _SELECTS.get(name.lower())
    if kind is None or not rest:
        return None
    other = re.search(r"\s+(or[ _]other|or specify other)$", rest, re.I)
    listed = rest[: other.start()] if other else rest
    if name.lower().endswith(("_from_file", "_external")):
        return QuestionType(name.lower(), "question", kind, None, listed, bool(other))
    return QuestionType(name.lower(), "question", kind, listed, None, bool(other))
