"""What a report says of itself in its properties: title, day, and what it is a report of."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from programme.problem import Language
from programme.word.package import RELATIONS, Package, Relation, parse
from programme.word.text_field import TextField
from programme.word.xml import plain
from reports.placing import Block

PROPERTIES = "docProps/custom.xml"
_CORE = "docProps/core.xml"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that people name
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OURS = "ishc."
_LONGEST = 255  # letters that Word keeps of a property


@dataclass(frozen=True, slots=True)
class About:
    """What a report is.

    Args:
        title, author: for the document's properties.
        day: the cut-off day, which the properties give as the day it was made; without one they
            stay those of the template.
        report, area, period: by which people's texts are found again; empty where there are none.
    """

    title: str = ""
    author: str = ""
    day: date | None = None
    report: str = ""
    area: str = ""
    period: str = ""


def with_about(
    package: Package, about: About, blocks: Mapping[str, Sequence[Block]], language: Language
) -> None:
    """Write the properties into a report."""
    if about.day is not None:
        _put(package, _CORE, _CORE_KIND, _CORE_TYPE, _core(about, about.day, language))
    if about.report:
        ours = {
            f"{_OURS}report": about.report,
            f"{_OURS}area": about.area,
            f"{_OURS}period": about.period,
            f"{_OURS}language": language,
        }
        for each in text_fields(blocks):
            ours[f"{_OURS}text.{each.section}"] = mark_of(each.paragraphs)
            ours[f"{_OURS}hint.{each.section}"] = as_read(each.hint)[:_LONGEST]
        kind = f"{RELATIONS}/custom-properties"
        _put(package, PROPERTIES, kind, _CUSTOM_TYPE, _custom(ours))


def text_fields(blocks: Mapping[str, Sequence[Block]]) -> list[TextField]:
    """Give people's texts among the blocks of a report."""
    return [each for listed in blocks.values() for each in listed if isinstance(each, TextField)]


def read_about(properties: bytes) -> dict[str, str]:
    """Give what a report says of itself, by names without ``ishc.``; empty if it is not ours.

    Args:
        properties: the part ``PROPERTIES`` of the file.
    """
    found: dict[str, str] = {}
    for each in parse(properties):
        name = each.get("name", "")
        if name.startswith(_OURS) and len(each):
            found[name.removeprefix(_OURS)] = each[0].text or ""
    return found


def mark_of(paragraphs: Iterable[str]) -> str:
    """Give a short mark of a text, by which it is seen whether somebody changed it."""
    text = "\n\n".join(filter(None, map(as_read, paragraphs)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def as_read(text: str) -> str:
    """Give a text as it is read back from a document."""
    return plain(text).strip()


def _put(package: Package, name: str, kind: str, part_type: str, content: str) -> None:
    package.parts[name], package.types[name] = content.encode(), part_type
    own = package.relations.setdefault("", [])
    if not any(each.target == name for each in own):
        own.append(Relation(f"report{len(own)}", kind, name))


def _core(about: About, day: date, language: Language) -> str:
    moment = f'<dcterms:{{0}} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{{0}}>'
    author = escape(plain(about.author))
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(plain(about.title))}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"{moment.format('created')}{moment.format('modified')}"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    written = "".join(
        f'<property fmtid="{_SET}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{written}</Properties>'
    )
