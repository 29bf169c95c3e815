"""Column headers of XLSForm sheets: their older spellings, and the language they are in."""

import re
from functools import lru_cache

# Older and looser spellings that pyxform reads, by the one name used here.
ALIASES = {
    "command": "type",
    "question_type": "type",
    "value": "name",  # choices sheets of older forms
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "tag": "name",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "id_string": "form_id",
    "set_form_id": "form_id",
    "title": "form_title",
    "set_form_title": "form_title",
    "image": "media::image",
    "audio": "media::audio",
    "video": "media::video",
    "big-image": "media::big-image",
}
TRANSLATED = (
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "media::image",
    "media::audio",
    "media::video",
    "media::big-image",
)

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
_COLON = re.compile(r"\s*::?\s*")


def canonical_header(text: str) -> str:
    """Give the one spelling of a header: ``Label : English (en)`` is ``label::English (en)``."""
    if text.lower().startswith(("bind:", "body:", "instance:", "jr:", "control:")):
        return re.sub(r"^(\w+):+", lambda found: found.group(1).lower() + "::", text)
    head, *rest = _COLON.split(text.strip())
    head = re.sub(r"\s+", "_", head.lower())
    if head == "media" and rest:
        head, rest = f"media::{rest[0].lower()}", rest[1:]
    head = ALIASES.get(head, head)
    return "::".join([head, *rest])


@lru_cache(maxsize=4096)  # asked for every cell of every row
def split_language(header: str) -> tuple[str, str]:
    """Split a canonical header into what it is and its language, empty when it names none.

    ``label::Tiếng Việt (vi)`` is ``("label", "Tiếng Việt (vi)")``.
    """
    for kind in TRANSLATED:
        if header == kind:
            return kind, ""
        if header.startswith(f"{kind}::"):
            return kind, header.removeprefix(f"{kind}::")
    return header, ""


def language_code(language: str) -> str:
    """Give the code of a language as the workbook names it: ``Tiếng Việt (vi)`` is ``vi``."""
    found = _CODE.search(language)
    return found.group(1).lower() if found else language
