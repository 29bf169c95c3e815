"""Any XLSForm as a Word questionnaire to print."""

import re
from pathlib import Path

from forms.paper.reading import read_paper
from forms.paper.sheet import draw_form
from forms.paper.texts import reader
from forms.schema import read_schema
from forms.workbook import read_workbook
from programme.file_names import fit
from programme.problem import Language
from programme.writing import write_saved


def write_paper(workbook: Path, language: str, out: Path) -> Path:
    """Write a form as a Word document that is filled in with a pen.

    Args:
        workbook: the XLSForm; lists (CSV) beside it tell the norms that its notes speak of.
        language: code as in the workbook's headers (``vi``, ``en`` …); a form that names no
            language is printed as it is. Our own words are Vietnamese for ``vi``, else English.
        out: folder of the document, made if it is missing.

    Returns:
        the document, ``<form id>.<language>.docx``.

    Raises:
        ProblemError: what is wrong with the workbook, with sheet and row;
            ``paper-language-unknown`` with the languages there are.
    """
    read_schema(workbook, classes=False)  # unknown types and open groups are told with their rows
    book = read_workbook(workbook)
    texts = reader(book, language)
    ours: Language = "vi" if language == "vi" else "en"
    document = draw_form(read_paper(book, texts, ours), ours)
    out.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", book.form_id)
    path = out / f"{fit(name)}.{language}.docx"
    write_saved(path, document.save, private=False)
    return path
