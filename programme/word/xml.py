"""The few elements of WordprocessingML that python-docx has no call for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


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
