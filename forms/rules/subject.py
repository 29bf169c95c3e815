"""What a rule looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.engine.media import Media, find_medium
from forms.lists import list_columns
from forms.questions import QuestionType, question_type
from forms.tables import FormSchema
from forms.workbook import Row, Workbook
from programme.problem import Problem, Severity, Text


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

    def questions(self) -> Iterator[tuple[Row, QuestionType]]:
        """Give the survey's rows with their types; disabled and unknown ones are left out."""
        for row in self.workbook.rows("survey"):
            kind = question_type(row.get("type")) if row.get("type") else None
            if kind and row.get("disabled").lower() not in ("yes", "true"):
                yield row, kind

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
        """Give the columns of a CSV list; None when the file is not there."""
        path = find_medium(self.media, name)
        return None if path is None else list_columns(path)


Rule = Callable[[Subject], Iterator[Problem]]
