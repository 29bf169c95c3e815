"""What holds for all seven reports, in both languages, with data and without."""

from typing import Literal

import pytest

from tests.reports.checklist import faults
from tests.reports.special.conftest import Write

Language = Literal["vi", "en"]
CLUB = "05983-02"  # visited twice
ASKED = {
    "inspection_visit": CLUB,
    "inspection_round": "20",
    "training_overview": "20",
    "survey_results": "20",
    "data_quality": "20",
    "without_club": "20",
    "award_shortlist": "20",
}
# people that the forms name, and who may not be named here
PEOPLE = ("Đoàn Kiểm Tra", "Nhập Phiếu", "Được Gặp", "Kể Chuyện", "Mẫu-0")
SYNTHETIC = {"vi": "DỮ LIỆU GIẢ LẬP", "en": "SYNTHETIC DATA"}
UNOFFICIAL = {"vi": "chưa phải mẫu hay quy định chính thức", "en": "no official form or standard"}
# what a team wrote, and what the form calls an answer, is printed as it is
WRITTEN = ("{{ quỹ }}", "Kết nạp thành viên", "(dữ liệu mẫu)", "“None of these”", "“None”")
JUDGING = ("inspection_visit", "inspection_round", "award_shortlist")
NOTHING = {
    "inspection_visit": "không có lần kiểm tra nào",
    "inspection_round": "không có lần kiểm tra nào trên địa bàn",
    "training_overview": "không ghi nhận lớp tập huấn nào",
    "survey_results": "không có cuộc khảo sát thành viên nào",
    "data_quality": "không có báo cáo tháng nào phải nộp",
    "award_shortlist": "Không có câu lạc bộ nào đủ điều kiện",
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ASKED)
def test_it_is_whole_says_what_it_is_of_and_names_nobody(
    printed: Write, name: str, language: Language
) -> None:
    report = printed(name, ASKED[name], language=language)
    text = report.text
    assert SYNTHETIC[language] in text
    assert ("31/10/2026" if language == "vi" else "31 Oct 2026") in text
    assert not [person for person in PEOPLE if person in text]
    assert (UNOFFICIAL[language] in text) is (name in JUDGING)
    assert not [fault for fault in faults(report.checked) if not any(w in fault for w in WRITTEN)]


@pytest.mark.parametrize("name", NOTHING)
def test_without_anything_in_the_period_it_says_so_and_has_no_empty_section(
    printed: Write, name: str
) -> None:
    report = printed(name, ASKED[name], "2025-10")
    assert NOTHING[name] in report.text
    if name == "survey_results":
        assert report.text.count(NOTHING[name]) == 1, "one plain statement"
    assert not faults(report.checked)


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("inspection_round", "VN"),
        ("training_overview", "VN"),
        ("data_quality", "05983"),
        ("without_club", "VN"),
        ("without_club", "05983"),
        ("award_shortlist", "24"),
    ],
)
def test_the_country_a_commune_and_a_province_without_clubs_have_them_too(
    printed: Write, name: str, area: str
) -> None:
    assert not faults(printed(name, area).checked)
