"""What a version of an asset says: the rows of each sheet that KoBo made its content of."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.servers.contract import Server
from connectors.servers.faults import fault
from connectors.servers.kobo.urls import api

_NO_SHEETS = ("schema", "translated", "translations")
_SHEET = re.compile(r"[^\\/*?:\[\]]{1,31}")  # what Excel takes for a name
# KoBo takes these apart when it imports a workbook
_BESIDE_TYPE = ("select_from_list_name", "file")
_OR_OTHER = "_or_other"

Row = dict[str, str]


def content_of(server: Server, asset: str, version: str) -> dict[str, Any]:
    """Read what one version of an asset says.

    Raises:
        ServerFault: also when the version is not there.
    """
    answer = server.http.json("GET", api(server, "assets", asset, "versions", version))
    content = answer.get("content") if isinstance(answer, dict) else None
    if not isinstance(content, dict) or not isinstance(content.get("survey"), list):
        raise fault("server-answer", server.http.place)
    return content


def same_content(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two versions ask the same; the names that KoBo gives rows are set aside."""
    return sheets_of(one) == sheets_of(other)


def sheets_of(content: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Give the rows of each sheet with a column for each language, as a workbook has them."""
    languages = content.get("translations") or [None]
    sheets: dict[str, list[Row]] = {}
    for name, rows in content.items():
        if name == "settings":
            sheets[name] = [_settings(rows)]
        elif name not in _NO_SHEETS and isinstance(rows, list) and rows and _SHEET.fullmatch(name):
            sheets[name] = [_row(row, languages) for row in rows if isinstance(row, dict)]
    return sheets


def _settings(settings: Any) -> Row:
    if isinstance(settings, list):  # as /content/ writes it
        settings = settings[0] if settings else {}
    found = _row(settings, [None]) if isinstance(settings, dict) else {}
    if "id_string" in found:
        found["form_id"] = found.pop("id_string")
    return found


def _row(row: Mapping[str, Any], languages: Sequence[str | None]) -> Row:
    flat: Row = {}
    for key, value in row.items():
        if key.startswith("$") or key in _BESIDE_TYPE or key == _OR_OTHER:
            continue
        if isinstance(value, list):
            for language, text in zip(languages, value, strict=False):
                if text is not None:
                    flat[f"{key}::{language}" if language else key] = str(text)
        elif value is not None:
            flat[key] = _text(value)
    if "name" not in flat and row.get("$autoname"):
        flat["name"] = str(row["$autoname"])
    if "type" in flat:
        parts = [flat["type"], *(str(row[key]) for key in _BESIDE_TYPE if row.get(key))]
        flat["type"] = " ".join([*parts, *(["or_other"] if row.get(_OR_OTHER) else [])])
    return flat


def _text(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
