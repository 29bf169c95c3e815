"""Why two entries may be the same: reasons with their points and words, from ``reasons.csv``."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from programme.problem import Text

Kind = Literal["club", "member", "loan", "borrower", "words"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEAST = "least"  # the row that says from how many points on a pair is worth asking about
MOST = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for or against two entries being the same.

    Args:
        points: of 100; below nought it speaks against.
        words: to be read by people; ``{}`` stands for a figure.
    """

    points: int
    words: Text


@cache
def reasons() -> Mapping[tuple[str, str], Reason]:
    """Give every reason by kind and name."""
    path = files("connectors.reconcile.matching").joinpath("reasons.csv")
    return {
        (row["kind"], row["reason"]): Reason(int(row["points"]), Text(row["vi"], row["en"]))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }


def score(kind: str, found: Sequence[str]) -> int:
    """Add up the points of reasons, as the register files do; 0 to 100.

    Args:
        found: names of reasons, with ``=`` and a figure where they have one.
    """
    points = sum(reasons()[kind, name.partition("=")[0]].points for name in found)
    return max(0, min(MOST, points))


def explained(kind: str, found: Sequence[str]) -> Text:
    """Put reasons into words, those that speak for it first."""
    known = reasons()
    ordered = sorted(found, key=lambda each: -known[kind, each.partition("=")[0]].points)
    said = [(known[kind, name].words, figure) for name, _, figure in map(_parted, ordered)]
    return Text(
        "; ".join(words.vi.replace("{}", figure) for words, figure in said),
        "; ".join(words.en.replace("{}", figure) for words, figure in said),
    )


def _parted(reason: str) -> tuple[str, str, str]:
    return reason.partition("=")
