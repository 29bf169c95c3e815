"""The training overview against a plain count of the training records."""

from collections.abc import Callable

from programme.folder import Folder
from tests.reports.special.conftest import World, Write, numbers
from tests.reports.special.world import rows


def test_people_sessions_and_cost_are_the_sums_of_the_records(world: World, printed: Write) -> None:
    held = rows(world.folder, "training")
    report = printed("training_overview")
    total = numbers(report.table("Người dự tập huấn")[-1])
    assert total[2] == sum(row["participants_total"] for row in held)
    assert total[3] == sum(row["participants_women"] for row in held)
    levels = report.table("Lớp tập huấn theo cấp")
    assert numbers(levels[-1])[3] == len(held) == sum(numbers(row)[3] for row in levels[:-1])
    sources = {row[1]: row[2] for row in report.table("Kinh phí tập huấn theo nguồn")}
    known = sum(row["cost_total"] is not None for row in held)
    assert sources["Ngân sách nhà nước"] == f"{9 * known},0"
    assert f"Kinh phí ghi nhận: {12_500_000 * known:,} đồng".replace(",", ".") in report.text


def test_a_cost_that_is_not_known_is_told_and_not_counted_as_nothing(
    world: World, printed: Write
) -> None:
    without = sum(row["cost_total"] is None for row in rows(world.folder, "training"))
    assert without == 1
    assert "Có 1 lớp chưa có số liệu kinh phí" in printed("training_overview").text


def test_boards_count_who_was_chosen_from_the_list(world: World, printed: Write) -> None:
    seats = {row["board_code"] for row in rows(world.folder, "board_member")}
    trained = rows(world.folder, "board_training")
    initial = {row["board_code"] for row in trained if row["kind"] == "initial"} & seats
    report = printed("training_overview")
    total = report.table("Ban Chủ nhiệm đã được tập huấn")[-1]
    assert total[3] == str(len(seats))
    assert total[4].startswith(f"{len(initial)} (")
    untrained = {row[1] for row in report.table("Câu lạc bộ chưa có ai trong Ban Chủ nhiệm")}
    clubs = {row["club_code"] for row in rows(world.folder, "club")}
    assert untrained == clubs - {row["club_code"] for row in trained}


def test_priority_regions_are_those_of_the_workbook(printed: Write) -> None:
    country = printed("training_overview", "VN")
    regions = {row[1]: numbers(row)[2] for row in country.table("Tập huấn ở các vùng ưu tiên")}
    assert regions["Trung du, miền núi phía Bắc"] == 4
    assert regions["Tây Nguyên"] == regions["Các tỉnh, thành phố khác"] == 0
    assert (
        "thuộc vùng ưu tiên tập huấn: Trung du, miền núi phía Bắc"
        in printed("training_overview").text
    )
    elsewhere = printed("training_overview", "24").text
    assert "không thuộc vùng ưu tiên tập huấn nào" in elsewhere


def test_a_programme_whose_form_asks_for_less_has_a_report_too(
    changed: Callable[..., Folder], printed: Write
) -> None:
    folder = changed(
        training_record="SELECT * EXCLUDE (cost_known, cost_state, cost_project) FROM old"
    )
    report = printed("training_overview", folder=folder)
    assert "không lớp tập huấn nào có số liệu kinh phí theo nguồn" in report.text
