"""The registers against the same rules written once more, in plain Python over the answers."""

from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest

from connectors.store.tables import open_tables
from tests.world.recompute import differences

# those looked at here
CHECKS = frozenset(
    {"month_reported_twice", "month_missing", "income_closing_differs", "loan_overpaid"}
)
CLUBS = 24
MONTHS = [f"2026-{number:02d}" for number in range(1, 11)]
SEXES = ("female", "male")


def book(rng):
    return {"income_opening_cash": rng.randrange(500), "income_closing_cash": rng.randrange(500),
            "income_in_grants": rng.randrange(90), "income_kinds_in": "grants"}  # fmt: skip


class World:
    """Random clubs: kept as the dictionaries that were sent."""

    def __init__(self, programme, seed):
        self.rng = Random(seed)
        self.programme = programme
        self.sent, self.reports, self.loans = [], [], []
        self.roster = defaultdict(list)
        self.left = set()
        for number in range(CLUBS):
            self.club(number)

    def club(self, number):
        rng, code = self.rng, f"06463-{number + 1:02d}"
        people = [
            {"member_name": f"Người {n}", "member_sex": rng.choice(SEXES),
             "member_birth_year": rng.randrange(1935, 2015)}
            for n in range(rng.randrange(1, 12))
        ]  # fmt: skip
        self.roster[code] = people
        founded = date(2015, 1, 1).replace(year=2015 + number // 12, month=number % 12 + 1)
        self.sent.append(
            self.programme.club(f"club{number}", f"CLB số {number}", member=people,
                                founded_on=founded.isoformat())
        )  # fmt: skip
        for month in MONTHS:
            for copy in range(rng.choice((0, 1, 1, 1, 1, 2, 3))):
                self.report(code, month, copy)
        for loan in range(rng.randrange(3)):
            self.loan(code, loan + 1)

    def report(self, code, month, copy):
        rng = self.rng
        day, hour = rng.randrange(10, 28), rng.randrange(10)
        answers = {
            **book(rng),
            "attendance": rng.randrange(60),
            "report_kind": rng.choice(("new", "new", "replaces")),
            "end": f"{month}-{day}T0{hour}:00:00.000+07:00",
        }
        root = f"r{rng.randrange(10**9)}-{copy}"
        gone = rng.randrange(len(self.roster[code])) + 1
        left = (
            [{"left_code": f"{code}-M{gone:03d}", "left_how": "left"}] if rng.random() < 0.1 else []
        )
        self.reports.append({"club": code, "month": month, "root": root, "left": left, **answers})
        self.sent.append(self.programme.month(root, code, month, left_member=left, **answers))

    def loan(self, code, number):
        rng, amount = self.rng, self.rng.randrange(1000, 9000)
        events = [rng.randrange(100, 4000) for _ in range(rng.randrange(4))]
        self.loans.append((f"{code}-L{number:03d}", amount, events))
        root = f"loan{code}{number}"
        self.sent.append(self.programme.loan(root, code, "lent", amount=amount,
                                             lent_on=f"2026-01-{number:02d}"))  # fmt: skip
        self.sent += [
            self.programme.loan(f"{root}e{n}", code, "repaid", principal=part,
                                loan=f"{code}-L{number:03d}", repaid_on=f"2026-0{n + 2}-01")
            for n, part in enumerate(events)
        ]  # fmt: skip

    def winners(self):
        best = {}
        for report in self.reports:
            order = (report["report_kind"] == "replaces", report["end"], report["root"])
            key = (report["club"], report["month"])
            if key not in best or order > best[key][0]:
                best[key] = (order, report)
        return {key: report for key, (_, report) in best.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory, schemas, fresh):
    programme = fresh(tmp_path_factory.mktemp("oracle") / "programme", schemas)
    made = World(programme, seed=7)
    made.rng.shuffle(made.sent)
    programme.receive(made.sent)
    programme.reconcile()
    return made


def test_the_winning_reports_and_how_many_there_were(made):
    rows = made.programme.rows("club_month")
    found = {
        (row["club_code"], row["month"]): (row["_root_uuid"], row["attendance"]) for row in rows
    }
    assert found == {
        key: (report["root"], report["attendance"]) for key, report in made.winners().items()
    }
    sent = Counter((report["club"], report["month"]) for report in made.reports)
    assert {(row["club_code"], row["month"]): row["reports"] for row in rows} == sent


def test_plain_doubles_are_found_and_nothing_else(made):
    plain = Counter(
        (report["club"], report["month"])
        for report in made.reports
        if report["report_kind"] == "new"
    )
    wanted = {key: count - 1 for key, count in plain.items() if count > 1}
    rows = made.programme.found("month_reported_twice")
    assert Counter((row["club_code"], row["month"]) for row in rows) == wanted


def test_months_missing_and_not_yet_due(made):
    reported = set(made.winners())
    wanted = {(club, month) for club in made.roster for month in MONTHS[:-1]} - reported
    found = {(row["club_code"], row["month"]) for row in made.programme.found("month_missing")}
    assert found == wanted


def test_closings_that_do_not_follow(made):
    wanted = set()
    for key, report in made.winners().items():
        expected = report["income_opening_cash"] + report["income_in_grants"]
        if abs(report["income_closing_cash"] - expected) > 5:  # four balances and one kind
            wanted.add(key)
    rows = made.programme.found("income_closing_differs")
    assert {(row["club_code"], row["month"]) for row in rows} == wanted


def test_people_and_who_left(made):
    left = {code["left_code"] for report in made.winners().values() for code in report["left"]}
    rows = made.programme.rows("member")
    assert {row["member_code"] for row in rows if row["left_on"]} == left
    by_club = Counter(row["club_code"] for row in rows)
    assert by_club == {club: len(people) for club, people in made.roster.items()}
    women = sum(
        person["member_sex"] == "female" for each in made.roster.values() for person in each
    )
    assert sum(row["sex"] == "female" for row in rows) == women


def test_what_is_outstanding_and_what_was_repaid_too_much(made):
    rest = defaultdict(int)
    for row in made.programme.rows("loan_event"):
        rest[row["loan_code"]] += row["principal"] * (1 if row["event"] == "lent" else -1)
    assert rest == {code: (amount - sum(parts)) * 1000 for code, amount, parts in made.loans}
    wanted = Counter()
    for code, amount, parts in made.loans:
        outstanding = amount
        for part in parts:
            wanted[code[:8]] += part > max(outstanding, 0) + 1
            outstanding -= part
    rows = made.programme.found("loan_overpaid")
    assert Counter(row["club_code"] for row in rows) == +wanted


def test_all_of_it_once_more_in_pandas(made):
    assert differences(open_tables(made.programme.folder, identified=True), made.roster) == {}
