"""Vietnamese text: one spelling for storing, one for matching, and the order of the alphabet."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from programme.problem import Text

NEAR = 70  # of 100: below that a guess would mislead

# the order of Vietnamese dictionaries: letters first, then tones
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=100)}
_AFTER = 1000
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def tidy(text: str) -> str:
    """Write text in one way: composed letters (NFC), single spaces, nothing invisible."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(visible.split())


def fold(text: str) -> str:
    """Reduce text to what two people would agree on: lower case, no tone or other marks.

    "Hòa", "Hoà" and "HOA" become the same; so do “đ” and “d”, and all kinds of apostrophe.
    """
    parts = unicodedata.normalize("NFD", tidy(text).casefold())
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return re.sub("[’‘`´ʼ]", "'", plain.replace("đ", "d"))


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Give the key that puts names in the order of a Vietnamese dictionary.

    Syllable by syllable; in a syllable the letters decide (a ă â b c d đ …), then the tone
    (ngang, huyền, hỏi, ngã, sắc, nặng). Digits come before letters, in the order of their value.
    """
    return tuple(_syllable(each) for each in re.split(r"[\s\-–]+", tidy(text).casefold()))


def _syllable(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if text.isdecimal():
        return (0, int(text)), ()
    letters: list[int] = []
    tones: list[int] = []
    for character in text:
        marks = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in marks if mark in _TONES), "")
        letters.append(_rank(unicodedata.normalize("NFC", marks.replace(tone, ""))))
        tones.append(_TONES.get(tone, 0))
    return tuple(letters), tuple(tones)


def _rank(letter: str) -> int:
    if letter in _RANK:
        return _RANK[letter]
    # signs before letters, letters of other alphabets after them
    return ord(letter) if letter.isascii() and len(letter) == 1 else _AFTER


def nearest(name: str, names: Iterable[str], *, cutoff: float = NEAR) -> str | None:
    """Give the known name that is written most like this one, or None if none is close.

    Args:
        name: what a person wrote.
        names: what exists.
        cutoff: least likeness, of 100.
    """
    listed = sorted(names)
    found = process.extractOne(
        fold(name), [fold(each) for each in listed], scorer=fuzz.ratio, score_cutoff=cutoff
    )
    return listed[found[2]] if found else None


def did_you_mean(near: str | None) -> Text:
    """Ask whether the nearest right name was meant; empty when there is none."""
    if near is None:
        return Text(vi="", en="")
    return Text(vi=f"; có phải «{near}» không?", en=f"; did you mean “{near}”?")


def first_lower(words: str) -> str:
    """Write a label as it stands inside a sentence; “CLB” and other short forms stay."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"
