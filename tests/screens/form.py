"""The monthly report as the pictures show it: the shipped form, small lists, a made-up month."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill
from forms.engine.phone import phone_on
from forms.workbook import read_workbook

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
FORM = REPOSITORY / "xlsforms" / "monthly_activity_report.xlsx"
LISTS = (HERE, REPOSITORY / "tests" / "forms" / "shipped" / "lists", REPOSITORY / "xlsforms")
MORNING = datetime(2026, 10, 5, 9)
TITLE = "label::Tiếng Việt (vi)"
SHEETS = ("survey", "choices")
SHOWN = ("type", "list_name", "name", TITLE, "hint::Tiếng Việt (vi)", "relevant", "appearance")


@dataclass(frozen=True)
class Page:
    """A page of the form: its group's name, and the title that people see above it."""

    name: str
    title: str


@cache
def compiled() -> CompiledForm:
    return compile_form(FORM)


def media(name: str) -> Path | None:
    """Find a list: the pictures' own, else one of the tests, else the repository's."""
    return next((folder / name for folder in LISTS if (folder / name).is_file()), None)


def files() -> dict[str, bytes]:
    """Give what the browser loads: the form, the filled report, the lists."""
    answers = tomllib.loads((HERE / "month.toml").read_text(encoding="utf-8"))
    filled = fill(compiled(), media, answers, phone=phone_on(MORNING)).accepted()
    lists = {name: path for name in compiled().media if (path := media(name))}
    return {
        "form.xml": compiled().xml.encode(),
        "filled.xml": filled.encode(),
        **{name: path.read_bytes() for name, path in lists.items()},
    }


def pages() -> list[Page]:
    """Give the pages in the form's order: groups and repeats whose questions stand together."""
    rows = read_workbook(FORM).rows("survey")
    return [
        Page(row.get("name"), row.get(TITLE))
        for row in rows
        if row.get("type").startswith("begin") and row.get("appearance") == "field-list"
    ]


def fingerprint() -> str:
    """Give a hash of what people see of the form, and of the month that is typed in."""
    book = read_workbook(FORM)
    seen = [row.get(column) for name in SHEETS for row in book.rows(name) for column in SHOWN]
    month = (HERE / "month.toml").read_text(encoding="utf-8")
    return hashlib.sha256("\n".join([*seen, month]).encode()).hexdigest()
