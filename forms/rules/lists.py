"""Lists beside the form: the files that it names, and the columns that it reads from them."""

import re
from collections.abc import Iterator

from forms.engine.media import find_medium
from forms.headers import split_language
from forms.lists import list_problems
from forms.questions import QuestionType
from forms.rules.fault import Fault, at_list
from forms.rules.subject import Subject, near
from forms.rules.xpath import bare_names, tokens
from forms.workbook import Row
from programme.problem import Problem, Text

_PULLDATA = re.compile(
    r"""pulldata\s*\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*,"""
)
_SEARCH = re.compile(r"""search\(\s*['"]([^'"]+)['"]""")  # the older way to read a list
MEDIA_MISSING = Fault(
    "media-missing",
    Text(vi="không có tệp «{name}»", en="there is no file “{name}”"),
    Text(
        vi="hãy đặt tệp đó vào thư mục xlsforms, hoặc sửa tên ở ô này",
        en="put it into the folder xlsforms, or mend its name in this cell",
    ),
    level="strict",
    waivable=True,
)
COLUMN_MISSING = Fault(
    "list-column-missing",
    Text(
        vi="tệp {file} không có cột «{name}»{near_vi}",
        en="{file} has no column “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên cột ở ô này, hoặc thêm cột vào tệp",
        en="mend the column's name in this cell, or add the column to the file",
    ),
)
HEADER_GONE = Fault(
    "list-column-missing",
    Text(
        vi="dòng tiêu đề không có cột «{name}» mà công thức trong biểu mẫu cần; đang có: {columns}",
        en="the header has no column “{name}”, which formulas of the forms need; it has: {columns}",
    ),
    Text(
        vi="hãy trả lại tên cột ở dòng 1 của tệp này; nếu sai ở biểu mẫu, hãy sửa trong công thức",
        en="write the column's name into row 1 of this file again; if the form is wrong, mend the "
        "formula",
    ),
)
_MANY = 3  # cells that lack the same column: then it is the list that was changed
_MEDIA_KINDS = ("media::image", "media::audio", "media::video", "media::big-image")


def media_missing(subject: Subject) -> Iterator[Problem]:
    """Every file that a row names is there."""
    for sheet in ("survey", "choices"):
        for row in subject.workbook.rows(sheet):
            for column, name in _files(row):
                if find_medium(subject.media, name) is None:
                    yield subject.tell(MEDIA_MISSING, row, column, sheet, name=name)


def list_unreadable(subject: Subject) -> Iterator[Problem]:
    """Phones can read every list."""
    named = (
        name
        for sheet in ("survey", "choices")
        for row in subject.workbook.rows(sheet)
        for _, name in _files(row)
    )
    for name in dict.fromkeys(named):
        path = find_medium(subject.media, name)
        if path is not None and name.endswith(".csv"):
            yield from list_problems(path)


def list_column_missing(subject: Subject) -> Iterator[Problem]:
    """A select from a file finds its value and label columns, and those of its filter."""
    for row, kind in subject.questions():
        columns = subject.list_columns(kind.list_file) if kind.list_file else None
        if columns is None or not str(kind.list_file).endswith(".csv"):
            continue
        for header, wanted in _wanted(row, kind):
            if wanted not in columns:
                file = str(kind.list_file)
                yield _no_column(subject, row, header, file=file, wanted=wanted, columns=columns)


def pulldata_missing(subject: Subject) -> Iterator[Problem]:
    """pulldata names a list and columns that exist; Collect would give an empty text."""
    lacking: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    for row in subject.workbook.rows("survey"):
        for header, text in row.cells.items():
            for name, *wanted in _PULLDATA.findall(text):
                file = f"{name.removesuffix('.csv')}.csv"
                columns = subject.list_columns(file)
                for each in wanted:
                    if columns is not None and each not in columns:
                        lacking.setdefault((file, each), []).append((row, header))
    for (file, wanted), cells in lacking.items():
        columns = subject.list_columns(file) or ()
        if len(cells) >= _MANY:
            values = {"name": wanted, "columns": ", ".join(columns)}
            yield at_list(HEADER_GONE, file, 1, wanted, values)
            continue
        for row, header in cells:
            yield _no_column(subject, row, header, file=file, wanted=wanted, columns=columns)


def _files(row: Row) -> Iterator[tuple[str, str]]:
    kind = row.get("type").split()
    if len(kind) > 1 and kind[0].endswith("_from_file"):
        yield "type", kind[1]
    if kind and kind[0] in ("csv-external", "xml-external"):
        yield "name", f"{row.get('name')}.{kind[0][:3]}"
    if found := _SEARCH.search(row.get("appearance")):
        yield "appearance", f"{found.group(1).removesuffix('.csv')}.csv"
    for header, text in row.cells.items():
        if split_language(header)[0] in _MEDIA_KINDS:
            yield header, text
        for name, *_ in _PULLDATA.findall(text):
            yield header, f"{name.removesuffix('.csv')}.csv"


def _wanted(row: Row, kind: QuestionType) -> Iterator[tuple[str, str]]:
    parameters = dict(re.findall(r"(\w+)\s*=\s*([^\s,;]+)", row.get("parameters")))
    if kind.name.endswith("_from_file"):
        yield "parameters", parameters.get("value", "name")
        yield "parameters", parameters.get("label", "label")
    for name in bare_names(tokens(row.get("choice_filter"))):
        yield "choice_filter", name


def _no_column(
    subject: Subject, row: Row, header: str, *, file: str, wanted: str, columns: tuple[str, ...]
) -> Problem:
    values = {"file": file, "name": wanted, **near(wanted, columns)}
    return subject.tell(COLUMN_MISSING, row, header, **values)
