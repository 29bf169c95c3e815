"""What OData gives of a version of a form, and whether that is all that phones can write in it.

OData shows the fields of the published version, under names of its own where they are not plain,
and reads numbers, moments and places out of their texts. What ODK Collect writes there by itself
can be written again from them. What a formula gives (``calculate``) Collect writes as it is,
``007`` or ``40 or so`` in a whole number too, and OData makes 7 and 40 of it; so a version with
such a formula is read as XML. (Values set by ``trigger`` or as a default take the type.)
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from connectors.servers.central.instance import local

Kind = Literal["text", "int", "decimal", "geopoint", "line", "group", "repeat"]
# OData gives a text as it is; of a moment it cuts blanks off and completes an offset of hours only,
# which Collect has not written since 2019
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("string", "date", "time", "dateTime", "binary", "barcode"), "text"),
    "odk:rank": "text",
    "int": "int",
    "decimal": "decimal",
    "geopoint": "geopoint",
    "geotrace": "line",
    "geoshape": "line",
    "structure": "group",
    "repeat": "repeat",
}
_AS_IT_IS = frozenset(("string", "date", "time", "binary", "barcode", "odk:rank"))
_PLAIN = re.compile(r"(?!__)[A-Za-z_][A-Za-z0-9_]*")
_META = "meta"

Types = dict[str, str]  # by path


class Item(NamedTuple):
    """A question, group or repeat: its name in a row, its path in a record."""

    name: str
    path: str
    kind: Kind
    level: "Level | None" = None


@dataclass(frozen=True, slots=True)
class Level:
    """What stands together in a row or a group, in the order of the form.

    Args:
        keys: all that a row may have there.
    """

    items: tuple[Item, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A version of a form, as its rows look.

    Args:
        files: paths of the questions that are answered with a file.
        numbers: paths of those whose numbers OData writes in its own way.
    """

    level: Level
    files: frozenset[str]
    numbers: frozenset[str]


def types_of(fields: Sequence[Mapping[str, Any]]) -> Types | None:
    """Give the types of fields by their paths; None where OData changes a name.

    Names that are not plain become others there, and two may become one.
    """
    types = {str(row.get("path")): str(row.get("type")) for row in fields}
    steps = (step for path in types for step in path.removeprefix("/").split("/"))
    whole = len(types) == len(fields) and all(map(_PLAIN.fullmatch, steps))
    return types if types and whole else None


def shape_of(types: Types, form: ET.Element) -> Shape | None:
    """Give the shape of a version that OData loses nothing of; None for any other.

    Args:
        types: all of which the version that OData goes by has, too.
        form: the version as phones have it.
    """
    if not _KINDS.keys() >= set(types.values()) or not _written_by_hand(types, form):
        return None
    files = frozenset(path[1:] for path, kind in types.items() if kind == "binary")
    numbers = frozenset(path[1:] for path, kind in types.items() if kind in ("decimal", "geopoint"))
    return Shape(_level(types, ""), files, numbers)


def _level(types: Types, above: str) -> Level:
    items = tuple(
        Item(name, path[1:], kind := _KINDS[types[path]], _below(types, path, kind))
        for path in types
        if (parts := path.rpartition("/"))[0] == above and (name := parts[2])
    )
    rows = [each.name for each in items if each.kind == "repeat"]
    keys = {"__id", "__system", *(each.name for each in items)}
    return Level(items, frozenset(keys.union(f"{name}@odata.navigationLink" for name in rows)))


def _below(types: Types, path: str, kind: Kind) -> Level | None:
    return _level(types, path) if kind in ("group", "repeat") else None


def _written_by_hand(types: Types, form: ET.Element) -> bool:
    """Tell whether no formula writes into a typed question, and ``meta`` has no attributes.

    Attributes in ``meta`` are answers (of entities), which OData does not give.
    """
    model = next((each for each in form.iter() if local(each.tag) == "model"), None)
    first = next((each for each in _named(model, "instance")), None)
    root = next(iter(first), None) if first is not None else None
    if model is None or root is None:
        return False
    base = f"/{local(root.tag)}"
    for bind in _named(model, "bind"):
        path = bind.get("nodeset", "")
        if bind.get("calculate") is None:
            continue
        if not path.startswith(f"{base}/") or types.get(path.removeprefix(base)) not in _AS_IT_IS:
            return False
    metas = [each for each in root if local(each.tag).startswith(_META)]
    return not any(each.attrib for meta in metas for each in meta.iter())


def _named(element: ET.Element | None, name: str) -> Iterator[ET.Element]:
    return (each for each in (() if element is None else element) if local(each.tag) == name)
