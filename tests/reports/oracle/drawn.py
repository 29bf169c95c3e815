# ruff: noqa: B023 - what a row is drawn with is thrown at once, in its turn of the loop
"""Random registers, small ones, with something missing everywhere.

Every row is drawn from the seed and its own place, not from what was drawn before: with fewer
clubs or months the rest stays as it is, so that a failing example shrinks to a small one.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.reports.oracle.money import SOURCES

Row = dict[str, Any]
Rows = dict[str, list[Row]]

COMMUNES = (("20", "05977"), ("20", "06040"), ("20", "06001"), ("01", "00004"), ("79", "26878"))
AREAS = "income health home_care self_help rights awareness culture resources".split()
STATUSES = {"suspend": "suspended", "resume": "active", "merge": "merged", "split": "split",
            "close": "closed"}  # fmt: skip
FIRST, LAST = date(2025, 1, 1), date(2026, 10, 31)
# days on which periods begin and end, and their neighbours: where mistakes are made
EDGES = tuple(
    day + timedelta(days=by)
    for day in (date(2025, 8, 1), date(2025, 12, 31), date(2026, 6, 30), date(2026, 10, 1), LAST)
    for by in (-31, -1, 0, 1)
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is at most of everything; each may be nought.

    Args:
        clubs: in all.
        months: of reporting, up to the last.
        members, boards, unlisted, loans, events, visits: of each club, or of each loan.
        trainings: in all.
    """

    clubs: int = 5
    months: int = 8
    members: int = 7
    boards: int = 3
    unlisted: int = 2
    loans: int = 4
    events: int = 4
    visits: int = 3
    trainings: int = 3

    def __str__(self) -> str:
        return ", ".join(f"{each.name}={getattr(self, each.name)}" for each in fields(self))


class Dice:
    """Chances that depend on the seed and on what they are thrown for."""

    def __init__(self, seed: int, *place: object) -> None:
        self._random = random.Random(f"{seed}/{'/'.join(map(str, place))}")

    def happens(self, chance: float) -> bool:
        """Tell whether something happens."""
        return self._random.random() < chance

    def whole(self, least: int, most: int) -> int:
        """Draw a whole number."""
        return self._random.randint(least, most)

    def one_of(self, values: Sequence[Any]) -> Any:
        """Draw one of some values."""
        return self._random.choice(values)

    def some_of(self, values: Sequence[Any]) -> list[Any]:
        """Draw some of them, often all, sometimes none."""
        least = self._random.choice((0.0, 0.6, 1.0))
        return [each for each in values if self._random.random() < least]

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        """Draw a day, often one at the edge of a period."""
        if self.happens(0.4):
            near = [day for day in EDGES if first <= day <= last]
            if near:
                return date.fromordinal(self.one_of(near).toordinal())
        return first + timedelta(days=self.whole(0, max((last - first).days, 0)))

    def known(self, draw: Callable[[], Any], missing: float = 0.2) -> Any:
        """Draw a value that is sometimes missing."""
        gone = self.happens(missing)
        value = draw()
        return None if gone else value


def draw(seed: int, size: Size, schemas: Mapping[str, pa.Schema],
         choices: Mapping[str, Sequence[str]]) -> Rows:  # fmt: skip
    """Draw registers.

    Args:
        seed: what is drawn.
        size: how much of it.
        schemas: columns of every register; those that nothing is said of here are filled by type.
        choices: name of a column → the words it may hold.
    """
    rows: Rows = {name: [] for name in schemas}
    for number in range(size.clubs):
        club = _club(Dice(seed, "club", number), number)
        rows["club"].append(club)
        rows["club_status"] += _statuses(seed, club)
        for table, made in (
            ("member", _members), ("member_unlisted", _unlisted), ("board_member", _boards),
            ("club_month_expected", _expected), ("inspection", _visits), ("finding", _findings),
            ("action", _actions), ("submission", _submissions),
        ):  # fmt: skip
            rows[table] += made(seed, size, club)
        rows["club_month"] += _reports(seed, size, club)
    for club in rows["club"]:
        loans = list(_loans(seed, size, club, [each["member_code"] for each in rows["member"]]))
        rows["loan"] += loans
        for loan in loans:
            rows["loan_event"] += _events(seed, size, loan)
    _trainings(seed, size, rows)
    _surveys(seed, size, rows)
    for table, made in rows.items():
        for number, row in enumerate(made):
            _fill(Dice(seed, "rest", table, number), row, schemas[table], choices)
    return rows


