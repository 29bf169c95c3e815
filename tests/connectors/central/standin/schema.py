"""The fields of a compiled form, as Central lists them, and the files that it names."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_MEDIA = {"images": "image", "audio": "audio", "video": "video"}


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def sanitized(name: str) -> str:
    """Give the name that OData uses: letters beyond ASCII become underscores."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return f"_{name}" if re.match(r"[0-9]", name) else name


@dataclass
class Field:
    """A question, a group ("structure") or a repeat."""

    name: str
    path: str
    type: str
    binary: bool | None = None
    multiple: bool | None = None
    children: list["Field"] = field(default_factory=list)

    def told(self, *, odata: bool) -> dict[str, Any]:
        path, name = self.path, self.name
        if odata:
            path, name = "/".join(sanitized(step) for step in path.split("/")), sanitized(name)
        return {
            "path": path,
            "name": name,
            "type": self.type,
            "binary": self.binary,
            "selectMultiple": self.multiple,
        }

    def all(self) -> list["Field"]:
        return [self, *(one for child in self.children for one in child.all())]


@dataclass
class EntityPart:
    """What a form does to an entity list: the property that each question saves to."""

    dataset: str
    saves: dict[str, str]  # path to property


@dataclass
class Schema:
    """What the server knows of one version of a form."""

    form_id: str
    version: str
    title: str
    fields: list[Field]
    files: dict[str, str]  # expected files, their types by name
    entity: EntityPart | None = None

    def all(self) -> list[Field]:
        return [one for field in self.fields for one in field.all()]

    def types(self) -> dict[str, str]:
        return {field.path: field.type for field in self.all()}

    def tables(self) -> dict[str, list[Field]]:
        """Give the repeats by the name of their OData table, each with its way down."""
        found: dict[str, list[Field]] = {"Submissions": []}

        def walk(fields: list[Field], way: list[Field]) -> None:
            for one in fields:
                here = [*way, one]
                if one.type == "repeat":
                    names = ".".join(sanitized(step.name) for step in here)
                    found[f"Submissions.{names}"] = here
                walk(one.children, here)

        walk(self.fields, [])
        return found


class NoFormError(Exception):
    """XML that is no form."""


def read_schema(xml: str) -> Schema:
    """Read a compiled form; raises NoFormError."""
    try:
        tree = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise NoFormError from error
    model = next((one for one in tree.iter() if local(one) == "model"), None)
    first = next((one for one in model or [] if local(one) == "instance"), None)
    root = next(iter(first), None) if first is not None else None
    if model is None or root is None or not root.get("id"):
        raise NoFormError
    base = f"/{local(root)}"
    binds = {
        one.get("nodeset", "").removeprefix(base): one for one in model if local(one) == "bind"
    }
    repeats = _paths(tree, "repeat", "nodeset", base)
    multiple = _paths(tree, "select", "ref", base)
    fields = _fields(root, "", binds, repeats, multiple)
    title = next((one.text or "" for one in tree.iter() if local(one) == "title"), "")
    entity = _entity(root, binds)
    version = root.get("version") or ""
    return Schema(root.get("id") or "", version, title, fields, _files(tree, model), entity)


def _paths(tree: Element, name: str, attribute: str, base: str) -> set[str]:
    return {
        (one.get(attribute) or "").removeprefix(base) for one in tree.iter() if local(one) == name
    }


def _fields(
    element: Element, above: str, binds: dict[str, Element], repeats: set[str], multiple: set[str]
) -> list[Field]:
    found: dict[str, Field] = {}
    for child in element:
        path = f"{above}/{local(child)}"
        if path in found:  # a repeat stands twice, once as its template
            continue
        bind = binds.get(path)
        kind = (bind.get("type") if bind is not None else None) or "string"
        one = Field(local(child), path, kind)
        if path in repeats or len(child):
            one.type = "repeat" if path in repeats else "structure"
            one.children = _fields(child, path, binds, repeats, multiple)
        one.binary = True if one.type == "binary" else None
        one.multiple = True if path in multiple else None
        found[path] = one
    return list(found.values())


def _files(tree: Element, model: Element) -> dict[str, str]:
    found = {}
    for one in model:
        source = one.get("src") or ""
        if local(one) == "instance" and source.startswith(("jr://file-csv/", "jr://file/")):
            found[source.rpartition("/")[2]] = "file"
    for one in tree.iter():
        if local(one) == "value" and (place := re.match(r"jr://(\w+)/(.+)", one.text or "")):
            found[place[2]] = _MEDIA.get(place[1], "file")
    return dict(sorted(found.items()))


def _entity(root: Element, binds: dict[str, Element]) -> EntityPart | None:
    entity = next((one for one in root.iter() if local(one) == "entity"), None)
    if entity is None:
        return None
    saves = {}
    for path, bind in binds.items():
        name = next((v for k, v in bind.attrib.items() if k.endswith("}saveto")), None)
        if name:
            saves[path] = name
    return EntityPart(entity.get("dataset") or "", saves)
