"""Where the words of every indicator are found by its code."""

from collections.abc import Callable

from reports.indicators.definitions import Target
from tests.reports.oracle.frames import is_true
from tests.reports.oracle.tally import Parts
from tests.reports.oracle.truth import Truth

__all__ = ["ORACLES", "Oracle", "Target", "is_true", "oracle"]

Oracle = Callable[[Truth, Target | None], Parts]
ORACLES: dict[str, Oracle] = {}


def oracle(*codes: str) -> Callable[[Oracle], Oracle]:
    """Say of which indicators a function knows the words."""

    def add(function: Oracle) -> Oracle:
        for code in codes:
            assert code not in ORACLES, code
            ORACLES[code] = function
        return function

    return add