def write(rows: Rows, schemas: Mapping[str, pa.Schema], folder: Path) -> None:
    """Write registers as Parquet files."""
    for name, schema in schemas.items():
        pq.write_table(pa.Table.from_pylist(rows[name], schema), folder / f"{name}.parquet")


def _club(dice: Dice, number: int) -> Row:
    province, commune = dice.one_of(COMMUNES)
    # a code is that of the first day; the club may lie elsewhere since
    first = dice.one_of(COMMUNES)[1] if dice.happens(0.2) else commune
    founded = dice.day(date(2023, 1, 1)) if dice.happens(0.7) else date(2017, 5, 10)
    return {
        "club_code": f"{first}-{number + 1:02d}",
        "name": f"CLB {number + 1}",
        "_root_uuid": f"root-{number}",
        "province_code": province,
        "commune_code": commune,
        "founded_on": founded,
        "villages_served": dice.known(lambda: dice.whole(1, 3)),
        "funds_self_managed": dice.known(lambda: dice.happens(0.7)),
    }


def _statuses(seed: int, club: Row) -> Iterator[Row]:
    dice = Dice(seed, "status", club["club_code"])
    day, status = club["founded_on"], "active"
    yield {"club_code": club["club_code"], "on_date": day, "action": "register",
           "status": status, "place": 1}  # fmt: skip
    for place in range(2, 2 + dice.one_of((0, 0, 0, 1, 2))):
        day = dice.day(max(day, FIRST))
        action = dice.one_of(
            [each for each in STATUSES if (each == "resume") != (status == "active")]
        )
        status = STATUSES[action]
        yield {"club_code": club["club_code"], "on_date": day, "action": action, "status": status,
               "place": place}  # fmt: skip


def _members(seed: int, size: Size, club: Row) -> Iterator[Row]:
    for number in range(1, size.members + 1):
        code = f"{club['club_code']}-M{number:03d}"
        dice = Dice(seed, code)
        if dice.happens(0.2):
            continue
        joined = dice.day(club["founded_on"], max(club["founded_on"], LAST))
        yield {
            "member_code": code,
            "club_code": club["club_code"],
            "sex": dice.known(lambda: dice.one_of(("female", "female", "male"))),
            "birth_year": dice.known(lambda: _born(dice)),
            "household": dice.known(
                lambda: dice.one_of(("poor", "near_poor", "disadvantaged", "none"))
            ),
            "needs_support": dice.known(lambda: dice.happens(0.5)),
            "volunteer": dice.known(lambda: dice.happens(0.3)),
            "joined_on": joined,
            **_leaves(dice, joined),
        }


def _leaves(dice: Dice, joined: date) -> Row:
    how, day = dice.one_of(("left", "died", "moved", "club_ended")), dice.day(joined, LAST)
    return (
        {"left_on": day, "left_how": how}
        if dice.happens(0.3)
        else {"left_on": None, "left_how": None}
    )


def _born(dice: Dice) -> int:
    around = dice.one_of((60, 60, 55, 31, 30, 16, 70, 80, 45))
    return 2026 - around + dice.whole(-1, 1)


