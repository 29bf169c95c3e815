"""What a form saves into entity lists, and the same form for servers that have none."""

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from forms.headers import canonical_header
from forms.xform import XFORMS, local_name

SHEET = "entities"
SAVE_TO = "save_to"
_SHEET = re.compile(rb'<sheet [^>]*name="\s*entities\s*"', re.I)
_ENTITIES = "{http://www.opendatakit.org/xforms/entities}"


def without_entities(workbook: Path) -> bytes:
    """Give the workbook's file without the sheet ``entities`` and the column ``save_to``.

    KoBo has no entity lists. A workbook without that sheet is given as it is, byte by byte, and
    so is what is no workbook.
    """
    if not _declares(workbook):
        return workbook.read_bytes()
    book = load_workbook(workbook)
    sheets = {name.strip().lower(): name for name in book.sheetnames}
    del book[sheets[SHEET]]
    if "survey" in sheets:
        for column in book[sheets["survey"]].iter_cols():
            if canonical_header(str(column[0].value or "")) == SAVE_TO:
                for cell in column:
                    cell.value = None
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def saves_entity(form: ET.Element) -> bool:
    """Tell whether an XForm makes or changes an entity, in its root or in a repeat."""
    return any(_of_entities(each, parent) for parent in form.iter() for each in parent)


def drop_entities(form: ET.Element) -> None:
    """Take out of an XForm, or of a submission, what concerns entities; the rest stays."""
    for parent in list(form.iter()):
        for child in [each for each in parent if _of_entities(each, parent)]:
            parent.remove(child)
        for name in [each for each in parent.attrib if each.startswith(_ENTITIES)]:
            del parent.attrib[name]


def reads_by(form: ET.Element, list_name: str) -> set[str]:
    """Give the columns by which a form knows the rows of a list: ``name``, ``code``."""
    kept = {
        str(value.get("ref"))
        for itemset in form.iter(f"{XFORMS}itemset")
        if f"instance('{list_name}')" in (itemset.get("nodeset") or "")
        for value in itemset.iter(f"{XFORMS}value")
    }
    looked_up = re.compile(rf"pulldata\(\s*'{re.escape(list_name)}'\s*,[^,]+,\s*'(\w+)'")
    cells = (text for element in form.iter() for text in element.attrib.values())
    return kept | {name for text in cells for name in looked_up.findall(text)}


def _declares(workbook: Path) -> bool:
    try:
        with ZipFile(workbook) as package:
            return _SHEET.search(package.read("xl/workbook.xml")) is not None
    except (BadZipFile, KeyError):
        return False


def _of_entities(element: ET.Element, parent: ET.Element) -> bool:
    path = element.get("nodeset") or element.get("ref") or ""
    tags = (local_name(parent.tag), local_name(element.tag))  # a question may be called “entity”
    return tags == ("meta", "entity") or "/meta/entity/" in path
