"""What a rule looks at."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from forms.engine.media import Media, find_medium
from forms.headers import split_language
from forms.lists import list_columns, list_problems, numbered_rows
from forms.questions import QuestionType, question_type
from forms.rules.fault import Fault, Level, filled
from forms.tables import Column, FormSchema, Table
from forms.workbook import Row, Workbook
from programme.problem import Problem, Severity, Text
from programme.text import NEAR, did_you_mean, nearest

_PLAIN_WORDS = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count")
_OF_ENTITIES = ("label", "create_if", "update_if", "entity_id")
_DYNAMIC = re.compile(r"^\s*[a-z][a-z-]*\(|\$\{")


@dataclass(frozen=True, slots=True)
class Expression:
    """A cell that is computed on the phone."""

    row: Row
    header: str
    text: str
    sheet: str = "survey"


@dataclass(frozen=True)
class Subject:
    """One workbook under check.

    Args:
        workbook: its rows.
        schema: its tables.
        media: where its lists are; None when nobody knows.
        own: it lies in a programme's own folder, where more is asked of it.
    """

    workbook: Workbook
    schema: FormSchema
    media: Media | None
    own: bool

    @property
    def strict(self) -> Severity:
        """Error in a programme's own folder, a note for a workbook from elsewhere."""
        return "error" if self.own else "note"

    def questions(self) -> tuple[tuple[Row, QuestionType], ...]:
        """Give the survey's rows with their types; disabled and unknown ones are left out."""
        return self._questions

    @cached_property
    def _questions(self) -> tuple[tuple[Row, QuestionType], ...]:
        return tuple(
            (row, kind)
            for row in self.workbook.rows("survey")
            if row.get("disabled").lower() not in ("yes", "true", "true()")
            and row.get("type")
            and (kind := question_type(row.get("type")))
        )

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """Every cell that a phone computes, row by row; names of submissions and entities too."""
        found = [
            Expression(row, header, text)
            for row, _ in self.questions()
            for header, text in row.cells.items()
            if _is_expression(header, text)
        ]
        for row in self.workbook.rows("settings")[:1]:
            if row.get("instance_name"):
                name = row.get("instance_name")
                found.append(Expression(row, "instance_name", name, "settings"))
        for row in self.workbook.rows("entities"):
            for header, text in row.cells.items():
                if header in _OF_ENTITIES:
                    found.append(Expression(row, header, text, "entities"))
        return tuple(found)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The innermost table of every question and repeat, by name; the form's own too."""
        found: dict[str, Table] = {}
        for table in self.schema.tables:
            for column in table.columns:
                found.setdefault(column.question, table)
            if table.path:
                found.setdefault(table.path.rpartition("/")[2], table)
        return found

    def column(self, name: str) -> Column | None:
        """Give a question as a column; None when there is none of that name."""
        return self._columns.get(name)

    @cached_property
    def _columns(self) -> dict[str, Column]:
        columns = (column for table in self.schema.tables for column in table.columns)
        return {column.question: column for column in columns}

    def words(self, row: Row, kind: str) -> Iterator[tuple[str, str]]:
        """Give a row's texts of one kind (``label``, ``hint``) with their headers."""
        for header, text in row.cells.items():
            if split_language(header)[0] == kind:
                yield header, text

    def severity(self, level: Level) -> Severity:
        """Say how bad a fault is for this workbook."""
        if level == "house":
            return "warning" if self.own else "note"
        return self.strict if level == "strict" else level

    def tell(
        self,
        fault: Fault,
        row: Row | None,
        column: str | None,
        sheet: str = "survey",
        **values: str,
    ) -> Problem:
        """Give a fault at a cell of this workbook; ``values`` fill its words."""
        return self.problem(
            fault.code,
            row,
            column,
            filled(fault.what, values),
            filled(fault.do, values),
            severity=self.severity(fault.level),
            sheet=sheet,
        )

    def problem(
        self,
        code: str,
        row: Row | None,
        column: str | None,
        what: Text,
        do: Text,
        *,
        severity: Severity = "error",
        sheet: str = "survey",
    ) -> Problem:
        """Give a problem at a row of this workbook."""
        place = self.workbook.place(sheet, row.number if row else None, column)
        return Problem(code, what, do, place, severity)

    def list_columns(self, name: str) -> tuple[str, ...] | None:
        """Give the columns of a CSV list; None when it is not there or cannot be read."""
        return None if (found := self._list(name)) is None else found.columns

    def list_rows(self, name: str) -> tuple[tuple[int, Mapping[str, str]], ...]:
        """Give the rows of a CSV list, numbered; none when it is not there or cannot be read."""
        return () if (found := self._list(name)) is None else found.rows

    def _list(self, name: str) -> "_List | None":
        path = find_medium(self.media, name)
        if path is None:
            return None
        found = path.stat()
        return _read(path, found.st_mtime_ns, found.st_size)


@dataclass(frozen=True)
class _List:
    """A CSV list, its columns and rows each read once."""

    path: Path

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return list_columns(self.path)

    @cached_property
    def rows(self) -> tuple[tuple[int, Mapping[str, str]], ...]:
        return tuple(numbered_rows(self.path))


@lru_cache(maxsize=64)  # the same lists for every form and every rule; read again when edited
def _read(path: Path, _modified: int, _size: int) -> _List | None:
    # what is wrong with a file is told of the file, and once
    return _List(path) if next(list_problems(path), None) is None else None


def near(
    name: str, names: Iterator[str] | tuple[str, ...] | frozenset[str], *, cutoff: float = NEAR
) -> dict[str, str]:
    """Give the question “did you mean …” as values ``near_vi`` and ``near_en`` of a fault.

    ``cutoff`` is the least likeness, of 100.
    """
    asked = did_you_mean(nearest(name, names, cutoff=cutoff))
    return {"near_vi": asked.vi, "near_en": asked.en}


def _is_expression(header: str, text: str) -> bool:
    if text.startswith("#"):
        return False  # an error of Excel, told as such
    if header in _EXPRESSIONS:
        return True
    if header in ("required", "readonly"):
        return text.lower() not in _PLAIN_WORDS
    return header == "default" and bool(_DYNAMIC.search(text))


Rule = Callable[[Subject], Iterator[Problem]]
