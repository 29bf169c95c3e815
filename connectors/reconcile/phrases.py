"""Sentences of findings: values written as the reader's language writes them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any

from forms.schema import FormSchema
from programme.dates import short
from programme.numbers import number
from programme.problem import Language, Text
from programme.text import fold

NOTHING: Mapping[Language, str] = {"vi": "không có", "en": "nothing"}
TRUTH: Mapping[Language, tuple[str, str]] = {"vi": ("có", "không"), "en": ("yes", "no")}
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_LONGEST = 200  # characters of one value in a sentence
_DECIMALS = 2
_CLUB = ("clb", "cau lac bo", "club")

Labels = Mapping[str, Mapping[str, str]]


def question_labels(schemas: Iterable[FormSchema]) -> dict[str, Mapping[str, str]]:
    """Give the labels of every question of the forms by its name."""
    return {
        column.name: column.labels
        for schema in schemas
        for table in schema.tables
        for column in table.columns
        if column.labels
    }


def title_label(title: str) -> Mapping[str, str]:
    """Take the title of a form apart: “Sổ vay vốn · Loan record” is Vietnamese, then English."""
    parts = [part.strip() for part in title.split(" · ")]
    return {"vi": parts[0], "en": parts[-1]}


def club_words(name: str | None, code: str | None) -> Text:
    """Call a club by name and code, with the word club unless its name begins so."""
    if not name:
        named = f" {code}" if code else ""
        return Text(f"câu lạc bộ{named or ' chưa rõ tên'}", f"club{named or ' of unknown name'}")
    shown = _cut(name) + (f" ({code})" if code else "")
    if fold(name).startswith(_CLUB):
        return Text(shown, shown)
    return Text(f"câu lạc bộ {shown}", f"club {shown}")


def sentence(template: str, values: Mapping[str, Any], language: Language, labels: Labels) -> str:
    """Fill a message of ``checks.xlsx``.

    Args:
        template: with ``{column}`` where values stand.
        values: by column; numbers, dates, months and names of questions are written for people.
        language: ``vi`` or ``en``.
        labels: of questions.
    """
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(text)
        if name is not None:
            parts.append(phrase(values.get(name), language, labels))
    whole = "".join(parts)
    return whole[:1].upper() + whole[1:]  # {club} may stand first


def sentences(template: Text, values: Mapping[str, Any], labels: Labels) -> Text:
    """Fill a message in both languages."""
    return Text(
        sentence(template.vi, values, "vi", labels), sentence(template.en, values, "en", labels)
    )


def phrase(value: Any, language: Language, labels: Labels) -> str:
    """Write one value for people."""
    if value is None or value in ([], ""):
        return NOTHING[language]
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, list):
        return ", ".join(phrase(each, language, labels) for each in value)
    if isinstance(value, date):
        return _date(value, language)
    if isinstance(value, int | float | Decimal):
        return _figure(value, language)
    return _word(str(value), language, labels)


def _figure(value: float | Decimal, language: Language) -> str:
    if isinstance(value, bool):
        return TRUTH[language][0 if value else 1]
    if isinstance(value, int):
        return number(value, language)
    return _decimal(Decimal(str(value)), language)


def _decimal(value: Decimal, language: Language) -> str:
    if not value.is_finite():
        return NOTHING[language]
    rounded = round(value, _DECIMALS).normalize()
    exponent = rounded.as_tuple().exponent
    return number(value, language, max(0, -exponent) if isinstance(exponent, int) else 0)


def _date(value: date, language: Language) -> str:
    day = short(value, language)
    return f"{value:%H:%M} {day}" if isinstance(value, datetime) else day


def _word(text: str, language: Language, labels: Labels) -> str:
    if _MONTH.fullmatch(text):
        return f"{text[5:]}/{text[:4]}" if language == "vi" else text
    if text in labels:
        label = labels[text].get(language) or next(iter(labels[text].values()))
        return f"“{_plain(label)}”" if language == "en" else f"«{_plain(label)}»"
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(label: str) -> str:
    """A label without references to other answers and on one line."""
    return " ".join(re.sub(r"\$\{[^}]*\}|[*_#]{2,}", "…", label).split())
