"""The pictures of the monthly report show the form as it is now."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.screens.form import fingerprint, pages

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "pictures" / "month"
LARGEST = 60_000  # bytes


def test_the_form_has_not_changed_since() -> None:
    made_from = (PICTURES / "made-from.txt").read_text(encoding="utf-8").strip()
    assert fingerprint() == made_from, "the form has changed: make screens"


@pytest.mark.parametrize("name", ["board.md", "board.vi.md"])
def test_the_page_shows_every_page_of_the_form_in_its_order(name: str) -> None:
    shown = re.findall(r"\(pictures/month/(\w+)\.png\)", (DOCS / name).read_text(encoding="utf-8"))
    assert shown == [page.name for page in pages()]


def test_pictures_are_small_and_as_wide_as_a_phone() -> None:
    for path in PICTURES.glob("*.png"):
        assert path.stat().st_size <= LARGEST, path.name
        with Image.open(path) as picture:
            assert 500 <= picture.width <= 600
