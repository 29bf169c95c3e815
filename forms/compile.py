"""From a workbook to an XForm with pyxform, the reference compiler; no Java is started."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from forms import compile_messages as say
from forms.definition import definition
from forms.workbook import Workbook, read_workbook
from forms.xform import parse_xform
from programme.problem import Place, Problem, ProblemError, Severity, Text

_ROW = re.compile(r"^\[row : (\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet")
_HEADER = re.compile(r"is missing the (survey|choices) ")  # columns, which stand in the first row
_QUOTED = re.compile(r"'([^']+)'")
_COLUMN = re.compile(r"the '([^']+)' value")


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A form ready for phones and servers.

    Args:
        form_id: its id.
        version: its version, empty when the workbook has none.
        title: its title.
        xml: the XForm.
        media: names of the files it needs beside it.
        warnings: what pyxform found odd but compiled.
    """

    form_id: str
    version: str
    title: str
    xml: str
    media: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


def compile_form(workbook: Path) -> CompiledForm:
    """Compile a workbook.

    Args:
        workbook: the ``.xlsx``, ``.xlsm``, ``.xls`` or ``.csv``.

    Raises:
        ProblemError: the workbook cannot be read, or pyxform refuses it; with sheet and row
            where pyxform names them.
    """
    return compile_workbook(read_workbook(workbook))


def compile_workbook(read: Workbook) -> CompiledForm:
    """Compile a workbook that is read already; else like ``compile_form``."""
    from pyxform.errors import PyXFormError  # noqa: PLC0415 - it takes a while to import
    from pyxform.xls2xform import convert  # noqa: PLC0415

    try:
        with warnings.catch_warnings():  # of openpyxl, about what only saving would lose
            warnings.simplefilter("ignore")
            result = convert(definition(read), file_type=f".{read.form}")
    except PyXFormError as error:
        raise ProblemError(_problem(read, str(error), _code(error), "error")) from error
    except Exception as error:  # pyxform stumbles over some workbooks with any exception
        text = f"{type(error).__name__}: {error}"
        raise ProblemError(_problem(read, text, "", "error")) from error
    xform = parse_xform(result.xform)
    return CompiledForm(
        form_id=xform.form_id,
        version=xform.version,
        title=xform.title,
        xml=result.xform,
        media=xform.media,
        warnings=tuple(_problem(read, each, "", "warning") for each in result.warnings),
    )


def _code(error: Exception) -> str:
    code = getattr(error, "code", None)
    return code.name if code is not None else ""


def _problem(workbook: Workbook, message: str, code: str, severity: Severity) -> Problem:
    """Turn a message of pyxform, ``[row : 8] On the 'survey' sheet, …``, into a problem."""
    found = _ROW.match(message)
    text = " ".join(message[found.end() if found else 0 :].split())
    header = _HEADER.search(text)
    row = int(found.group(1)) if found else 1 if header else _row_named(workbook, text)
    sheet = _SHEET.search(text) or header
    column = _COLUMN.search(text)
    name = sheet.group(1) if sheet else ("survey" if row else None)
    if found and workbook.path.suffix.lower() == ".csv":
        row = _row_of_file(workbook, name or "survey", row or 0)
    place = Place(file=workbook.path.name)
    if name:
        place = workbook.place(name, row, column.group(1) if column else None)
    return Problem(
        "form-compile" if severity == "error" else "form-compile-warning",
        Text(vi=say.in_vietnamese(code, text), en=f"pyxform: {text}"),
        say.WHAT_TO_DO if severity == "error" else say.WHAT_TO_CONSIDER,
        place,
        severity,
    )


def _row_named(workbook: Workbook, text: str) -> int | None:
    """Find the row of the question or type that a message without a row quotes."""
    for quoted in _QUOTED.findall(text):
        for row in workbook.rows("survey"):
            if quoted in (row.get("name"), row.get("type")):
                return row.number
    return None


def _row_of_file(workbook: Workbook, sheet: str, row: int) -> int:
    """Turn a row that pyxform counts from the sheet's header into one of the .csv file."""
    rows = workbook.rows(sheet)
    at = row - 2  # the header is row 1
    return rows[at].number if 0 <= at < len(rows) else row
