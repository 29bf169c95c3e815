"""The XML of a submission with other answers in it, as a new version of it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from uuid import uuid4

from connectors.servers.central.instance import local

# written out as they came: ElementTree would name them ns0, ns1, …
_SPACES = {
    "orx": "http://openrosa.org/xforms",
    "jr": "http://openrosa.org/javarosa",
    "odk": "http://www.opendatakit.org/xforms",
    "entities": "http://www.opendatakit.org/xforms/entities",
}
_STEP = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")
for _prefix, _space in _SPACES.items():
    ET.register_namespace(_prefix, _space)


def rewritten(root: ET.Element, answers: Mapping[str, str], current: str) -> tuple[bytes, str]:
    """Give a submission's XML with other answers, and its new instance id.

    Everything else stays as it was sent, what no form knows too.

    Args:
        root: of its XML, which is changed.
        answers: by path, ``visits[2]/photo``, counting the rows that hold an answer; such a row
            has to be there. An empty text clears.
        current: instance id of the version that is replaced.

    Raises:
        LookupError: there is no such row.
    """
    for path, text in answers.items():
        element = root
        for name, number in _STEP.findall(path):
            element = _child(element, name, int(number) if number else None)
        element.text = text or None
    new = f"uuid:{uuid4()}"
    meta = _child(root, "meta", None)
    _child(meta, "deprecatedID", None).text = current
    _child(meta, "instanceID", None).text = new
    return ET.tostring(root, encoding="utf-8", xml_declaration=True), new


def _child(element: ET.Element, name: str, number: int | None) -> ET.Element:
    found = [child for child in element if local(child.tag) == name]
    if number is not None:
        return [child for child in found if _answered(child)][number - 1]
    if found:
        return next((child for child in found if _answered(child)), found[0])
    space = element.tag.rpartition("}")
    return ET.SubElement(element, f"{space[0]}{space[1]}{name}")


def _answered(element: ET.Element) -> bool:
    return any(each.text and not each.text.isspace() for each in element.iter() if not len(each))
