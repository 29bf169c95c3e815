"""Lists beside a form (CSV): how JavaRosa and Collect read them, and what they cannot read."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from programme.problem import Place, Problem, Text

_SAVE_AGAIN = Text(
    vi="hãy lưu lại bằng Excel: Save As → CSV UTF-8",
    en="save it again in Excel: Save As → CSV UTF-8",
)
_WITH_COMMAS = Text(
    vi="trong Windows: Region → Additional settings → List separator, ghi dấu phẩy; rồi lưu lại "
    "bằng Excel: Save As → CSV UTF-8 (Comma delimited)",
    en="in Windows: Region → Additional settings → List separator, write a comma; then save it "
    "again in Excel: Save As → CSV UTF-8 (Comma delimited)",
)
_SIGNS = {
    ";": Text(vi="dấu chấm phẩy", en="semicolons"),
    "\t": Text(vi="dấu tab", en="tabs"),
}


def list_rows(path: Path) -> Iterator[list[str]]:
    """Read a list row by row, the header first; ``;`` separates when the header has one."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        header = file.readline()
        file.seek(0)
        yield from csv.reader(file, delimiter=";" if ";" in header else ",")


def numbered_rows(path: Path) -> Sequence[tuple[int, Mapping[str, str]]]:
    """Read a list's rows below the header, each with its number as Excel shows it."""
    now = path.stat()  # a list that several forms use is read once, until it changes
    return _numbered_rows(path, (now.st_ino, now.st_mtime_ns, now.st_size))


@lru_cache(maxsize=8)
def _numbered_rows(
    path: Path, _state: tuple[int, int, int]
) -> Sequence[tuple[int, Mapping[str, str]]]:
    rows = list_rows(path)
    header = next(rows, [])
    return tuple(
        (number, {name: cell.strip() for name, cell in zip(header, cells, strict=False)})
        for number, cells in enumerate(rows, start=2)
        if any(cells)
    )


def list_columns(path: Path) -> tuple[str, ...]:
    """Read the header of a list, empty when it has none."""
    return tuple(next(list_rows(path), ()))


def list_problems(path: Path) -> Iterator[Problem]:
    """Say what would keep a phone from reading a list."""
    place = Place(file=path.name)
    try:
        path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield Problem(
            "list-not-utf8",
            Text(
                vi="danh sách không phải bảng mã UTF-8, chữ tiếng Việt sẽ hỏng",
                en="the list is not UTF-8, Vietnamese letters would be lost",
            ),
            _SAVE_AGAIN,
            place,
        )
        return
    if sign := _separator(path):
        yield Problem(
            "list-separator",
            Text(
                vi=f"các cột cách nhau bằng {sign.vi}; pulldata trên điện thoại chỉ đọc dấu phẩy",
                en=f"{sign.en} stand between the columns; pulldata on phones reads commas only",
            ),
            _WITH_COMMAS,
            replace(place, row=1),
        )
        return
    columns = list_columns(path)
    if not any(columns):
        yield Problem(
            "list-empty",
            Text(vi="danh sách không có dòng tiêu đề", en="the list has no header row"),
            Text(
                vi="dòng đầu phải có tên cột, ít nhất: name,label",
                en="the first row holds the names of the columns, at least: name,label",
            ),
            place,
        )
    for column in sorted({each for each in columns if each and columns.count(each) > 1}):
        yield Problem(
            "list-column-twice",
            Text(vi=f"hai cột cùng tên «{column}»", en=f"two columns are named “{column}”"),
            Text(vi="hãy đổi tên hoặc xoá một cột", en="rename or delete one of them"),
            place,
        )


def _separator(path: Path) -> Text | None:
    """Name the sign between the columns, where it is none that every phone reads."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
    return next((words for sign, words in _SIGNS.items() if sign in header), None)
