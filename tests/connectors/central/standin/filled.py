"""A filled form as it arrives: what the server reads of it before it keeps it."""

from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.connectors.central.standin.answers import RefusedError
from tests.connectors.central.standin.schema import Schema, local
from tests.connectors.central.standin.world import new_uuid


@dataclass
class Filled:
    """The names in a filled form."""

    xml: bytes
    form_id: str
    version: str
    instance: str
    name: str | None
    deprecated: str | None


def read_filled(xml: bytes) -> Filled:
    """Read a filled form; raises RefusedError for what is none."""
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:
        root = ElementTree.Element("none")
    form_id = root.get("id")
    if not form_id:
        words = "Required parameter form ID xml attribute missing."
        raise RefusedError(400.2, words, {"field": "form ID xml attribute"})
    meta = next((one for one in root if local(one) == "meta"), None)
    told = {local(one): (one.text or "").strip() or None for one in meta or []}
    return Filled(
        xml,
        form_id,
        root.get("version") or "",
        told.get("instanceID") or f"uuid:{new_uuid()}",
        told.get("instanceName"),
        told.get("deprecatedID"),
    )


def named_files(xml: bytes, schema: Schema) -> list[str]:
    """List the files that a filled form names."""
    binary = {field.path for field in schema.all() if field.binary}
    found: list[str] = []

    def walk(element: Element, path: str) -> None:
        for child in element:
            here = f"{path}/{local(child)}"
            if here in binary and child.text and child.text not in found:
                found.append(child.text)
            walk(child, here)

    if binary:
        walk(ElementTree.fromstring(xml), "")
    return found
