"""An asset's content as the API shows it: its summary, and labels spread over columns again."""

from typing import Any

_GEO = ("geopoint", "geotrace", "geoshape")
# not counted as questions: what the phone fills in, and what only shows something
_SILENT = {"start", "end", "today", "username", "deviceid", "phonenumber", "simserial"}
_SILENT |= {"subscriberid", "email", "audit", "note", "begin_group", "end_group", "end_repeat"}
_LABELS_SHOWN = 5


def summary(content: dict[str, Any]) -> dict[str, Any]:
    """Give the summary of a form: languages, columns, number of questions."""
    survey = content["survey"]
    questions = [row for row in survey if row["type"] not in _SILENT]
    languages = content["translations"]
    return {
        "geo": any(row["type"] in _GEO for row in questions),
        "labels": _labels(questions),
        "columns": _columns(survey),
        "lock_all": False,
        "lock_any": False,
        "languages": languages,
        "row_count": len(questions),
        "name_quality": _name_quality(len(questions)),
        "default_translation": languages[0],
    }


def _labels(questions: list[dict[str, Any]]) -> list[str]:
    labels = (row["label"][0] for row in questions if row.get("label"))
    return [label for label in labels if label][:_LABELS_SHOWN]


def _columns(survey: list[dict[str, Any]]) -> list[str]:
    keys = dict.fromkeys(key for row in survey for key in row if not key.startswith("$"))
    return list(keys)


def _name_quality(count: int) -> dict[str, Any]:
    return {"ok": 0, "bad": 0, "good": count, "total": count, "firsts": {}}


def spread(content: dict[str, Any]) -> dict[str, Any]:
    """Give the content as in a workbook again, with one column for each language."""
    languages = content["translations"]
    return {
        "survey": [_spread(_joined(row), languages) for row in content["survey"]],
        "choices": [_spread(row, languages) for row in content["choices"]],
        "settings": [content["settings"]],
    }


def _joined(row: dict[str, Any]) -> dict[str, Any]:
    joined = dict(row)
    for key in ("select_from_list_name", "file"):
        if key in joined:
            joined["type"] = f"{joined['type']} {joined.pop(key)}"
    return joined


def _spread(row: dict[str, Any], languages: list[str | None]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, list):
            for language, text in zip(languages, value, strict=False):
                if text is not None:
                    flat[f"{key}::{language}" if language else key] = text
        else:
            flat[key] = "true" if value is True else value
    return flat
