"""A template, read and checked once in a process; what every report made from it shares."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document
from lxml import etree

from programme.problem import Language, Problem, ProblemError
from programme.word.package import (
    EntitiesError,
    NotReadableError,
    Package,
    TooLargeError,
    parse,
    read_package,
    write_package,
)
from programme.word.styles import BODY, CAPTION, CELL, CELL_HEAD, NOTE, ensure_styles
from programme.word.zipped import pack
from reports import template_faults as faults
from reports.template_parts import TemplatePart, read_part
from reports.template_safety import make_safe

_FILLED = ("header", "footer", "footnotes", "endnotes")
_STYLES = (BODY, CAPTION, CELL, CELL_HEAD, NOTE)
_KEPT_AT_MOST = 64
_read: dict[tuple[object, ...], "Template"] = {}


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be filled.

    Args:
        package: its parts; those that no report changes are compressed already.
        main: name of the body.
        parts: what is filled anew for every report, the body first.
        styles: identities of the paragraph styles by their names.
        removed: what was taken out of it, to be told.
    """

    path: Path
    package: Package
    main: str
    parts: Sequence[TemplatePart]
    styles: Mapping[str, str]
    removed: Sequence[Problem]


def read_template(path: Path, language: Language) -> Template:
    """Give a template, read anew where its file was changed.

    Raises:
        ProblemError: ``template-…``; all mistakes at once.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise ProblemError(faults.unreadable(path)) from error
    key = (path, state.st_mtime_ns, state.st_size, language)
    if key not in _read:
        if len(_read) >= _KEPT_AT_MOST:
            _read.clear()
        _read[key] = _template(path, language)
    return _read[key]


def _template(path: Path, language: Language) -> Template:
    try:
        package = read_package(path)
        refused, removed = make_safe(package, path)
        if refused:
            raise ProblemError(list(dict.fromkeys(refused)))
        package, styles = _with_styles(package, language)
        main = package.document()
        parts, wrong = [], []
        for name in _filled(package, main):
            content = package.parts[name]
            assert isinstance(content, bytes)
            root = parse(content)
            part, found = read_part(name, root, language, body=name == main)
            parts += [part] if part else []
            wrong += [faults.problem_of(path, fault) for fault in found]
            package.parts[name] = _whole(root)
    except TooLargeError as error:
        raise ProblemError(faults.too_large(path, str(error.args[0]))) from error
    except EntitiesError as error:
        raise ProblemError(faults.entities(path)) from error
    except (OSError, NotReadableError, KeyError, ValueError, AttributeError) as error:
        # the last three are what python-docx says of a file that lacks what Word always writes
        raise ProblemError(faults.unreadable(path)) from error
    if wrong:
        raise ProblemError(list(dict.fromkeys(wrong)))
    _compress(package, {part.name for part in parts} | {main})
    return Template(path, package, main, parts, styles, tuple(dict.fromkeys(removed)))


def _with_styles(package: Package, language: Language) -> tuple[Package, dict[str, str]]:
    """Add the styles of our tables that the template lacks; its own stay as they are."""
    document = Document(BytesIO(write_package(package)))
    ensure_styles(document, language)
    identities = {name: str(document.styles[name].style_id) for name in _STYLES}
    saved = BytesIO()
    document.save(saved)
    return read_package(saved), identities


def _filled(package: Package, main: str) -> Iterator[str]:
    yield main
    for relation in package.relations.get(main, ()):
        if relation.name in _FILLED and relation.target in package.parts:
            yield relation.target


def _whole(root: "etree._Element") -> bytes:
    written: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return written


def _compress(package: Package, changing: set[str]) -> None:
    for name, content in package.parts.items():
        if name not in changing and isinstance(content, bytes):
            package.parts[name] = pack(content, name)
