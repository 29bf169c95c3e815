"""Communes of today for the register files, and what old codes and names became."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import duckdb
import pyarrow as pa

from connectors.reconcile.handed import hand_over
from programme.area_kinds import load_area_kinds
from programme.areas import Areas, load_areas
from programme.crosswalk import Crosswalk, load_crosswalk
from programme.folder import Folder
from programme.points import point_of
from programme.problem import ProblemError
from programme.text import fold

_TEXT = pa.string()
_COMMUNE = pa.schema(
    [("commune_code", _TEXT), ("province_code", _TEXT), ("name", _TEXT), ("kind", _TEXT),
     ("area_kinds", pa.list_(_TEXT)), ("latitude", pa.float64()), ("longitude", pa.float64())]
)  # fmt: skip
_NAME = pa.schema(
    [("area_code", _TEXT), ("name", _TEXT), ("valid_from", pa.date32()),
     ("valid_until", pa.date32())]
)  # fmt: skip
_SAID = pa.schema([("province", _TEXT), ("commune", _TEXT), ("candidates", pa.list_(_TEXT))])


@dataclass(frozen=True)
class Places:
    """Finds the communes of today that a submission may mean.

    Args:
        areas: today's provinces and communes.
    """

    areas: Areas

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """The communes before 1 July 2025; read only where somebody names one."""
        return load_crosswalk()

    def candidates(self, province: str | None, commune: str) -> tuple[str, ...]:
        """Give the codes of today's communes that a code or a name may mean; () for none known.

        A code that exists today means what it means today, though it had another meaning before.

        Args:
            province: code of today's province, for names.
            commune: a code, a name, or commune, district and province before July 2025 with
                commas between.
        """
        if commune in self.areas.communes:
            return (commune,)
        parts = [part.strip() for part in commune.split(",")]
        try:
            if commune.strip().isdigit():
                return self.crosswalk.by_code(commune).new_codes
            if len(parts) == 3:  # noqa: PLR2004 - commune, district, province
                return self.crosswalk.new_communes(parts[2], parts[1], parts[0])
        except ProblemError:
            return ()
        return self._named(province, commune)

    def _named(self, province: str | None, commune: str) -> tuple[str, ...]:
        if province is None or province not in self.areas.provinces:
            return ()
        wanted = fold(commune)
        known = self.areas.communes_of(province)
        whole = tuple(each.code for each in known if fold(each.label) == wanted)
        return whole or tuple(each.code for each in known if fold(each.name) == wanted)


def show_places(
    connection: duckdb.DuckDBPyConnection,
    folder: Folder,
    as_of: date,
    said: Sequence[tuple[str, str, str]],
) -> None:
    """Make the tables ``area``, ``name_of_area`` and ``place_said`` for the register files.

    ``place_said`` has the places that are no commune of today, and what they may mean.

    Args:
        as_of: names and kinds of areas are those of this day.
        said: form table, question of the province, question of the commune.
    """
    areas = load_areas(folder.xlsforms)
    places = Places(areas)
    hand_over(connection, "area", _COMMUNE, _communes(folder, areas, as_of))
    hand_over(connection, "name_of_area", _NAME, _names(areas))
    union = " UNION ".join(
        f"SELECT {province}, {commune} FROM {table} WHERE {commune} NOT IN "  # noqa: S608 ours
        "(SELECT commune_code FROM area)"
        for table, province, commune in said
    )
    pairs = connection.execute(union).fetchall()
    rows = [(*pair, list(places.candidates(*pair))) for pair in sorted(pairs, key=str)]
    hand_over(connection, "place_said", _SAID, rows)


def _communes(folder: Folder, areas: Areas, on: date) -> Iterator[tuple[object, ...]]:
    own = folder.area_kinds
    kinds = load_area_kinds(areas, own if own.is_file() else None)
    for code, area in areas.on(on).communes.items():
        kind, point = kinds.of(code, on), point_of(code)
        yield (
            code, area.province, area.label, area.kind, list(kind.kinds) if kind else None,
            point.latitude if point else None, point.longitude if point else None,
        )  # fmt: skip


def _names(areas: Areas) -> Iterator[tuple[object, ...]]:
    for area in areas:
        since = None
        for name in areas.earlier.get(area.code, ()):
            yield area.code, name.label, name.valid_from, name.valid_until
            since = name.valid_until
        yield area.code, area.label, since, None