def _unlisted(seed: int, size: Size, club: Row) -> Iterator[Row]:
    dice = Dice(seed, "unlisted", club["club_code"])
    days = {dice.day(club["founded_on"], max(club["founded_on"], LAST))
            for _ in range(dice.whole(0, size.unlisted))}  # fmt: skip
    for day in sorted(days):
        cells = [dice.whole(0, 4) for _ in range(4)]
        women_60, women, men_60, men = cells if dice.happens(0.8) else (0, 0, 0, 0)
        yield {
            "club_code": club["club_code"], "on_date": day,
            "total": women_60 + women + men_60 + men,
            "women": women_60 + women, "sixty_plus": women_60 + men_60,
            "women_sixty_plus": women_60,
        }  # fmt: skip


def _boards(seed: int, size: Size, club: Row) -> Iterator[Row]:
    roles = ("chair", "vice_chair", "secretary", "accountant", "treasurer")
    for number in range(1, size.boards + 1):
        code = f"{club['club_code']}-B{number:02d}"
        dice = Dice(seed, code)
        until = dice.day(max(club["founded_on"], FIRST)) if dice.happens(0.3) else None
        sex, born = (
            dice.known(lambda: dice.one_of(("female", "male"))),
            dice.known(lambda: _born(dice)),
        )
        row = {"board_code": code, "club_code": club["club_code"], "sex": sex, "birth_year": born}
        yield row | {"role": dice.one_of(roles), "since": club["founded_on"], "until": until}
        if until and dice.happens(0.4):  # somebody comes back, in another role
            again = dice.day(until, LAST)
            yield row | {"role": dice.one_of(roles), "since": again, "until": None}


def months_of(size: Size) -> list[str]:
    """Give the months in which clubs report, the last one October 2026."""
    last = LAST.year * 12 + LAST.month - 1
    return [
        f"{each // 12:04d}-{each % 12 + 1:02d}" for each in range(last - size.months + 1, last + 1)
    ]


def _expected(seed: int, size: Size, club: Row) -> Iterator[Row]:
    for month in months_of(size):
        dice = Dice(seed, "expected", club["club_code"], month)
        if date.fromisoformat(f"{month}-01") > club["founded_on"] and dice.happens(0.85):
            yield {"club_code": club["club_code"], "month": month, "expected": dice.happens(0.8),
                   "reported": _reports_in(seed, club, month) == "own"}  # fmt: skip


def _reports_in(seed: int, club: Row, month: str) -> str:
    dice = Dice(seed, "reports", club["club_code"], month)
    return dice.one_of(("own", "own", "own", "import", "none"))


def _reports(seed: int, size: Size, club: Row) -> Iterator[Row]:
    for month in months_of(size):
        how = _reports_in(seed, club, month)
        if how == "none":
            continue
        dice = Dice(seed, "report", club["club_code"], month)
        row = {"club_code": club["club_code"], "month": month, "reports": dice.whole(1, 2),
               "_source": "import" if how == "import" else "kobo",
               "income_fund_total": dice.known(
                   lambda: dice.one_of((0, 49_999_999, 50_000_000, 61_000_000))),
               "operating_fund_total": dice.known(lambda: dice.whole(0, 9) * 500_000)}  # fmt: skip
        if how == "own" and dice.happens(0.4):  # no quarterly page: nothing is asked
            row |= dict.fromkeys(("mobilised_total", *SOURCES))
        elif how == "own":
            row["mobilised_total"] = dice.whole(0, 90)
        if how == "own":
            row |= {"areas_done": dice.known(lambda: dice.some_of(AREAS), 0.1)}
        yield row


