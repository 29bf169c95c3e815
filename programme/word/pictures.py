"""Photos in a report: upright, small enough, and without what a phone wrote into them."""

import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from programme.problem import Place, Problem, Text
from programme.word.xml import attribute

FILE_AT_MOST = 30_000_000  # bytes
PIXELS_AT_MOST = 80_000_000  # the largest cameras of phones
_FORMATS = ("JPEG", "PNG", "WEBP")
_DOTS_A_MM = 6  # 150 to the inch, enough for print
_QUALITY = 82
_EMU_A_MM = 36_000


class PictureError(Exception):
    """A picture that cannot be shown; carries what to tell."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what.en)
        self.problem = problem


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


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as a report holds it: JPEG, its width and height in millimetres."""

    jpeg: bytes
    width: float
    height: float


def load_photo(path: Path, width: float, height: float) -> Photo:
    """Read a picture and make it fit.

    Raises:
        PictureError: ``picture-unreadable`` or ``picture-too-large``; nothing is unpacked then.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise PictureError(_unreadable(path)) from error
    if state.st_size > FILE_AT_MOST:
        raise PictureError(_too_large(path))
    return _loaded(path, state.st_mtime_ns, width, height)


@lru_cache(maxsize=32)
def _loaded(path: Path, _: int, width: float, height: float) -> Photo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as image:
                if image.width * image.height > PIXELS_AT_MOST:
                    raise PictureError(_too_large(path))
                return _fitted(image, width, height)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_too_large(path)) from error
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, MemoryError) as error:
        # SyntaxError is what Pillow says of broken PNG files
        raise PictureError(_unreadable(path)) from error


def _fitted(image: Image.Image, width: float, height: float) -> Photo:
    most = round(max(width, height) * _DOTS_A_MM)
    image.draft("RGB", (most, most))  # a JPEG is unpacked no larger than needed
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((round(width * _DOTS_A_MM), round(height * _DOTS_A_MM)))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright, mask=upright.getchannel("A"))
    else:
        flat = upright.convert("RGB")
    written = BytesIO()
    plain = Image.new("RGB", flat.size)  # a new picture knows nothing of place, time and phone
    plain.paste(flat)
    plain.save(written, "JPEG", quality=_QUALITY)
    scale = min(width / plain.width, height / plain.height)
    return Photo(written.getvalue(), plain.width * scale, plain.height * scale)


def picture_drawing(photo: Photo, alt: str, relation: str, identity: int) -> str:
    """Write what hangs a photo into a run.

    Args:
        relation: by which the document knows the picture.
        identity: number of the drawing, once in a document.
    """
    width, height = round(photo.width * _EMU_A_MM), round(photo.height * _EMU_A_MM)
    drawing_ml = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:drawing><wp:inline xmlns:wp="{drawing_ml}/wordprocessingDrawing" distT="0" distB="0" '
        f'distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{identity}" '
        f'name="{relation}" descr={attribute(alt)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{drawing_ml}/main"><a:graphicData uri="{drawing_ml}/picture">'
        f'<pic:pic xmlns:pic="{drawing_ml}/picture"><pic:nvPicPr><pic:cNvPr id="{identity}" '
        f'name="{relation}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _unreadable(path: Path) -> Problem:
    return Problem(
        "picture-unreadable",
        Text(vi="không mở được hình này", en="this picture cannot be opened"),
        Text(
            vi="hãy gửi lại hình dạng JPEG hoặc PNG; báo cáo để một dòng ghi chú vào chỗ của hình",
            en="send it again as JPEG or PNG; the report has a note in its place",
        ),
        Place(file=path.name),
        "warning",
    )


def _too_large(path: Path) -> Problem:
    megabytes, pixels = FILE_AT_MOST // 1_000_000, PIXELS_AT_MOST // 1_000_000
    return Problem(
        "picture-too-large",
        Text(vi="hình này quá lớn", en="this picture is too large"),
        Text(
            vi=f"hãy dùng hình dưới {megabytes} MB và {pixels} triệu điểm ảnh; báo cáo để một dòng "
            "ghi chú vào chỗ của hình",
            en=f"use one below {megabytes} MB and {pixels} million pixels; the report has a note "
            "in its place",
        ),
        Place(file=path.name),
        "warning",
    )
