"""One thing that was looked at."""

from dataclasses import dataclass

from programme.problem import Problem, Text


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at, and what was found.

    Args:
        what: for a person, such as “the clock of this machine”.
        problems: none if it is well; notes and warnings do not stop work.
    """

    what: Text
    problems: tuple[Problem, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing has to be mended."""
        return all(each.severity == "note" for each in self.problems)
