"""Comments in both languages, taken apart: ``tiếng Việt · English``, or one then the other."""

import re
import unicodedata
from collections.abc import Sequence

from programme.problem import Text

SEPARATOR = " · "
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 0.4  # of words with marks: Vietnamese has more, English with Vietnamese names fewer


def of_lines(lines: Sequence[str]) -> Text:
    """Give what comment lines say in each language; a text of one language stands for both.

    Args:
        lines: without the comment's sign, in their order.
    """
    text = " ".join(line.strip() for line in lines).strip()
    if SEPARATOR in text:
        vi, _, en = text.partition(SEPARATOR)
        return Text(vi=vi.strip(), en=en.strip())
    vietnamese: list[str] = []
    english: list[str] = []
    for line in lines:
        (vietnamese if _is_vietnamese(line) else english).append(line.strip())
    vi, en = " ".join(vietnamese), " ".join(english)
    return Text(vi=vi or en, en=en or vi)


def _is_vietnamese(line: str) -> bool:
    words = _WORD.findall(line)
    marked = sum("đ" in word.lower() or _has_marks(word) for word in words)
    return marked > _SHARE * len(words)


def _has_marks(word: str) -> bool:
    return unicodedata.normalize("NFD", word) != word
