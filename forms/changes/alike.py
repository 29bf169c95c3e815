"""How alike two wordings are, and when the new one says something else."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from programme.text import tidy

ALIKE = 70.0  # of 100: below that a wording counts as another one

_NUMBERING = re.compile(r"^\W*\d+(\.\d+)*[.)]\s+")
_MARKUP = re.compile(r"<[^>]*>|[*_#]+")
_WORD = re.compile(r"\$\{[^}]*\}|\d+(?:[.,]\d+)*|[^\W\d]+")
# Letters say little here: “number of men” and “number of women” are written almost alike.
_TELLING = frozenset(
    "không chưa chẳng trừ nam nữ trước sau vào ra thu chi tăng giảm trên dưới hộ "
    "nghìn ngàn triệu tỷ tỉ tuần tháng quý năm "
    "not no never without except male female men women man woman boys girls before after "
    "opening closing increase decrease joined left household households "
    "thousand million billion week month quarter year weekly monthly quarterly yearly".split()
)


def likeness(old: Mapping[str, str], new: Mapping[str, str]) -> float | None:
    """Tell how alike labels are in the language in which they differ most.

    Returns:
        0 to 100; None when there is nothing to compare.
    """
    return min((_ratio(before, after) for before, after in _shared(old, new)), default=None)


def says_the_same(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Tell whether labels differ at most in blanks, marks, markup and numbering."""
    return all(_words(before) == _words(after) for before, after in _shared(old, new))


def sense(labels: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Give a key that labels in the same languages share when they say the same."""
    return tuple((language, *_words(labels[language])) for language in sorted(labels))


def says_something_else(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Tell whether labels have changed so much that answers may mean something else.

    A number, a negation, a sex, a unit or a period that differs is enough.
    """
    return any(_other(_words(before), _words(after)) for before, after in _shared(old, new))


def _shared(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    languages = [language for language in old if language in new]
    if languages:
        yield from ((old[language], new[language]) for language in languages)
    elif old and new:
        # a form without languages that got them: the nearest one is the one it was in
        pairs = [(before, after) for before in old.values() for after in new.values()]
        yield max(pairs, key=lambda pair: _ratio(*pair))


def _words(text: str) -> list[str]:
    bare = _NUMBERING.sub("", _MARKUP.sub(" ", tidy(text)))
    return _WORD.findall(unicodedata.normalize("NFC", bare.casefold()))


def _ratio(old: str, new: str) -> float:
    return fuzz.ratio(" ".join(_words(old)), " ".join(_words(new)))


def _other(old: list[str], new: list[str]) -> bool:
    if _telling(old) != _telling(new):
        return True
    # words that were only put in another order say the same
    return max(
        fuzz.ratio(" ".join(old), " ".join(new)),
        fuzz.token_sort_ratio(" ".join(old), " ".join(new)),
    ) < ALIKE  # fmt: skip


def _telling(words: list[str]) -> frozenset[str]:
    return frozenset(word for word in words if word in _TELLING or word[0].isdigit())
