"""The words of every indicator."""

from tests.reports.oracle.registry import ORACLES
from tests.reports.oracle.words import (
    boards,
    clubs,
    communes,
    loans,
    members,
    reports,
    surveys,
    trainings,
)

__all__ = ["ORACLES", "boards", "clubs", "communes", "loans", "members", "reports", "surveys",
           "trainings"]  # fmt: skip
