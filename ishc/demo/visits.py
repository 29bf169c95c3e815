"""Inspections: answers of the checklist that follow from how well a club is run."""

from datetime import date, datetime, time
from random import Random

from ishc.demo.happened import Inspection
from ishc.demo.model import AREAS
from ishc.demo.plan import add_months
from ishc.demo.stamps import draw_device, stamp

BOOKS = ("members", "minutes", "income_fund", "loans", "donations")
FAILINGS = ("money_missing", "no_books", "no_meetings", "rules_broken")
RECOMMENDATIONS = (
    "Ghi sổ thu chi đầy đủ sau mỗi buổi sinh hoạt",
    "Kết nạp thêm thành viên trẻ tuổi",
    "Lập kế hoạch năm gắn với kế hoạch của xã",
    "Tổ chức thêm buổi học kỹ năng số",
    "Công khai quỹ tại buổi sinh hoạt",
)
RESPONSIBLE = ("Chủ nhiệm", "Kế toán", "Ban Chủ nhiệm")


def draw_inspection(
    rng: Random, month: date, quality: float, fund: int, volunteers: int, loans: int
) -> Inspection:
    """Inspect a club once.

    Args:
        month: month of the visit, its first day.
        quality: how well the club is run, 0 to 1.
        fund: the income fund at that time, thousand đồng.
        volunteers: home care volunteers.
        loans: open loans that can be sampled.
    """
    visit_date = month.replace(day=rng.randint(4, 26))
    level = rng.choice(("commune", "commune", "province", "province", "centre"))
    end = datetime.combine(visit_date, time(rng.randint(10, 17), rng.randrange(60)))
    failing = quality < 0.3
    return Inspection(
        sent=stamp(rng, end, 25, draw_device(rng)),
        visit_date=visit_date,
        level=level,
        answers=_answers(rng, quality, fund, volunteers, failing=failing),
        chosen=_chosen(rng, quality, failing=failing),
        recommendations=_recommendations(rng, month, quality),
        members_missing=rng.choice((0, 0, 1)),
        cash_missing=rng.randrange(200, 800, 50) if failing else 0,
        loans_sampled=min(loans, 2),
    )


def _answers(
    rng: Random, quality: float, fund: int, volunteers: int, *, failing: bool
) -> dict[str, str]:
    answers = {f"state_{area}": _state(rng, quality) for area in (*AREAS, "digital", "green")}
    trained = 5 if quality > 0.45 else rng.randint(2, 5)
    return answers | {
        "composition": _state(rng, quality, ("ok", "partly", "no")),
        "meetings_12m": str(min(12, round(8 + 4 * quality + rng.random()))),
        "board_count": "5",
        "board_trained_initial": str(trained),
        "board_trained_refresher": str(max(0, trained - rng.choice((0, 0, 1, 3)))),
        "fund_50m": "yes" if fund >= 50_000 else "no",
        "volunteers_count": str(volunteers),
        "run_by_rules": "partly" if failing else _state(rng, quality, ("yes", "partly", "no")),
        "yearly_plan": "yes" if rng.random() < quality + 0.15 else "no",
    }


def _state(
    rng: Random, quality: float, words: tuple[str, str, str] = ("done", "partly", "not")
) -> str:
    chance = rng.random()
    if chance < quality + 0.04:
        return words[0]
    return words[1] if chance < quality + 0.34 else words[2]


def _chosen(rng: Random, quality: float, *, failing: bool) -> dict[str, tuple[str, ...]]:
    books = tuple(book for book in BOOKS if rng.random() < quality + 0.3)
    return {
        "books_kept": books or ("members",),
        "evidence_seen": tuple(area for area in AREAS if rng.random() < quality),
        "critical_failing": (rng.choice(FAILINGS[:2]),) if failing else (),
    }


def _recommendations(rng: Random, month: date, quality: float) -> tuple[tuple[str, str, date], ...]:
    wanted = round(3 * (1 - quality))
    return tuple(
        (f"{what} (dữ liệu mẫu)", rng.choice(RESPONSIBLE), add_months(month, 3))
        for what in rng.sample(RECOMMENDATIONS, wanted)
    )
