"""Constraints as hints, and how many boxes a number gets."""

from pathlib import Path

import pytest

from forms.paper.facts import Asked, Facts
from forms.paper.limits import digits, limit_hint
from forms.paper.wording import Wording

FACTS = Facts(
    {"people": Asked("4", "integer", {}), "lent_on": Asked("5", "date", {})}, {}, Path("no-lists")
)
MESSAGE = "Sai."
YEAR = "number(format-date(today(), '%Y'))"

LIMITS = [
    (". >= 0 and . <= 9999", "", "", 4),
    (". >= 0 and . <= 99999999", "", "", 8),
    (". >= 1 and . <= 31", "Từ 1 đến 31.", "1 to 31.", 2),
    (". >= 1 and . <= 999", "Từ 1 trở lên.", "1 or more.", 3),
    (". >= 1000", "Từ 1.000 trở lên.", "1,000 or more.", None),
    (". > 0 and . < 10", "Lớn hơn 0; nhỏ hơn 10.", "More than 0; less than 10.", 2),
    ("0 <= . and 12 >= .", "Từ 0 đến 12.", "0 to 12.", 2),
    (". <= ${people}", "Không quá số ở câu 4.", "At most the number in question 4.", 3),
    (". = '' or . <= 50", "Không quá 50.", "At most 50.", 2),
    (
        ". <= today()",
        "Không sau ngày ghi phiếu này.",
        "Not after the day of filling this in.",
        None,
    ),
    (
        ". >= date('2016-01-01') and . <= today()",
        "Từ 01/01/2016 trở đi; không sau ngày ghi phiếu này.",
        "From 1 Jan 2016 on; not after the day of filling this in.",
        None,
    ),
    (
        "${lent_on} = '' or . > ${lent_on}",
        "Sau ngày ở câu 5.",
        "After the day in question 5.",
        None,
    ),
    (f". >= {YEAR} - 120 and . <= {YEAR}", MESSAGE, MESSAGE, 4),
    ("regex(., '^[0-9]+$')", MESSAGE, MESSAGE, None),
    ("broken(", MESSAGE, MESSAGE, None),
]


@pytest.mark.parametrize(("source", "vi", "en", "boxes"), LIMITS, ids=[each[0] for each in LIMITS])
def test_limits_are_said_where_the_boxes_do_not_say_them(
    source: str, vi: str, en: str, boxes: int | None
) -> None:
    assert limit_hint(source, Wording(FACTS, "vi"), "Sai.") == vi
    assert limit_hint(source, Wording(FACTS, "en"), "Sai.") == en
    assert digits(source, FACTS, {"people": ". <= 500"}) == boxes


def test_without_a_message_nothing_is_said_of_what_cannot_be_worded() -> None:
    assert limit_hint("regex(., 'x')", Wording(FACTS, "vi"), "") == ""


def test_limits_that_rest_on_each_other_end() -> None:
    assert digits(". <= ${people}", FACTS, {"people": ". <= ${people}"}) is None


def test_a_sum_has_as_many_boxes_as_its_parts() -> None:
    limits = {"men": ". <= 500", "women": ". <= 9999"}
    sum_of = "coalesce(${men}, 0) + coalesce(${women}, 0)"
    assert digits(f". >= 0 and . <= {sum_of}", FACTS, limits) == 4
    assert digits(f". >= 0 and . + coalesce(${{old}}, 0) <= {sum_of} - 1", FACTS, limits) == 4
    assert digits(f". <= {sum_of} + ${{others}}", FACTS, limits) is None