def _loans(seed: int, size: Size, club: Row, members: Sequence[str]) -> Iterator[Row]:
    own = [each for each in members if each.startswith(club["club_code"])]
    for number in range(1, size.loans + 1):
        code = f"{club['club_code']}-L{number:03d}"
        dice = Dice(seed, code)
        if dice.happens(0.25):
            continue
        lent = dice.day(max(club["founded_on"], date(2024, 6, 1)), LAST)
        yield {
            "loan_code": code,
            "club_code": club["club_code"],
            "borrower_code": dice.known(lambda: dice.one_of(own) if own else None),
            "borrower_in_need": dice.known(lambda: dice.happens(0.5)),
            "kind": dice.known(lambda: dice.one_of(("money", "goods")), 0.1),
            "purpose": dice.known(
                lambda: dice.one_of("livestock crops trade craft services household other".split())
            ),
            "principal": dice.known(lambda: dice.whole(1, 10) * 500_000, 0.08),
            "interest_percent_month": dice.known(lambda: Decimal(dice.whole(0, 15)) / 10),
            "term_months": dice.known(lambda: dice.whole(1, 12)),
            "lent_on": lent,
            "due_on": dice.known(lambda: lent + timedelta(days=dice.whole(1, 500))),
        }


def _events(seed: int, size: Size, loan: Row) -> Iterator[Row]:
    code, day = loan["loan_code"], loan["lent_on"]
    base = {"loan_code": code, "club_code": loan["club_code"]}
    yield base | {"event": "lent", "on_date": day, "principal": loan["principal"], "place": 1}
    for place in range(2, 2 + Dice(seed, code, "events").whole(0, size.events)):
        dice = Dice(seed, code, place)
        day = day if dice.happens(0.2) else dice.day(day, LAST)
        event = dice.one_of(("repaid", "repaid", "repaid", "rescheduled", "written_off"))
        row = base | {"event": event, "on_date": day, "place": place}
        if event == "repaid":
            row |= {"interest": dice.known(lambda: dice.whole(0, 5) * 10_000)}
        if event == "rescheduled":
            row |= {"new_due_on": dice.known(lambda: day + timedelta(days=dice.whole(-5, 200)))}
        else:
            row |= {"principal": dice.known(lambda: dice.whole(0, 6) * 500_000, 0.1)}
        yield row


def _visits(seed: int, size: Size, club: Row) -> Iterator[Row]:
    for number in range(size.visits):
        dice = Dice(seed, "visit", club["club_code"], number)
        if dice.happens(0.3):
            continue
        score = dice.known(lambda: Decimal(dice.whole(30_000_000, 99_999_999)).scaleb(-6))
        yield {
            "club_code": club["club_code"],
            "visit_date": dice.day(),
            "_root_uuid": f"{dice.whole(0, 999_999):06d}-{club['club_code']}-{number}",
            "level": dice.one_of(("commune", "province", "centre")),
            "score": score,
            "grade": dice.known(lambda: dice.one_of(("very_strong", "strong", "average", "weak"))),
            "up_to_standard": dice.known(lambda: dice.happens(0.6)),
            "ruleset": dice.one_of(("2026-01", "2026-11", "2026-11", None)),
            "board_count": dice.known(lambda: dice.whole(0, 5)),
            "board_trained_initial": dice.known(lambda: dice.whole(0, 5)),
            "board_trained_refresher": dice.known(lambda: dice.whole(0, 5)),
        }


def _actions(seed: int, size: Size, club: Row) -> Iterator[Row]:
    for number in range(size.visits):
        dice = Dice(seed, "action", club["club_code"], number)
        made = dice.day()
        followed = dice.day(made, LAST) if dice.happens(0.5) else None
        yield {
            "action_code": f"{club['club_code']}-A{number}", "club_code": club["club_code"],
            "visit_date": made,
            "by_date": dice.known(lambda: made + timedelta(days=dice.whole(0, 300))),
            "followed_on": followed,
            "state": dice.one_of(("done", "partly", "not")) if followed else "not",
        }  # fmt: skip


def _submissions(seed: int, size: Size, club: Row) -> Iterator[Row]:
    source = "import" if Dice(seed, "from", club["club_code"]).happens(0.4) else "kobo"
    yield {"form": "club_registration", "_source": source, "_root_uuid": club["_root_uuid"],
           "club_code": club["club_code"]}  # fmt: skip


