"""The page of the night: one HTML file that opens without a server."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from ishc.nightly.ledger import Night
from ishc.nightly.page_words import WORDS
from ishc.nightly.progress import PhaseProgress
from ishc.nightly.summary import ROWS, Findings, Picture, Summary, what_came
from programme.dates import short
from programme.numbers import number, percent
from programme.problem import SEVERITY_WORDS, Language, Problem, Text

NAME = "night.html"
MARKS = {"done": "✓", "failed": "✗", "skipped": "–", None: "?"}
_STATES = {
    "done": Text(vi="xong", en="done"),
    "failed": Text(vi="chưa được", en="failed"),
    "skipped": Text(vi="bỏ qua", en="skipped"),
    None: Text(vi="chưa chạy", en="not run"),
}


def page(summary: Summary, progress: PhaseProgress | None, language: Language) -> str:
    """Write the page; everything in it is text, whatever it holds.

    Args:
        progress: None leaves the targets out.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    source = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
    night = summary.night
    return environment.from_string(source).render(
        lang=language,
        t={key: text.in_(language) for key, text in WORDS.items()},
        name=summary.name.in_(language),
        began=_moment(night.started, language),
        ended=_moment(night.ended, language) if night.ended else "",
        synthetic=summary.synthetic,
        state=state_of(summary).in_(language),
        problems=[_problem(each, language) for each in summary.problems],
        steps=list(_steps(summary, language)),
        reporting=_reporting(summary.picture, language),
        findings=_findings(summary.picture.findings, language) if summary.picture else [],
        progress=_progress(progress, language),
        nights=[_night(each, language) for each in summary.nights],
    )


def state_of(summary: Summary) -> Text:
    """Say in one sentence how the night went."""
    failed = [step for step, outcome in summary.steps if not outcome or outcome.state != "done"]
    if not failed:
        return Text(vi="Đêm qua mọi việc đã xong.", en="Everything was done last night.")
    vi = ", ".join(step.title.vi for step in failed)
    en = ", ".join(step.title.en for step in failed)
    return Text(
        vi=f"Chưa xong: {vi}. Các việc khác đã xong; xem cần làm gì ở dưới, rồi chạy lại "
        "ishc nightly.",
        en=f"Not done: {en}. All else was done; see below what to do, then run ishc nightly again.",
    )


def _moment(written: str, language: Language) -> str:
    moment = datetime.fromisoformat(written)
    return f"{moment:%H:%M} {short(moment.date(), language)}"


def _problem(each: Problem, language: Language) -> dict[str, str]:
    return {
        "weight": SEVERITY_WORDS[each.severity].in_(language),
        "what": each.what.in_(language),
        "where": each.place.in_(language),
        "do": each.do.in_(language),
        "code": each.code,
    }


def _steps(summary: Summary, language: Language) -> Iterable[dict[str, str]]:
    for step, outcome in summary.steps:
        state = outcome.state if outcome else None
        title = step.title.in_(language)
        yield {
            "mark": MARKS[state],
            "word": _STATES[state].in_(language),
            "title": f"{title[0].upper()}{title[1:]}",
            "told": what_came(outcome).in_(language).removeprefix(": "),
        }


def _reporting(picture: Picture | None, language: Language) -> dict[str, Any] | None:
    if picture is None or picture.month is None:
        return None
    rows = [
        {
            "area": each.area,
            "counts": f"{number(each.reported, language)}/{number(each.expected, language)}",
            "share": percent(100 * each.reported / each.expected, language, 0),
            "width": round(100 * each.reported / each.expected),
        }
        for each in picture.reporting[:ROWS]
    ]
    rest = picture.areas - len(rows)
    total = f"{number(picture.reported, language)}/{number(picture.expected, language)}"
    caption = WORDS["reported_caption"].in_(language)
    return {
        "caption": caption.format(month=picture.month.in_(language), total=total),
        "rows": rows,
        "more": WORDS["more_areas"].in_(language).format(count=rest) if rest else "",
    }


def _findings(found: Sequence[Findings], language: Language) -> list[dict[str, Any]]:
    most = max((each.open for each in found), default=0)
    return [
        {
            "word": SEVERITY_WORDS[each.severity].in_(language),  # type: ignore[index] # the checks' severities
            "open": number(each.open, language),
            "new": number(each.new, language),
            "width": round(100 * each.open / most),
        }
        for each in found
    ]


def _progress(known: PhaseProgress | None, language: Language) -> dict[str, Any] | None:
    if known is None or not known.targets:
        return None
    caption = WORDS["targets_caption"].in_(language)
    return {
        "caption": caption.format(area=known.area.in_(language), phase=known.phase.in_(language)),
        "rows": [
            {
                "label": each.label.in_(language),
                "value": each.value.in_(language),
                "target": each.target.in_(language),
                "rating": each.rating.in_(language),
                "width": None if each.percent is None else round(each.percent),
            }
            for each in known.targets
        ],
    }


def _night(night: Night, language: Language) -> dict[str, Any]:
    good = night.good
    words = (
        Text(vi="tốt", en="good")
        if good
        else Text(vi="bị ngắt", en="cut off")
        if night.ended is None
        else Text(vi="có lỗi", en="failed")
    )
    day = datetime.fromisoformat(night.started).date()
    return {
        "day": f"{day:%d/%m}",
        "good": good,
        "mark": "✓" if good else "✗",
        "word": words.in_(language),
    }
