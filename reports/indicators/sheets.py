"""Rows of a workbook with their sheet and row number; bad cells become problems, all at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl

from programme import text
from programme.problem import Place, Problem, ProblemError, Text

_NO = Text(vi="", en="")
# words that people may add to, by the column that uses them
_MORE = {
    "unit": Text(
        vi="; muốn thêm đơn vị tính, ghi vào trang units", en="; a new unit is a row of sheet units"
    ),
    "group": Text(
        vi="; muốn thêm nhóm bảng, ghi vào trang groups",
        en="; a new group is a row of sheet groups",
    ),
}


@dataclass(slots=True)
class SheetRow:
    """One row of a sheet; every reader of a cell tells a problem instead of failing."""

    file: str
    sheet: str
    number: int
    cells: Mapping[str, Any]
    problems: list[Problem] = field(repr=False)
    seen: dict[tuple[str, str, str], int] = field(repr=False)

    def place(self, column: str | None = None) -> Place:
        """Where this row, or one cell of it, is."""
        return Place(file=self.file, sheet=self.sheet, row=self.number, column=column)

    def problem(self, code: str, what: Text, do: Text, column: str | None = None) -> None:
        """Note a problem of this row."""
        self.problems.append(Problem(code, what, do, self.place(column)))

    def text(self, column: str, *, required: bool = False) -> str:
        """Give a cell as text without surrounding blanks."""
        value = self.cells.get(column)
        found = "" if value is None else str(value).strip()
        # a column that is missing is told once, not in every row
        if required and not found and column in self.cells:
            self.problem(
                "workbook-cell-empty",
                Text(vi=f"ô «{column}» trống", en=f"the cell “{column}” is empty"),
                Text(vi="hãy điền ô này", en="fill this cell"),
                column,
            )
        return found

    def once(self, column: str, word: str) -> None:
        """Tell a problem when a word stood in this column of this sheet before."""
        before = self.seen.setdefault((self.sheet, column, word), self.number)
        if word and before != self.number:
            self.problem(
                "workbook-cell-repeated",
                Text(
                    vi=f"«{word}» đã có ở dòng {before}", en=f"“{word}” stands in row {before} too"
                ),
                Text(
                    vi="hãy đổi một trong hai; nếu cùng một mục tiêu, ghi tên ở cột line",
                    en="change one of them; rows of one target differ by their name in column line",
                ),
                column,
            )

    def both(self, stem: str, *, required: bool = False) -> Text:
        """Give the pair of columns ``stem_vi`` and ``stem_en``."""
        return Text(
            vi=self.text(f"{stem}_vi", required=required),
            en=self.text(f"{stem}_en", required=required),
        )

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """Give a cell that must hold one of some words."""
        found = self.text(column, required=True)
        if found and found not in allowed:
            near = nearest(found, allowed)
            self.problem(
                "workbook-cell-unknown",
                Text(
                    vi=f"không có giá trị «{found}»{near.vi}",
                    en=f"there is no value “{found}”{near.en}",
                ),
                Text(
                    vi="các giá trị có thể dùng: " + ", ".join(allowed) + _MORE.get(column, _NO).vi,
                    en="values to use here: " + ", ".join(allowed) + _MORE.get(column, _NO).en,
                ),
                column,
            )
        return found

    def area_in(self, column: str, areas: Collection[str] | None) -> str:
        """Give a cell as the code of an area; None: it is not known which there are."""
        code = self.text(column, required=True)
        return self.known_area(column, code, areas) if code else code

    def known_area(self, column: str, code: str, areas: Collection[str] | None) -> str:
        """Give a code back, after telling a problem where no area has it."""
        if areas is not None and code not in areas:
            # Excel takes the zeros in front away from codes that are not text
            padded = [each for each in areas if each.lstrip("0") == code]
            near = text.did_you_mean(padded[0]) if padded else nearest(code, sorted(areas))
            self.problem(
                "area-unknown",
                Text(vi=f"không có địa bàn «{code}»{near.vi}", en=f"no area “{code}”{near.en}"),
                Text(
                    vi="hãy ghi VN, mã tỉnh 2 số hoặc mã xã 5 số, ô dạng chữ (Text)",
                    en="write VN, 2 digits of a province or 5 of a commune, in a cell of text",
                ),
                column,
            )
        return code

    def number_in(self, column: str) -> float | None:
        """Give a cell as a number, None when it is empty."""
        value = self.cells.get(column)
        if value is None or str(value).strip() == "":
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            self._wrong_type(column, value, Text(vi="một số", en="a number"))
            return None

    def date_in(self, column: str) -> date:
        """Give a cell as a date: an Excel date, or text as 2026-10-31."""
        value = self.cells.get(column)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if column not in self.cells:
            return date.min
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self._wrong_type(
                column, value, Text(vi="ngày dạng 2026-10-31", en="a date, 2026-10-31")
            )
            return date.min

    def _wrong_type(self, column: str, value: object, wanted: Text) -> None:
        self.problem(
            "workbook-cell-type",
            Text(
                vi=f"«{value}» ở cột «{column}» không đúng kiểu",
                en=f"“{value}” in column “{column}” has the wrong type",
            ),
            Text(vi=f"hãy ghi {wanted.vi}", en=f"write {wanted.en}"),
            column,
        )


def nearest(word: str, words: Iterable[str]) -> Text:
    """Ask whether the nearest right word was meant."""
    return text.did_you_mean(text.nearest(word, words))


class Sheets:
    """A workbook whose sheets are read by their headings, one problem list for all."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, str, str], int] = {}
        try:
            self._sheets = _values(path.read_bytes())
        except (OSError, BadZipFile, KeyError, ValueError) as error:
            raise ProblemError(_unreadable(path)) from error

    def rows(self, sheet: str, columns: Sequence[str]) -> Iterator[SheetRow]:
        """Give the rows of a sheet that are not empty.

        Args:
            sheet: name of the sheet.
            columns: headings it must have, in any order; further ones are notes of the author.
        """
        if sheet not in self._sheets:
            near = nearest(sheet, self._sheets)
            self._sheet_problem(
                sheet,
                Text(vi=f"không có trang tính này{near.vi}", en=f"there is no such sheet{near.en}"),
            )
            return
        lines = iter(self._sheets[sheet])
        # a column is known by the first word of its heading: “numerator · Tử số”
        heads = [(str(cell or "").split() or [""])[0] for cell in next(lines, ())]
        self._check_heads(sheet, heads, columns)
        for number, line in enumerate(lines, start=2):
            cells = {head: cell for head, cell in zip(heads, line, strict=False) if head}
            if any(cell not in (None, "") for cell in cells.values()):
                yield SheetRow(self.file, sheet, number, cells, self.problems, self._seen)

    def _check_heads(self, sheet: str, heads: Sequence[str], columns: Sequence[str]) -> None:
        for column in columns:
            if column not in heads:
                spare = [head for head in heads if head and head not in columns]
                near = nearest(column, spare)
                self._sheet_problem(
                    sheet,
                    Text(
                        vi=f"thiếu cột «{column}»{near.vi}",
                        en=f"the column “{column}” is missing{near.en}",
                    ),
                )

    def _sheet_problem(self, sheet: str, what: Text) -> None:
        self.problems.append(
            Problem(
                "workbook-sheet",
                what,
                Text(
                    vi="hãy giữ nguyên tên trang tính và tên cột ở dòng 1",
                    en="keep the names of the sheets, and of the columns in row 1",
                ),
                Place(file=self.file, sheet=sheet, row=1),
            )
        )

    def finish(self) -> None:
        """Raise every problem found so far, if there is one."""
        if self.problems:
            raise ProblemError(self.problems)


@lru_cache(maxsize=4)  # a night's commands and a batch's reports read the same workbook
def _values(content: bytes) -> Mapping[str, Sequence[Sequence[Any]]]:
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {each.title: tuple(each.iter_rows(values_only=True)) for each in book.worksheets}


def _unreadable(path: Path) -> Problem:
    missing = not path.is_file()
    return Problem(
        "workbook-missing" if missing else "workbook-unreadable",
        Text(vi="không có tệp này", en="there is no such file")
        if missing
        else Text(vi="không đọc được tệp này", en="this file cannot be read"),
        Text(
            vi="hãy lấy lại tệp từ chương trình mẫu («ishc init») hoặc lưu lại dạng .xlsx",
            en="take the file from the sample programme (“ishc init”), or save it as .xlsx again",
        ),
        Place(file=path.name),
    )
