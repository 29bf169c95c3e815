"""The language the command line speaks before it has read any settings."""

import gettext
import locale
import os
from collections.abc import Mapping
from pathlib import Path

from programme.problem import Language

WORDS = Path(__file__).with_name("words")


def of_person(environ: Mapping[str, str] = os.environ) -> Language:
    """Choose Vietnamese or English: ``ISHC_LANG`` first, then the machine's own language."""
    for name in ("ISHC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return _named(value)
    return _named(locale.getlocale()[0] or "")  # Windows has none of these variables


def _named(name: str) -> Language:
    return "vi" if name.lower().startswith("vi") else "en"


def say(vi: str, en: str) -> str:
    """Give one of two sentences, for help texts."""
    return vi if of_person() == "vi" else en


def speak() -> None:
    """Let click say its own words (usage, options, errors) in the person's language."""
    gettext.bindtextdomain(gettext.textdomain(), str(WORDS))
    os.environ["LANGUAGE"] = of_person()
