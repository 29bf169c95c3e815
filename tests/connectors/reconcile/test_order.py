"""Order of arrival, number of pulls and copies change nothing, given the codes issued before."""

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REGISTERS = ("club", "club_status", "club_month", "club_month_expected", "club_month_double",
             "member", "member_unlisted", "board_member", "loan", "loan_event", "inspection",
             "finding")  # fmt: skip
ARRIVAL = ("_id", "first_id")  # numbers that the server gives out as things arrive


def world(programme):
    """A small world with everything that is decided by order: doubles, replacements, changes."""
    club, other = "06463-01", "06463-02"
    roster = [
        {"member_name": name, "member_sex": "female", "member_birth_year": 1955}
        for name in ("Nông Thị Ái", "Lý Thị Bích", "Hứa Thị Cúc")
    ]
    joined = [{"joined_name": "Vi Văn Dũng", "joined_birth_year": 1990, "joined_sex": "male"}]
    book = {"income_opening_cash": 100, "income_closing_cash": 90}
    return [
        programme.club("c1", "CLB Nà Pàn", founded_on="2018-01-01", member=roster),
        programme.club("c2", "CLB Nà Lốc", founded_on="2019-01-01", unlisted_total=3),
        programme.club("c3", "CLB Nà Lốc", founded_on="2019-01-01", report_kind="replaces",
                       replaced_date="2019-01-01", member=roster[:1]),
        programme.month("m1", club, "2026-08", attendance=3, joined=joined, **book),
        programme.month("m2", club, "2026-08", attendance=4, joined=joined, **book),
        programme.month("m3", club, "2026-09", attendance=5),
        programme.month("m4", club, "2026-09", attendance=6, report_kind="replaces",
                        left_member=[{"left_code": f"{club}-M001", "left_how": "moved"}]),
        programme.month("m5", None, "2026-09", club_words="clb na loc", attendance="x"),
        programme.loan("l1", club, "lent", borrower=f"{club}-M002", amount=5000,
                       lent_on="2026-01-05", term_months=6),
        programme.loan("l2", club, "lent", borrower=f"{club}-M003", amount=4000,
                       lent_on="2026-01-05", term_months=6),
        programme.loan("r1", club, "repaid", loan=f"{club}-L001", principal=4000,
                       repaid_on="2026-02-01"),
        programme.loan("r2", club, "repaid", loan=f"{club}-L001", principal=4000,
                       repaid_on="2026-02-01"),
        programme.visit("v1", other, "2026-05-05", score=70),
        programme.visit("v2", other, "2026-05-05", score=71),
    ]  # fmt: skip


def picture(programme):
    """Everything the registers say, arrival numbers apart."""
    return {
        name: sorted(
            str({key: value for key, value in row.items() if key not in ARRIVAL})
            for row in programme.rows(name)
        )
        for name in REGISTERS
    }


@pytest.fixture(scope="module")
def right(tmp_path_factory, schemas, fresh):
    programme = fresh(tmp_path_factory.mktemp("right") / "programme", schemas)
    programme.receive(world(programme))
    programme.reconcile()
    return picture(programme)


@settings(max_examples=4, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_any_order_with_any_copies_gives_the_same_registers_codes_and_findings(
    another, right, data
):
    programme = another()
    sent = world(programme)
    copies = data.draw(st.lists(st.sampled_from(sent), max_size=4))
    programme.receive(data.draw(st.permutations([*sent, *copies])))
    programme.reconcile()
    if data.draw(st.booleans()):
        programme.reconcile()
    assert picture(programme) == right


@settings(max_examples=3, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_after_the_codes_are_issued_late_arrivals_and_nights_change_nothing(another, right, data):
    programme = another()
    issuing = ("c", "l", "m1", "m2")
    sent = world(programme)
    programme.receive(each for each in sent if each.root.startswith(issuing))
    programme.reconcile()
    rest = data.draw(st.permutations([each for each in sent if not each.root.startswith(issuing)]))
    cut = data.draw(st.integers(0, len(rest)))
    for part in (rest[:cut], rest[cut:]):
        programme.receive(part)
        programme.reconcile()
    assert picture(programme) == right


def test_codes_are_never_issued_twice(another):
    programme = another()
    seen = defaultdict(set)
    sent = world(programme)[::-1]  # what was sent last arrives first
    for start in range(0, len(sent), 4):
        programme.receive(sent[start : start + 4])
        programme.reconcile()
        for row in programme.rows("member"):
            seen[row["member_code"]].add(row["member_name"])
    assert all(len(names) == 1 for names in seen.values()), dict(seen)
