"""A Word file as parts and relations: read with limits, written with the same bytes each time."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from programme.word.zipped import Packed, archive

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS_AT_MOST = 2000
PART_AT_MOST = 20_000_000  # bytes; a photo of a phone has 5
UNPACKED_AT_MOST = 100_000_000
TYPES_NAME = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# zipfile says RuntimeError of parts with a password
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class NotReadableError(Exception):
    """The file is no whole Word document."""


class TooLargeError(Exception):
    """A part of the file is larger than a report needs: ``args[0]`` is its name."""


class EntitiesError(Exception):
    """A part of the file declares a document type, which Word never writes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part has to do with another, or with something outside of the file."""

    identity: str
    kind: str
    target: str  # name of the part, or an address
    external: bool = False

    @property
    def name(self) -> str:
        """The last word of the kind: ``image``, ``hyperlink``."""
        return self.kind.rsplit("/", 1)[-1]


@dataclass(slots=True)
class Package:
    """The parts of one file by name (``word/document.xml``), their types and their relations.

    Relations of the file itself stand under the empty name.
    """

    parts: dict[str, bytes | Packed]
    types: dict[str, str]
    relations: dict[str, list[Relation]] = field(default_factory=dict)

    def document(self) -> str:
        """Give the name of the main part."""
        for relation in self.relations.get("", ()):
            if relation.name == "officeDocument" and relation.target in self.parts:
                return relation.target
        raise NotReadableError

    def reachable(self) -> Iterator[str]:
        """Give the names of the parts that the file leads to."""
        seen: set[str] = set()
        ahead = [""]
        while ahead:
            for relation in self.relations.get(ahead.pop(), ()):
                if not relation.external and relation.target not in seen:
                    seen.add(relation.target)
                    if relation.target in self.parts:
                        ahead.append(relation.target)
                        yield relation.target


def parse(content: bytes) -> Any:
    """Parse XML of a stranger: no entities, no network, nothing that grows.

    Raises:
        EntitiesError: it declares a document type.
        NotReadableError: it is damaged.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise (EntitiesError if b"<!" in content[:1000] else NotReadableError) from error
    if root.getroottree().docinfo.doctype:
        raise EntitiesError
    return root


def read_package(path: Path | IO[bytes]) -> Package:
    """Read a file.

    Raises:
        OSError, NotReadableError, TooLargeError, EntitiesError: see there.
    """
    try:
        with zipfile.ZipFile(path) as file:
            contents = _unpacked(file)
    except _DAMAGED as error:
        raise NotReadableError from error
    if TYPES_NAME not in contents:
        raise NotReadableError
    types = _types(parse(contents.pop(TYPES_NAME)), contents)
    package = Package({}, types)
    for name, content in contents.items():
        if name.endswith(".rels"):
            source, relations = _relations(name, content)
            package.relations[source] = relations
        elif name in types:
            package.parts[name] = content
    return package


def read_parts(path: Path, *names: str) -> list[bytes | None]:
    """Read a few parts of a file by their names; None for one that is not there.

    Raises:
        OSError, NotReadableError, TooLargeError: see there.
    """
    try:
        with zipfile.ZipFile(path) as file:
            there = set(file.namelist())
            return [_part(file, name) if name in there else None for name in names]
    except _DAMAGED as error:
        raise NotReadableError from error


def write_package(package: Package) -> bytes:
    """Write a file: only what can be reached, in one order."""
    names = sorted(package.reachable())
    kinds = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(package.types[name])}/>"
        for name in names
    )
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
    )
    files: dict[str, bytes | Packed] = {TYPES_NAME: types.encode()}
    for name in ("", *names):
        if name:
            files[name] = package.parts[name]
        if relations := package.relations.get(name):
            files[_relations_name(name)] = _relations_xml(name, relations)
    return archive(files)


def _unpacked(file: zipfile.ZipFile) -> dict[str, bytes]:
    listed = [each for each in file.infolist() if not each.is_dir()]
    names = [each.filename for each in listed]
    if len(listed) > PARTS_AT_MOST or len(set(names)) < len(names):
        raise NotReadableError
    contents: dict[str, bytes] = {}
    for each in sorted(listed, key=lambda part: part.file_size):
        contents[each.filename] = _part(file, each.filename)
        if sum(map(len, contents.values())) > UNPACKED_AT_MOST:
            raise TooLargeError(each.filename)
    return contents


def _part(file: zipfile.ZipFile, name: str) -> bytes:
    with file.open(name) as part:
        content = part.read(PART_AT_MOST + 1)
    if len(content) > PART_AT_MOST:
        raise TooLargeError(name)
    return content


def _types(root: Any, names: Mapping[str, bytes]) -> dict[str, str]:
    defaults: dict[str, str] = {}
    own: dict[str, str] = {}
    for each in root:
        if each.tag == f"{_TYPES}Default":
            defaults[each.get("Extension", "").lower()] = each.get("ContentType", "")
        elif each.tag == f"{_TYPES}Override":
            own[each.get("PartName", "").removeprefix("/")] = each.get("ContentType", "")
    found = {name: own.get(name) or defaults.get(_extension(name)) for name in names}
    return {name: kind for name, kind in found.items() if kind}


def _extension(name: str) -> str:
    return posixpath.splitext(name)[1].removeprefix(".").lower()


def _relations(name: str, content: bytes) -> tuple[str, list[Relation]]:
    folder, file = posixpath.split(name)
    base = posixpath.dirname(folder)
    source = posixpath.join(base, file.removesuffix(".rels"))
    relations = []
    for each in parse(content).iter(_RELATION):
        target, external = each.get("Target", ""), each.get("TargetMode") == "External"
        if not external:
            joined = target if target.startswith("/") else posixpath.join("/", base, target)
            target = posixpath.normpath(joined).lstrip("/")
        relations.append(Relation(each.get("Id", ""), each.get("Type", ""), target, external))
    return source, relations


def _relations_name(source: str) -> str:
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _relations_xml(source: str, relations: list[Relation]) -> bytes:
    folder = posixpath.dirname(source)
    written = []
    for each in relations:
        outside = ' TargetMode="External"' if each.external else ""
        target = each.target if each.external else posixpath.relpath(each.target, folder or ".")
        written.append(
            f"<Relationship Id={quoteattr(each.identity)} Type={quoteattr(each.kind)} "
            f"Target={quoteattr(target)}{outside}/>"
        )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{"".join(written)}</Relationships>'
    ).encode()
