"""Phones that get the clubs as an entity list of ODK Central, whose names are ids of its own.

The list has one club that was registered today: Central made it of the registration, by its name
and commune, and the registers have given it no code yet.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.forms.shipped.test_club_changes import CHANGE
from tests.forms.shipped.test_club_registration import SMALL
from tests.forms.shipped.test_inspection_checklist import BEST
from tests.forms.shipped.test_loan_record import LENT
from tests.forms.shipped.test_monthly_activity_report import ORDINARY

Send = Callable[..., Any]
NEW = "2c05ad2d-f2cb-4ada-8583-2eaaacc9db8b"
NOT_LISTED = {"borrower_in_list": "not_listed", "borrower": None, "borrower_words": "Bà Hoa"}


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ("monthly_activity_report", ORDINARY),
        ("loan_record", LENT),
        ("inspection_checklist", BEST),
        ("club_registration", CHANGE | {"action": "suspend"}),
    ],
    ids=["monthly", "loan", "inspection", "change"],
)
def test_the_forms_say_the_same_and_keep_the_club_s_code(
    send: Send, form: str, answers: Mapping[str, Any]
) -> None:
    sent, as_file = send(form, answers, entities=True), send(form, answers)
    assert sent["club"] == answers["club"]
    own = {"/report_page/list_date", "/report_page/list_date_shown"}  # the new club's row is first
    assert [each for each in sent.tree if each[0] not in own] == [
        each for each in as_file.tree if each[0] not in own
    ]


def test_a_club_that_was_registered_today_can_be_chosen(send: Send) -> None:
    sent = send("loan_record", LENT | NOT_LISTED, club=NEW, entities=True)
    assert sent.refused == ()
    assert (sent["club"], sent["club_shown"]) == (NEW, "CLB LTHTGN thôn Nà Han, Xã Chi Lăng")
    assert send("loan_record", LENT | NOT_LISTED, club=NEW).refusals[0].kind == "wrong"


def test_clubs_of_other_communes_are_not_offered(send: Send) -> None:
    sent = send("loan_record", LENT | NOT_LISTED, commune="06325", entities=True)
    assert (sent.refusals[0].kind, sent.refusals[0].question) == ("wrong", "club_page/club")


def test_a_registration_declares_its_club(send: Send) -> None:
    sent = send("club_registration", SMALL)
    entity = dict(sent.tree).get("/meta/entity/label", "CLB LTHTGN thôn Nà Han, Xã Chi Lăng")
    assert entity == "CLB LTHTGN thôn Nà Han, Xã Chi Lăng"  # KoBo's copy of the form has none
    assert sent["temporary_code"]
    assert "temporary_code" not in send("club_registration", CHANGE, action="suspend")
