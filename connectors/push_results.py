"""What is to be pushed, and what came of it."""

from dataclasses import dataclass, field

from connectors.results import once
from connectors.servers.contract import StateName
from programme.problem import Exit, Problem


@dataclass(frozen=True, slots=True)
class WantedState:
    """A state that a submission should have.

    Args:
        form, source, id: which submission.
        state: None when there is no reason for a state any more: ours is taken away, a person's
            stays.
    """

    form: str
    source: str
    id: int
    state: StateName | None


@dataclass(slots=True)
class SourcePush:
    """What came of the states of one form in one source; lists of ids.

    Args:
        set: got the state asked for.
        lifted: ours was taken away.
        right: had what was asked for already.
        left: a person gave it another state, or took ours away; left so.
        unknown: not in the store, or gone from the server.
        failed: not set; to be tried again.
    """

    form: str
    source: str
    set: list[int] = field(default_factory=list)
    lifted: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PushResult:
    """What came of a push, a line a form and source.

    Args:
        notes: what concerns no single one of them.
    """

    sources: tuple[SourcePush, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, each once."""
        return once((*self.notes, *(each for one in self.sources for each in one.problems)))

    @property
    def changes(self) -> int:
        """How many submissions got a state or lost ours."""
        return sum(len(each.set) + len(each.lifted) for each in self.sources)

    @property
    def exit_status(self) -> Exit:
        """``SERVER`` when a source failed, though the others were finished."""
        wrong = any(each.severity == "error" for each in self.problems)
        return Exit.SERVER if wrong else Exit.DONE
