"""An office with the template: filled in as an official would in Excel, imported, looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from connectors.importing.work import ImportResult, import_workbook
from connectors.reconcile.run import reconcile
from connectors.store.tables import open_tables
from programme import settings
from programme.folder import Folder
from programme.problem import ProblemError

AS_OF = date(2026, 11, 20)
Rows = Sequence[Mapping[str, Any]]

CLUB = {"club_no": 1, "province": "Lạng Sơn", "commune": "Xã Chi Lăng",
        "club_name": "CLB LTHTGN thôn Nà Pàn", "founded_on": date(2019, 3, 5)}  # fmt: skip
MEMBER = {"club_no": 1, "member_no": "tv1", "member_name": "Trần Thị Bé", "member_sex": "Nữ",
          "member_birth_year": 1950, "member_household": "Hộ nghèo", "member_needs": "Có",
          "member_consent": "Đã ký giấy đồng ý"}  # fmt: skip
LOAN = {"club_no": 1, "loan_no": "K1", "borrower": "tv1", "purpose": "Chăn nuôi",
        "amount": 5000000, "interest_percent_month": 0.8, "term_months": 12,
        "lent_on": date(2026, 3, 1), "outstanding": 3000000}  # fmt: skip


@dataclass
class Office:
    """Someone with Excel and the programme's folder."""

    folder: Folder
    template: Path
    files: int = field(default=0)
    looked: int = field(default=0)  # files that the registers have seen

    def fill(self, *, source: str = "Hội NCT tỉnh", as_of: str = "31/10/2026",
             **sheets: Rows) -> Path:  # fmt: skip
        """Fill in the template; rows are by name of the column."""
        book = openpyxl.load_workbook(self.template)
        for name, rows in {"about": [{"source": source, "as_of": as_of}], **sheets}.items():
            sheet = book[name]
            columns = {str(cell.value).split("\n")[1]: cell.column for cell in sheet[1]}
            for at, row in enumerate(rows, 2):
                for column, value in row.items():
                    sheet.cell(at, columns[column], value)
        self.files += 1
        path = self.folder.root / f"filled{self.files}.xlsx"
        book.save(path)
        return path

    def give(self, *, replace: bool = False, **sheets: Any) -> ImportResult:
        """Fill in the template and import it."""
        return import_workbook(self.folder, self.fill(**sheets), replace=replace)

    def refused(self, **sheets: Any) -> list[tuple[str, str | None, int | None, str | None]]:
        """Give what is wrong with a workbook: code, sheet, row, column."""
        with pytest.raises(ProblemError) as caught:
            self.give(**sheets)
        return [
            (each.code, each.place.sheet, each.place.row, each.place.column)
            for each in caught.value.problems
        ]

    def register(self, name: str) -> list[dict[str, Any]]:
        """Read a register, after a reconcile if a workbook came since the last one."""
        if self.looked < self.files:
            reconcile(settings.load(self.folder), self.folder, AS_OF)
            self.looked = self.files
        path = open_tables(self.folder, identified=True).path(name)
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
