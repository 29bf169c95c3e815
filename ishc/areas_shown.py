"""How many communes with clubs nobody has said the kind of: mountain, border, island and so on."""

from dataclasses import dataclass

import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.tables import open_tables
from programme.areas import load_areas
from programme.folder import Folder
from programme.numbers import counted, number
from programme.problem import ProblemError, Text
from reports.indicators import load_definitions
from reports.indicators.area_facts import with_area_facts


@dataclass(frozen=True, slots=True)
class Classified:
    """What is known of the communes that have clubs.

    Args:
        communes: how many have clubs.
        without: codes of those of which no table says what kind of area they are.
    """

    communes: int
    without: tuple[str, ...]


def classified(folder: Folder) -> Classified | None:
    """Count the communes of the registers; None where a table has a mistake, which reports tell."""
    tables = open_tables(folder)
    if "club" not in tables.names:
        return None
    column = pq.read_table(tables.path("club"), columns=["commune_code"])["commune_code"]
    communes = sorted(pc.unique(column.drop_null()).to_pylist())
    try:
        areas = load_areas(folder.xlsforms)
        definitions = load_definitions(folder.indicators)
        known = with_area_facts(definitions, folder, areas, tables.as_of)
    except ProblemError:
        return None
    kinds = {fact.area_code for fact in known.area_facts if fact.kinds}
    return Classified(len(communes), tuple(code for code in communes if code not in kinds))


def classified_line(found: Classified, folder: Folder) -> Text | None:
    """Say how many have no kind and where the official table goes; None where none lacks it."""
    if not found.without:
        return None
    table = folder.area_kinds.relative_to(folder.root).as_posix()
    lacking, all_ = len(found.without), found.communes
    return Text(
        vi=f"{number(lacking, 'vi')} trên {number(all_, 'vi')} xã, phường có câu lạc bộ chưa phân "
        f"loại địa bàn (miền núi, biên giới…); hãy ghi bảng chính thức vào {table}",
        en=f"{number(lacking, 'en')} of {counted(all_, 'commune', 'communes')} with clubs have no "
        f"kind of area (mountain, border …); put the official table in {table}",
    )
