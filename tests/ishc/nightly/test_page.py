"""The page of the night: read in half a minute, by everybody, from one file without a server."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from ishc.nightly.ledger import Night
from ishc.nightly.page import page
from ishc.nightly.picture import Findings, Picture, Reporting
from ishc.nightly.progress import PhaseProgress, Progress
from ishc.nightly.step import Outcome, Step
from ishc.nightly.summary import Summary
from programme.dates import Month
from programme.problem import Place, Problem, Text

STARTED = "2026-11-22T21:30:00+07:00"
PULL = Step("pull", Text(vi="lấy phiếu", en="submissions"), ("pull",))
RECONCILE = Step("reconcile", Text(vi="đối chiếu", en="reconcile"), ("reconcile",))
LISTS = Step("publish", Text(vi="danh sách", en="lists"), ("publish",))
TOKEN = Problem(
    "server-token",
    Text(vi="máy chủ từ chối <token>", en="the server refuses the <token>"),
    Text(vi="lấy token mới. " + "chi-tiết " * 60, en="get a new one. " + "details " * 60),
    Place(server="kobo"),
)
PICTURE = Picture(
    date(2026, 11, 22),
    Month(2026, 10),
    [Reporting("Xã Bắc Sơn", 4, 1), Reporting("Xã Chi Lăng", 2, 2)],
    [Findings("error", 8, 1, 3), Findings("warning", 12, 0, 12)],
    [(Text(vi="Thiếu báo cáo tháng", en="Monthly report missing"), 6)],
    6,
)
PROGRESS = PhaseProgress(
    Text(vi="Tỉnh Lạng Sơn", en="Lạng Sơn Province"),
    Text(vi="giai đoạn 2025 - 2030", en="phase 2025-2030"),
    [
        Progress(
            *(Text(vi=each, en=each) for each in ("CLB mới", "54", "100", "Chưa đạt")), percent=54.0
        )
    ],
)


def good() -> Summary:
    outcomes = {each.name: Outcome(each.name, "done") for each in (PULL, RECONCILE, LISTS)}
    night = Night(STARTED, outcomes, STARTED, 0)
    steps = [(each, outcomes[each.name]) for each in (PULL, RECONCILE, LISTS)]
    return Summary(Text("Thử", "Trial"), True, night, steps, PICTURE, [night], [])


def failed() -> Summary:
    was = good()
    steps = [
        (PULL, Outcome("pull", "failed", 3, problems=(TOKEN,))),
        (RECONCILE, Outcome("reconcile", "done")),
        (LISTS, Outcome("publish", "skipped")),
    ]
    night = Night(STARTED, {}, STARTED, 3)
    return replace(was, night=night, steps=steps, nights=[night], problems=[TOKEN])


class Read(HTMLParser):
    """What stands in a page: tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


CASES = {
    "good": (good(), PROGRESS),
    "failed": (failed(), PROGRESS),
    "first": (replace(failed(), picture=None), None),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", CASES)
def test_every_page_can_be_read_aloud_and_needs_nothing_else(case, language):
    text = page(*CASES[case], language)
    read = Read(text)
    assert read.all("html") == [{"lang": language}]
    assert [len(read.all(tag)) for tag in ("h1", "main", "header", "title")][:3] == [1, 1, 1]
    assert all(each.get("scope") in ("col", "row") for each in read.all("th"))
    pictures = [each for each in read.all("svg") if each.get("role") == "img"]
    ids = Counter(str(each["id"]) for _, each in read.tags if "id" in each)
    assert max(ids.values()) == 1
    # what names something, and the title and description of each picture, is there
    for _, attributes in read.tags:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids
    assert all(len(str(each["aria-labelledby"]).split()) == 2 for each in pictures)
    assert all(each.get("role") == "img" or "aria-hidden" in each for each in read.all("svg"))
    assert not re.search(r"(src|href)=|https?://|url\((?!#)", text)


@pytest.mark.parametrize(
    ("summary", "heading"),
    [
        (good(), "The night of 22 Nov 2026: everything was done"),
        (failed(), "The night of 22 Nov 2026: 1 thing NOT done, 1 left out because of it"),
        (
            replace(good(), problems=[replace(TOKEN, severity="warning")]),
            "The night of 22 Nov 2026: everything was done; 1 thing to look at",
        ),
    ],
    ids=["good", "failed", "something to look at"],
)
def test_the_heading_says_whether_all_is_well(summary, heading):
    text = page(summary, None, "en")
    assert f"<h1>{heading}</h1>" in text
    assert f"<title>{heading}</title>" in text


def test_what_to_do_comes_before_the_pictures_and_long_advice_is_folded():
    text = page(failed(), PROGRESS, "vi")
    order = [
        "<h1>",
        "Cần làm",
        "Ai đã báo cáo",
        "Chỗ có vẻ sai",
        "Tiến độ",
        "Những đêm",
        "Từng việc",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "máy chủ từ chối &lt;token&gt;" in text
    assert "[server-token]" in text
    assert "<summary>Đọc tiếp</summary>" in text
    assert Read(text).text.count("chi-tiết") == 60


def test_nothing_is_told_by_colour_alone():
    text = page(failed(), PROGRESS, "en")
    for said in (
        "✗ FAILED", "– skipped", "✓ done",  # steps
        "Reports of October 2026: 3 of 6 clubs sent theirs, 3 are missing.",
        "1/4 · 25%", "20 findings are open, 1 of them new.", "8 (new 1)", "Rating: Chưa đạt",
        "✗ something not done 1", "No night has done everything yet.",
    ):  # fmt: skip
        assert said in text, said


def test_a_page_that_has_become_old_says_so_by_itself():
    """Where nothing runs any more nobody writes a new page."""
    read = Read(page(good(), None, "en"))
    (stale,) = [each for each in read.all("p") if each.get("id") == "stale"]
    assert stale["data-began"] == STARTED
    assert "hidden" in stale  # a script of the page shows it after a day and a half
    assert "This page is old" in read.text


def test_areas_that_have_all_reports_are_not_listed():
    text = page(good(), None, "vi")
    assert "Xã Bắc Sơn" in text
    assert "Xã Chi Lăng" not in text
