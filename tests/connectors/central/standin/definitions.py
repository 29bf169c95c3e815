"""A form's definition as it arrives: compiled, and refused where it breaks what is there."""

import hashlib
import re
from typing import Any

from flask import request
from pyxform.xls2xform import convert

from tests.connectors.central.standin.answers import RefusedError, missing
from tests.connectors.central.standin.schema import NoFormError, read_schema
from tests.connectors.central.standin.things import Definition, Form, FormFile, Project
from tests.connectors.central.standin.world import new_uuid

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOKS = {XLSX: ".xlsx", "application/vnd.ms-excel": ".xls"}
_INVALID = (
    "The given XLSForm file was not valid. Please see the error details for more information."
)
_WITH_WARNINGS = (
    "The Form is valid, but with warnings. Please check the warnings and if they are acceptable "
    "resubmit with ?ignoreWarnings=true"
)
_NO_WORKBOOK = (
    "Argument 'definition' was not recognized as a supported type. Must be one of: "
    ".xlsx, .xlsm, .xls, .md, .csv"
)
Warnings = dict[str, list[Any]]


def received() -> tuple[Definition, Warnings]:
    """Compile what the request brings; raises RefusedError."""
    content, kind = request.get_data(), request.mimetype
    warnings: list[str] = []
    if kind in _WORKBOOKS:
        xml = compiled(content, _WORKBOOKS[kind], warnings)
    else:
        xml = content.decode(errors="replace")
    definition = defined(xml, content if kind in _WORKBOOKS else None, kind)
    return definition, {"xlsFormWarnings": warnings} if warnings else {}


def defined(xml: str, workbook: bytes | None, kind: str | None = XLSX) -> Definition:
    """Make a definition of a compiled form; raises RefusedError."""
    try:
        schema = read_schema(xml)
    except NoFormError as error:
        raise missing("formId") from error
    files = {name: FormFile(name, kind_of) for name, kind_of in schema.files.items()}
    token = new_uuid().replace("-", "") * 2
    return Definition(xml, workbook, kind if workbook else None, schema, files, token)


def compiled(workbook: bytes, suffix: str, warnings: list[str]) -> str:
    """Compile a workbook as Central's pyxform does, without ODK Validate."""
    try:
        return str(convert(workbook, file_type=suffix, warnings=warnings).xform)
    except Exception as error:  # the compiler raises many kinds; its words matter
        words = str(error) if workbook[:4] == b"PK\x03\x04" else _NO_WORKBOOK
        raise RefusedError(400.15, _INVALID, {"error": words, "warnings": None}) from error


def refuse_warnings(warnings: Warnings) -> None:
    if warnings and request.args.get("ignoreWarnings") != "true":
        raise RefusedError(400.16, _WITH_WARNINGS, {"warnings": warnings})


def check_types(form: Form, new: Definition) -> None:
    """Refuse a question of another type than before; everything may become text."""
    types = new.schema.types()
    for path, before in (
        pair for one in reversed(form.published) for pair in one.schema.types().items()
    ):
        now = types.get(path, before)
        if now not in (before, "string"):
            words = (
                "The form you have uploaded attempts to change the type of the field at "
                f"{path}. In a previous version, it had the type {before}. Please either return "
                "that field to its previous type, or rename the field so it lives at a new path."
            )
            raise RefusedError(400.17, words, {"path": path, "type": before})


def lost_fields(form: Form, new: Definition) -> Warnings:
    if not form.published:
        return {}
    types = new.schema.types()
    before = form.published[-1].schema.all()
    lost = [one.name for one in before if one.path not in types]
    return {"workflowWarnings": [{"type": "structureChanged", "details": lost}]} if lost else {}


def carry_files(new: Definition, before: Definition | None, project: Project) -> None:
    """Give a new draft the files of the version before it, and lists of the project by name."""
    for name, file in new.files.items():
        old = before.files.get(name) if before else None
        if old is not None:
            file.content, file.mimetype = old.content, old.mimetype
            file.updated, file.dataset = old.updated, old.dataset
        elif file.type == "file" and name.removesuffix(".csv") in project.datasets:
            file.dataset = True


def with_version(definition: Definition, version: str) -> Definition:
    """Give a definition that says another version in its root element."""
    old = re.escape(definition.version)
    root = rf'(id="{re.escape(definition.schema.form_id)}" version=")({old})(")'
    xml = re.sub(root, rf"\g<1>{version}\g<3>", definition.xml, count=1)
    found = defined(xml, definition.workbook, definition.workbook_type)
    found.files = definition.files
    return found


def hashes(definition: Definition) -> dict[str, str]:
    content = definition.xml.encode()
    return {
        "hash": hashlib.md5(content).hexdigest(),
        "sha": hashlib.sha1(content).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
