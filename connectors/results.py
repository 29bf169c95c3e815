"""What a pull came to, form by form."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from connectors.store.ledger import Kind
from programme.problem import Exit, Problem
from programme.settings import SourceSettings

# what a server says of one form, even when it says the same of another
OF_ONE_FORM = frozenset(
    {"server-not-found", "server-permission", "server-holds-back", "server-too-large"}
)


@dataclass(frozen=True, slots=True)
class FormPull:
    """What came of one form from one source.

    Args:
        source, form: source and form id as in ``ishc.toml``.
        asset: the server's id of the form, None when it was not found.
        new, changed, deleted: submissions since the last pull.
        total: live submissions now.
        attachments: files fetched now.
        kind: how it compared; None when it did not come to that.
        agreed: it came to its end: the counts agree, or the lists were shown to be equal.
        moving: ids that still changed after the last round.
        unreadable: how many the server has that could not be read.
        problems: what went wrong, with server, source and form as their place.
    """

    source: str
    form: str
    asset: str | None = None
    kind: Kind | None = None
    new: int = 0
    changed: int = 0
    deleted: int = 0
    total: int = 0
    attachments: int = 0
    agreed: bool = False
    moving: tuple[int, ...] = ()
    unreadable: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def proven(self) -> bool:
        """The server's list and the store were shown to be equal: it is complete."""
        return self.agreed and self.kind == "proven" and not self.unreadable


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
        """All problems, each once; what concerns a whole server once for it."""
        every = [*self.notes, *(each for form in self.forms for each in form.problems)]
        return once(every)

    @property
    def proven(self) -> bool:
        """Every form of every source was shown to be complete."""
        return all(form.proven for form in self.forms)

    @property
    def agreed(self) -> bool:
        """Every source came to its end, followed or proven."""
        return all(form.agreed for form in self.forms)

    @property
    def exit_status(self) -> Exit:
        """``SERVER`` when a source failed, though the others were finished."""
        failed = any(problem.severity == "error" for problem in self.problems)
        return Exit.SERVER if failed else Exit.DONE


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Tell each problem once; what several met alike on a server, without their names.

    A wrong token or a server that is down is one problem, however many forms are asked for.
    """
    every = list(dict.fromkeys(problems))
    met = Counter(_of_server(each) for each in every)
    return tuple(
        dict.fromkeys(
            _of_server(each) if _concerns_server(each) and met[_of_server(each)] > 1 else each
            for each in every
        )
    )


def _concerns_server(problem: Problem) -> bool:
    return problem.code.startswith(("server-", "token-")) and problem.code not in OF_ONE_FORM


def _of_server(problem: Problem) -> Problem:
    return replace(problem, place=replace(problem.place, source=None, form=None))


def placed(problems: Iterable[Problem], source: SourceSettings, form: str) -> tuple[Problem, ...]:
    """Name the server, the source and the form in problems that name none."""
    own = source.place(form)
    return tuple(
        replace(
            problem,
            place=replace(
                problem.place,
                server=problem.place.server or own.server,
                source=problem.place.source or own.source,
                form=problem.place.form or form,
            ),
        )
        for problem in problems
    )
