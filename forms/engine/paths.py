"""Names, paths and rows of an opened form, and JavaRosa's references to them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from forms.xform import XForm, local_name
from programme.problem import Place, Problem, ProblemError, Text

Rows = Sequence[int]  # one 0-based row for each repeat around a question, the outer one first
_SEGMENT = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")


class Paths:
    """Finds questions by name or path.

    Args:
        xform: the form.
    """

    def __init__(self, xform: XForm) -> None:
        self.form_id = xform.form_id
        self.repeats = xform.repeats
        self._paths: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, list[str]] = {}
        self._walk(xform.instance, (local_name(xform.instance.tag),))

    def find(self, name_or_path: str) -> str:
        """Give the path of a question, group or repeat: ``/data/group/question``.

        Raises:
            ProblemError: ``answer-unknown-question``, ``answer-name-twice``.
        """
        root = next(iter(self._paths)).split("/")[1]
        for path in (name_or_path, f"/{root}/{name_or_path}"):
            if path in self._paths:
                return path
        found = self._names.get(name_or_path, [])
        if len(found) != 1:
            raise ProblemError(self.unknown(name_or_path))
        return found[0]

    def knows(self, name: str) -> bool:
        """Tell whether the form has something of this name or path."""
        try:
            self.find(name)
        except ProblemError:
            return False
        return True

    def around(self, path: str) -> list[str]:
        """Give the paths of the repeats around a path and of itself if it repeats."""
        parts = path.split("/")
        starts = ["/".join(parts[: end + 1]) for end in range(1, len(parts))]
        return [start for start in starts if start in self.repeats]

    def reference(self, form: Any, path: str, rows: Rows) -> Any:
        """Give JavaRosa's reference to a node; rows left out are the first."""
        reference = form.getMainInstance().getRoot().getRef()
        parts = path.split("/")
        left = list(rows)
        for end in range(2, len(parts)):
            repeats = "/".join(parts[: end + 1]) in self.repeats
            reference = reference.extendRef(parts[end], left.pop(0) if repeats and left else 0)
        return reference

    def unknown(self, name: str) -> Problem:
        """Give the problem of a name that the form does not have, or has more than once."""
        twice = len(self._names.get(name, [])) > 1
        return Problem(
            "answer-name-twice" if twice else "answer-unknown-question",
            Text(vi=f"tên «{name}» có ở nhiều nhóm", en=f"“{name}” stands in several groups")
            if twice
            else Text(vi=f"biểu mẫu không có câu «{name}»", en=f"the form has no “{name}”"),
            Text(vi="hãy ghi đủ đường dẫn: nhóm/câu", en="write the whole path: group/question")
            if twice
            else Text(
                vi="hãy xem lại tên câu trong biểu mẫu", en="check the question's name in the form"
            ),
            Place(form=self.form_id, question=name),
        )

    def _walk(self, element: Any, path: tuple[str, ...]) -> None:
        written = "/" + "/".join(path)
        if written not in self._paths:  # a repeat stands there twice, as template and first row
            self._paths[written] = path
            self._names.setdefault(path[-1], []).append(written)
        for child in element:
            self._walk(child, (*path, local_name(child.tag)))


def split_reference(
    reference: str, repeats: Mapping[str, Any] | frozenset[str]
) -> tuple[str, Rows]:
    """Split ``/data/member[2]/name[1]`` into its path and its 0-based rows."""
    path, rows = "", []
    for name, number in _SEGMENT.findall(reference):
        path += f"/{name}"
        if path in repeats:
            rows.append(int(number or 1) - 1)
    return path, rows


def written_place(form_id: str, path: str, rows: Rows, repeats: frozenset[str]) -> Place:
    """Say where an answer is: ``members/member[2]/member_name``."""
    left, so_far, words = list(rows), "", []
    for number, name in enumerate(path.strip("/").split("/")):
        so_far += f"/{name}"
        if number:
            row = f"[{left.pop(0) + 1}]" if so_far in repeats and left else ""
            words.append(f"{name}{row}")
    return Place(form=form_id, question="/".join(words))
