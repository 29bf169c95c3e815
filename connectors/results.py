"""What a pull came to, form by form."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from programme.problem import Exit, Problem


@dataclass(frozen=True, slots=True)
class FormPull:
    """What came of one form from one source.

    Args:
        source, form: server and form id as in ``ishc.toml``.
        asset: the server's id of the form, None when it was not found.
        new, changed, deleted: submissions since the last pull.
        total: live submissions now.
        attachments: files fetched now.
        proven: the server's list and the store were shown to be equal.
        moving: ids that still changed after the last round.
        problems: what went wrong, with this source and form as their place.
    """

    source: str
    form: str
    asset: str | None = None
    new: int = 0
    changed: int = 0
    deleted: int = 0
    total: int = 0
    attachments: int = 0
    proven: bool = False
    moving: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PullResult:
    """What one pull came to.

    Args:
        forms: a line a source and form.
        notes: what concerns no single form.
    """

    forms: tuple[FormPull, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, each once."""
        every = [*self.notes, *(each for form in self.forms for each in form.problems)]
        return tuple(dict.fromkeys(every))

    @property
    def proven(self) -> bool:
        """Every form of every source was shown to be complete."""
        return all(form.proven for form in self.forms)

    @property
    def exit_status(self) -> Exit:
        """``SERVER`` when a source failed, though the others were finished."""
        failed = any(problem.severity == "error" for problem in self.problems)
        return Exit.SERVER if failed else Exit.DONE


def placed(problems: Iterable[Problem], source: str, form: str) -> tuple[Problem, ...]:
    """Name the source and the form in problems that name none."""
    return tuple(
        replace(
            problem,
            place=replace(
                problem.place,
                server=problem.place.server or source,
                form=problem.place.form or form,
            ),
        )
        for problem in problems
    )
