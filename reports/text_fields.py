"""People's texts: read back from a report that somebody filled in, kept, and printed again.

They lie in ``data/texts``, a small file for each report, area, period and language.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from programme.folder import Folder
from programme.problem import Exit, Language, ProblemError
from programme.word.package import (
    EntitiesError,
    NotReadableError,
    TooLargeError,
    parse,
    read_parts,
)
from programme.word.text_field import read_text_fields
from programme.writing import write_text
from reports import text_field_problems as problems
from reports.about import PROPERTIES, as_read, mark_of, read_about, text_fields
from reports.placing import Block

MAIN_PART = "word/document.xml"  # as Word, LibreOffice and we name it
_UNSAFE = re.compile(r"[^\w.-]+")
Paragraphs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextKey:
    """Which report, of which area and period, in which language."""

    report: str
    area: str
    period: str
    language: Language

    @property
    def file(self) -> str:
        """The name of the file that keeps its texts."""
        name = _UNSAFE.sub("_", f"{self.report}-{self.area}-{self.period}")
        return f"{name}.{self.language}.json"


@dataclass(frozen=True, slots=True)
class Filled:
    """A report as it came back.

    Args:
        texts: by section, what stands in its fields; empty where nobody wrote.
        changed: sections that read otherwise than they were printed.
    """

    key: TextKey
    texts: Mapping[str, Paragraphs]
    changed: frozenset[str] = field(default_factory=frozenset)


def read_filled(path: Path) -> Filled | None:
    """Read a report that somebody may have filled in.

    Returns:
        None where the file is not a report of this programme.

    Raises:
        ProblemError: ``texts-unreadable``.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise ProblemError(problems.unreadable(path)) from error
    return _read_filled(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)  # a report is read before it is made, and again before it is replaced
def _read_filled(path: Path, _moment: int, _size: int) -> Filled | None:
    try:
        properties, body = read_parts(path, PROPERTIES, MAIN_PART)
        about = read_about(properties) if properties else {}
        if "report" not in about or body is None:
            return None
        found = list(read_text_fields(parse(body)))
    except (OSError, NotReadableError, TooLargeError, EntitiesError) as error:
        raise ProblemError(problems.unreadable(path)) from error
    language: Language = "en" if about.get("language") == "en" else "vi"
    key = TextKey(about["report"], about.get("area", ""), about.get("period", ""), language)
    texts: dict[str, Paragraphs] = {}
    changed: set[str] = set()
    for section, paragraphs in found:
        hint = about.get(f"hint.{section}", "")
        written = tuple(text for text in paragraphs if not hint or not text.startswith(hint))
        is_changed = mark_of(written) != about.get(f"text.{section}")
        if section not in texts or (is_changed and section not in changed):
            texts[section] = written
        changed |= {section} if is_changed else set()
    return Filled(key, texts, frozenset(changed))


class TextStore:
    """The texts that people wrote, in ``data/texts``; readable by the owner only."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def known(self, key: TextKey) -> dict[str, Paragraphs]:
        """Give what is known by section."""
        texts = self._read(key).get("texts", {})
        return {section: tuple(each["paragraphs"]) for section, each in texts.items()}

    def history(self, key: TextKey, section: str) -> list[Paragraphs]:
        """Give what stood there before, the latest first."""
        found = self._read(key).get("texts", {}).get(section, {})
        return [tuple(each["paragraphs"]) for each in found.get("before", [])]

    def take(self, path: Path, when: datetime) -> list[str]:
        """Keep what somebody wrote into a report; what stood there before goes into the history.

        What reads as it was printed is not taken, so an old file never undoes a newer text.

        Args:
            path: a report; one that does not exist or is none of ours holds nothing to keep.
            when: the moment, for the history.

        Returns:
            The sections that are new.

        Raises:
            ProblemError: ``texts-unreadable``, ``texts-not-written``.
        """
        filled = read_filled(path) if path.is_file() else None
        if filled is None:
            return []
        content = self._read(filled.key)
        texts = content.setdefault("texts", {})
        taken = []
        for section in sorted(filled.changed):
            paragraphs = list(filled.texts[section])
            old = texts.get(section)
            if old is not None and old["paragraphs"] == paragraphs:
                continue
            earlier = [] if old is None else [_without_history(old), *old.get("before", [])]
            new = {"paragraphs": paragraphs, "since": when.isoformat(), "before": earlier}
            texts[section] = new
            taken.append(section)
        if taken:
            self._write(filled.key, content)
        return taken

    def _path(self, key: TextKey) -> Path:
        return self._folder.data / "texts" / key.file

    def _read(self, key: TextKey) -> dict[str, Any]:
        path = self._path(key)
        try:
            content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
            for each in content.get("texts", {}).values():
                assert all(isinstance(text, str) for text in each["paragraphs"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
            raise ProblemError(problems.damaged(path), Exit.STORE) from error
        known: dict[str, Any] = content
        return known

    def _write(self, key: TextKey, content: dict[str, Any]) -> None:
        path = self._path(key)
        named = {**asdict(key), **content}
        try:
            self._folder.private(path.parent)
            write_text(path, json.dumps(named, ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            raise ProblemError(problems.not_written(path, error), Exit.STORE) from error


def refuse_to_lose(out: Path, blocks: Mapping[str, Sequence[Block]]) -> None:
    """Refuse to replace a report in which somebody wrote what the new one does not have.

    Raises:
        ProblemError: ``report-has-new-text``.
    """
    fields = {each.section: each.paragraphs for each in text_fields(blocks)}
    if not fields or not out.is_file():
        return
    try:
        filled = read_filled(out)
    except ProblemError:
        return  # no report of ours, or damaged: nothing that could be read back
    if filled is None:
        return
    lost = [
        section
        for section in sorted(filled.changed & fields.keys())
        if tuple(map(as_read, fields[section])) != filled.texts[section]
    ]
    if lost:
        raise ProblemError(problems.has_new_text(out, lost), Exit.STORE)


def _without_history(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "before"}
