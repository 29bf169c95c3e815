"""The rows of a survey as a tree, without what is not asked, and with numbers to speak of."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.questions import QuestionType, question_type
from forms.workbook import Row, Workbook

ROOT = QuestionType("group", "begin")
_BACKGROUND = ("background-audio", "background-geopoint")
_YES = ("yes", "true", "true()")


@dataclass(slots=True)
class Node:
    """A row that stands on paper, with the rows inside it.

    Args:
        number: of a question or table, as printed; empty for notes and groups.
    """

    row: Row
    type: QuestionType
    children: list["Node"] = field(default_factory=list)
    number: str = ""

    @property
    def repeats(self) -> bool:
        """Tell whether this is asked several times."""
        return self.type.role == "begin" and self.type.name == "repeat"

    @property
    def is_group(self) -> bool:
        """Tell whether this only holds others together."""
        return self.type.role == "begin" and not self.repeats

    def walk(self) -> Iterator["Node"]:
        """Give this node and all inside it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_tree(workbook: Workbook) -> Node:
    """Read the survey: questions, notes, groups and repeats; numbered 1, 2, 3, in tables 3a, 3b.

    Left out: what the phone computes or fills in by itself. The workbook's groups close.
    """
    root = Node(Row(0, {}), ROOT)
    open_: list[Node] = [root]
    for row in workbook.rows("survey"):
        kind = question_type(row.get("type"))
        if kind is None or row.get("disabled").lower() in _YES:
            continue
        if kind.role == "end":
            open_.pop()
        elif kind.role == "begin":
            node = Node(row, kind)
            open_[-1].children.append(node)
            open_.append(node)
        elif _stands_on_paper(row, kind):
            open_[-1].children.append(Node(row, kind))
    _without_summaries(root)
    _number(root, iter(range(1, 1_000_000)))
    return root


def columns(repeat: Node) -> Iterator[Node]:
    """Give the questions and notes of a repeat's own rows: those in its groups, not in repeats."""
    for child in repeat.children:
        if child.is_group:
            yield from columns(child)
        elif not child.repeats:
            yield child


def inner_repeats(repeat: Node) -> Iterator[Node]:
    """Give the repeats directly inside a repeat, or in its groups."""
    for child in repeat.children:
        if child.repeats:
            yield child
        elif child.is_group:
            yield from inner_repeats(child)


def letter(position: int) -> str:
    """Give the letter of a column: a, b, … z, aa, ab."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _stands_on_paper(row: Row, kind: QuestionType) -> bool:
    if kind.name == "note":
        return not row.get("calculation")  # it shows what the phone computed
    computed = row.get("calculation") and row.get("readonly").lower() in _YES
    return kind.role == "question" and kind.name not in _BACKGROUND and not computed


def _without_summaries(node: Node) -> None:
    """Take out pages that only show again what was answered: on paper it stands above."""
    node.children = [child for child in node.children if not _only_shows(child)]
    for child in node.children:
        _without_summaries(child)


def _only_shows(node: Node) -> bool:
    inside = [each for each in node.walk() if not each.is_group]
    notes = [each for each in inside if each.type.name == "note"]
    showing = [each for each in notes if any("${" in text for text in each.row.cells.values())]
    asked = [each for each in inside if each.type.name not in ("note", "acknowledge", "trigger")]
    return node.is_group and not asked and len(showing) * 2 > len(notes)


def _number(node: Node, numbers: Iterator[int]) -> None:
    for child in node.children:
        if child.repeats:
            asked = [each for each in columns(child) if each.type.role == "question"]
            if asked:  # a repeat that only holds others is no table of its own
                child.number = str(next(numbers))
            for position, each in enumerate(asked):
                each.number = f"{child.number}{letter(position)}"
            for inner in inner_repeats(child):
                _number(Node(child.row, ROOT, [inner]), numbers)
        elif child.is_group:
            _number(child, numbers)
        elif child.type.role == "question":
            child.number = str(next(numbers))
