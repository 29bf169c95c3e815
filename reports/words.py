"""Whether a finished report says something else than when it was made."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from programme.word.package import EntitiesError, NotReadableError, parse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def words_of(path: Path) -> str:
    """Give a hash of what a report says outside of the places for texts.

    Word writes a file anew when it is saved; its words stay. What Word fills in by itself (page
    numbers, the table of contents) is left out. Empty for what is no Word file.
    """
    try:
        with ZipFile(path) as file:
            root = parse(file.read(_DOCUMENT))
    except (OSError, KeyError, BadZipFile, EntitiesError, NotReadableError):
        return ""
    words = " ".join(" ".join(_paragraphs(root)).split())
    return hashlib.sha256(words.encode()).hexdigest()


def _paragraphs(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        if next(paragraph.iterancestors(f"{_W}sdt"), None) is not None:
            continue
        if next(paragraph.iter(f"{_W}fldChar", f"{_W}fldSimple"), None) is not None:
            continue
        texts = (each for each in paragraph.iter(f"{_W}t"))
        yield "".join(
            each.text or "" for each in texts if next(each.iterancestors(f"{_W}sdt"), None) is None
        )
