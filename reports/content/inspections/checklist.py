"""What the inspection checklist asks, item by item, and what counts as failed.

Items and answers are called as the form calls them; the scoring rule is the form's, read from
the norms of the run, and not an official one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.store.labels import Labels
from programme.problem import Language, Text
from reports.content.listing import NO, YES, count

FORM = "inspection_checklist"
AREAS = (
    *("income", "health", "home_care", "self_help", "rights", "awareness", "culture"),
    *("resources", "digital", "green"),
)
EIGHT = AREAS[:8]
BOOKS = ("members", "minutes", "income_fund", "loans", "donations")
SECTIONS = (
    ("areas", Text(vi="8 mảng hoạt động, kiến thức số và xanh", en="8 areas, digital and green")),
    ("composition", Text(vi="Cơ cấu thành viên", en="Membership")),
    ("meetings", Text(vi="Sinh hoạt hằng tháng", en="Monthly meetings")),
    ("board", Text(vi="Tập huấn Ban Chủ nhiệm", en="Training of the board")),
    ("fund", Text(vi="Quỹ tăng thu nhập từ 50 triệu đồng", en="Income fund of 50 million VND")),
    ("books", Text(vi="Sổ sách", en="Books")),
    ("volunteers", Text(vi="Tình nguyện viên chăm sóc tại nhà", en="Home care volunteers")),
    ("rules", Text(vi="Hoạt động theo quy chế", en="Run by its rules")),
    ("plan", Text(vi="Kế hoạch năm gắn với địa phương", en="Yearly plan tied to the local plan")),
)
GRADES = (
    ("very_strong", Text(vi="Rất mạnh", en="Very strong")),
    ("strong", Text(vi="Mạnh", en="Strong")),
    ("average", Text(vi="Trung bình", en="Average")),
    ("weak", Text(vi="Yếu", en="Weak")),
)
GRADE_WORDS: Mapping[str, Text] = dict(GRADES)
UP, NOT_UP = Text(vi="đạt chuẩn", en="up to standard"), Text(vi="chưa đạt chuẩn", en="not up to it")
FULL_YEAR = 12  # meetings
_WORTH = {"done": 1.0, "yes": 1.0, "ok": 1.0, "partly": 0.5, "not": 0.0, "no": 0.0}


@dataclass(frozen=True, slots=True)
class Norms:
    """Norms of the run: weights and thresholds of the checklist.

    Args:
        values: number by name.
        ruleset: version that the weights belong to.
    """

    values: Mapping[str, float]
    ruleset: str

    def weight(self, section: str) -> float | None:
        """Points that a section can give."""
        return self.values.get(f"weight_{section}")

    def worth(self, answer: str | None) -> float | None:
        """The share of an item's points that an answer gives; None without an answer."""
        if answer == "partly":
            return self.values.get("item_partly", _WORTH["partly"])
        return _WORTH.get(answer or "")


def read_norms(rows: list[dict[str, Any]]) -> Norms:
    """Take the norms from the rows of the table ``norm``."""
    values: dict[str, float] = {}
    for row in rows:
        try:
            values[row["name"]] = float(row["value"])
        except (TypeError, ValueError):
            continue
    ruleset = next((str(row["value"]) for row in rows if row["name"] == "ruleset"), "")
    return Norms(values, ruleset)


def failed_sql(norms: Norms) -> Mapping[str, tuple[str, str]]:
    """Give for each item when a visit failed it and when it did so in part, as SQL conditions."""
    volunteers = int(norms.values.get("volunteers_min", 5))
    found = {f"state_{area}": _stated(f"state_{area}", "not") for area in AREAS}
    found |= {
        "composition": _stated("composition", "no"),
        "meetings_12m": (f"meetings_12m < {FULL_YEAR // 2}", f"meetings_12m < {FULL_YEAR}"),
        "board_trained_initial": _of_board("board_trained_initial"),
        "board_trained_refresher": _of_board("board_trained_refresher"),
        "volunteers_count": ("volunteers_count = 0", f"volunteers_count < {volunteers}"),
        "fund_50m": ("fund_50m = 'no'", "false"),
        "run_by_rules": _stated("run_by_rules", "no"),
        "yearly_plan": ("yearly_plan = 'no'", "false"),
    }
    kept = "coalesce(list_contains(books_kept, '{}'), false)"
    found |= {f"book_{book}": (f"NOT {kept.format(book)}", "false") for book in BOOKS}
    return found


def _stated(column: str, failed: str) -> tuple[str, str]:
    return f"{column} = '{failed}'", f"{column} = 'partly'"


def _of_board(column: str) -> tuple[str, str]:
    return f"{column} = 0 AND board_count > 0", f"{column} < board_count"


@dataclass(frozen=True, slots=True)
class Words:
    """Items and answers in one language, as the form has them."""

    labels: Labels
    language: Language
    public: bool = False

    def item(self, code: str) -> str:
        """What an item of the checklist is called."""
        if code.startswith("book_"):
            book = self.choice("books_kept", code.removeprefix("book_"))
            return f"{_BOOK.in_(self.language)}: {book[:1].lower()}{book[1:]}"
        if code in _SHORT:
            return _SHORT[code].in_(self.language)
        return self.labels.column(FORM, code)

    def choice(self, question: str, answer: str | None) -> str:
        """What an answer is called; a dash without one."""
        if answer is None:
            return count(None, self.language)
        return self.labels.choice(FORM, question, answer)

    def yes(self, said: bool | None) -> str:
        """Write yes or no."""
        return (
            count(None, self.language) if said is None else (YES if said else NO).in_(self.language)
        )

    def grade(self, grade: str | None) -> str:
        """What a grade is called."""
        known = GRADE_WORDS.get(grade or "")
        return known.in_(self.language) if known else count(None, self.language)


_BOOK = Text(vi="Sổ sách", en="Books")
# as statements; the form asks them as questions
_SHORT: Mapping[str, Text] = {
    "composition": Text(vi="Cơ cấu thành viên đúng định mức", en="Membership as the norms want it"),
    "meetings_12m": Text(
        vi="Số tháng có sinh hoạt trong 12 tháng", en="Months with a meeting, of 12"
    ),
    "board_trained_initial": Text(
        vi="Ban Chủ nhiệm được tập huấn ban đầu", en="Board members with initial training"
    ),
    "board_trained_refresher": Text(
        vi="Ban Chủ nhiệm được tập huấn bổ sung trong năm",
        en="Board members with this year's refresher",
    ),
    "volunteers_count": Text(
        vi="Tình nguyện viên chăm sóc tại nhà (người)", en="Home care volunteers (persons)"
    ),
    "fund_50m": Text(
        vi="Quỹ tăng thu nhập từ 50 triệu đồng trở lên", en="Income fund of 50 million VND or more"
    ),
    "run_by_rules": Text(vi="Hoạt động theo quy chế", en="Run by its rules"),
    "yearly_plan": Text(
        vi="Kế hoạch năm gắn với kế hoạch của địa phương", en="Yearly plan tied to the local plan"
    ),
}
