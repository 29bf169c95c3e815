"""The data quality report and that of areas without a club, against plain counts."""

from collections.abc import Callable
from datetime import date

from programme.areas import load_areas
from programme.folder import Folder
from reports.content.coverage.rows import kind_of
from tests.reports.special.conftest import World, Write, numbers
from tests.reports.special.world import rows

OPEN = ("new", "open", "came_back")


def test_findings_are_counted_by_state_check_and_area(world: World, printed: Write) -> None:
    found = [
        row
        for row in rows(world.folder, "finding")
        if row["state"] in OPEN and (row["month"] is None or row["month"][:4] == "2026")
    ]
    report = printed("data_quality")
    assert numbers(report.table("Vấn đề về số liệu theo mức độ")[-1])[1] == len(found)
    checks = report.table("Vấn đề theo nội dung kiểm tra")
    assert sum(numbers(row)[3] for row in checks) == len(found)
    total = numbers(report.table("Vấn đề và báo cáo theo địa bàn")[-1])
    with_place = [row for row in found if row["commune_code"]]
    assert sum(total[3:6]) == len(with_place)
    assert total[2] == 46


def test_waived_findings_stand_apart_and_old_ones_show_their_age(
    changed: Callable[..., Folder], printed: Write
) -> None:
    folder = changed(
        finding="SELECT * REPLACE (CASE WHEN severity = 'error' THEN 'waived' ELSE 'open' END AS "
        "state, DATE '2026-07-01' AS first_seen) FROM old"
    )
    report = printed("data_quality", folder=folder)
    states = {row[0]: numbers(row)[1:] for row in report.table("Vấn đề về số liệu theo mức độ")}
    assert states["Lỗi"][0] == 0 < states["Lỗi"][4]
    assert states["Cần xem lại"][1] == 0  # open, and not new
    ages = report.table("Vấn đề còn tồn tại theo thời gian")
    assert [row[0] for row in ages] == ["Cần xem lại"]
    assert ages[0][4] == ages[0][5] != "0"


def test_findings_seen_first_after_the_period_are_of_an_age_all_the_same(
    changed: Callable[..., Folder], printed: Write
) -> None:
    folder = changed(finding="SELECT * REPLACE ('open' AS state) FROM old")
    report = printed("data_quality", folder=folder, period="2026-Q1")
    ages = [row[-1] for row in report.table("Vấn đề theo nội dung kiểm tra")]
    assert ages and all(age.isdigit() for age in ages)


def test_reports_and_what_was_left_out_are_those_of_the_registers(
    world: World, printed: Write
) -> None:
    report = printed("data_quality")
    due = [row for row in rows(world.folder, "club_month_expected") if row["expected"]]
    due = [row for row in due if row["month"][:4] == "2026"]
    total = numbers(report.table("Báo cáo tháng phải có và đã nhận")[-1])
    assert total[1:3] == [len(due), sum(row["reported"] for row in due)]
    sent = [
        row
        for row in rows(world.folder, "submission")
        if row["event_date"] and row["event_date"] >= date(2026, 1, 1)
    ]
    assert numbers(report.table("Phiếu đã nhận và phiếu không tính")[-1])[1] == len(sent)
    assert "ghi chữ thay số): 1;" in report.text
    pulled = report.table("Số phiếu lấy về từ máy chủ")
    assert [row[0] for row in pulled][-1] == "Phiếu hỏi thành viên"
    assert {row[3] for row in pulled} == {"chưa bao giờ"}


def test_communes_without_a_club_are_all_those_that_have_none(world: World, printed: Write) -> None:
    have = {row["commune_code"] for row in rows(world.folder, "club")}
    communes = load_areas(world.folder.xlsforms).communes_of("20")
    without = {each.code for each in communes} - have
    report = printed("without_club")
    assert {row[1] for row in report.table("Xã, phường chưa có câu lạc bộ")} == without
    kinds = report.table("Xã, phường theo loại địa bàn")
    assert numbers(kinds[-1])[1:4] == [len(communes), len(have), len(without)]
    assert numbers(kinds[0])[1] == len(communes)  # nobody classified them: counted, not guessed
    country = printed("without_club", "VN")
    assert numbers(country.table("Xã, phường theo tỉnh, thành phố")[-1])[2:5] == [
        3321,
        len(have),
        3321 - len(have),
    ]


def test_a_club_that_rests_leaves_its_commune_without_one(
    changed: Callable[..., Folder], printed: Write
) -> None:
    club = "06625-01"  # the only one of its commune
    folder = changed(
        club_status="SELECT * FROM old UNION ALL BY NAME SELECT * REPLACE "
        "('suspended' AS status, DATE '2026-05-01' AS on_date, 99 AS place) FROM old "
        f"WHERE club_code = '{club}'"
    )
    report = printed("without_club", folder=folder)
    listed = {row[1]: row[5] for row in report.table("Xã, phường chưa có câu lạc bộ")}
    assert listed[club[:5]] == "1"
    assert "1 nơi từng có câu lạc bộ nay đã nghỉ" in report.text
    before = printed("without_club", folder=folder, as_of=date(2026, 4, 30))
    assert club[:5] not in {row[1] for row in before.table("Xã, phường chưa có câu lạc bộ")}


def test_a_commune_stands_in_one_kind() -> None:
    assert kind_of(["delta", "border"]) == "border"
    assert kind_of(["midland", "minority"]) == "midland"
    assert kind_of(["minority"]) == kind_of([]) == "unclassified"


def test_villages_are_told_where_a_list_was_imported(
    changed: Callable[..., Folder], printed: Write
) -> None:
    folder = changed(
        club_registration="SELECT * REPLACE (CASE WHEN commune = '05983' THEN ['V1', 'V3'] END "
        "AS village_codes) FROM old"
    )
    folder.lists.mkdir(parents=True, exist_ok=True)
    (folder.lists / "villages.csv").write_text(
        "name,label,commune\nV1,Thôn Một,05983\nV2,Thôn Hai,05983\nV3,Thôn Ba,05983\n"
        "V4,Thôn Bốn,06325\n",
        encoding="utf-8",
    )
    commune = printed("without_club", "05983", folder=folder)
    assert [row[1] for row in commune.table("Thôn, tổ dân phố chưa có câu lạc bộ")] == ["Thôn Hai"]
    province = printed("without_club", folder=folder)
    assert numbers(province.table("Thôn, tổ dân phố theo xã, phường")[-1])[2:5] == [4, 2, 2]
    assert "2/4 thôn, tổ dân phố chưa có câu lạc bộ" in province.text
