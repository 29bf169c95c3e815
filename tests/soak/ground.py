"""What a soak stands on: how much of everything, the form, the programme's folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook

from connectors.servers import central, kobo
from programme.folder import Folder
from programme.settings import Settings, load

SECRET = "50ac50ac50ac50ac"
FORM = "meeting"
USER = "office@example.org"
CLUBS = "clubs.csv"
QUESTIONS = [
    (f"select_one_from_file {CLUBS}", "club", "Câu lạc bộ"),
    ("integer", "present", "Số người dự"),
    ("text", "note", "Ghi chú"),
    ("image", "photo", "Ảnh"),
    ("begin_repeat", "visitor", "Khách"),
    ("date", "day", "Ngày"),
    ("decimal", "gift", "Quà"),
    ("end_repeat", "", ""),
]
Kind = Literal["kobo", "central"]


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
        kind: of the server.
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
    kind: Kind = "kobo"
    followed: bool = False
    older: bool = False


SMALL = Scale(submissions=300, page=15, share=0.2, wait=0.4, nights=2, changes=40, kills=10)
FULL = Scale(submissions=10_000, page=250, share=0.06, wait=1.5, nights=3, changes=400, kills=100)


def pages_of(rows: int) -> list[tuple[Any, str, int]]:
    """Give what to set, and where, so that pages have so many rows."""
    return [
        (kobo.data, "PAGE", rows),
        (kobo.data, "TOGETHER", max(1, rows // 3)),
        (central.listing, "PAGE", rows),
        (central.fetching, "PAGE", rows),
    ]


def write_workbook(path: Path, version: int = 1) -> None:
    """Write the form; every version has a question more than the one before."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    languages = ["label::Tiếng Việt (vi)", "label::English (en)"]
    sheet.append(["type", "name", *languages, "class"])
    more = [("text", f"more_{number}", f"Thêm {number}") for number in range(2, version + 1)]
    for kind, name, label in (*QUESTIONS, *more):
        of_class = "plain" if name and "begin" not in kind else None
        sheet.append([kind, name, *[label or None] * 2, of_class])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append(["Họp câu lạc bộ", FORM, str(version), "Tiếng Việt (vi)"])
    book.save(path)


def clubs(version: int) -> int:
    """Tell how many clubs the list of a version has: one more each time."""
    return 45 + version


def write_clubs(path: Path, many: int = clubs(1)) -> None:
    """Write the list of clubs."""
    rows = "".join(f"C{number},Câu lạc bộ {number}\n" for number in range(1, many + 1))
    path.write_text(f"name,label\n{rows}", encoding="utf-8")


def found(root: Path, url: str, scale: Scale) -> tuple[Folder, Settings]:
    """Make a programme folder whose form lives on a server."""
    folder = Folder(root)
    folder.xlsforms.mkdir(parents=True)
    write_workbook(folder.xlsforms / f"{FORM}.xlsx")
    write_clubs(folder.xlsforms / CLUBS)
    account = f'kind = "central"\nuser = "{USER}"\n' if scale.kind == "central" else ""
    folder.settings.write_text(
        f'[programme]\nname = "Thử"\n\n[servers.office]\nurl = "{url}"\n{account}'
        f'token_env = "ISHC_TOKEN"\n\n[forms.{FORM}]\nserver = "office"\n\n'
        f"[pull]\nproven_up_to = {0 if scale.followed else 1_000_000}\n",
        encoding="utf-8",
    )
    return folder, load(folder)
