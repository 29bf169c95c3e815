"""A question that is answered with yes or no, in either language."""

import click

from programme.problem import Language, Text
from programme.text import fold

_YES = frozenset({"y", "yes", "c", "co", "dong y", "ok"})
_NO = frozenset({"n", "no", "k", "ko", "khong", "0", ""})
_KEYS = Text(vi="c = có, k = không", en="y/N")
_AGAIN = Text(
    vi="chưa hiểu câu trả lời; gõ c (có) hoặc k (không)", en="type y (yes) or n (no), please"
)


def confirmed(question: Text, language: Language) -> bool:
    """Ask until the answer is understood; nothing typed means no.

    Raises:
        click.Abort: Ctrl+C, or nobody is there.
    """
    text = f"{question.in_(language)} [{_KEYS.in_(language)}]"
    while True:
        answer = fold(click.prompt(text, default="", show_default=False))
        if answer in _YES | _NO:
            return answer in _YES
        click.echo(_AGAIN.in_(language))
