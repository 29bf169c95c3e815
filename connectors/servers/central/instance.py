"""A filled form as XML, and its answers as flat as KoBo gives them.

Central's OData leaves out what the published form does not know and what does not fit its type,
and keeps the first form version after an edit. So the XML is read, which has everything.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Collection
from typing import Any

Answers = dict[str, Any]
DEEPEST = 100  # groups within groups; no form has so many


class NoSubmissionError(ValueError):
    """Bytes that are no filled form."""


def answers_of(root: ET.Element, repeats: Collection[str]) -> Answers:
    """Give the answers by their paths, as texts; each repeat is a list of rows.

    What is blank is left out, and so is a row without any answer. Attributes in ``meta`` are
    kept as ``meta/entity/@id``. What occurs twice where the form has no repeat is kept too, a group
    as rows, an answer under ``question[2]``.

    Args:
        repeats: paths of the form's repeats.

    Raises:
        NoSubmissionError: nested too deep.
    """
    answers: Answers = {}
    _collect(root, "", repeats, answers, 0)
    return answers


def local(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition("}")[2]


def _collect(
    element: ET.Element, above: str, repeats: Collection[str], into: Answers, depth: int
) -> None:
    if depth > DEEPEST:
        raise NoSubmissionError
    often = Counter(child.tag for child in element)
    for child in element:
        path = f"{above}/{local(child.tag)}" if above else local(child.tag)
        if above.startswith("meta") or path.startswith("meta/"):
            into.update((f"{path}/@{local(name)}", text) for name, text in child.items())
        if path in repeats or (often[child.tag] > 1 and len(child)):
            row: Answers = {}
            _collect(child, path, repeats, row, depth + 1)
            if row:
                into.setdefault(path, []).append(row)
        elif len(child):
            _collect(child, path, repeats, into, depth + 1)
        elif child.text and not child.text.isspace():
            into[_free(path, into)] = child.text


def _free(path: str, taken: Answers) -> str:
    number, free = 1, path
    while free in taken:
        number += 1
        free = f"{path}[{number}]"
    return free
