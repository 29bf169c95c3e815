"""JavaRosa's indexes of questions: where each stands among the form's groups and repeats."""

from typing import Any

from forms.engine.jvm import java
from forms.engine.paths import Rows


class Indexes:
    """Finds the index of a question by path and rows.

    Args:
        form: JavaRosa's ``FormDef``.
    """

    def __init__(self, form: Any) -> None:
        self._form = form
        self._places: dict[str, tuple[list[int], list[Any]]] = {}

    def find(self, path: str, rows: Rows) -> Any:
        """Give the ``FormIndex`` of a question, group or repeat; None when no page shows it."""
        if not self._places:  # only who asks by name needs it
            self._map(self._form.getChildren(), [], [])
        if path not in self._places:
            return None
        integer, array = java("java.lang.Integer"), java("java.util.ArrayList")
        numbers, multiplicities, elements = array(), array(), array()
        left = list(rows)
        for number, element in zip(*self._places[path], strict=True):
            repeats = hasattr(element, "getRepeat") and element.getRepeat()
            numbers.add(integer(number))
            multiplicities.add(integer(left.pop(0) if repeats and left else 0))
            elements.add(element)
        return self._form.buildIndex(numbers, multiplicities, elements)

    def _map(self, children: Any, numbers: list[int], elements: list[Any]) -> None:
        for number, child in enumerate(children):
            here, chain = [*numbers, number], [*elements, child]
            if (bind := child.getBind()) is not None:
                path = str(bind.getReference().genericize().toString(False))
                self._places.setdefault(path, (here, chain))
            if child.getChildren() is not None:
                self._map(child.getChildren(), here, chain)
