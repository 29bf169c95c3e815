"""The current rows of what dlt loaded, as Parquet: ``python dlt_rows.py FOLDER OUT HOW``.

Rows of repeats get the submission's ``_id`` and their places, from 0, as ``_row`` and, for
those of the inner repeat, ``_parent_row``.
"""

import sys
from pathlib import Path

import duckdb

CURRENT = {"scd2": "WHERE _dlt_valid_to IS NULL", "incremental": ""}
TABLES = {
    "root": "SELECT * FROM kobo.submissions {where}",
    "member": (
        "SELECT root._id, member._dlt_list_idx AS _row, member.*"
        " FROM kobo.submissions__member AS member"
        " JOIN (SELECT * FROM kobo.submissions {where}) AS root"
        " ON member._dlt_parent_id = root._dlt_id"
    ),
    "loan": (
        "SELECT root._id, member._dlt_list_idx AS _parent_row, loan._dlt_list_idx AS _row, loan.*"
        " FROM kobo.submissions__member__member_loan AS loan"
        " JOIN kobo.submissions__member AS member ON loan._dlt_parent_id = member._dlt_id"
        " JOIN (SELECT * FROM kobo.submissions {where}) AS root"
        " ON member._dlt_parent_id = root._dlt_id"
    ),
}


def main(folder: Path, out: Path, how: str) -> None:
    """Write one file a table."""
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        for name, sql in TABLES.items():
            found = sql.format(where=CURRENT[how])
            connection.execute(f"COPY ({found}) TO '{out / name}.parquet' (FORMAT parquet)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
