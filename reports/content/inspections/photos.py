"""Photos of a visit: only those with a recorded consent to stand in a report.

The form asks that only people who agreed are photographed; to be printed is another purpose. The
consent to that is the answer to a question ``…_consent`` beside the photo's, where a programme's
form has one, or a line of ``data/photo_consent.csv``. Without either a photo is counted, not shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.lists import read_list
from programme.problem import Language, Text
from programme.text import fold
from programme.word.pictures import PictureContent
from reports.render import Block

LIST = "photo_consent.csv"
PHOTOS = ("evidence_photo",)
MINUTES = "minutes_photo"
_COLUMNS = ("club", "visit_date", "photo", "consent")
_AGREED = {"yes", "co", "dong y"}
_CAPTION = Text(
    vi="Ảnh minh chứng (người trong ảnh đồng ý cho sử dụng trong báo cáo)",
    en="Evidence (those in the picture agreed to its use in reports)",
)
_ALT = Text(vi="Ảnh do đoàn kiểm tra chụp tại câu lạc bộ", en="Photo taken at the club by the team")
_NONE = Text(vi="Lần kiểm tra này không có ảnh minh chứng.", en="No photo was taken at this visit.")
_HELD_BACK = Text(
    vi="Có {count} ảnh minh chứng không in vào báo cáo: chưa ghi nhận sự đồng ý của người trong "
    "ảnh cho việc sử dụng ảnh.",
    en="{count} photo(s) of evidence are not printed: no consent of those in the picture to its "
    "use is recorded.",
)
_AWAY = Text(
    vi="Có {count} ảnh được đồng ý cho sử dụng nhưng tệp ảnh chưa lấy về từ máy chủ.",
    en="{count} photo(s) may be used, but their files have not been fetched from the server.",
)
_SIGNED = Text(
    vi="Ảnh biên bản có chữ ký hai bên được lưu cùng phiếu, không in vào báo cáo.",
    en="The photo of the minutes that both sides signed is kept with the form and not printed.",
)
_PUBLIC = Text(vi="Bản công khai không in ảnh.", en="The public version shows no photos.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo of a visit.

    Args:
        question: that asked for it.
        name: of the file, as the phone called it.
        agreed: consent to print it is recorded.
    """

    question: str
    name: str
    agreed: bool


def photo_blocks(
    folder: Folder, visit: Mapping[str, Any], language: Language, *, public: bool
) -> list[Block]:
    """Show the photos that may be shown, and say which are not.

    Args:
        visit: row of the form's table, with names of files.
        public: the version for everybody has none.
    """
    taken = list(photos_taken(folder, visit))
    blocks: list[Block] = []
    away = 0
    if public and taken:
        return [_PUBLIC.in_(language)]
    for photo in taken:
        path = _file(folder, visit, photo.name) if photo.agreed else None
        away += photo.agreed and path is None
        if path is not None:
            blocks.append(PictureContent(path, _CAPTION.in_(language), _ALT.in_(language), 120, 85))
    held = sum(not photo.agreed for photo in taken)
    for text, count in ((_HELD_BACK, held), (_AWAY, away)):
        if count:
            blocks.append(text.in_(language).format(count=count))
    if not taken:
        blocks.append(_NONE.in_(language))
    if visit.get(MINUTES):
        blocks.append(_SIGNED.in_(language))
    return blocks


def photos_taken(folder: Folder, visit: Mapping[str, Any]) -> Iterator[Taken]:
    """Give the photos of a visit and whether each may be printed."""
    said = _said(folder.data / LIST)
    for question in PHOTOS:
        if name := visit.get(question):
            own = visit.get(f"{question}_consent")
            key = (str(visit.get("club")), str(visit.get("visit_date")), question)
            yield Taken(question, str(name), own == "yes" if own else said.get(key, False))


def _said(path: Path) -> dict[tuple[str, str, str], bool]:
    if not path.is_file():
        return {}
    return {
        (row["club"], row["visit_date"], row["photo"]): fold(row["consent"]) in _AGREED
        for row in read_list(path, _COLUMNS)
    }


def _file(folder: Folder, visit: Mapping[str, Any], name: str) -> Path | None:
    if not folder.store.is_file():
        return None
    with RawStore.read(folder.store) as store:
        rows = store.connection.execute(
            "SELECT file FROM attachment WHERE source = ? AND form = ? AND id = ? AND name = ?"
            " AND file IS NOT NULL AND deleted IS NULL",
            (visit["_source"], "inspection_checklist", visit["_id"], name),
        ).fetchall()
    path = folder.attachments / str(rows[0][0]) if rows else None
    return path if path is not None and path.is_file() else None
