"""The shapes of the registers, as reconciling writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.reconcile.run import reconcile
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.areas import Areas, load_areas
from programme.folder import Folder, shipped
from reports.indicators import load_definitions
from reports.indicators.definitions import Definitions
from tests.reports.oracle.drawn import COMMUNES
from tests.world.ground import found
from tests.world.records import schemas

FORMS = ("monthly_activity_report", "loan_record", "inspection_checklist", "training_record",
         "club_registration", "member_survey")  # fmt: skip


@dataclass(frozen=True)
class Shapes:
    """Columns of every register, and the words that a column may hold."""

    registers: Mapping[str, pa.Schema]
    choices: Mapping[str, Sequence[str]]


@dataclass(frozen=True, repr=False)
class Ground:
    """What registers are drawn on."""

    shapes: Shapes
    areas: Areas
    definitions: Definitions


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Shapes:
    return empty_registers(tmp_path_factory.mktemp("shapes") / "programme")


def empty_registers(root: Path) -> Shapes:
    """Reconcile a programme without a submission: every register is there, and empty.

    Args:
        root: where; must not exist.
    """
    folder, settings = found(root, FORMS)
    RawStore.open(folder.store).close()
    reconcile(settings, folder, date(2026, 10, 31))
    tables = open_tables(folder, identified=True)
    choices: dict[str, Sequence[str]] = {}
    for schema in schemas(FORMS).values():
        for table in schema.tables:
            for column in table.columns:
                if column.list_name and column.list_name in schema.choices:
                    choices[column.name] = tuple(schema.choices[column.list_name])
    return Shapes({name: pq.read_schema(tables.path(name)) for name in tables.names}, choices)


@pytest.fixture(scope="session")
def ground(shapes: Shapes) -> Ground:
    folder = Folder(shipped())
    areas = load_areas(folder.xlsforms)
    return Ground(shapes, some_of(areas), load_definitions(folder.indicators, areas))


def some_of(areas: Areas) -> Areas:
    """Keep the provinces that clubs may lie in and one more, each with a few communes."""
    here = {code for _, code in COMMUNES}
    kept = dict.fromkeys((*(province for province, _ in COMMUNES), "22"))
    communes = {}
    for province in kept:
        own = areas.communes_of(province)
        communes |= {each.code: each for each in own if each.code in here}
        communes |= {each.code: each for each in own[:2]}
    return Areas({code: areas.provinces[code] for code in kept}, communes)
