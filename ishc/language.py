"""The language the command line speaks before it has read any settings."""

import gettext
import locale
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from programme.folder import Folder
from programme.problem import Language
from programme.settings import language_of

WORDS = Path(__file__).with_name("words")


def of_person(environ: Mapping[str, str] = os.environ) -> Language:
    """Choose Vietnamese or English: ``ISHC_LANG`` first, then the machine's own language."""
    for name in ("ISHC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return _named(value)
    return _named(locale.getlocale()[0] or "")  # Windows has none of these variables


def of_command_line(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> Language:
    """Choose the language of help and of mistakes in a command: as the command itself would.

    Args:
        arguments: the words after ``ishc``; options before the command count.
        environ: ``ISHC_LANG`` goes before what is written in ``ishc.toml``.
    """
    given = _before_command(arguments)
    if given["--lang"] in ("vi", "en"):
        return _named(given["--lang"])
    written = None if "ISHC_LANG" in environ else language_of(Folder(Path(given["-C"])))
    return written or of_person(environ)


def _before_command(arguments: Sequence[str]) -> dict[str, str]:
    given = {"--lang": "", "-C": "."}
    words = iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name in given:
            given[name] = value or next(words, "")
        elif not word.startswith("-"):
            break
    return given


@cache
def _spoken() -> Language:
    return of_command_line(sys.argv[1:])


def _named(name: str) -> Language:
    return "vi" if name.lower().startswith("vi") else "en"


def say(vi: str, en: str) -> str:
    """Give one of two sentences, for help texts."""
    return vi if _spoken() == "vi" else en


def speak() -> None:
    """Let click say its own words (usage, options, errors) in the person's language."""
    gettext.bindtextdomain(gettext.textdomain(), str(WORDS))
    os.environ["LANGUAGE"] = _spoken()
