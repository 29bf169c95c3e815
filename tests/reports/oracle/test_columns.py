"""The sheets of the workbook that name columns and choices name all that the forms give."""

from pathlib import Path

import openpyxl
import pytest

from programme.folder import Folder, shipped
from reports.indicators.checking import columns_of
from reports.indicators.views import TABLES
from tests.reports.oracle.conftest import Ground
from tests.reports.oracle.drawn import write
from tests.reports.oracle.test_oracle import Registers

# of the phone and the server, of consent, and the words of findings: nothing to count by
OURS = frozenset(
    "start end today list_date club_shown last_month previous_month confirmed consent_version "
    "consent_on visit_point_latitude visit_point_longitude visit_point_altitude "
    "visit_point_accuracy finding_id message_vi message_en do_vi do_en answer answered_by".split()
)
KINDS = {"VARCHAR": "text", "DATE": "date", "BOOLEAN": "yes, no", "VARCHAR[]": "list"}


@pytest.fixture(scope="module")
def named() -> dict[str, dict[str, str]]:
    """Give table → column → kind, as the sheet ``columns`` has them."""
    found: dict[str, dict[str, str]] = {}
    sheet = openpyxl.load_workbook(Folder(shipped()).indicators)["columns"]
    for table, column, kind, *_ in sheet.iter_rows(min_row=2, values_only=True):
        if table:
            found.setdefault(str(table), {})[str(column)] = str(kind).partition(" / ")[2]
    return found


def test_the_sheet_names_every_column_with_its_kind(
    named: dict[str, dict[str, str]], ground: Ground, tmp_path: Path
) -> None:
    registers = ground.shapes.registers
    write({name: [] for name in registers}, registers, tmp_path)
    answers = registers["club_month"].names
    real = columns_of(Registers(tmp_path), ground.definitions, TABLES, answers)
    wanted = {
        (table, column): KINDS.get(kind, "number")
        for table, columns in real.items()
        for column, kind in columns.items()
        if column not in OURS and not column.startswith("_")
    }
    there = {(table, each): kind for table, some in named.items() for each, kind in some.items()}
    assert there == wanted


def test_a_breakdown_names_every_choice_of_its_question(ground: Ground) -> None:
    for breakdown in ground.definitions.breakdowns.values():
        choices = ground.shapes.choices.get(breakdown.expression, ())
        assert [each for each in choices if each not in breakdown.categories] == []
    assert {"livestock", "other"} <= ground.definitions.breakdowns["purpose"].categories.keys()
