"""The pictures of the page of the night, as numbers and words for the template."""

from typing import Any

from ishc.nightly.page_words import WORDS
from ishc.nightly.picture import Picture, Reporting
from ishc.nightly.progress import PhaseProgress
from programme.numbers import number, percent
from programme.problem import SEVERITY_WORDS, Language

ROWS = 7  # areas that are shown: those with most reports missing
WIDTH = 360  # units of a picture, as wide as a phone
ROW = 40
BAR = 220.0


def reporting(picture: Picture, language: Language) -> dict[str, Any] | None:
    """Who reported, the areas with most missing first; None before any report was due."""
    if picture.month is None or not picture.expected:
        return None
    missing = picture.expected - picture.reported
    lacking = [each for each in picture.reporting if each.reported < each.expected]
    shown = [Reporting("", picture.expected, picture.reported), *lacking[:ROWS]]
    rows = [
        {
            "y": ROW * place,
            "area": each.area or WORDS["everywhere"].in_(language),
            "counts": f"{number(each.reported, language)}/{number(each.expected, language)}",
            "missing": number(each.expected - each.reported, language),
            "share": percent(100 * each.reported / each.expected, language, 0),
            "width": round(BAR * each.reported / each.expected, 1),
        }
        for place, each in enumerate(shown)
    ]
    more = len(lacking) - len(shown) + 1
    counts = {
        "month": picture.month.in_(language),
        "sent": number(picture.reported, language),
        "all": number(picture.expected, language),
        "missing": number(missing, language),
        "more": number(more, language),
    }
    key = "reported_sentence" if missing else "reported_all"
    return {
        "sentence": WORDS[key].in_(language).format(**counts),
        "rows": rows,
        "height": ROW * len(rows),
        "more": WORDS["more_areas"].in_(language).format(**counts) if more > 0 else "",
    }


def findings(picture: Picture, language: Language) -> dict[str, Any]:
    """What is open, by severity and by how long it has been."""
    most = max((each.open for each in picture.findings), default=0)
    rows = []
    for place, each in enumerate(picture.findings):
        parts, x = [], 0.0
        for kind, many in (("new", each.new), ("recent", each.recent), ("old", each.old)):
            width = round(BAR * many / most, 1)
            parts.append({"kind": kind, "x": x, "width": width})
            x += width
        rows.append(
            {
                "y": ROW * place,
                "word": SEVERITY_WORDS[each.severity].in_(language),  # type: ignore[index] # of the checks
                "open": number(each.open, language),
                "new": number(each.new, language),
                "recent": number(each.recent, language),
                "old": number(each.old, language),
                "parts": parts,
            }
        )
    total = sum(each.open for each in picture.findings)
    new = sum(each.new for each in picture.findings)
    key = "open_sentence" if total else "open_none"
    return {
        "sentence": WORDS[key]
        .in_(language)
        .format(total=number(total, language), new=number(new, language)),
        "rows": rows,
        "height": ROW * len(rows),
        "kinds": [(title.in_(language), number(many, language)) for title, many in picture.kinds],
    }


def progress_rows(known: PhaseProgress, language: Language) -> dict[str, Any] | None:
    """How far the targets of the running phase are; None where nothing is judged."""
    if not known.targets:
        return None
    return {
        "caption": f"{known.area.in_(language)}, {known.phase.in_(language)}",
        "rows": [
            {
                "label": each.label.in_(language),
                "value": each.value.in_(language),
                "target": each.target.in_(language),
                "rating": each.rating.in_(language),
                "width": None if each.percent is None else round(BAR * each.percent / 100, 1),
            }
            for each in known.targets
        ],
    }
