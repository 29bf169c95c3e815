"""The report of a visit and that of a round: what stands in them is what the registers hold."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PIL import Image

from connectors.store.raw import RawStore
from programme.folder import Folder
from tests.reports.special.conftest import World, Write, numbers
from tests.reports.special.world import AS_OF, rows

CLUB = "05983-02"


def test_a_visit_shows_every_item_with_its_answer_points_and_what_was_reported(
    printed: Write,
) -> None:
    report = printed("inspection_visit", CLUB)
    items = report.table("Kết quả từng nội dung kiểm tra")
    assert len([row for row in items if row[0].isdigit()]) == 27
    by_name = {row[1]: row[2:] for row in items}
    assert by_name["Tình nguyện viên chăm sóc tại nhà (người)"][0] == "6"
    assert by_name["Ban Chủ nhiệm được tập huấn ban đầu"][:2] == ["4/5", "5"]
    assert by_name["Danh sách thành viên"] == ["Có", "–", "2,0/2,0"]
    assert by_name["Sổ biên bản họp"][2] == "0,0/2,0"
    assert "lệch" in by_name["Số thành viên theo sổ của CLB"][1]
    points = report.table("Điểm theo từng phần của phiếu")
    assert points[-1][1:4] == ["Tổng điểm", "82,5", "100"]
    assert "Tổng điểm 82,5/100; xếp loại mạnh; đạt chuẩn" in report.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_answers_inside_a_sentence_begin_small(printed: Write, language: str) -> None:
    text = printed("inspection_visit", CLUB, language=language).text  # type: ignore[arg-type]
    said = {"vi": r"Đoàn kiểm tra: \w.*; người nhập phiếu: \w", "en": r"Team: \w.* in by: \w"}
    (found,) = re.findall(said[language], text)
    assert [each for each in re.findall(r": (\w)", found) if not each.islower()] == []


def test_of_several_visits_the_last_is_reported_and_an_earlier_day_gives_the_one_before(
    printed: Write,
) -> None:
    report = printed("inspection_visit", CLUB)
    assert "có 2 lần kiểm tra câu lạc bộ; báo cáo này là của lần ngày 20/10/2026" in report.text
    assert [row[1] for row in report.table("Các lần kiểm tra khác trong kỳ")] == ["14/05/2026"]
    assert "Lần kiểm tra trước (ngày 14/05/2026)" in report.text
    earlier = printed("inspection_visit", CLUB, as_of=date(2026, 10, 19))
    assert "Ngày kiểm tra: 14/05/2026" in earlier.text
    assert "2 lần kiểm tra" not in earlier.text


def test_recommendations_stand_with_their_due_days_literally(printed: Write) -> None:
    report = printed("inspection_visit", CLUB)
    new = report.table("Kiến nghị của đoàn kiểm tra")
    assert new[0][2] == "Ghi sổ vay vốn hằng tháng & đối chiếu <b>{{ quỹ }}</b>"
    assert [row[-1] for row in new] == ["31/12/2026", "không ghi hạn"]
    assert new[1][2].startswith("=SUM(A1)")
    earlier = report.table("Kết quả thực hiện kiến nghị trước đây")
    assert earlier[0][-1] == "Đã làm xong"


def test_the_public_version_has_no_words_of_the_team(printed: Write) -> None:
    report = printed("inspection_visit", CLUB, public=True)
    assert "Ghi sổ vay vốn" not in report.text
    assert [row[-1] for row in report.table("Kiến nghị của đoàn")] == [
        "31/12/2026",
        "không ghi hạn",
    ]


def test_a_critical_failing_is_named_and_caps_the_grade(world: World, printed: Write) -> None:
    club = next(
        row["club_code"] for row in rows(world.folder, "inspection") if row["critical_failing"]
    )
    report = printed("inspection_visit", club)
    assert "Lỗi nghiêm trọng: không có sổ sách" in report.text
    assert "Xếp loại bị giới hạn" in report.text


@pytest.mark.parametrize(("consent", "shown"), [("có", 1), ("không", 0), (None, 0)])
def test_photos_are_shown_only_with_a_recorded_consent(
    changed: Callable[..., Folder], printed: Write, consent: str | None, shown: int
) -> None:
    folder = changed()
    photograph(folder)
    if consent:
        line = f"{CLUB},2026-10-20,evidence_photo,{consent}"
        (folder.data / "photo_consent.csv").write_text(
            f"club,visit_date,photo,consent\n{line}\n", encoding="utf-8"
        )
    report = printed("inspection_visit", CLUB, folder=folder)
    assert len(report.document.inline_shapes) == shown
    assert ("chưa ghi nhận sự đồng ý" in report.text) is not bool(shown)
    assert "chữ ký hai bên được lưu cùng phiếu" in report.text


def photograph(folder: Folder) -> None:
    """Put the photo of the visit where a pull would."""
    path = folder.attachments / "ab" / "abc.jpg"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (40, 30), "white").save(path)
    visit = next(row for row in rows(folder, "inspection") if row["_root_uuid"] == "visit-0")
    with RawStore.open(folder.store) as store:
        store.connection.execute(
            "INSERT INTO attachment (source, form, id, uid, asset, name, question_path, mimetype,"
            " sha256, size, file, fetched) VALUES (?, 'inspection_checklist', ?, 'u', 'a',"
            " 'evidence-0.jpg', 'evidence_photo', 'image/jpeg', 'abc', 1, 'ab/abc.jpg', '2026')",
            (visit["_source"], visit["_id"]),
        )


def test_a_long_name_and_signs_of_markup_are_printed_as_they_are(
    changed: Callable[..., Folder], printed: Write
) -> None:
    name = "CLB <b>&{{ tên }} " + "rất dài " * 60
    folder = changed(club=f"SELECT * REPLACE ('{name.strip()}' AS name) FROM old")
    assert name.strip() in printed("inspection_visit", CLUB, folder=folder).text
    assert name.strip() in printed("inspection_round", folder=folder).text


def test_a_round_counts_clubs_by_their_last_visit(world: World, printed: Write) -> None:
    latest = {}
    for row in sorted(rows(world.folder, "inspection"), key=lambda row: row["visit_date"]):
        if row["visit_date"].year == 2026:
            latest[row["club_code"]] = row
    report = printed("inspection_round")
    grades = {row[0]: row[1] for row in report.table("Xếp loại câu lạc bộ")}
    assert grades["Rất mạnh"] == str(sum(r["grade"] == "very_strong" for r in latest.values()))
    assert grades["Tổng cộng"] == str(len(latest))
    assert int(grades["Chưa kiểm tra trong kỳ"]) == 46 - len(latest)
    up = sum(bool(row["up_to_standard"]) for row in latest.values())
    assert f"{up}/{len(latest)} câu lạc bộ đạt chuẩn" in report.text
    total = numbers(report.table("Kết quả kiểm tra theo địa bàn")[-1])
    assert total[2:4] == [46, len(latest)]
    failed = {row[1]: row for row in report.table("Nội dung nhiều câu lạc bộ chưa đạt")}
    without = sum(row["fund_50m"] == "no" for row in latest.values())
    assert failed["Quỹ tăng thu nhập từ 50 triệu đồng trở lên"][2] == str(without)


def test_a_round_lists_what_is_overdue_and_who_was_never_visited(
    world: World, printed: Write
) -> None:
    report = printed("inspection_round")
    late = [row for row in rows(world.folder, "action") if row["open"]]
    late = [row for row in late if row["by_date"] and row["by_date"] < AS_OF]
    listed = report.table("Kiến nghị quá hạn chưa làm xong")
    assert sorted(row[1] for row in listed) == sorted(row["action_code"] for row in late)
    first = min(late, key=lambda row: (row["by_date"], row["action_code"]))
    assert listed[0][5] == str((AS_OF - first["by_date"]) / timedelta(days=1)).removesuffix(".0")
    seen = {row["club_code"] for row in rows(world.folder, "inspection")}
    never = {row["club_code"] for row in rows(world.folder, "club")} - seen
    assert {row[1] for row in report.table("Câu lạc bộ chưa được kiểm tra lần nào")} == never


def test_what_was_open_on_an_earlier_day_is_open_in_its_report(printed: Write) -> None:
    now = printed("inspection_round").text
    before = printed("inspection_round", as_of=date(2026, 10, 19)).text
    assert "đã làm xong 1, làm một phần 1" in now
    assert "đã làm xong 0, làm một phần 0" in before


def test_many_rows_make_a_long_table_with_its_head_repeated(
    changed: Callable[..., Folder], printed: Write
) -> None:
    folder = changed(
        club="SELECT old.* REPLACE (club_code || n AS club_code) FROM old, range(15) r(n)",
        club_status="SELECT old.* REPLACE (club_code || n AS club_code) FROM old, range(15) r(n)",
    )
    report = printed("inspection_round", folder=folder)
    never = report.table("Câu lạc bộ chưa được kiểm tra lần nào")
    assert len(never) == 46 * 15
    (head,) = report.document.element.body.xpath(".//w:tblHeader")
    assert "Câu lạc bộ" in "".join(head.getparent().getparent().itertext())
