"""The registers are what plain pandas makes of the forms, and pandas notices when they are not."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.store.tables import TableSet, open_tables
from tests.world.ground import reconciled
from tests.world.recompute import differences, recompute
from tests.world.scale import Scale, world_patterns

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[TableSet, list[str]]:
    """Seven clubs over half a year, and their codes."""
    seven = Scale(7, world_patterns(clubs=3, months=6))
    folder = reconciled(tmp_path_factory.mktemp("world") / "programme", seven.records(), AS_OF)
    return open_tables(folder, identified=True), [club.code for club in seven.members]


def test_the_registers_are_what_pandas_makes_of_the_forms(
    world: tuple[TableSet, list[str]],
) -> None:
    tables, codes = world
    assert differences(tables, codes) == {}
    assert all(recompute(tables, codes).values())


@pytest.mark.parametrize(
    ("register", "column"),
    [("club_month", "reports"), ("loan", "outstanding"), ("member", "joined_on"),
     ("club", "founded_on"), ("training_club", "kind")],
)  # fmt: skip
def test_one_wrong_value_is_noticed(
    world: tuple[TableSet, list[str]], register: str, column: str
) -> None:
    tables, codes = world
    path = Path(tables.path(register))
    right = pq.read_table(path)
    values = right.column(column).to_pylist()
    values[0] = {int: 77, str: "x", date: date(1999, 1, 1)}[type(values[0])]
    wrong = pa.array(values, right.schema.field(column).type)
    number = right.column_names.index(column)
    pq.write_table(right.set_column(number, right.schema.field(column), wrong), path)
    try:
        assert list(differences(tables, codes)) == [register]
    finally:
        pq.write_table(right, path)
