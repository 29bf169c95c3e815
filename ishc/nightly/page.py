"""The page of the night: one HTML file that opens without a server."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from ishc.nightly.history import DAYS, MARKS, WORDS, days_of, good_words, last_good, legend
from ishc.nightly.page_parts import findings, progress_rows, reporting
from ishc.nightly.page_words import WORDS as PAGE_WORDS
from ishc.nightly.progress import PhaseProgress
from ishc.nightly.step import STATE_MARKS, STATE_WORDS
from ishc.nightly.summary import Summary, counts_of
from ishc.nightly.verdict import all_is_well, heading, sentence
from programme.dates import short
from programme.problem import SEVERITY_WORDS, Language, Problem

NAME = "night.html"
LONG = 320  # characters of what to do that are shown at once
SHOWN = 5  # problems that are shown at once
A_ROW = 10  # nights in a row of the picture


def page(summary: Summary, progress: PhaseProgress | None, language: Language) -> str:
    """Write the page; everything in it is text, whatever it holds.

    Args:
        progress: None leaves the targets out.
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
    night, picture = summary.night, summary.picture
    day = datetime.fromisoformat(night.started).date()
    problems = [_problem(each, language) for each in summary.problems]
    return environment.from_string(source).render(
        lang=language,
        t={key: text.in_(language) for key, text in PAGE_WORDS.items()},
        name=summary.name.in_(language),
        day=short(day, language),
        heading=heading(summary).in_(language),
        well=all_is_well(summary),
        night_began=night.started,
        began=_moment(night.started, language),
        ended=_moment(night.ended, language) if night.ended else "",
        synthetic=summary.synthetic,
        state=sentence(summary).in_(language),
        good=good_words(last_good(summary.nights)).in_(language),
        problems=problems[:SHOWN],
        more=problems[SHOWN:],
        steps=list(_steps(summary, language)),
        reporting=reporting(picture, language) if picture else None,
        findings=findings(picture, language) if picture else None,
        progress=progress_rows(progress, language) if progress else None,
        nights=_nights(summary, language),
    )


def _moment(written: str, language: Language) -> str:
    moment = datetime.fromisoformat(written)
    return f"{moment:%H:%M} {short(moment.date(), language)}"


def _problem(each: Problem, language: Language) -> dict[str, str]:
    do = each.do.in_(language)
    cut = do.rfind(" ", 0, LONG) if len(do) > LONG else len(do)
    return {
        "weight": SEVERITY_WORDS[each.severity].in_(language),
        "what": each.what.in_(language),
        "where": each.place.in_(language),
        "do": do[:cut],
        "rest": do[cut:].strip(),
        "code": each.code,
    }


def _steps(summary: Summary, language: Language) -> Iterable[dict[str, str]]:
    for step, outcome in summary.steps:
        state = outcome.state if outcome else None
        title = step.title.in_(language)
        yield {
            "mark": STATE_MARKS[state],
            "word": STATE_WORDS[state].in_(language),
            "title": f"{title[0].upper()}{title[1:]}",
            "told": counts_of(outcome).in_(language),
        }


def _nights(summary: Summary, language: Language) -> dict[str, Any]:
    day = datetime.fromisoformat(summary.night.started).date()
    days = days_of(summary.nights, day)
    cells: Sequence[dict[str, Any]] = [
        {
            "x": 36 * (place % A_ROW),
            "y": 44 * (place // A_ROW),
            "day": f"{each.day:%d/%m}",
            "full": short(each.day, language),
            "state": each.state,
            "mark": MARKS[each.state],
            "word": WORDS[each.state].in_(language),
        }
        for place, each in enumerate(days)
    ]
    return {
        "cells": cells,
        "height": 44 * ((len(cells) + A_ROW - 1) // A_ROW),
        "width": 36 * A_ROW,
        "legend": legend(days).in_(language),
        "title": PAGE_WORDS["nights" if len(days) == DAYS else "nights_few"].in_(language),
    }
