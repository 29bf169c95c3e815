"""Names of provinces, districts and communes as people write them on paper, made alike."""

import re
from functools import lru_cache

from programme.text import fold, tidy

_KINDS = ("thi tran", "thi xa", "thanh pho", "phuong", "huyen", "quan", "tinh", "xa")
_SHORT = {"tt": "thi tran", "tx": "thi xa", "tp": "thanh pho", "p": "phuong", "x": "xa",
          "h": "huyen", "q": "quan"}  # fmt: skip
# "TP. Vinh", "TP.Vinh", "TP Vinh", "P4", "TPHCM"
_SHORTENED = re.compile(r"(tt|tx|tp|p|x|h|q)(?:\.\s*|\s+|(?=\d)|(?=hcm$))(?=\S)")
_DASHES = re.compile(r"\s*[-‐‑–—]\s*")
_ZEROS = re.compile(r"\b0+(?=\d)")
# names that registers still carry although they were no longer right on 30 June 2025
_OTHERWISE = {"hcm": "ho chi minh", "thua thien hue": "hue"}


@lru_cache(maxsize=8192)
def spelled(text: str) -> str:
    """Write a name for matching: folded, "TP." and "P" written out, "04" as "4", dashes as blanks.

    Args:
        text: "P. 04", "TP.Lạng Sơn", "Bà Rịa – Vũng Tàu".
    """
    plain = _ZEROS.sub("", _DASHES.sub(" ", fold(text)))
    short = _SHORTENED.match(plain)
    whole = f"{_SHORT[short[1]]} {plain[short.end() :]}" if short else plain
    name = _without_kind(whole)
    return whole.removesuffix(name) + _OTHERWISE.get(name, name)


def bare(text: str) -> str:
    """Write a name for matching, without its kind: "TP. Lạng Sơn" → "lang son"."""
    return _without_kind(spelled(text))


def name_of(label: str) -> str:
    """Give a name with its marks, in lower case and without its kind: "xã Minh Quán" → "minh quán".

    Args:
        label: a name written in full, kind included.
    """
    plain = tidy(label).casefold()
    return " ".join(plain.split()[-len(_without_kind(fold(label)).split()) :])


def _without_kind(name: str) -> str:
    for kind in _KINDS:
        if name.startswith(f"{kind} "):
            return name.removeprefix(f"{kind} ")
    return name
