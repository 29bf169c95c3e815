"""Clubs that exist already come in from Excel, once."""

from datetime import date
from typing import Any

import pytest

from connectors.reconcile.checks import read_checks
from connectors.reconcile.finding_imported import WRONG_AS_WRITTEN
from connectors.store.raw import RawStore
from programme.folder import shipped
from programme.problem import ProblemError
from tests.connectors.importing.office import CLUB, LOAN, MEMBER, Office


def test_a_club_with_its_people_and_money_is_in_the_registers(office: Office) -> None:
    result = office.give(
        clubs=[{**CLUB, "unlisted_total": 5, "unlisted_women": 3, "unlisted_60plus": 2,
                "unlisted_women_60plus": 1}],
        boards=[{"club_no": 1, "board_name": "Lê Thị Hoa", "board_sex": "Nữ",
                 "board_birth_year": 1958, "board_role": "Chủ nhiệm"}],
        members=[MEMBER],
        loans=[LOAN],
        balances=[{"club_no": 1, "month": "10/2026", "income_closing_cash": 1500000,
                   "loans_outstanding": 3000000, "operating_closing_cash": 300000}],
    )  # fmt: skip
    assert (result.new, result.changed) == (4, 0)
    [club] = office.register("club")
    assert (club["club_code"], club["founded_on"]) == ("06463-01", date(2019, 3, 5))
    [member] = office.register("member")
    assert (member["member_code"], member["household"]) == ("06463-01-M001", "poor")
    [loan] = office.register("loan")
    assert (loan["borrower_code"], loan["principal"]) == ("06463-01-M001", 5_000_000)
    lent, repaid = office.register("loan_event")
    assert (lent["event"], repaid["event"], repaid["principal"]) == ("lent", "repaid", 2_000_000)
    assert repaid["interest"] is None  # nobody knows what was paid before
    [unlisted] = office.register("member_unlisted")
    assert (unlisted["total"], unlisted["women"]) == (5, 3)
    assert unlisted["on_date"] == date(2026, 10, 31)  # not that of the founding
    [board] = office.register("board_member")
    assert board["role"] == "chair"
    [month] = office.register("club_month")
    assert (month["month"], month["income_closing_cash"]) == ("2026-10", 1_500_000)


def test_importing_twice_changes_nothing_and_a_mended_row_one_record(office: Office) -> None:
    office.give(clubs=[CLUB, {**CLUB, "club_no": 2, "club_name": "CLB LTHTGN khu Ga"}])
    again = office.give(clubs=[CLUB, {**CLUB, "club_no": 2, "club_name": "CLB LTHTGN khu Ga"}])
    assert (again.new, again.changed) == (0, 0)
    codes = {row["club_code"]: row["name"] for row in office.register("club")}
    mended = office.give(clubs=[CLUB, {**CLUB, "club_no": 2, "club_name": "CLB LTHTGN Ga Bản"}])
    assert (mended.new, mended.changed) == (0, 1)
    after = {row["club_code"]: row["name"] for row in office.register("club")}
    assert codes.keys() == after.keys()
    assert set(after.values()) - set(codes.values()) == {"CLB LTHTGN Ga Bản"}


def test_who_has_not_consented_is_counted_and_stored_nowhere(office: Office) -> None:
    other = {**MEMBER, "member_no": "tv2", "member_name": "Phạm Văn Kín", "member_sex": "Nam",
             "member_birth_year": 1970, "member_consent": None}  # fmt: skip
    office.give(clubs=[CLUB], members=[MEMBER, other])
    assert [row["member_name"] for row in office.register("member")] == ["Trần Thị Bé"]
    [unlisted] = office.register("member_unlisted")
    assert (unlisted["total"], unlisted["women"], unlisted["sixty_plus"]) == (1, 0, 0)
    with RawStore.read(office.folder.store) as store:
        kept = " ".join(each.json for each in store.submissions("club_registration"))
    assert "Trần Thị Bé" in kept
    assert "Phạm Văn Kín" not in kept


def test_a_roster_may_come_later_for_a_club_that_has_a_code(office: Office) -> None:
    office.give(clubs=[CLUB])
    [club] = office.register("club")
    office.give(source="Xã", members=[{**MEMBER, "club_no": club["club_code"]}])
    [member] = office.register("member")
    assert (member["club_code"], member["member_name"]) == ("06463-01", "Trần Thị Bé")
    assert len(office.register("club")) == 1


def test_a_club_that_rests_or_was_closed(office: Office) -> None:
    office.give(clubs=[{**CLUB, "status": "Tạm ngừng hoạt động", "status_on": "01/09/2026"}])
    [club] = office.register("club")
    assert (club["status"], club["status_on"]) == ("suspended", date(2026, 9, 1))


def test_what_a_source_no_longer_has_stays_until_told_otherwise(office: Office) -> None:
    two = [CLUB, {**CLUB, "club_no": 2, "club_name": "CLB LTHTGN khu Ga"}]
    office.give(clubs=two)
    office.give(source="Hội khác", clubs=[{**CLUB, "club_name": "CLB LTHTGN Bản Mới"}])
    kept = office.give(clubs=[CLUB])
    assert [each.code for each in kept.problems] == ["import-left-over"]
    assert len(office.register("club")) == 3
    replaced = office.give(source="HỘI NCT Tỉnh", clubs=[CLUB], replace=True)
    assert replaced.removed == 1
    assert {row["name"] for row in office.register("club")} == {
        "CLB LTHTGN thôn Nà Pàn", "CLB LTHTGN Bản Mới"
    }  # fmt: skip


