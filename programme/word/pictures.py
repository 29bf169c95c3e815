"""Photos in a report: upright, small enough, and without what a phone wrote into them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PictureContent:
    """One picture with its caption below, as large as fits into a width and a height.

    Args:
        path: a JPEG, PNG or WebP file.
        caption: below the picture; may be empty.
        alt: what is to be seen, for those who cannot see it.
        width, height: millimetres that it must not exceed; its proportions stay.
    """

    path: Path
    caption: str
    alt: str
    width: float = 155
    height: float = 100
