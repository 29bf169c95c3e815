"""Guesses which question got another name, from its label, its type and its place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from forms.changes.alike import likeness, says_something_else
from forms.changes.expressions import tokens
from forms.changes.form import Form, Question
from programme.text import fold

SAME_LABEL = 85.0  # of 100, in the language that differs most
NEAR_LABEL = 60.0  # enough when the names are alike too and the place is the same
ALIKE_NAMES = 80.0
HERE = 20.0  # what the same group and each same neighbour add to a guess


def guess_renames(
    old: Form,
    new: Form,
    removed: Sequence[Question],
    added: Sequence[Question],
    known: Mapping[int, Question],
) -> Iterator[tuple[Question, Question]]:
    """Pair questions that look the same but for their names, the likeliest first.

    Args:
        old, new: both versions.
        removed, added: what has no partner of its own name.
        known: the old question by the ``id`` of the new one, of those that have.
    """
    guess = _Guess(old, new, known)
    scored = [
        (score, before, after)
        for before, was in enumerate(removed)
        for after, now in enumerate(added)
        if (score := guess.score(was, now)) is not None
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, before, after in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if before not in taken[0] and after not in taken[1]:
            taken[0].add(before)
            taken[1].add(after)
            yield removed[before], added[after]


class _Guess:
    def __init__(self, old: Form, new: Form, known: Mapping[int, Question]) -> None:
        self._places = {
            id(each): at for form in (old, new) for at, each in enumerate(form.questions)
        }
        self._old, self._new, self._known = old, new, known
        self._labels = [Counter(_label(each) for each in form.questions) for form in (old, new)]

    def score(self, was: Question, now: Question) -> float | None:
        """Tell how much two questions look like one; None when they do not."""
        if not _comparable(was, now):
            return None
        if was.type.role == "metadata":
            return 100.0 if was.type.name == now.type.name else None
        alike = _alike(was, now)
        names = fuzz.ratio(fold(was.name), fold(now.name))
        near = HERE * self._neighbours(was, now)
        here = was.chain == now.chain
        alike_names = names >= ALIKE_NAMES
        sure = alike >= SAME_LABEL and bool(near or alike_names or self._tells(was, now))
        if not sure and not (alike >= NEAR_LABEL and alike_names and here):
            return None
        return alike + names / 10 + near + HERE * here

    def _tells(self, was: Question, now: Question) -> bool:
        """Tell whether the label stands once in each form: “of them women” often does not."""
        old, new = self._labels
        return old[_label(was)] == 1 and new[_label(now)] == 1

    def _neighbours(self, was: Question, now: Question) -> int:
        return sum(self._beside(was, now, step) for step in (-1, 1))

    def _beside(self, was: Question, now: Question, step: int) -> bool:
        before = self._places[id(was)] + step
        after = self._places[id(now)] + step
        olds, news = self._old.questions, self._new.questions
        inside = 0 <= before < len(olds) and 0 <= after < len(news)
        return inside and self._known.get(id(news[after])) is olds[before]


def _comparable(was: Question, now: Question) -> bool:
    return (
        was.column.kind == now.column.kind
        and was.type.role == now.type.role
        and was.repeats == now.repeats
        and was.added == now.added
    )


def _alike(was: Question, now: Question) -> float:
    labels = was.column.labels, now.column.labels
    if any(labels):
        found = likeness(*labels)
        return 0.0 if found is None or says_something_else(*labels) else found
    sums = [tokens(each.row.get("calculation")) for each in (was, now)]
    return 100.0 if sums[0] and sums[0] == sums[1] else 0.0


def _label(question: Question) -> tuple[str, ...]:
    labels = question.column.labels
    return tuple(fold(labels[each]) for each in sorted(labels)) or tokens(
        question.row.get("calculation")
    )
