"""A finished run with one table that has everything an export must take care of."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.store.runs import begin_run, show_run
from programme.folder import Folder
from programme.problem import Text
from programme.settings import Settings

VISITS = {
    "club_code": pa.array(["06463-01", "06463-02", None]),
    "month": pa.array(["2026-09", "2026-10", "2026-10"]),
    "areas_done": pa.array([["income", "health"], [], None], pa.list_(pa.string())),
    "remark": pa.array(["=1+1", "Họp ở nhà văn hoá", None]),
    "income_closing_cash": pa.array([5_000_000, None, 1_234_567_890], pa.int64()),
    "rate": pa.array([Decimal("0.650000"), None, Decimal("1.000000")], pa.decimal128(18, 6)),
    "visited": pa.array([date(2026, 9, 30), None, date(2026, 10, 31)]),
    "sent": pa.array([datetime(2026, 9, 30, 23, 30), None, None], pa.timestamp("us")),
    "good": pa.array([True, False, None]),
}


@pytest.fixture
def settings() -> Settings:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return Settings(Text("Câu lạc bộ", "Clubs"), "vi", ZoneInfo("Asia/Ho_Chi_Minh"), True)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A programme whose last run has the tables ``visit``, ``empty`` and ``visit_by_club``."""
    programme = Folder(tmp_path)
    make_run(programme, {"visit": pa.table(VISITS), "empty": pa.table(VISITS).slice(0, 0)})
    return programme


def make_run(programme: Folder, tables: dict[str, Any]) -> None:
    pair = begin_run(programme)
    for name, rows in tables.items():
        pq.write_table(rows, pair.tables / f"{name}.parquet")
        pq.write_table(
            rows.append_column("chair_name", pa.array(["Nguyễn Văn A"] * len(rows))),
            pair.identified / f"{name}.parquet",
        )
    show_run(programme, pair, date(2026, 10, 31))
