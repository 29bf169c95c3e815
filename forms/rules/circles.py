"""Formulas that need their own result: JavaRosa refuses the whole form, and names no row."""

from collections.abc import Iterator, Mapping, Sequence

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from forms.rules.xpath import tokens
from forms.workbook import Row
from programme.problem import Problem, Text

CIRCLE = Fault(
    "formula-circular",
    Text(
        vi="«{name}» phụ thuộc vào chính nó: {way}",
        en="“{name}” depends on itself: {way}",
    ),
    Text(
        vi="hãy bỏ một trong các tham chiếu ${…} đó khỏi relevant hoặc calculation",
        en="take one of these ${…} out of relevant or calculation",
    ),
)


def formula_circular(subject: Subject) -> Iterator[Problem]:
    """No condition or calculation needs itself, directly or by others."""
    rows = {row.get("name"): row for row, kind in subject.questions() if kind.role != "end"}
    needs = {name: _needs(row, rows) for name, row in rows.items() if name}
    for inner, outer in _inside(subject):
        needs[inner] = (*needs.get(inner, ()), outer)
    told: set[str] = set()
    for name in needs:
        circle = None if name in told else _circle(name, needs)
        if circle:
            told |= set(circle)
            column = "relevant" if rows[name].get("relevant") else "calculation"
            way = " → ".join(f"${{{each}}}" for each in (*circle, name))
            yield subject.tell(CIRCLE, rows[name], column, name=name, way=way)


def _needs(row: Row, rows: Mapping[str, Row]) -> tuple[str, ...]:
    texts = [row.get("relevant")]
    if not any(part in row.get("calculation") for part in ("[", "indexed-repeat", "once")):
        texts.append(row.get("calculation"))  # others may look at another row of a repeat
    return tuple(
        word.text
        for text in texts
        for word in tokens(text)
        if word.kind == "reference" and word.text in rows
    )


def _inside(subject: Subject) -> Iterator[tuple[str, str]]:
    """Give each row with the group that it stands in: it is asked when its group is."""
    groups: list[str] = []
    for row, kind in subject.questions():
        if kind.role == "end":
            groups = groups[:-1]
            continue
        if groups and row.get("name") and groups[-1]:
            yield row.get("name"), groups[-1]
        if kind.role == "begin":
            # a repeat is named by counts of its rows too, which need nothing of itself
            groups.append(row.get("name") if kind.name == "group" else "")


def _circle(start: str, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """Give the shortest way from a name back to itself."""
    seen = {start}
    ways: list[tuple[str, ...]] = [(start,)]
    while ways:
        further = []
        for way in ways:
            for name in needs.get(way[-1], ()):
                if name == start:
                    return way
                if name not in seen:
                    seen.add(name)
                    further.append((*way, name))
        ways = further
    return None
