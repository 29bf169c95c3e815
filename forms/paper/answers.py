"""Room for the answer to a question, by its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from forms.paper.draw import (
    day_boxes,
    digit_boxes,
    dotted,
    paragraph_in,
    thousands_sign,
    tick,
    tick_box,
    write,
)
from forms.paper.outline import Question
from forms.paper.styles import ASKED, CHOICE, LINE
from forms.paper.texts import plain
from programme.problem import Language

if TYPE_CHECKING:
    from docx.table import _Cell

_BESIDE = 26  # letters of all choices that stand beside the question
_BESIDE_CHOICES = 3
_IN_A_LINE, _LINE, _BOX = 4, 68, 6  # choices and letters on one line; letters of a box
_PAIRED = 78  # letters of two choices that fit on one line
_PAIRS_FROM = 4
_SCALE = 11  # steps of a scale that are ticked
_LINES = {"multiline": 3, "select_multiple": 3}
_NARROW = ("integer", "decimal", "date", "time", "datetime", "image", "audio", "file")


@dataclass(frozen=True, slots=True)
class Room:
    """Where an answer is written: the cell, and how wide it is in millimetres."""

    cell: "_Cell"
    width: float
    language: Language

    def say(self, vi: str, en: str) -> str:
        """Give one of two texts."""
        return vi if self.language == "vi" else en


def beside(question: Question) -> bool:
    """Tell whether the answer fits beside the question instead of below it."""
    kind = question.type
    if kind.name in ("acknowledge", "trigger"):
        return True
    if kind.name == "range":
        return not scale(question)
    if question.choices:
        letters = sum(len(plain(label)) for label in question.choices.values())
        short = letters <= _BESIDE and len(question.choices) <= _BESIDE_CHOICES
        return short and not kind.or_other and kind.name != "rank"
    return kind.kind in _NARROW and not question.from_list


def how_many(question: Question, language: Language) -> str:
    """Say whether one or several are chosen; empty where nothing is."""
    kind = question.type
    vi = language == "vi"
    if kind.name == "rank":
        return "ghi thứ tự 1, 2, 3…" if vi else "write the order 1, 2, 3…"
    if kind.kind == "select_one":
        return "chọn một" if vi else "choose one"
    if kind.kind == "select_multiple":
        return "chọn nhiều" if vi else "choose all that apply"
    return ""


def scale(question: Question) -> tuple[str, ...]:
    """Give the steps of a ``range`` that is short enough to tick; none for a longer one."""
    given = dict(part.split("=", 1) for part in question.parameters.split() if "=" in part)
    try:
        start, end = float(given.get("start", "0")), float(given.get("end", "10"))
        step = abs(float(given.get("step", "1")))
        steps = round((end - start) / step) + 1
    except (ValueError, ZeroDivisionError):
        return ()
    if question.type.name != "range" or not 1 < steps <= _SCALE:
        return ()
    return tuple(f"{start + step * each:g}" for each in range(steps))


def draw_answer(question: Question, room: Room) -> None:
    """Draw where the answer goes."""
    kind = question.type
    if kind.name in ("acknowledge", "trigger"):
        tick(paragraph_in(room.cell, CHOICE), room.say("Đồng ý, xác nhận", "Yes, confirmed"))
    elif question.choices:
        _choices(question, room)
    elif question.from_list:
        _listed(question, room)
    elif steps := scale(question):
        line = paragraph_in(room.cell, CHOICE)
        for step in steps:
            tick(line, f"{step}   ")
    elif kind.kind in ("integer", "decimal"):
        _number(question, room)
    elif kind.kind in ("date", "time", "datetime"):
        _moment(question, room)
    elif kind.kind == "geopoint":
        _lines(room, (room.say("Vĩ độ:", "Latitude:"), room.say("Kinh độ:", "Longitude:")))
    elif kind.kind in ("image", "audio", "file"):
        tick(
            paragraph_in(room.cell, CHOICE), room.say("Có kèm ảnh, bản sao", "Photo or copy added")
        )
    else:
        words = question.appearance.split()
        for _ in range(_LINES["multiline"] if "multiline" in words else 1):
            dotted(paragraph_in(room.cell, LINE), room.width)


def _choices(question: Question, room: Room) -> None:
    labels = list((question.choices or {}).values())
    letters = sum(len(plain(label)) + _BOX for label in labels)
    one_line = len(labels) <= _IN_A_LINE and letters <= _LINE and not question.type.or_other
    if beside(question) or one_line:
        line = paragraph_in(room.cell, CHOICE)
        for label in labels:
            tick(line, f"{plain(label)}    ")
        return
    half = (len(labels) + 1) // 2
    left, right = _longest(labels[:half]), _longest(labels[half:])
    pairs = len(labels) >= _PAIRS_FROM and left + right <= _PAIRED
    half = half if pairs else len(labels)
    for position in range(half):
        line = paragraph_in(room.cell, CHOICE)
        line.paragraph_format.keep_with_next = True
        tick(line, labels[position])
        if pairs and position + half < len(labels):
            stops = line.paragraph_format.tab_stops
            at = room.width * max(0.5, left / max(left + right, 1))
            stops.add_tab_stop(Mm(at), WD_TAB_ALIGNMENT.LEFT)
            line.add_run().add_tab()
            tick(line, labels[position + half])
    if question.type.or_other:
        line = paragraph_in(room.cell, CHOICE)
        tick_box(line)
        dotted(line, room.width, room.say("Khác (ghi rõ):", "Other (say what):"))


def _longest(labels: Sequence[str]) -> int:
    return max((len(plain(label)) for label in labels), default=0)


def _listed(question: Question, room: Room) -> None:
    """One line for each: the code if it is known, and the name; of people the code alone."""
    code = room.width * 0.35
    if question.codes_only:
        for _ in range(_LINES.get(question.type.kind or "", 1)):
            dotted(paragraph_in(room.cell, LINE), code, room.say("Mã:", "Code:"))
        return
    for _ in range(_LINES.get(question.type.kind or "", 1)):
        line = paragraph_in(room.cell, LINE)
        dotted(line, code, room.say("Mã (nếu biết):", "Code (if known):"))
        dotted(line, room.width, room.say("  Tên:", "  Name:"))


def _number(question: Question, room: Room) -> None:
    money = question.unit == "thousand_vnd"
    whole = question.type.kind == "integer"
    line = paragraph_in(room.cell, CHOICE)
    if not whole or question.digits is None:
        line.style = LINE
        dotted(line, room.width * 0.6)
    else:
        sign = thousands_sign(room.language) if question.digits > 4 else ""  # noqa: PLR2004
        digit_boxes(line, question.digits, sign)
    if money:
        write(line, f"{thousands_sign(room.language)}000 {room.say('đồng', 'VND')}")


def _moment(question: Question, room: Room) -> None:
    line = paragraph_in(room.cell, ASKED)
    words = question.appearance.split()
    if question.type.kind != "time":
        if "year" in words:
            line.add_run(room.say("năm ", "year "))
            digit_boxes(line, 4)
        elif "month-year" in words:
            line.add_run(room.say("tháng ", "month "))
            day_boxes(line, (2, 4))
        else:
            line.add_run(room.say("ngày ", "day "))
            day_boxes(line)
    if question.type.kind != "date":
        clock = line if question.type.kind == "time" else paragraph_in(room.cell, ASKED)
        clock.add_run(room.say("giờ ", "time "))
        digit_boxes(clock, 2)
        clock.add_run(" : ")
        digit_boxes(clock, 2)


def _lines(room: Room, before: tuple[str, ...]) -> None:
    line = paragraph_in(room.cell, LINE)
    for position, text in enumerate(before, start=1):
        dotted(line, room.width * position / len(before), f"{'  ' if position > 1 else ''}{text}")
