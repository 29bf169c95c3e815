"""Pages that people read, in a real browser at the width of a phone and of a desk."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.chromium import DESK, PHONE

WIDTHS = {"phone": PHONE, "desk": DESK}
READ = ("night", "vi/board", "vi/reports", "en/analyst")
LEAVES = ("http:", "https:", "ws:")
MOST = 300  # more than any page has stops


class Reader:
    """Somebody who opens a page; what the page asks of a network is noted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(address)

    def _note(self, request: Request) -> None:
        if request.url.startswith(LEAVES):
            self.asked.append(request.url)


@pytest.fixture
def opened(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Reader]]:
    """Open a page at a width; pages are closed afterwards."""
    context = browser.new_context(locale="vi-VN")

    def open_page(name: str, width: str = "desk") -> Reader:
        page = context.new_page()
        page.set_viewport_size(WIDTHS[width])
        folder = request.getfixturevalue("night" if name == "night" else "site")
        return Reader(page, (folder / f"{name}.html").as_uri())

    yield open_page
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", READ)
def test_it_fits_asks_nothing_of_a_network_and_has_no_serious_fault(
    opened: Callable[..., Reader], axe: str, name: str, width: str
) -> None:
    reader = opened(name, width)
    page = reader.page
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide), "the page scrolls sideways"
    page.evaluate(axe)
    done = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    serious = [
        (each["id"], each["nodes"][0]["target"], each["nodes"][0]["failureSummary"])
        for each in done["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert (reader.asked, reader.errors) == ([], [])


@pytest.mark.parametrize("name", READ)
def test_everything_is_reached_by_keys_in_the_order_of_the_page(
    opened: Callable[..., Reader], name: str
) -> None:
    page = opened(name).page
    stops = page.evaluate(STOPS)
    reached: list[int] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.dataset.stop ?? null")
        if at is not None and int(at) not in reached:
            reached.append(int(at))
        if len(reached) == stops:
            break
    assert reached == list(range(stops))


# every link, button and summary of the page's text gets a number, in the order of the page
STOPS = """() => {
  const text = document.querySelector("article") ?? document.querySelector("main");
  const all = text.querySelectorAll("a[href], button, summary, [tabindex='0']");
  const seen = [...all].filter((each) => each.checkVisibility() && each.tabIndex >= 0);
  seen.forEach((each, number) => { each.dataset.stop = String(number); });
  return seen.length;
}"""


def test_what_is_focused_can_be_seen(opened: Callable[..., Reader]) -> None:
    page = opened("vi/index").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_the_search_works_from_a_disk(opened: Callable[..., Reader]) -> None:
    page = opened("vi/board").page
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Search").wait_for()
    page.keyboard.type("quỹ hoạt động")
    page.get_by_text("Quỹ hoạt động: đầu tháng").last.wait_for()


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    anchors: dict[Path, set[str]] = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r'\b(?:href|src)="([^"]+)"', text):
            target = urlsplit(unescape(found))
            if target.scheme or path.name == "404.html":
                assert not target.netloc or "<a " in text  # a link to read, nothing to load
                continue
            to = (path.parent / unquote(target.path)).resolve() if target.path else path
            assert to.exists(), f"{path.name}: {found}"
            if target.fragment and to.suffix == ".html":
                known = anchors.setdefault(to, _ids(to))
                assert unquote(target.fragment) in known, f"{path.name}: {found}"


def test_each_language_says_which_it_is(site: Path) -> None:
    for language in ("vi", "en"):
        for path in (site / language).glob("*.html"):
            assert f'<html lang="{language}"' in path.read_text(encoding="utf-8")


def test_no_markdown_is_left_in_a_page(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = re.sub(r"<(code|script)\b.*?</\1>", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"```|\*\*\w|\]\(|^\s*\| ", text, flags=re.MULTILINE), path.name


def _ids(page: Path) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', page.read_text(encoding="utf-8"))) | {"__top"}