def test_nothing_is_stored_of_a_workbook_with_a_mistake(office: Office) -> None:
    office.give(clubs=[CLUB])
    with pytest.raises(ProblemError):
        office.give(clubs=[{**CLUB, "club_no": 2}, {**CLUB, "club_no": 3, "founded_on": "hôm qua"}])
    with RawStore.read(office.folder.store) as store:
        assert len(list(store.submissions("club_registration"))) == 1


def test_a_commune_of_before_july_2025_is_found_by_its_district(office: Office) -> None:
    office.give(clubs=[{**CLUB, "district": "Huyện Chi Lăng", "commune": "Thị trấn Đồng Mỏ"}])
    [club] = office.register("club")
    assert club["commune_code"] == "06463"


def test_villages_and_kinds_of_area_go_to_the_lists_that_people_edit(office: Office) -> None:
    place = {"province": "Lạng Sơn", "commune": "06463"}
    given = {
        "villages": [{**place, "village": "Nà Pàn"}, {**place, "village": "Ga", "code": "99001"}],
        "area_kinds": [{**place, "kinds": "miền núi", "basis": "QĐ 861/QĐ-TTg",
                        "valid_from": "04/06/2021"}],
    }  # fmt: skip
    first = office.give(**given)
    assert (first.villages, first.area_kinds) == (2, 1)
    villages = (office.folder.xlsforms / "villages.csv").read_text(encoding="utf-8")
    assert "06463-T01,Nà Pàn,06463,Hội NCT tỉnh,2026-10-31" in villages
    assert "99001,Ga,06463" in villages
    assert "06463,miền núi,QĐ 861/QĐ-TTg,2021-06-04" in office.folder.area_kinds.read_text("utf-8")
    again = office.give(**given)
    assert (again.villages, again.area_kinds) == (0, 0)


def test_what_was_taken_over_from_paper_is_no_mistake(office: Office) -> None:
    balance = {"club_no": 1, "month": "10/2026", "income_closing_cash": 1500000,
               "loans_outstanding": 3000000, "operating_closing_cash": 300000}  # fmt: skip
    office.give(clubs=[CLUB], members=[MEMBER], loans=[LOAN], balances=[balance])
    assert office.register("finding") == []


def test_a_club_that_was_only_imported_is_due_for_a_visit_from_that_day_on(office: Office) -> None:
    office.give(clubs=[CLUB], as_of="15/11/2025")
    [found] = office.register("finding")  # on 20 November 2026
    assert found["check_code"] == "club_never_inspected"
    office.give(clubs=[CLUB], as_of="25/11/2025")
    assert office.register("finding") == []


def dear(office: Office, **more: Any) -> list[dict[str, Any]]:
    """Import a loan whose rate is above the cap; give what is found about loans."""
    loan = {**LOAN, "interest_percent_month": 8, "due_on": date(2026, 5, 1)}
    office.give(clubs=[CLUB], members=[MEMBER], loans=[{**LOAN, "loan_no": "K0"}, loan], **more)
    return [row for row in office.register("finding") if row["form"] == "loan_record"]


def test_what_was_imported_wrongly_is_mended_in_its_row_of_the_workbook(office: Office) -> None:
    found = {row["check_code"]: row for row in dear(office)}
    cap = found["loan_interest_above_cap"]
    assert cap["do_vi"] == (
        "Số liệu này nhập từ tệp «filled1.xlsx», trang «loans», dòng 3 (Hội NCT tỉnh): "
        "nếu ghi sai, sửa ngay dòng đó rồi nhập lại: «ishc import filled1.xlsx --replace»."
    )
    assert cap["do_en"] == (
        "This was imported from “filled1.xlsx”, sheet “loans”, row 3 (Hội NCT tỉnh): if it is "
        "wrong, correct that row and import it again: “ishc import filled1.xlsx --replace”."
    )
    assert cap["owner"] == "nơi nhập số liệu · importing office"
    overdue = found["loan_overdue"]  # the club has to collect it, wherever it was recorded
    assert overdue["do_en"].startswith("Collect it")
    assert overdue["do_en"].endswith("again: “ishc import filled1.xlsx --replace”.")
    assert overdue["owner"] == "câu lạc bộ · club"
    office.give(clubs=[CLUB], members=[MEMBER], loans=[LOAN], replace=True)
    found = {row["check_code"] for row in office.register("finding")}
    assert not found & {"loan_interest_above_cap", "loan_overdue"}


def test_a_row_is_found_where_it_stood_in_the_last_import(office: Office) -> None:
    dear(office)
    office.give(clubs=[CLUB], members=[MEMBER], loans=[
        {**LOAN, "interest_percent_month": 8, "due_on": date(2026, 5, 1)}, {**LOAN, "loan_no": "K0"}
    ])  # fmt: skip
    [cap] = [row for row in office.register("finding")
             if row["check_code"] == "loan_interest_above_cap"]  # fmt: skip
    assert "“filled2.xlsx”, sheet “loans”, row 2" in cap["do_en"]


def test_replace_is_not_advised_where_it_would_take_another_workbook_away(office: Office) -> None:
    office.give(clubs=[CLUB])
    office.give(loans=[{**LOAN, "interest_percent_month": 8}])
    [cap] = [row for row in office.register("finding")
             if row["check_code"] == "loan_interest_above_cap"]  # fmt: skip
    assert cap["do_en"].endswith(
        "keep its numbers and import it again: “ishc import filled2.xlsx”."
    )
    assert "--replace" not in cap["do_vi"]


def test_what_is_only_wrong_as_written_is_named_by_checks_that_exist() -> None:
    there = {each.code for each in read_checks(shipped() / "connectors" / "checks.xlsx")}
    assert there >= WRONG_AS_WRITTEN
