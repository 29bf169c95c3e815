"""The answers of a form as columns of text, a batch of submissions at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from connectors.store.answers import Beside, Left, TableAnswers
from connectors.store.records import Submission
from forms.schema import FormSchema, Table


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers of some submissions.

    Args:
        texts: as columns of text, by table.
        rejects, unknown: what goes to no column, see ``Beside``.
    """

    texts: Sequence[tuple[Table, pa.Table]]
    rejects: Sequence[Left]
    unknown: Sequence[Left]


class Reader:
    """Takes answers out of the submissions of one form."""

    def __init__(self, schema: FormSchema) -> None:
        self._beside = Beside()
        self._root = TableAnswers(schema, schema.root, self._beside)

    def read(self, submissions: Iterable[Submission]) -> int:
        """Take answers out of submissions; give how many there were."""
        count = 0
        for count, submission in enumerate(submissions, start=1):  # noqa: B007 - counts
            self._root.read(submission)
        return count

    def take(self) -> Batch:
        """Give what was read, and forget it."""
        texts = [(answers.table, answers.take()) for answers in _all(self._root)]
        batch = Batch(texts, self._beside.rejects, self._beside.unknown)
        self._beside.rejects, self._beside.unknown = [], []
        return batch


def _all(answers: TableAnswers) -> Iterator[TableAnswers]:
    yield answers
    for child in answers.children:
        yield from _all(child)
