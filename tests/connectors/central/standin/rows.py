"""A filled form as rows of OData: values by type, subtables, what does not fit lost."""

import hashlib
import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.connectors.central.standin.schema import Field, Schema, local, sanitized

Row = dict[str, Any]
_INTEGER = re.compile(r"\s*([+-]?\d+)")
_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")


@dataclass
class Tables:
    """The rows of one submission in every table, subtables' rows with their parent's id."""

    tables: dict[str, list[Row]]


def rows_of(xml: bytes, root: str, schema: Schema, *, wkt: bool) -> Tables:
    """Read a filled form into the rows of all its tables; rows hold their subrows, too."""
    found: dict[str, list[Row]] = {name: [] for name in schema.tables()}
    row: Row = {}
    walker = _Walker(root, found, wkt)
    walker.fill(ElementTree.fromstring(xml), schema.fields, row, _Where("Submissions", [], []))
    row["__id"] = root
    found["Submissions"].append(row)
    return Tables(found)


@dataclass
class _Where:
    """The table that is being filled, the way of repeat instances to it, and groups since."""

    table: str
    steps: list[tuple[str, int]]  # (name, number); groups have no number: -1
    groups: list[str]


class _Walker:
    def __init__(self, root: str, found: dict[str, list[Row]], wkt: bool) -> None:
        self.root, self.found, self.wkt = root, found, wkt

    def fill(self, element: Element, fields: list[Field], row: Row, where: _Where) -> None:
        children: dict[str, list[Element]] = {}
        for child in element:
            children.setdefault(local(child), []).append(child)
        for field in fields:
            name, given = sanitized(field.name), children.get(field.name, [])
            if field.type == "structure":
                inner: Row = {}
                row[name] = inner
                here = _Where(where.table, [*where.steps, (field.name, -1)], where.groups)
                self.fill(given[-1] if given else Element("none"), field.children, inner, here)
            elif field.type == "repeat":
                self._repeat(given, field, row, where)
            else:
                text = given[-1].text if given else None
                row[name] = _value(text, field.type, wkt=self.wkt) if text else None

    def _repeat(self, given: list[Element], field: Field, row: Row, where: _Where) -> None:
        name = sanitized(field.name)
        table = ".".join([where.table, *self._groups(where), name])
        for number, child in enumerate(given):
            steps = [*where.steps, (field.name, number)]
            inner: Row = {}
            self.fill(child, field.children, inner, _Where(table, steps, []))
            inner["__id"] = self.id(steps)
            row.setdefault(f"{name}@odata.navigationLink", self._link(steps))
            row.setdefault(name, []).append(inner)
            self.found[table].append(inner | {self._parent_key(steps): self.parent(steps)})

    @staticmethod
    def _groups(where: _Where) -> list[str]:
        names = []
        for name, number in reversed(where.steps):
            if number >= 0:
                break
            names.insert(0, sanitized(name))
        return names

    def id(self, steps: list[tuple[str, int]]) -> str:
        parts = [f"{name}#{number if number >= 0 else ''}" for name, number in steps]
        return hashlib.sha1("%%".join([f"Submissions#{self.root}", *parts]).encode()).hexdigest()

    @staticmethod
    def _above(steps: list[tuple[str, int]]) -> list[tuple[str, int]]:
        above = steps[:-1]
        while above and above[-1][1] < 0:
            above = above[:-1]
        return above

    def parent(self, steps: list[tuple[str, int]]) -> str:
        above = self._above(steps)
        return self.id(above) if above else self.root

    def _parent_key(self, steps: list[tuple[str, int]]) -> str:
        names = [sanitized(name) for name, _ in self._above(steps)]
        return f"__{'-'.join(['Submissions', *names])}-id"

    def _link(self, steps: list[tuple[str, int]]) -> str:
        parts = [f"Submissions('{quote(self.root, safe='')}')"]
        for place, (name, number) in enumerate(steps):
            own = sanitized(name)
            inner = number >= 0 and place < len(steps) - 1
            parts.append(f"{own}('{self.id(steps[: place + 1])}')" if inner else own)
        return "/".join(parts)


def _value(text: str, kind: str, *, wkt: bool) -> Any:
    if kind == "int":
        found = _INTEGER.match(text)
        return _as_json(float(int(found[1]))) if found else None
    if kind == "decimal":
        return number(text)
    if kind == "geopoint":
        return _point(text, wkt=wkt)
    if kind in ("geotrace", "geoshape") and not wkt:
        return _line(text, kind)
    if kind == "dateTime":  # not recorded: read in Central's source, as are lines
        text = text.strip()
        return f"{text}:00" if re.search(r"[+-]\d\d$", text) else text
    return text


def number(text: str) -> int | float | None:
    found = _NUMBER.match(text)
    if not found:
        return None
    return _as_json(float(found[1]))


def _as_json(value: float) -> int | float | None:
    """Give a number as JavaScript writes it: all of them are doubles there."""
    if math.isinf(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**63 else value


def _line(text: str, kind: str) -> Row:
    parts = [[number(one) for one in re.split(r"\s+", each)] for each in re.split("; ?", text)]
    points = [each for each in parts if len(each) > 1 and None not in each[:2]]
    coordinates: list[Any] = [
        [each[1], each[0], *(one for one in each[2:3] if one is not None)] for each in points
    ]
    accuracies = [each[3] or None if len(each) > 3 else None for each in points]
    line: Row = {"type": "LineString", "coordinates": coordinates}
    if kind == "geoshape":
        line = {"type": "Polygon", "coordinates": [coordinates]}
    return line | ({"properties": {"accuracies": accuracies}} if any(accuracies) else {})


def _point(text: str, *, wkt: bool) -> Any:
    parts = [number(one) for one in re.split(r"\s+", text)]
    latitude, longitude, altitude, accuracy = [*parts, None, None, None][:4]
    if latitude is None or longitude is None:
        return None
    coordinates = [longitude, latitude, *([altitude] if altitude is not None else [])]
    if wkt:
        return f"POINT ({' '.join(str(one) for one in coordinates)})"
    point: Row = {"type": "Point", "coordinates": coordinates}
    return point | ({"properties": {"accuracy": accuracy}} if accuracy is not None else {})
