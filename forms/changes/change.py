"""One difference between two versions of a form, and what it does to data already collected."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from programme.problem import Language, Place, Text

Kind = Literal["breaking", "careful", "safe"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Args:
        code: stable name, kebab-case, for example ``question-removed``.
        kind: ``breaking`` when values collected before are lost from the tables, misread, or
            shown to more people; ``careful`` when they stay but figures before and after are
            not the same thing, or phones act differently; ``safe`` otherwise.
        place: file, sheet and row; in the old workbook for what is gone.
        what: what has changed.
        why: what that does to the data.
        do: what to do about it.
        question: name of the question, group or repeat, None when it concerns no single one.
        choice: name of the choice, None when it concerns none.
    """

    code: str
    kind: Kind
    place: Place
    what: Text
    why: Text
    do: Text
    question: str | None = None
    choice: str | None = None

    @property
    def name(self) -> str:
        """What to write to accept it: ``question-removed:note``."""
        return ":".join(filter(None, (self.code, self.question, self.choice)))

    def in_(self, language: Language) -> str:
        """Write where and what, in one line."""
        where = self.place.in_(language)
        head = f"{where}: " if where else ""
        return f"{head}{self.what.in_(language)} [{self.code}]"

    def as_dict(self) -> dict[str, Any]:
        """Give the change to programs (``--json``)."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two versions, the worst first.

    Args:
        old: the workbook that phones have.
        new: the workbook that is to replace it.
        all: by kind, then by code, then by sheet and row.
    """

    old: Path
    new: Path
    all: tuple[Change, ...]

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Give the changes of one kind."""
        return tuple(each for each in self.all if each.kind == kind)

    def as_dict(self) -> dict[str, Any]:
        """Give everything to programs (``--json``)."""
        return {
            "old": str(self.old),
            "new": str(self.new),
            "counts": {kind: len(self.of(kind)) for kind in KINDS},
            "changes": [each.as_dict() for each in self.all],
        }
