"""What a soak stands on: how much of everything, the form, the programme's folder."""

from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from programme.folder import Folder
from programme.settings import Settings, load

TOKEN = "50ac50ac50ac50ac"
FORM = "meeting"
QUESTIONS = [
    ("text", "club", "Câu lạc bộ"),
    ("integer", "present", "Số người dự"),
    ("text", "note", "Ghi chú"),
    ("image", "photo", "Ảnh"),
    ("begin_repeat", "visitor", "Khách"),
    ("date", "day", "Ngày"),
    ("decimal", "gift", "Quà"),
    ("end_repeat", "", ""),
]


@dataclass(frozen=True)
class Scale:
    """How much of everything.

    Args:
        submissions: before the first night.
        page: rows in a page, so small that every kind of fault really occurs.
        share: of the requests that are spoiled.
        wait: seconds that the client waits; a stalled answer takes half as long again.
        nights: pulled while submissions arrive, change and go.
        changes: what happens in such a night.
        kills: moments at which a pull is killed.
        followed: pulls after the first one follow the server's history.
        older: the server is a KoBoToolbox 2.026.03.
    """

    submissions: int
    page: int
    share: float
    wait: float
    nights: int
    changes: int
    kills: int
    followed: bool = False
    older: bool = False


SMALL = Scale(submissions=300, page=15, share=0.2, wait=0.4, nights=2, changes=40, kills=10)
FULL = Scale(submissions=10_000, page=250, share=0.06, wait=1.5, nights=3, changes=400, kills=100)


def write_workbook(path: Path) -> None:
    """Write the form."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(["type", "name", "label::Tiếng Việt (vi)", "class"])
    for kind, name, label in QUESTIONS:
        sheet.append([kind, name, label, "plain" if name and "begin" not in kind else None])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append(["Họp câu lạc bộ", FORM, "1", "Tiếng Việt (vi)"])
    book.save(path)


def found(root: Path, url: str, scale: Scale) -> tuple[Folder, Settings]:
    """Make a programme folder whose form lives on a server."""
    folder = Folder(root)
    folder.xlsforms.mkdir(parents=True)
    write_workbook(folder.xlsforms / f"{FORM}.xlsx")
    folder.settings.write_text(
        f'[programme]\nname = "Thử"\n\n[servers.kobo]\nurl = "{url}"\n'
        f'token_env = "ISHC_TOKEN"\n\n[forms.{FORM}]\nserver = "kobo"\n\n'
        f"[pull]\nproven_up_to = {0 if scale.followed else 1_000_000}\n",
        encoding="utf-8",
    )
    return folder, load(folder)
