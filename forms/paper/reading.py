"""A workbook as the outline of a paper form."""

from collections.abc import Iterator, Mapping

from forms.paper.expression import names
from forms.paper.facts import Asked, Facts
from forms.paper.limits import digits, limit_hint
from forms.paper.outline import Item, Note, PaperForm, Question, Repeat, Section
from forms.paper.texts import Reader, filled, on_paper, plain
from forms.paper.tree import Node, columns, inner_repeats, read_tree
from forms.paper.wording import What, Wording
from forms.questions import question_type
from forms.translations import choices
from forms.workbook import Workbook
from programme.problem import Language

CHOICES_AT_MOST = 40  # more are written as code and name, not ticked
_COMPARED_AT_MOST = 2  # questions that a reader compares by hand to see whether a note is for him
_QUOTED = 50  # letters of a question that is quoted in a note
_YES = ("yes", "true", "true()")


def read_paper(workbook: Workbook, texts: Reader, language: Language) -> PaperForm:
    """Read a workbook as what stands on paper.

    Args:
        workbook: one whose survey can be read (its types known, its groups closed).
        texts: reads labels in the language to print.
        language: language of our own words.
    """
    return _Reading(workbook, texts, language).form()


def wording_of(workbook: Workbook, texts: Reader, language: Language) -> Wording:
    """Give what puts conditions of a workbook into words, its questions by their paper numbers."""
    return _Reading(workbook, texts, language).wording


class _Reading:
    """Turns the tree of rows into the outline, in one language."""

    def __init__(self, workbook: Workbook, texts: Reader, language: Language) -> None:
        self.workbook = workbook
        self.texts = texts
        self.tree = read_tree(workbook)
        self.choices = {
            name: {choice: texts.choose(said) or choice for choice, said in listed.items()}
            for name, listed in choices(workbook).items()
        }
        self.constraints = {
            row.get("name"): row.get("constraint") for row in workbook.rows("survey")
        }
        self.wording = Wording(
            Facts(self._asked(), _computed(workbook), workbook.path.parent), language
        )

    def form(self) -> PaperForm:
        title = self.texts.title() or self.workbook.form_id
        return PaperForm(
            self.workbook.form_id,
            plain(title),
            plain(self.workbook.setting("version")),
            tuple(self._items(self.tree, 1)),
        )

    def _asked(self) -> dict[str, Asked]:
        return {
            node.row.get("name"): Asked(
                node.number,
                None if node.repeats else node.type.kind,
                {
                    name: plain(label)
                    for name, label in self.choices.get(node.type.list_name or "", {}).items()
                },
                _short(plain(on_paper(self.texts.text(node.row)))),
            )
            for node in self.tree.walk()
            if node.number
        }

    def _items(self, node: Node, level: int) -> Iterator[Item]:
        for child in node.children:
            if self.wording.never(child.row.get("relevant")):
                continue
            if child.repeats:
                yield from self._repeats(child, "")
            elif child.is_group:
                yield from self._section(child, level)
            elif child.number:
                yield self._question(child)
            elif note := self._note(child):
                yield note

    def _text(self, node: Node, kind: str = "label") -> str:
        return filled(on_paper(self.texts.text(node.row, kind)), self.wording.facts.fixed)

    def _section(self, node: Node, level: int) -> Iterator[Item]:
        label, only_if = self._text(node), self._only_if(node, "section")
        inside = level + 1 if label else level
        items = tuple(self._items(node, inside))
        source = node.row.get("relevant")
        only_notes = all(isinstance(item, Note) for item in items)
        if not items or (only_notes and not self.wording.decided_on_paper(source)):
            return
        if label or only_if:
            yield _merged(Section(label, level, items, only_if))
        else:
            yield from items

    def _repeats(self, node: Node, inside: str) -> Iterator[Repeat]:
        asked = [
            each
            for each in columns(node)
            if each.number and not self.wording.never(each.row.get("relevant"))
        ]
        count = node.row.get("repeat_count")
        how_many = self.wording.facts.questions(names(count))
        if asked:
            yield Repeat(
                number=node.number,
                label=self._text(node),
                columns=tuple(self._question(each) for each in asked),
                notes=tuple(self._notes_of_table(node)),
                only_if=self._only_if(node),
                inside=inside,
                rows=int(count) if count.isdigit() else None,
                rows_as=how_many[0] if len(how_many) == 1 else "",
            )
        for inner in inner_repeats(node):
            yield from self._repeats(inner, node.number or inside)

    def _notes_of_table(self, node: Node) -> Iterator[Note]:
        """Keep what can be told of every row: what depends on answers is a row's own."""
        for each in columns(node):
            source = each.row.get("relevant")
            if each.number or (source and not self.wording.clear(source)):
                continue
            if note := self._note(each):
                yield note

    def _question(self, node: Node) -> Question:
        row, kind = node.row, node.type
        listed = self.choices.get(kind.list_name or "", {})
        many = len(listed) > CHOICES_AT_MOST
        constraint = row.get("constraint")
        said = plain(self._text(node, "constraint_message"))
        limit = limit_hint(constraint, self.wording, said) if constraint else ""
        hints = [self._text(node, "hint"), self._text(node, "guidance_hint"), limit]
        return Question(
            name=row.get("name"),
            number=node.number,
            type=kind,
            label=self._text(node) or row.get("name"),
            hints=tuple(hint for hint in hints if hint),
            only_if=self._only_if(node),
            required=row.get("required").lower() in _YES,
            choices={} if many else listed,
            from_list=bool(kind.list_file) or many,
            unit=row.get("unit").lower(),
            appearance=row.get("appearance").lower(),
            parameters=row.get("parameters"),
            digits=digits(constraint, self.wording.facts, self.constraints),
        )

    def _note(self, node: Node) -> Note | None:
        """Keep a note unless only the phone can tell whether it is to be shown."""
        source = node.row.get("relevant")
        label = self._text(node)
        if not label or not self.wording.decided_on_paper(source):
            return None
        if source and len(self.wording.facts.questions(names(source))) > _COMPARED_AT_MOST:
            return None
        hint = self._text(node, "hint")
        return Note(label, (hint,) if hint else (), self._only_if(node, "note"))

    def _only_if(self, node: Node, what: What = "question") -> str:
        source = node.row.get("relevant")
        return self.wording.only_if(source, what) if source else ""


def _merged(section: Section) -> Section:
    """Drop a heading inside that says the same as its only parent."""
    inner = section.items[0]
    alone = len(section.items) == 1 and isinstance(inner, Section) and not inner.only_if
    if alone and isinstance(inner, Section) and inner.label == section.label:
        return Section(section.label, section.level, inner.items, section.only_if)
    return section


def _computed(workbook: Workbook) -> Mapping[str, str]:
    found = {}
    for row in workbook.rows("survey"):
        kind = question_type(row.get("type"))
        if row.get("calculation") and kind and (kind.role == "computed" or kind.name == "note"):
            found[row.get("name")] = row.get("calculation")
    return found


def _short(label: str) -> str:
    if len(label) <= _QUOTED:
        return label
    return label[:_QUOTED].rsplit(" ", 1)[0] + "…"
