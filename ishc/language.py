"""The language the command line speaks before it has read any settings."""

import os
from collections.abc import Mapping

from programme.problem import Language


def of_person(environ: Mapping[str, str] = os.environ) -> Language:
    """Choose Vietnamese or English: ``ISHC_LANG`` first, then the machine's own language."""
    for name in ("ISHC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


def say(vi: str, en: str) -> str:
    """Give one of two sentences, for help texts."""
    return vi if of_person() == "vi" else en
