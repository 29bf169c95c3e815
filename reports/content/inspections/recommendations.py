"""Recommendations of a visit: new ones with their due days, and what became of earlier ones."""

from datetime import date
from typing import Any

from programme.problem import Language, Text
from reports.content import show
from reports.content.inspections.checklist import Words
from reports.content.inspections.visit_rows import VisitRows
from reports.content.listing import NUMBER, Head, day, listing
from reports.render import Block

NEW = Text(vi="Kiến nghị của đoàn kiểm tra", en="Recommendations of the team")
EARLIER = Text(vi="Kết quả thực hiện kiến nghị trước đây", en="What became of earlier ones")
NO_NEW = Text(
    vi="Lần kiểm tra này đoàn không có kiến nghị.", en="The team made no recommendations this time."
)
NO_EARLIER = Text(
    vi="Không có kiến nghị trước đây nào được xem lại trong lần kiểm tra này.",
    en="No earlier recommendation was looked at during this visit.",
)
_CODE: Head = (Text(vi="Mã kiến nghị", en="Code"), 33, "left")
_WHAT = Text(vi="Nội dung cần thực hiện", en="What is to be done")
_WHO: Head = (Text(vi="Người, bộ phận thực hiện", en="By whom"), 32, "left")
_BY: Head = (Text(vi="Hạn hoàn thành", en="Due"), 25, "centre")
_STATE: Head = (Text(vi="Kết quả", en="State"), 30, "centre")
_NO_DAY = Text(vi="không ghi hạn", en="no day given")
_NOT_PUBLIC = Text(
    vi="Nội dung kiến nghị do đoàn kiểm tra viết bằng lời, chỉ có trong bản nội bộ gửi câu lạc bộ.",
    en="What the team wrote in words stands in the internal version only, which the club gets.",
)


def new_recommendations(found: VisitRows, words: Words, *, public: bool) -> list[Block]:
    """Make the table of what the team recommends, or a sentence where it is nothing."""
    language = words.language
    if not found.recommended:
        return [NO_NEW.in_(language)]
    heads: list[Head] = [NUMBER, _CODE]
    heads += [] if public else [(_WHAT, 65, "left"), _WHO]
    heads.append(_BY)
    lines = []
    for place, row in enumerate(found.recommended, start=1):
        said = [] if public else [row["what"] or show.DASH, row["who"] or show.DASH]
        lines.append([str(place), row["action_code"], *said, _due(row["by_date"], language)])
    notes = [_NOT_PUBLIC.in_(language)] if public else []
    return [listing(language, NEW, heads, lines, notes)]


def earlier_recommendations(found: VisitRows, words: Words, *, public: bool) -> list[Block]:
    """Make the table of earlier recommendations that this visit looked at."""
    language = words.language
    if not found.earlier:
        return [NO_EARLIER.in_(language)]
    heads: list[Head] = [NUMBER, _CODE]
    heads += [] if public else [(_WHAT, 67, "left")]
    heads += [_BY, _STATE]
    lines = [
        [
            str(place),
            row["action_code"] or show.DASH,
            *([] if public else [row["what"] or show.DASH]),
            day(row["by_date"], language),
            words.labels.choice(_FOLLOWED, "follow_state", row["state"]),
        ]
        for place, row in enumerate(found.earlier, start=1)
    ]
    return [listing(language, EARLIER, heads, lines)]


_FOLLOWED = "inspection_checklist__follow_up"


def _due(by: date | None, language: Language) -> str:
    return day(by, language) if by else _NO_DAY.in_(language)


def overdue(row: dict[str, Any], on: date) -> bool:
    """Tell whether an open recommendation is past its day."""
    return bool(row["open"]) and row["by_date"] is not None and row["by_date"] < on
