"""What goes when its time is over, from the questions' classes of the real forms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.persons.expired import (
    cut_off,
    files_in,
    kept_for_totals,
    personal_expiry,
    sensitive_expiry,
    without_expired,
)
from connectors.store.age_groups import born_in_group
from connectors.store.erased import GONE
from forms.schema import read_schema
from programme.folder import shipped
from programme.settings import RetentionSettings

TODAY = date(2026, 11, 22)
FIVE_YEARS = RetentionSettings(personal=60, sensitive=36)


def schema(form: str):
    return read_schema(shipped() / "xlsforms" / f"{form}.xlsx")


def test_months_are_whole_ones_and_the_longer_side_is_kept():
    assert cut_off(TODAY, 60) == date(2021, 11, 1)
    assert cut_off(date(2026, 1, 31), 1) == date(2025, 12, 1)


def test_where_no_number_is_written_nothing_goes():
    for form in ("club_registration", "monthly_activity_report", "member_survey"):
        assert personal_expiry(schema(form), RetentionSettings(), TODAY) is None
        assert sensitive_expiry(schema(form), RetentionSettings(), TODAY) is None


def test_a_form_may_have_a_number_of_its_own():
    settings = RetentionSettings(personal=60, forms={"member_survey": {"personal": 0}})
    assert personal_expiry(schema("member_survey"), settings, TODAY) is None
    assert personal_expiry(schema("loan_record"), settings, TODAY).before == date(2021, 11, 1)


def registration(name: str = "Nguyễn Thị An") -> dict:
    return {
        "_id": 1,
        "deviceid": "collect:1",
        "reporter_page/reporter_name": "Trần Văn Hai",
        "start_page/action": "register",
        "members/membership_page/consent_photo": "giay.jpg",
        "decision_page/decision_photo": "qd.jpg",
        "members/roster/member": [
            {
                "members/roster/member/member_name": name,
                "members/roster/member/member_birth_year": "1950",
                "members/roster/member/member_household": "poor",
            }
        ],
    }


def test_reporters_devices_and_photos_go_while_people_on_lists_and_their_consent_stay():
    expiry = personal_expiry(schema("club_registration"), FIVE_YEARS, TODAY)
    after = without_expired(registration(), expiry)
    assert set(registration()) - set(after) == {
        "deviceid", "reporter_page/reporter_name", "decision_page/decision_photo",
    }  # fmt: skip
    assert after["members/roster/member"] == registration()["members/roster/member"]
    assert files_in(registration(), expiry) == {"qd.jpg"}


def test_the_proof_of_consent_goes_with_the_last_name():
    expiry = personal_expiry(schema("club_registration"), FIVE_YEARS, TODAY)
    nameless = registration(f"{GONE} M001")
    assert files_in(nameless, expiry) == {"qd.jpg", "giay.jpg"}
    once = without_expired(nameless, expiry)
    assert without_expired(once, expiry) == once


def test_what_totals_rest_on_stays():
    loan = schema("loan_record")
    assert kept_for_totals(loan) == ["borrower_words"]
    paths = personal_expiry(loan, FIVE_YEARS, TODAY).paths
    assert not {path for path in paths if path.endswith("borrower_words")}
    assert sensitive_expiry(loan, FIVE_YEARS, TODAY) is None  # sums of loans go on
    survey = sensitive_expiry(schema("member_survey"), FIVE_YEARS, TODAY)
    names = {path.rpartition("/")[2] for path in survey.paths}
    assert {"health_change", "benefits", "household_now"} <= names
    assert names.isdisjoint({"sampled", "age_band", "sex", "no_interview_reason"})


@pytest.mark.parametrize(("born", "left"), [("1990", "1981"), ("", ""), ("khoảng 1950", "")])
def test_one_year_of_birth_stands_for_an_age_group(born, left):
    assert born_in_group(born, TODAY.year) == left


def band(age: int) -> int:
    """As forms and reports count: under 16, 16, 31, 55, 60, 70, 80 and over."""
    return sum(age >= least for least in (16, 31, 55, 60, 70, 80))


@given(st.integers(1900, 2026))
def test_counts_by_age_stay_what_they_are(born):
    left = int(born_in_group(str(born), TODAY.year))
    assert band(TODAY.year - left) == band(TODAY.year - born)
