"""Labels of questions and choices by language code."""

from forms.headers import language_code, split_language
from forms.workbook import Row, Workbook


def choices(workbook: Workbook) -> dict[str, dict[str, dict[str, str]]]:
    """Read the sheet ``choices``: label by list, choice and language code."""
    lists: dict[str, dict[str, dict[str, str]]] = {}
    for row in workbook.rows("choices"):
        if row.get("list_name"):
            named = lists.setdefault(row.get("list_name"), {})
            named[row.get("name")] = labels(workbook, row)
    return lists


def labels(workbook: Workbook, row: Row, kind: str = "label") -> dict[str, str]:
    """Read a row's texts of one kind by language code.

    A column without a language is in the settings' ``default_language``, or under ``""``.
    """
    texts: dict[str, str] = {}
    for header, text in row.cells.items():
        found, language = split_language(header)
        if found == kind:
            texts[language_code(language or workbook.setting("default_language"))] = text
    return texts
