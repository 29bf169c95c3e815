"""One way to tell a person what is wrong, where, and what to do, in Vietnamese and English."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, Literal

Language = Literal["vi", "en"]
Severity = Literal["error", "warning", "note"]


class Exit(IntEnum):
    """Exit status of the command line."""

    DONE = 0  # findings about data are results, not failures
    INPUT = 1  # errors in what people edit
    USAGE = 2
    SERVER = 3  # a server or the network
    STORE = 4


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages of the product."""

    vi: str
    en: str

    def in_(self, language: Language) -> str:
        """Give the sentence in one language."""
        return self.vi if language == "vi" else self.en


SEVERITY_WORDS: Mapping[Severity, Text] = {
    "error": Text(vi="Lỗi", en="Error"),
    "warning": Text(vi="Cần xem lại", en="Warning"),
    "note": Text(vi="Lưu ý", en="Note"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: file (sheet, row, column), server, source, form, submission, question."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    setting: str | None = None
    server: str | None = None
    source: str | None = None
    form: str | None = None
    submission: str | None = None
    question: str | None = None

    def in_(self, language: Language) -> str:
        """Write the place as one short phrase, empty when nothing is known."""
        words = _PLACE_WORDS[language]
        known = {key: value for key, value in asdict(self).items() if value is not None}
        if self.server is not None and self.source == self.server:
            del known["source"]  # a server that is a form's only source gives it its name
        return ", ".join(
            f"{words[key]} {value}" if words[key] else str(value) for key, value in known.items()
        )


NOWHERE = Place()

_PLACE_WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "file": "",
        "sheet": "trang tính",
        "row": "dòng",
        "column": "cột",
        "setting": "mục",
        "server": "máy chủ",
        "source": "nguồn",
        "form": "biểu mẫu",
        "submission": "phiếu",
        "question": "câu",
    },
    "en": {
        "file": "",
        "sheet": "sheet",
        "row": "row",
        "column": "column",
        "setting": "setting",
        "server": "server",
        "source": "source",
        "form": "form",
        "submission": "submission",
        "question": "question",
    },
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person can mend.

    Args:
        code: stable name, kebab-case, for example ``settings-missing``.
        what: what is wrong.
        do: what to do about it.
        place: where it is.
        severity: errors stop what was asked, warnings and notes do not.
    """

    code: str
    what: Text
    do: Text
    place: Place = NOWHERE
    severity: Severity = "error"

    def in_(self, language: Language) -> str:
        """Write the problem as the command line prints it."""
        where = self.place.in_(language)
        head = f"{where}: " if where else ""
        return f"{head}{self.what.in_(language)} [{self.code}]\n  → {self.do.in_(language)}"

    def as_dict(self) -> dict[str, Any]:
        """Give the problem to programs (``--json``)."""
        return asdict(self)


class ProblemError(Exception):
    """Raised when work cannot go on; carries every problem found so far.

    Args:
        problems: one problem or several.
        exit_status: what the command line exits with.
    """

    def __init__(
        self, problems: Problem | Iterable[Problem], exit_status: Exit = Exit.INPUT
    ) -> None:
        self.problems: Sequence[Problem] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        self.exit_status = exit_status
        super().__init__("\n".join(problem.in_("en") for problem in self.problems))
