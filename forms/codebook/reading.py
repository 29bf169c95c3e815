"""A workbook as its codebook."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from forms.codebook.entries import Choice, Codebook, Entry, What
from forms.codebook.since import since
from forms.codebook.words import kind_words
from forms.paper.limits import limit_hint
from forms.paper.reading import wording_of
from forms.paper.texts import Reader, languages, plain
from forms.paper.tree import read_tree
from forms.paper.wording import Wording
from forms.questions import QuestionType, question_type
from forms.schema import examine
from forms.tables import Column, FormSchema, Table, columns_of
from forms.translations import choices, labels
from forms.workbook import Row, Workbook, read_workbook
from programme.problem import Language, ProblemError, Text

_YES = ("yes", "true", "true()")


def read_codebook(workbook: Path, language: Language, earlier: Sequence[Path] = ()) -> Codebook:
    """Read every row of a form.

    Args:
        workbook: the ``.xlsx``; lists beside it tell the norms that its conditions speak of.
        language: of conditions, limits and types, which are put into words.
        earlier: workbooks of earlier versions, the oldest first; one that cannot be read is
            passed over.

    Raises:
        ProblemError: what is wrong with the workbook, with sheet and row.
    """
    book = read_workbook(workbook)
    schema, problems = examine(book, classes=False)
    if errors := [each for each in problems if each.severity == "error"]:
        raise ProblemError(errors)
    return _Reading(book, schema, language, earlier).codebook()


class _Reading:
    """Walks the rows of the survey once."""

    def __init__(
        self, book: Workbook, schema: FormSchema, language: Language, earlier: Sequence[Path]
    ) -> None:
        self.book = book
        self.schema = schema
        self.language = language
        self.wording = wording_of(book, Reader(book, language), language)
        self.numbers = {node.row.number: node.number for node in read_tree(book).walk()}
        self.columns = {
            column.path: (table, column) for table in schema.tables for column in table.columns
        }
        self.since = since(schema, earlier)

    def codebook(self) -> Codebook:
        titles = {code: Reader(self.book, code).title() for code in languages(self.book)}
        title = self.book.setting("form_title") or self.book.form_id
        return Codebook(
            form_id=self.book.form_id,
            title=Text(vi=plain(titles.get("vi", title)), en=plain(titles.get("en", title))),
            version=plain(self.book.setting("version")),
            language=self.language,
            entries=tuple(self._entries()),
            choices=tuple(self._choices()),
        )

    def _entries(self) -> Iterator[Entry]:
        around: list[str] = []
        for row in self.book.rows("survey"):
            kind = question_type(row.get("type"))
            if kind is None or row.get("disabled").lower() in _YES:
                continue
            if kind.role == "end":
                around.pop()
                continue
            yield self._entry(row, kind, around)
            if kind.role == "begin":
                around.append(row.get("name"))

    def _entry(self, row: Row, kind: QuestionType, around: Sequence[str]) -> Entry:
        name = row.get("name")
        table, column = self.columns.get("/".join([*around, name]), (None, None))
        constraint, relevant = row.get("constraint"), row.get("relevant")
        message = plain(self._label(row, "constraint_message").in_(self.language))
        return Entry(
            what=_what(row, kind),
            depth=len(around),
            number=self.numbers.get(row.number, ""),
            name=name,
            label=self._label(row, "label"),
            kind=self._kind(kind, column),
            list_name=kind.list_file or kind.list_name or "",
            required=row.get("required").lower() in _YES,
            only_if=_when(self.wording, relevant),
            limits=limit_hint(constraint, self.wording, message) if constraint else "",
            expressions=(relevant, constraint, row.get("calculation")),
            data_class=column.data_class if column else None,
            table=table.name if table else "",
            columns=columns_of(column) if column else (),
            since=self._since(table, column),
        )

    def _kind(self, kind: QuestionType, column: Column | None) -> str:
        if column is None:
            return ""
        words = kind_words(kind, column.kind, column.unit).in_(self.language)
        if not kind.or_other:
            return words
        other = Text(vi=f"{column.name}_other: ghi rõ", en=f"{column.name}_other: said in words")
        return f"{words}; {other.in_(self.language)}"

    def _since(self, table: Table | None, column: Column | None) -> str:
        return self.since(table, column) if table and column else ""

    def _label(self, row: Row, kind: str) -> Text:
        found = labels(self.book, row, kind)
        either = next(iter(found.values()), "")
        return Text(vi=plain(found.get("vi", either)), en=plain(found.get("en", either)))

    def _choices(self) -> Iterator[Choice]:
        for list_name, listed in choices(self.book).items():
            for name, said in listed.items():
                either = next(iter(said.values()), name)
                label = Text(vi=plain(said.get("vi", either)), en=plain(said.get("en", either)))
                yield Choice(list_name, name, label)


def _when(wording: Wording, relevant: str) -> str:
    """Say when something is asked; what cannot be worded is named by what it depends on."""
    return wording.only_if(relevant, "note").rstrip(":") if relevant else ""


def _what(row: Row, kind: QuestionType) -> What:
    if kind.role == "begin":
        return "repeat" if kind.name == "repeat" else "group"
    if kind.role == "silent":
        return "note"
    if kind.role == "metadata":
        return "metadata"
    computed = row.get("calculation") and row.get("readonly").lower() in _YES
    return "computed" if kind.role == "computed" or computed else "question"
