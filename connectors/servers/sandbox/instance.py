"""A filled form as XML, and the answers that KoBoToolbox makes of it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from connectors.servers.sandbox.compile import FormPaths

Answers = dict[str, Any]
_META = ("instanceID", "deprecatedID", "rootUuid")


class BadXmlError(Exception):
    """Bytes that are no well-formed XML."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One filled form: its tree, and what identifies it. Uuids have no ``uuid:`` before them."""

    root: Element
    xml: bytes
    form_id: str
    form_uuid: str | None
    uuid: str | None
    deprecated: str | None
    root_uuid: str | None

    @property
    def hash(self) -> str:
        """The hash by which the same submission is known when it comes again."""
        return hashlib.sha256(self.xml).hexdigest()


def read_instance(xml: bytes) -> Instance:
    """Read a submission's XML; raises BadXmlError."""
    if b"<!DOCTYPE" in xml:  # no entities, so nothing can grow while it is read
        raise BadXmlError
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 no DOCTYPE gets here
    except ElementTree.ParseError as error:
        raise BadXmlError from error
    meta = {name: _bare(_text(root, "meta", name)) for name in _META}
    return Instance(
        root,
        xml,
        root.get("id") or local(root),
        _text(root, "formhub", "uuid"),
        meta["instanceID"],
        meta["deprecatedID"],
        meta["rootUuid"],
    )


def local(element: Element) -> str:
    """Give an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def _text(root: Element, *path: str) -> str | None:
    found: Element | None = root
    for name in path:
        children = list(found) if found is not None else []
        found = next((child for child in children if local(child) == name), None)
    return (found.text or "").strip() or None if found is not None else None


def _bare(uuid: str | None) -> str | None:
    return uuid.removeprefix("uuid:") if uuid else None


def read_answers(root: Element, paths: FormPaths) -> Answers:
    """Make the flat answers of a record: strings, full paths, repeats as lists."""
    answers: Answers = {}
    _collect(root, "", paths, answers)
    return answers


def _collect(element: Element, above: str, paths: FormPaths, into: Answers) -> None:
    for child in element:
        path = f"{above}/{local(child)}" if above else local(child)
        if path in paths.repeats:
            row: Answers = {}
            _collect(child, path, paths, row)
            if row:  # an instance without answers leaves nothing
                into.setdefault(path, []).append(row)
        elif len(child):
            _collect(child, path, paths, into)
        elif child.text and not child.text.isspace():
            into[path] = child.text


def geolocation(answers: Answers, paths: FormPaths) -> list[float | None]:
    """Give latitude and longitude of the first point that was answered, else two Nones."""
    for _, key, value in leaves(answers):
        if key in paths.points:
            try:
                latitude, longitude = (float(part) for part in value.split()[:2])
            except ValueError:
                continue
            return [latitude, longitude]
    return [None, None]


def leaves(answers: Answers, above: str = "", indexed: str = "") -> Iterator[tuple[str, str, str]]:
    """Give every answer as (path with row numbers, path without, value)."""
    for key, value in answers.items():
        name = key.removeprefix(f"{above}/") if above else key
        place = f"{indexed}/{name}" if indexed else name
        if isinstance(value, list):
            for number, row in enumerate(value, start=1):
                yield from leaves(row, key, f"{place}[{number}]")
        else:
            yield place, key, value


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """An answer that names a file: where it stands, and the record's key that holds it."""

    name: str
    xpath: str
    top_key: str


def file_answers(answers: Answers, paths: FormPaths) -> list[FileAnswer]:
    """List the answers that name files."""
    return [
        FileAnswer(value, place, _top_key(place, key))
        for place, key, value in leaves(answers)
        if key in paths.files
    ]


def _top_key(place: str, key: str) -> str:
    return re.split(r"\[\d+\]", place, maxsplit=1)[0] if "[" in place else key


def same_name(left: str, right: str) -> bool:
    """Tell whether an answer names a file, whichever way its accents are composed."""
    return unicodedata.normalize("NFC", left) == unicodedata.normalize("NFC", right)


def child_of(element: Element, name: str, number: int = 1) -> Element | None:
    """Give the child of a name, the first or the one of a number; None when missing."""
    found = [child for child in element if local(child) == name]
    return found[number - 1] if len(found) >= number else None


def put(root: Element, path: str, value: str) -> None:
    """Set the answer at a path such as ``members/member[2]/age``; missing elements are made."""
    element = root
    for step in path.split("/"):
        name, _, number = step.partition("[")
        index = int(number.rstrip("]")) if number.rstrip("]").isdecimal() else 1
        found = child_of(element, name, index)
        element = found if found is not None else ElementTree.SubElement(element, name)
    for child in list(element):
        element.remove(child)
    element.text = value