def _surveys(seed: int, size: Size, rows: Rows) -> None:
    """Draw who was asked, what came of it, and what they answered."""
    for number, member in enumerate(rows["member"]):
        dice = Dice(seed, "survey", member["member_code"])
        if dice.happens(0.4):
            continue
        outcome = dice.one_of(("interviewed", "interviewed", "interviewed", "not_met", "refused",
                               "out_of_population", "none"))  # fmt: skip
        said = outcome != "none"
        rows["survey_weight"].append({
            "year": dice.one_of((2025, 2026)), "sample_code": f"S{number}", "stratum": "20",
            "club_code": member["club_code"], "member_code": member["member_code"],
            "outcome": outcome,
            "weight": dice.whole(1, 400) / 7 if outcome == "interviewed" else None,
            "interview_date": dice.day() if said else None,
            "_source": "kobo" if said else None, "_id": number if said else None,
        })  # fmt: skip
        if said:
            rows["member_survey"].append({"_source": "kobo", "_id": number})


def _findings(seed: int, size: Size, club: Row) -> Iterator[Row]:
    dice = Dice(seed, "finding", club["club_code"])
    for number in range(dice.whole(0, 2)):
        yield {
            "finding_id": f"{club['club_code']}-{number}",
            "check_code": dice.one_of(("month_missing", "closing_differs")),
            "severity": dice.one_of(("error", "warning")),
            "state": dice.one_of(("new", "open", "waived")),
            "club_code": club["club_code"], "commune_code": club["commune_code"],
            "province_code": club["province_code"],
            "month": dice.known(lambda: dice.one_of(months_of(size) or [None])),
        }  # fmt: skip


def _trainings(seed: int, size: Size, rows: Rows) -> None:
    for number in range(size.trainings):
        dice = Dice(seed, "training", number)
        province, commune = dice.one_of(COMMUNES)
        starts, kind = dice.day(), dice.one_of(("initial", "refresher"))
        root = f"training-{number}"
        level = dice.one_of(("commune", "province", "centre"))
        rows["training"].append({
            "_root_uuid": root, "level": level, "kind": kind, "province_code": province,
            "commune_code": commune if level == "commune" else None, "starts_on": starts,
            "ends_on": starts + timedelta(days=dice.whole(0, 3)), "year": starts.year,
        })  # fmt: skip
        for place, club in enumerate(dice.some_of(rows["club"]), start=1):
            board = [each["board_code"] for each in rows["board_member"]
                     if each["club_code"] == club["club_code"]]  # fmt: skip
            came = sorted(set(dice.some_of(board)))
            rows["training_club"].append({
                "_root_uuid": root, "_row": place, "club_code": club["club_code"], "kind": kind,
                "starts_on": starts, "year": starts.year, "board": came, "board_count": len(came),
            })  # fmt: skip
            rows["board_training"] += [
                {"board_code": code, "club_code": club["club_code"], "kind": kind,
                 "on_date": starts, "year": starts.year, "_root_uuid": root}
                for code in came
            ]  # fmt: skip


def _fill(dice: Dice, row: Row, schema: pa.Schema, choices: Mapping[str, Sequence[str]]) -> None:
    """Fill the columns that nothing was said of, each by its type."""
    for column in schema:
        if column.name in row:
            continue
        words = choices.get(column.name)
        missing = 1.0 if row.get("_source") == "import" else 0.25
        row[column.name] = dice.known(lambda: _value(dice, column.type, words), missing)


def _value(dice: Dice, kind: pa.DataType, words: Sequence[str] | None) -> Any:
    types = pa.types
    draws: list[tuple[bool, Callable[[], Any]]] = [
        (types.is_list(kind), lambda: dice.some_of(words or ())),
        (types.is_string(kind), lambda: dice.one_of(words) if words else None),
        (types.is_integer(kind), lambda: dice.whole(0, 40)),
        (types.is_decimal(kind), lambda: Decimal(dice.whole(0, 9))),
        (types.is_boolean(kind), lambda: dice.happens(0.5)),
        (types.is_date(kind), dice.day),
    ]
    return next((draw() for fits, draw in draws if fits), None)
