"""The machine's own Chromium, driven for tests and pictures; nothing is downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PHONE = {"width": 390, "height": 844}  # pixels
DESK = {"width": 1280, "height": 900}


def found() -> str | None:
    """Give the path of a browser of the Chromium family, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser without a window; it ends with the block."""
    with sync_playwright() as playwright:
        # Chromium's sandbox refuses to start for root, as CI runs
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
