"""A workbook as it arrives: read into rows, and turned into the content of an asset."""

import hashlib
from io import BytesIO
from typing import Any

import orjson
from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json_backends import xlsx_to_dict

from connectors.servers.sandbox.identity import new_kuid

Rows = list[dict[str, Any]]
Workbook = dict[str, Any]

_WITH_LIST = ("select_one", "select_multiple", "rank", "select_one_external")
_WITH_FILE = ("select_one_from_file", "select_multiple_from_file")
_GROUPS = {f"{word}_{kind}" for word in ("begin", "end") for kind in ("group", "repeat")}
_KNOWN = (
    set(QUESTION_TYPE_DICT)
    | set(aliases.select)
    | {*_GROUPS, "rank", "osm", "audit", "csv-external", "xml-external", "background-audio"}
)


class WorkbookError(Exception):
    """A workbook that the import refuses: the words and the kind of the error."""

    def __init__(self, error: str, kind: str) -> None:
        super().__init__(error)
        self.error, self.kind = error, kind


def read_workbook(content: bytes) -> Workbook:
    """Read an .xlsx into rows for each sheet, ready for the compiler.

    Raises WorkbookError where it is no workbook or has a question type that does not exist.
    """
    try:
        found = xlsx_to_dict(BytesIO(content))
    except Exception as error:  # every way of being no workbook ends the same
        words = "Unsupported format, or corrupt file"
        raise WorkbookError(words, "XlsFormatException") from error
    sheets: Workbook = dict(found) if isinstance(found, dict) else _slots(found)
    sheets.pop("fallback_form_name", None)
    sheets["survey"] = [row for row in sheets.get("survey") or [] if row.get("type")]
    for row in sheets["survey"]:
        _check_type(str(row["type"]))
    if sheets.get("entities"):  # what KoBoToolbox makes of them was not recorded
        raise WorkbookError("entity lists are not supported", "ValueError")
    return sheets


def _slots(found: Any) -> Workbook:
    return {name: getattr(found, name) for name in found.__slots__}


def _check_type(text: str) -> None:
    words = text.split()
    spaced, joined, word = " ".join(words), "_".join(words), words[0] if words else ""
    if not {word, spaced, joined} & _KNOWN and "external" not in word:
        raise WorkbookError(f"unknown type ['{text}']", "ValueError")


def content_of(workbook: Workbook) -> dict[str, Any]:
    """Give the content of an asset: rows with paths, labels as one list over the languages."""
    survey, choices = workbook.get("survey") or [], workbook.get("choices") or []
    languages = _languages(survey, choices)
    translated: set[str] = set()
    rows = [_translate(_typed(row), languages, translated) for row in survey]
    _place(rows)
    options = [_translate(dict(row), languages, translated) for row in choices]
    for option in options:
        option |= {"$kuid": new_kuid(), "$autovalue": option.get("name")}
    return {
        "schema": "1",
        "survey": rows,
        "choices": options,
        "settings": _settings(workbook),
        "translated": sorted(translated),
        "translations": languages or [None],
    }


def title_of(workbook: Workbook) -> str | None:
    """Give the form's title, None where the settings have none."""
    settings = (workbook.get("settings") or [{}])[0]
    title = settings.get("form_title") or settings.get("title")
    return str(title) if title else None


def content_hash(workbook: Workbook) -> str:
    """Give the hash by which two versions with the same questions are known."""
    plain = {key: workbook.get(key) for key in ("survey", "choices", "settings")}
    data = orjson.dumps(plain, option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _settings(workbook: Workbook) -> dict[str, Any]:
    settings = dict((workbook.get("settings") or [{}])[0])
    settings.pop("form_title", None)
    settings.pop("title", None)
    if "form_id" in settings:
        settings["id_string"] = settings.pop("form_id")
    return settings


def _languages(*tables: Rows) -> list[str]:
    keys = (key for rows in tables for row in rows for key in row if "::" in key)
    tails = (key.split("::", 1) for key in keys)
    return list(dict.fromkeys(tail for head, tail in tails if head not in ("bind", "body")))


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    typed = dict(row)
    words = str(row["type"]).split()
    joined = "_".join(words)
    if joined in _GROUPS:
        typed["type"] = joined
    elif words[0] in _WITH_LIST and len(words) > 1:
        typed |= {"type": words[0], "select_from_list_name": words[1]}
    elif words[0] in _WITH_FILE and len(words) > 1:
        typed |= {"type": words[0], "file": words[1]}
    elif words == ["dateTime"]:
        typed["type"] = "datetime"
    if "required" in typed:
        yes = str(typed["required"]).strip().lower() in ("yes", "true", "true()")
        typed["required"] = yes or typed["required"]
    return typed


def _translate(row: dict[str, Any], languages: list[str], translated: set[str]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    texts: dict[str, list[Any]] = {}
    for key, value in row.items():
        head, _, tail = key.partition("::")
        if tail in languages:
            texts.setdefault(head, [None] * len(languages))[languages.index(tail)] = value
        elif key == "label":
            texts.setdefault(key, [None] * max(1, len(languages)))[0] = value
        else:
            plain[key] = value
    translated.update(texts)
    return plain | texts


def _place(rows: Rows) -> None:
    """Give every row its kuid, and every question its path."""
    above: list[str] = []
    for row in rows:
        row["$kuid"] = new_kuid()
        if row["type"].startswith("end_"):
            above = above[:-1]
            row.pop("name", None)
            continue
        name = str(row.get("name", ""))
        row |= {"$autoname": name, "$xpath": "/".join([*above, name])}
        if row["type"].startswith("begin_"):
            above = [*above, name]
