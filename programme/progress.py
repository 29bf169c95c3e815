"""How long work tells a person where it is."""

from typing import Protocol

from programme.problem import Text


class Progress(Protocol):
    """Called now and then during long work.

    Args:
        text: what is being done.
        done, total: how far, in things a person can count.
    """

    def __call__(self, text: Text, done: int | None = None, total: int | None = None) -> None:
        """Say it; must return at once."""


def silent(text: Text, done: int | None = None, total: int | None = None) -> None:
    """Tell nobody; for notebooks and tests."""
