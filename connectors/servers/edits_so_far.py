"""What an edit of several submissions has come to while it runs, on any kind of server."""

from dataclasses import dataclass, field

from connectors.servers.contract import Edited
from programme.problem import Problem


@dataclass(slots=True)
class EditsSoFar:
    """As ``Edited``, growing."""

    done: dict[int, str] = field(default_factory=dict)
    unchanged: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    misplaced: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def edited(self) -> Edited:
        """Give it as it stands in the end."""
        return Edited(
            done=self.done,
            unchanged=tuple(sorted(self.unchanged)),
            unknown=tuple(sorted(self.unknown)),
            failed=tuple(sorted(self.failed)),
            misplaced=tuple(sorted(self.misplaced)),
            problems=tuple(self.problems),
        )
