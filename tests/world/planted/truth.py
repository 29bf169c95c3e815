"""Where faults were planted, and what the checks made of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault: what has to be found, and where.

    Args:
        check_code: of the check that has to find it.
        form: form id.
        root_uuid: of the submission that is wrong; None when something is missing.
        club: its code; None when no club is registered for it.
        month: ``YYYY-MM``; None when the fault is of no month.
        question: the one that is wrong, where there is one.
        consequence: also true, but follows from another fault: may be found and need not be.
    """

    check_code: str
    form: str
    root_uuid: str | None = None
    club: str | None = None
    month: str | None = None
    question: str | None = None
    consequence: bool = False

    def is_at(self, finding: Mapping[str, Any]) -> bool:
        """Tell whether a finding of the same check points at this fault."""
        if self.root_uuid is not None:
            return bool(finding["_root_uuid"] == self.root_uuid)
        return bool(finding["club_code"] == self.club and self.month in (None, finding["month"]))


@dataclass(frozen=True, slots=True)
class Score:
    """What one check found of what was planted for it.

    Args:
        check_code, severity: of the check.
        planted: faults that it had to find.
        missed: those of them that it did not.
        found: its findings, without consequences of other faults.
        false: those that point at nothing planted.
    """

    check_code: str
    severity: str
    planted: int
    missed: tuple[Planted, ...]
    found: int
    false: tuple[Mapping[str, Any], ...]

    @property
    def precision(self) -> float:
        """The share of its findings that are right; 1 when there are none."""
        return 1 - len(self.false) / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the planted faults that it found; 1 when there are none."""
        return 1 - len(self.missed) / self.planted if self.planted else 1.0


def scores(
    planted: Iterable[Planted], findings: Iterable[Mapping[str, Any]], severities: Mapping[str, str]
) -> tuple[Score, ...]:
    """Compare what was planted with what was found, check by check.

    Args:
        planted: the truth.
        findings: rows of the table ``finding``.
        severities: of every check in use, by code.
    """
    truth: dict[str, list[Planted]] = defaultdict(list)
    for one in planted:
        truth[one.check_code].append(one)
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in findings:
        found[row["check_code"]].append(row)
    return tuple(
        _score(code, severity, truth[code], found[code]) for code, severity in severities.items()
    )


def _score(
    code: str, severity: str, planted: Sequence[Planted], findings: Sequence[Mapping[str, Any]]
) -> Score:
    required = [one for one in planted if not one.consequence]
    also = [one for one in planted if one.consequence]
    missed = [one for one in required if not any(map(one.is_at, findings))]
    told = [
        row
        for row in findings
        if any(one.is_at(row) for one in required) or not any(one.is_at(row) for one in also)
    ]
    false = [row for row in told if not any(one.is_at(row) for one in required)]
    return Score(code, severity, len(required), tuple(missed), len(told), tuple(false))


def table(results: Iterable[Score]) -> Iterator[str]:
    """Write scores as the lines of a Markdown table."""
    yield "| check | severity | planted | found | missed | false | precision | recall |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for one in results:
        yield (
            f"| {one.check_code} | {one.severity} | {one.planted} | {one.found}"
            f" | {len(one.missed)} | {len(one.false)}"
            f" | {one.precision:.3f} | {one.recall:.3f} |"
        )
