"""Which question of the old form is which of the new one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from forms.changes.form import Form, Question
from forms.changes.renames import guess_renames


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both versions; ``guessed`` when it is known by its looks only."""

    old: Question
    new: Question
    guessed: bool = False


@dataclass(frozen=True)
class Versions:
    """Two versions of a form, question by question.

    Args:
        old, new: the versions.
        pairs: what is in both, in the order of the new one.
        removed: what only the old one has.
        added: what only the new one has.
    """

    old: Form
    new: Form
    pairs: tuple[Pair, ...]
    removed: tuple[Question, ...]
    added: tuple[Question, ...]

    @cached_property
    def renamed(self) -> dict[str, str]:
        """New name by old name, of the questions that were renamed."""
        return {
            pair.old.name: pair.new.name for pair in self.pairs if pair.old.name != pair.new.name
        }


def pair_up(old: Form, new: Form) -> Versions:
    """Pair the questions of two versions.

    By path, by table and name, by name, by a declared former name, by a guess.
    """
    pairs: list[Pair] = []
    removed, added = list(old.questions), list(new.questions)
    for key in _KEYS:
        found = _matched(removed, added, key)
        pairs += found
        removed = _without(removed, [pair.old for pair in found])
        added = _without(added, [pair.new for pair in found])
    found = list(_declared(removed, added))
    pairs += found
    removed = _without(removed, [pair.old for pair in found])
    added = _without(added, [pair.new for pair in found])
    known = {id(pair.new): pair.old for pair in pairs}
    for before, after in guess_renames(old, new, removed, added, known):
        pairs.append(Pair(before, after, guessed=True))
    order = {id(question): at for at, question in enumerate(new.questions)}
    return Versions(
        old,
        new,
        tuple(sorted(pairs, key=lambda pair: order[id(pair.new)])),
        tuple(_without(removed, [pair.old for pair in pairs])),
        tuple(_without(added, [pair.new for pair in pairs])),
    )


_KEYS: tuple[Callable[[Question], Hashable], ...] = (
    lambda question: question.column.path,
    lambda question: (question.repeats, question.name),
    lambda question: question.name,
)


def _matched(
    removed: Sequence[Question], added: Sequence[Question], key: Callable[[Question], Hashable]
) -> list[Pair]:
    waiting: dict[Hashable, list[Question]] = {}
    for question in removed:
        waiting.setdefault(key(question), []).append(question)
    return [
        Pair(waiting[key(question)].pop(0), question)
        for question in added
        if waiting.get(key(question))
    ]


def _declared(removed: Sequence[Question], added: Sequence[Question]) -> Iterator[Pair]:
    """Follow the column ``former_name``; the last of several earlier names that the old one has."""
    waiting = {question.name: question for question in removed}
    for question in added:
        for name in reversed(question.column.former):
            if old := waiting.pop(name, None):
                yield Pair(old, question)
                break


def _without(questions: Sequence[Question], gone: Sequence[Question]) -> list[Question]:
    taken = {id(each) for each in gone}
    return [each for each in questions if id(each) not in taken]
