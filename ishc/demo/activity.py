"""Meetings, the eight areas, and the quarterly pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from ishc.demo.happened import Meeting
from ishc.demo.ledger import MONEY_SOURCES, Raised
from ishc.demo.model import AREAS, STRANDS

NO_MEETING = ("weather", "weather", "harvest", "holiday", "board_away")
DIFFICULTIES = (
    "Thiếu loa cho buổi sinh hoạt (dữ liệu mẫu)",
    "Nhà văn hóa thôn đang sửa (dữ liệu mẫu)",
    "Nhiều thành viên cần vay thêm vốn chăn nuôi (dữ liệu mẫu)",
)
STRAND_OF = {"digital": "awareness", "green": "income", "startup": "income", "jobs": "income"}


@dataclass(frozen=True, slots=True)
class Size:
    """Membership in one month."""

    total: int
    women: int
    older: int


def draw_meeting(rng: Random, month: date, day: int, size: Size, quality: float) -> Meeting:
    """Hold the monthly meeting, or not."""
    if rng.random() < 0.05 * (1.2 - quality):
        return Meeting(None, rng.choice(NO_MEETING), 0, 0, 0, (), {}, False, False)
    present = rng.uniform(0.6, 0.8) + 0.18 * quality
    areas = tuple(area for area in AREAS if rng.random() < 0.55 + 0.45 * quality)
    areas = areas or ("culture",)
    strands = {strand: _strand(rng, strand, areas, quality) for strand in STRANDS}
    return Meeting(
        held_on=month.replace(day=day),
        no_meeting_reason="",
        attendance=round(size.total * present),
        women=round(size.women * present * 0.98),
        sixty_plus=round(size.older * present * 0.97),
        areas=areas,
        strands=strands,
        digital_lesson=bool(strands["digital"]),
        green_lesson=bool(strands["green"]),
    )


def _strand(rng: Random, strand: str, areas: Sequence[str], quality: float) -> tuple[str, ...]:
    likely = 0.45 * quality if strand in ("digital", "green") else 0.12 * quality
    if rng.random() >= likely + 0.1:
        return ()
    area = STRAND_OF[strand]
    return (area,) if area in areas else (areas[0],)


def quarter_page(
    rng: Random, size: Size, raised: Sequence[Raised], lent: int, quality: float, volunteers: int
) -> dict[str, int]:
    """Fill the quarterly pages by question name; money in thousand đồng.

    Args:
        size: membership at the quarter's end.
        raised: money raised in the quarter's months that the club kept a book of.
        lent: loans lent in the quarter: the people in need who were helped.
    """
    page = _people_page(rng, size, lent, quality, volunteers) | _public_page(rng, quality)
    for source in MONEY_SOURCES:
        page[f"mobilised_{source}"] = sum(month.money[source] for month in raised)
    page["mobilised_goods"] = sum(month.goods for month in raised)
    return page


def _people_page(
    rng: Random, size: Size, lent: int, quality: float, volunteers: int
) -> dict[str, int]:
    def few(most: float, least: int = 0) -> int:
        return least + round(rng.random() * most * quality)

    cared = few(8, 1)
    return {
        "iga_participants": few(18, 4),
        "iga_groups": few(2, 1),
        "iga_need_helped": lent,
        "jobs_made": few(3),
        "people_checked": few(size.total * 0.6, 10),
        "exercise_sessions": few(24, 3),
        "health_talks": few(2, 1),
        "health_listeners": few(size.total * 0.8, 12),
        "insurance_cards": few(6),
        "care_volunteers": volunteers,
        "people_cared": cared,
        "care_visits": cared * rng.randint(3, 12),
        "help_actions": few(4, 1),
        "work_days": few(30, 2),
        "people_helped": few(6, 1),
        "help_value": few(30) * 50,
        "rights_sessions": few(2),
        "benefit_people": few(3),
        "dialogues": few(1),
        "proposals_accepted": few(1),
    }


def _public_page(rng: Random, quality: float) -> dict[str, int]:
    def few(most: float, least: int = 0) -> int:
        return least + round(rng.random() * most * quality)

    sessions = few(3, 1)
    return {
        "awareness_sessions": sessions,
        "awareness_listeners": few(40, 15),
        "awareness_digital": min(sessions, few(2)),
        "awareness_green": min(sessions, few(2)),
        "culture_events": few(3, 1),
        "culture_participants": few(40, 15),
        "generation_exchanges": few(1),
        "events_elderly_day": int(rng.random() < 0.25),
        "events_exchange": few(1),
        "events_model_club": int(rng.random() < 0.05),
        "press_items": int(rng.random() < 0.15),
        "awards_central": int(rng.random() < 0.01),
        "awards_province": int(rng.random() < 0.03),
        "awards_commune": int(rng.random() < 0.08),
    }
