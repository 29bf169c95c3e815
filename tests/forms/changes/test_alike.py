"""When words differ a little, and when they say something else."""

import pytest

from forms.changes.alike import likeness, says_something_else, says_the_same
from forms.changes.expressions import only_looser, tokens

A_LITTLE = [
    ("Số người dự họp", "Số người tham dự họp"),
    ("Sô người dự họp", "Số người dự họp"),
    ("Tháng này có họp không?", "Tháng này CLB có họp không?"),
    ("People at the meeting", "Number of people at the meeting"),
    ("Date of the meeting", "Meeting date of the club"),
    ("3. Họ và tên", "4. Họ, tên"),
]
SOMETHING_ELSE = [
    ("Số thành viên nam", "Số thành viên nữ"),
    ("Members who are women", "Members who are men"),
    ("Từ 60 tuổi", "Từ 65 tuổi"),
    ("Số tiền (nghìn đồng)", "Số tiền (triệu đồng)"),
    ("Tiền thu trong tháng", "Tiền thu trong quý"),
    ("Câu lạc bộ đã họp", "Câu lạc bộ chưa họp"),
    ("Was a meeting held?", "Was no meeting held?"),
    ("Cash before the meeting", "Cash after the meeting"),
    ("Buôn bán", "Chăn nuôi"),
]
THE_SAME = [
    ("Họ và tên", "  **Họ và tên**: "),
    ("1. Họ và tên", "2. Họ và tên"),
    ("Ho\u0323 va\u0300 tên", "Họ và tên"),
    ("Name", "NAME"),
]


@pytest.mark.parametrize(("old", "new"), A_LITTLE)
def test_a_little(old: str, new: str) -> None:
    assert not says_the_same({"vi": old}, {"vi": new})
    assert not says_something_else({"vi": old}, {"vi": new})


@pytest.mark.parametrize(("old", "new"), SOMETHING_ELSE)
def test_something_else(old: str, new: str) -> None:
    assert says_something_else({"vi": old}, {"vi": new})
    assert says_something_else({"vi": "Như cũ", "en": old}, {"vi": "Như cũ", "en": new})


@pytest.mark.parametrize(("old", "new"), THE_SAME)
def test_the_same(old: str, new: str) -> None:
    assert says_the_same({"vi": old}, {"vi": new})
    assert likeness({"vi": old}, {"vi": new}) == 100


def test_a_form_that_got_languages_is_compared_in_the_one_it_was_in() -> None:
    assert says_the_same({"": "Full name"}, {"vi": "Họ và tên", "en": "Full name"})
    assert says_something_else({"": "Full name"}, {"vi": "Năm sinh", "en": "Year of birth"})
    assert likeness({}, {"vi": "Họ và tên"}) is None


@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        (". > 1", ". >= 1", True),
        (". >= 1", ". > 1", False),
        (". >= 1", "0 <= .", True),
        (". >= -5", ". >= -6", True),
        (". >= -5", ". >= -4", False),
        (". <= 10 and . >= 0", ". <= 10", True),
        (". <= 10", ". <= 10 and . >= 0", False),
        (". <= 10 or . = 99", ". <= 10", False),
        (". <= 10", ". <= 10 or . = 99", False),  # true, but more than can be seen
        ("regex(., 'a and b')", "regex(., 'a and c')", False),
        (". <= ${a} and . < 5", ". <= ${a}", True),
        ("", ". < 5", False),
    ],
)
def test_a_constraint_that_only_allows_more(old: str, new: str, looser: bool) -> None:
    assert only_looser(tokens(old), tokens(new)) is looser
