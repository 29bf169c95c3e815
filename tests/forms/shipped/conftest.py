"""The shipped forms, filled by the engine of ODK Collect on a phone that carries small lists."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill

XLSFORMS = Path(__file__).parents[3] / "xlsforms"
LISTS = Path(__file__).parent / "lists"
DAY = date(2026, 10, 31)


@dataclass(frozen=True)
class Sent:
    """A filled form: values by question, what was asked, what was refused."""

    values: Mapping[str, list[str]]
    asked: tuple[str, ...]
    refused: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        """Give a value; empty when the question was left blank."""
        return self.values[name][0]

    def __contains__(self, name: str) -> bool:
        """Tell whether a question, note or calculation was relevant."""
        return name in self.values

    def typed(self, answers: Mapping[str, Any]) -> int:
        """Count the answers that a person gave."""
        return sum(value is not None for value in answers.values())


def _values(xml: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for element in ET.fromstring(xml).iter():
        if len(element) == 0:
            values.setdefault(element.tag.split("}")[-1], []).append(element.text or "")
    return values


@pytest.fixture(scope="session")
def xlsforms() -> Path:
    return XLSFORMS


@pytest.fixture(scope="session")
def compiled() -> Callable[[str], CompiledForm]:
    known: dict[str, CompiledForm] = {}

    def compile_once(form_id: str) -> CompiledForm:
        if form_id not in known:
            known[form_id] = compile_form(XLSFORMS / f"{form_id}.xlsx")
        return known[form_id]

    return compile_once


def _on_phone(name: str) -> Path | None:
    paths = (folder / name for folder in (LISTS, XLSFORMS))
    return next((path for path in paths if path.is_file()), None)


@pytest.fixture
def send(engine: None, compiled: Callable[[str], CompiledForm]) -> Callable[..., Sent]:
    """Fill a form; ``empty_lists`` is a phone whose lists have a header only."""

    def send(
        form_id: str,
        answers: Mapping[str, Any],
        *,
        today: date = DAY,
        empty_lists: bool = False,
        language: str = "vi",
        **changed: Any,
    ) -> Sent:
        media = XLSFORMS if empty_lists else _on_phone
        given = {k: v for k, v in {**answers, **changed}.items() if v is not None}
        filled = fill(compiled(form_id), media, given, today=today, language=language)
        said = tuple(problem.what.in_("vi") for problem in filled.refused)
        asked = tuple(each.rpartition("/")[2] for each in filled.asked)
        return Sent(_values(filled.xml), asked, said)

    return send
