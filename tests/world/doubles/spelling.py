"""Ways in which one Vietnamese name is written by different people on different phones."""

import unicodedata
from collections.abc import Callable, Sequence
from random import Random

PREFIX = "CLB LTHTGN"
PREFIXES = (
    "CLB Liên thế hệ tự giúp nhau",
    "Câu lạc bộ Liên thế hệ tự giúp nhau",
    "Câu lạc bộ LTHTGN",
    "CLB liên thế hệ TGN",
    "CLB LTH TGN",
    "CLB L.T.H.T.G.N",
    "Clb LTHTGN",
    "CLB LTHTGN -",
    "CLB Liên thế hệ",
)
PLACES = ("thôn", "bản", "tổ dân phố", "xóm", "khu")
_MARKS = {"o": "òóỏõọ", "u": "ùúủũụ", "a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
# oà and òa, uý and úy: two schools of where the tone mark stands
_TONES = {
    f"{_MARKS[first][tone]}{second}": f"{first}{_MARKS[second][tone]}"
    for first, second in ("oa", "oe", "uy")
    for tone in range(5)
}
_FIVE_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BACK = {new: old for old, new in _TONES.items()}
Respell = Callable[[Random, str], str]


def other_prefix(rng: Random, name: str) -> str:
    """Write the kind of club otherwise."""
    return name.replace(PREFIX, rng.choice(PREFIXES), 1)


def without_prefix(_rng: Random, name: str) -> str:
    """Leave the kind of club out."""
    return name.removeprefix(PREFIX).strip()


def without_marks(_rng: Random, name: str) -> str:
    """Write without any marks, as on a phone without a Vietnamese keyboard."""
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def decomposed(_rng: Random, name: str) -> str:
    """Write letters and marks apart, as some phones send them."""
    return unicodedata.normalize("NFD", name)


def other_tone_place(_rng: Random, name: str) -> str:
    """Put tone marks where the other school puts them: hoà for hòa, thuỷ for thủy."""
    table = _TONES if any(old in name for old in _TONES) else _BACK
    for old, new in table.items():
        name = name.replace(old, new)
    return name


def other_tone(_rng: Random, name: str) -> str:
    """Hear the last word with another tone: Hòa for Hoa, Lán for Lan, Hưởng for Hương."""
    before, _, last = name.rpartition(" ")
    letters = unicodedata.normalize("NFD", last)
    plain = "".join(letter for letter in letters if letter not in _FIVE_TONES)
    at = max((each for each, letter in enumerate(plain) if letter in "aeiouy"), default=0) + 1
    while at < len(plain) and unicodedata.combining(plain[at]):
        at += 1
    tone = "\u0301" if "\u0301" not in letters else "\u0300"
    return unicodedata.normalize("NFC", f"{before} {plain[:at]}{tone}{plain[at:]}")


def plain_d(_rng: Random, name: str) -> str:
    """Write d for đ."""
    return name.replace("đ", "d").replace("Đ", "D")


def capitals(_rng: Random, name: str) -> str:
    """Write everything in capitals."""
    return name.upper()


def spaced(_rng: Random, name: str) -> str:
    """Put blanks and a full stop where none belong."""
    first, *others = name.split()
    return f" {first}  {' '.join(others)} ."


def other_place_word(rng: Random, name: str) -> str:
    """Call the village a bản, a tổ dân phố, or nothing at all."""
    for word in PLACES:
        if f" {word} " in f" {name} ":
            new = rng.choice([*(each for each in PLACES if each != word), ""])
            return " ".join(name.replace(word, new, 1).split())
    return name


def one_letter(rng: Random, name: str) -> str:
    """Mistype one letter of the last word: doubled, left out, or the next one on the keyboard."""
    before, _, last = name.rpartition(" ")
    at = rng.randrange(1, len(last)) if len(last) > 1 else 0
    beside = {"a": "s", "n": "m", "o": "i", "i": "u", "u": "i", "g": "h", "h": "g"}
    typed = rng.choice(
        (
            last[:at] + last[at] + last[at:],
            last[:at] + beside.get(last[at], last[at] * 2) + last[at + 1 :],
        )
    )
    return f"{before} {typed}".strip()


OF_CLUBS: tuple[Respell, ...] = (
    other_prefix,
    without_prefix,
    without_marks,
    decomposed,
    other_tone_place,
    plain_d,
    capitals,
    spaced,
    other_place_word,
    one_letter,
)
OF_PEOPLE: tuple[Respell, ...] = (
    without_marks,
    decomposed,
    other_tone_place,
    plain_d,
    capitals,
    spaced,
    one_letter,
    other_tone,
)


def respelled(rng: Random, name: str, ways: Sequence[Respell], at: int) -> tuple[str, str]:
    """Write a name in one way, every third time in two; give how."""
    wanted = [ways[at % len(ways)]]
    if at % 3 == 0:
        wanted.append(rng.choice([way for way in ways if way not in wanted]))
    for way in wanted:
        name = way(rng, name)
    return name, " + ".join(way.__name__ for way in wanted)
