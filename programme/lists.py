"""Lists that people keep as CSV: read with row numbers, and with problems for what Excel does."""

import csv
import io
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from programme.problem import Place, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest, tidy

_SAVE_AS = Text(
    vi="trong Excel, lưu lại dạng «CSV UTF-8 (phân cách bằng dấu phẩy)»",
    en="in Excel, save it as “CSV UTF-8 (Comma delimited)”",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list.

    Args:
        number: its line in the file, as an editor counts; the header is 1.
        values: column → text, tidied.
    """

    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


def read_list(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """Read a list; empty lines are left out, columns beyond the named ones are kept.

    Args:
        path: the CSV file, UTF-8, comma-separated; compressed if its name ends in ``.xz``.
        columns: columns it must have.

    Raises:
        ProblemError: ``list-missing``, ``list-unreadable``, ``list-separator``,
            ``list-column-missing``, ``list-cells``; all problems of the file at once.
    """
    lines = _lines(path, _text(path))
    header = [tidy(cell) for cell in lines[0][1]] if lines else []
    problems = [_column_missing(path, column, header) for column in columns if column not in header]
    if problems:
        raise ProblemError(_separator(path, lines, columns) or problems)
    rows = [(number, cells) for number, cells in lines[1:] if any(cell.strip() for cell in cells)]
    problems = [
        _cells(path, number, len(cells), len(header))
        for number, cells in rows
        if len(cells) != len(header)
    ]
    if problems:
        raise ProblemError(problems)
    # long lists say the same province thousands of times
    tidied = {cell: tidy(cell) for cell in {cell for _, cells in rows for cell in cells}}
    return tuple(
        Row(number, dict(zip(header, map(tidied.__getitem__, cells), strict=True)))
        for number, cells in rows
    )


def _text(path: Path) -> str:
    try:
        stored = path.read_bytes()
        plain = lzma.decompress(stored) if path.suffix == ".xz" else stored
        return plain.decode("utf-8-sig")
    except (UnicodeDecodeError, lzma.LZMAError) as error:
        raise ProblemError(_unreadable(path)) from error
    except OSError as error:
        raise ProblemError(_missing(path)) from error


def _lines(path: Path, text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise ProblemError(_quotes(path, start)) from error
    return lines


def _missing(path: Path) -> Problem:
    return Problem(
        "list-missing",
        Text(vi="không đọc được danh sách này", en="this list is missing or cannot be opened"),
        Text(
            vi="hãy đặt tệp vào đúng chỗ; bản mẫu có trong «ishc demo»",
            en="put the file in its place; “ishc demo” makes a sample of it",
        ),
        Place(file=str(path)),
    )


def _unreadable(path: Path) -> Problem:
    return Problem(
        "list-unreadable",
        Text(vi="tệp không dùng bảng mã UTF-8", en="the file is not in UTF-8"),
        _SAVE_AS,
        Place(file=path.name),
    )


def _quotes(path: Path, row: int) -> Problem:
    return Problem(
        "list-unreadable",
        Text(
            vi="dấu nháy kép mở ra mà không đóng lại",
            en="a quotation mark is opened and never closed",
        ),
        Text(vi="hãy sửa dòng này", en="mend this row"),
        Place(file=path.name, row=row),
    )


def _separator(
    path: Path, lines: list[tuple[int, list[str]]], columns: Sequence[str]
) -> Problem | None:
    header = lines[0][1] if lines else []
    for sign in (";", "\t"):
        if len(header) == 1 and set(columns) <= {cell.strip() for cell in header[0].split(sign)}:
            return Problem(
                "list-separator",
                Text(
                    vi="các cột không được phân cách bằng dấu phẩy",
                    en="the columns are not separated by commas",
                ),
                _SAVE_AS,
                Place(file=path.name, row=1),
            )
    return None


def _column_missing(path: Path, column: str, header: list[str]) -> Problem:
    near = nearest(column, [cell for cell in header if cell])
    hint = did_you_mean(near)
    return Problem(
        "list-column-missing",
        Text(vi=f"thiếu cột «{column}»{hint.vi}", en=f"column “{column}” is missing{hint.en}"),
        Text(
            vi=f"hãy đặt tên cột ở dòng 1 là {column}",
            en=f"name the column {column} in row 1",
        ),
        Place(file=path.name, row=1, column=column),
    )


def _cells(path: Path, row: int, found: int, wanted: int) -> Problem:
    return Problem(
        "list-cells",
        Text(
            vi=f"dòng này có {found} ô, dòng tiêu đề có {wanted}",
            en=f"this row has {found} cells, the header has {wanted}",
        ),
        Text(
            vi='ô có dấu phẩy phải đặt trong dấu nháy kép: "…, …"',
            en='put a cell that holds a comma into quotation marks: "…, …"',
        ),
        Place(file=path.name, row=row),
    )
