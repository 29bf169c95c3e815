"""Draw every page of the monthly report, for the board member's page: ``make screens``.

ODK Web Forms shows the shipped form in the machine's Chromium at a phone's width, with the month of
``month.toml`` filled in by the engine of ODK Collect. Each page becomes a picture of its own in
``docs/pictures/month``, named as its group. A test fails when the form has changed since.
"""

import io
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image
from playwright.sync_api import Locator, Route

from tests.browser.chromium import chromium
from tests.screens.form import HERE, REPOSITORY, Page, files, fingerprint, pages

PICTURES = REPOSITORY / "docs" / "pictures" / "month"
MADE_FROM = "made-from.txt"
WIDTH = 400  # pixels of a small phone
SHARP = 1.5  # pixels of the picture a pixel of the phone
COLOURS = 32
ADDRESS = "http://localhost/"  # nothing answers there: every request is met by _Answers
SHELL = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><body style="margin:0"><div id="form"></div>
<script type="module" src="/app.js"></script>"""


def main() -> int:
    """Draw all pages anew."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    answers = _Answers(bundle(), files())
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 800}, device_scale_factor=SHARP, locale="vi-VN"
        )
        page = context.new_page()
        page.route("**/*", answers)
        page.goto(ADDRESS)
        panels = page.locator(".p-panel:not(:has(.p-panel))")
        panels.last.wait_for()
        page.get_by_text(pages()[-1].title, exact=True).wait_for()
        drawn = [draw(panel, wanted) for panel, wanted in _matched(panels)]
    (PICTURES / MADE_FROM).write_text(fingerprint() + "\n", encoding="utf-8")
    print(f"{len(drawn)} pictures, {sum(drawn) // 1000} kB, the largest {max(drawn) // 1000} kB")
    return 0


def bundle() -> bytes:
    """Give ODK Web Forms and ``app.js`` as one script."""
    command = [
        *(str(HERE / "node_modules" / ".bin" / "esbuild"), str(HERE / "app.js")),
        *("--bundle", "--format=esm", "--minify", "--log-level=warning"),
        '--define:process.env.NODE_ENV="production"',
    ]
    return subprocess.run(command, check=True, capture_output=True).stdout


class _Answers:
    """Stands for the server: the page, its script, the form and its lists."""

    def __init__(self, script: bytes, served: dict[str, bytes]) -> None:
        self.script = script
        self.served = served

    def __call__(self, route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path)
        name = Path(path).name
        if path == "/":
            route.fulfill(body=SHELL, content_type="text/html")
        elif path == "/app.js":
            route.fulfill(body=self.script, content_type="text/javascript")
        elif name in self.served:
            kind = "text/csv" if name.endswith(".csv") else "text/xml"
            route.fulfill(body=self.served[name], content_type=kind)
        else:
            route.fulfill(status=404)


def _matched(panels: Locator) -> list[tuple[Locator, Page]]:
    """Give each panel with the page it shows; both stand in the form's order."""
    left, found = pages(), []
    for panel in panels.all():
        title = panel.locator(".panel-title").inner_text().split("\n")[0]
        while left and left[0].title != title:
            left.pop(0)  # not asked in this month
        found.append((panel, left.pop(0)))
    return found


def draw(panel: Locator, page: Page) -> int:
    """Draw a page into its file; give the file's size in bytes."""
    shown = Image.open(io.BytesIO(panel.screenshot())).convert("RGB")
    path = PICTURES / f"{page.name}.png"
    shown.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
