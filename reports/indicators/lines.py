"""The lines of figures: an indicator by itself, or measured against one target."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reports.indicators.applying import applies
from reports.indicators.definitions import PERCENT_UNITS, Definitions, Indicator, Target
from reports.periods import Period

PARTS = ("numerator", "denominator", "known", "expected", "missing", "remark")
# names that an expression may use besides the columns of its table: values of the target
NUMBERS = {"threshold_min": "DOUBLE", "threshold_max": "DOUBLE", "older_age": "DOUBLE"}
DAYS = {"target_start": "DATE", "target_end": "DATE"}
VALUES = NUMBERS | DAYS
HISTORY = "history"  # the one table that speaks of phases that ended before anything was collected
OF_KIND = {"of_kind": "BOOLEAN"}  # over communes: of the kind of area that the target speaks of
Computed = Mapping[str, float | None]  # part → number
NEW = "clubs founded in the phase"
_FLAGS = ("midland", "mountain", "border", "island", "minority")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of every area and period it applies to."""

    indicator: Indicator
    target: Target | None

    @property
    def code(self) -> str:
        """Code of the target with the line's name, else the indicator's."""
        if self.target is None:
            return self.indicator.code
        return "_".join(filter(None, (self.target.code, self.indicator.line)))

    @property
    def population(self) -> str:
        """Whom it counts: all clubs, or those founded in the phase."""
        return self.indicator.population or (self.target.population if self.target else "all clubs")

    @property
    def condition(self) -> str:
        """Give the condition that its population adds, empty for all clubs."""
        if self.target is None or self.population != NEW:
            return ""
        first, last = self.target.founded_from, self.target.founded_to
        return f"founded_on BETWEEN DATE '{first}' AND DATE '{last}'"

    @property
    def by_clubs(self) -> bool:
        """Tell whether the target is set for each club and can be asked of each."""
        return self.target is not None and self.target.level == "club"

    @property
    def trend(self) -> bool:
        """Tell whether it is compared with the day before the period."""
        return self.target is not None and self.target.rule == "trend"

    @property
    def percent(self) -> bool:
        """Tell whether the value is a share in percent."""
        return self.indicator.unit in PERCENT_UNITS

    def values(self, targets: Iterable[Target]) -> Mapping[str, str]:
        """Give the SQL of what stands for a value of the target.

        Args:
            targets: all of them; those beside this one say which kinds of area are left to it.
        """
        found = dict.fromkeys(VALUES, "NULL") | {"of_kind": "TRUE"}
        if self.target is None:
            return found
        for name in NUMBERS:
            value = getattr(self.target, name)
            if value is not None:
                found[name] = f"CAST({value!r} AS DOUBLE)"
        found["target_start"] = f"DATE '{self.target.start}'"
        found["target_end"] = f"DATE '{self.target.end}'"
        found["of_kind"] = _of_kind(self.target, targets)
        return found

    def value(self, numerator: float | None, denominator: float | None) -> float | None:
        """Give the value, a share in percent; None where there is nothing to divide by."""
        if not self.indicator.denominator:
            return numerator
        if numerator is None or not denominator:
            return None
        share = numerator / denominator
        return 100 * share if self.percent else share


def coverage_of(parts: Computed) -> float | None:
    """Give the percent of units with data; None where it does not apply."""
    known, expected = parts["known"], parts["expected"]
    if known is None or not expected:
        return None
    return 100 * known / expected


def lines_of(definitions: Definitions, periods: Iterable[Period], as_of: date) -> Iterator[Line]:
    """Give every line that any of the periods has, in the order of the workbook."""
    spans = [(period, period.cut_off(as_of)) for period in periods]
    for indicator in definitions.indicators:
        if indicator.alone:
            yield Line(indicator, None)
        for code in indicator.targets:
            target = definitions.targets[code]
            measured = not target.closed or indicator.table == HISTORY
            if measured and any(applies(target, *span) for span in spans):
                yield Line(indicator, target)


def _of_kind(target: Target, targets: Iterable[Target]) -> str:
    """Give the SQL of a commune's being of the target's kinds of area; each is in one target."""
    kinds = target.area_kind.replace("+", " ").split()
    if not kinds:
        return "TRUE"
    flags = [kind for kind in kinds if kind in _FLAGS]
    found = [f"({' OR '.join(flags)} OR mountain_border_island)"] if flags else []
    if "delta" in kinds:
        beside = {
            kind
            for other in targets
            if (other.decision, other.start) == (target.decision, target.start)
            for kind in other.area_kind.replace("+", " ").split()
        }
        left = " AND NOT minority" if "minority" in beside - set(kinds) else ""
        found.append(f"(delta{left})")
    return f"({' OR '.join(found)})"
