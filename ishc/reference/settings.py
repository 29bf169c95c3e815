"""The page of settings: ``ishc.toml`` as it is shipped, its words taken apart by language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ishc.language import say
from ishc.reference.language import of_lines
from ishc.reference.markdown import cell, code, table
from programme.problem import Language

_SECTION = re.compile(r"^(#   )?(\[\[?[\w.]+\]\]?)\s*(?:#(.*))?$")
_KEY = re.compile(r"^(?:#   |# )?(\w+(?:\.\w+)?) = ([^·]+?)(?:\s+#(.*))?$")
_MORE = re.compile(r"^#\s{20,}#?(.*)$")  # a remark that goes on below its key


@dataclass
class Key:
    """A setting: its usual value, or an example, and what is said beside it."""

    name: str
    value: str
    words: list[str] = field(default_factory=list)


@dataclass
class Section:
    """A table of ``ishc.toml``: the words above it and its settings."""

    name: str
    words: list[str]
    keys: list[Key] = field(default_factory=list)
    example: bool = False  # a comment until somebody takes its signs away


def settings_page(file: Path, language: Language) -> str:
    """Write the page.

    Args:
        file: the shipped ``ishc.toml``.
        language: of the page.
    """
    head = say(
        "# Thiết lập trong ishc.toml\n\nTệp mở được bằng mọi trình soạn thảo. Mục không ghi thì "
        "dùng giá trị thường dùng; viết sai tên thì lệnh nêu tên gần đúng.\n\n",
        "# Settings in ishc.toml\n\nThe file opens in any editor. A setting that is not there has "
        "its usual value; for a misspelt one commands tell the nearest right name.\n\n",
    )
    return head + "".join(_written(each, language) for each in sections(file))


def sections(file: Path) -> Iterator[Section]:
    """Read the file as a person does: sections with the words above them, keys with theirs."""
    words: list[str] = []
    section: Section | None = None
    for line in file.read_text(encoding="utf-8").splitlines():
        if found := _SECTION.match(line):
            if section is not None:
                yield section
            example, name, beside = found.groups()
            section = Section(name, [*words, *([beside] if beside else [])], [], bool(example))
            words = []
        elif section is not None and (found := _KEY.match(line)):
            name, value, beside = found.groups()
            section.keys.append(Key(name, value, [beside] if beside else []))
        elif section is not None and section.keys and (found := _MORE.match(line)):
            section.keys[-1].words.append(found[1])
        elif line.startswith("#"):
            words.append(line.removeprefix("#"))
        else:
            words = [] if not line else words
    if section is not None:
        yield section


def _written(section: Section, language: Language) -> str:
    about = cell(of_lines(section.words).in_(language))
    example = say("Ví dụ, chỉ ghi khi cần.", "An example, written only where needed.")
    head = say("mục|nghĩa là|giá trị", "setting|means|value").split("|")
    rows = (
        (code(each.name), cell(of_lines(each.words).in_(language)), code(each.value))
        for each in section.keys
    )
    return (
        f"## {section.name.strip('[]')}\n\n"
        + (f"{about}\n\n" if about else "")
        + (f"*{example}*\n\n" if section.example else "")
        + (table(head, rows) if section.keys else "")
    )
