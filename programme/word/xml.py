"""Text and elements of WordprocessingML, for what python-docx has no call for or is slow at."""

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# not allowed in XML at all; and marks that turn the order of what stands around them
_NOT_PRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_SPACED = '<w:t xml:space="preserve">'


def plain(text: str) -> str:
    """Give a text as it may be printed: no control characters, nothing that turns its direction.

    Lines end with a line feed only.
    """
    return _NOT_PRINTED.sub("", _BREAKS.sub("\n", text))


def written(text: str) -> str:
    """Give a text for the inside of ``<w:t>``, everything literal; lines and tabs stay.

    The element that it stands in needs ``xml:space="preserve"``.
    """
    safe = escape(plain(text))
    if "\n" in safe:
        safe = safe.replace("\n", f"</w:t><w:br/>{_SPACED}")
    if "\t" in safe:
        safe = safe.replace("\t", f"</w:t><w:tab/>{_SPACED}")
    return safe


def attribute(text: str) -> str:
    """Give a text as the value of an attribute, with its quotation marks, on one line."""
    return quoteattr(" ".join(plain(text).split()))


def run(text: str, properties: str = "") -> str:
    """Write a run: text with the XML of its properties (``<w:b/>``)."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{looks}{_SPACED}{written(text)}</w:t></w:r>"


def paragraph(text: str, style: str, properties: str = "") -> str:
    """Write a paragraph of one run.

    Args:
        style: identity of the paragraph style, not its name.
        properties: XML of further properties, in the order of the schema.
    """
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f"{run(text) if text else ''}</w:p>"
    )


def element(tag: str, **attributes: str | int) -> Any:
    """Make an element; attribute names without prefix are put into the ``w`` namespace.

    Args:
        tag: name with prefix, for example ``w:cantSplit``.
        attributes: ``val="1"`` becomes ``w:val="1"``.
    """
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def put(parent: Any, tag: str, **attributes: str | int) -> Any:
    """Append an element to a parent, replacing one of the same tag."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    made = element(tag, **attributes)
    parent.append(made)
    return made


def add_field(run: Any, code: str) -> None:
    """Put a field (``PAGE``) into a run; Word computes what it shows."""
    for kind in ("begin", None, "end"):
        if kind is None:
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = code
            run._r.append(instruction)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))
