"""Which commune of today a row means: by code, by name, or by its names before 1 July 2025."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from connectors.importing import problems
from connectors.importing.read import ImportRow
from programme.area import Area
from programme.area_problems import area_ambiguous, area_unknown
from programme.areas import Areas
from programme.crosswalk import Crosswalk, load_crosswalk
from programme.problem import ProblemError
from programme.text import fold


@dataclass
class Places:
    """Finds communes.

    Args:
        areas: today's provinces and communes.
    """

    areas: Areas

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """The communes before 1 July 2025; read only where a row names a district."""
        return load_crosswalk()

    def commune(self, row: ImportRow) -> Area:
        """Give the commune of a row with ``province``, ``district`` and ``commune``.

        Raises:
            ProblemError: ``area-unknown``, ``area-ambiguous``, ``old-area-…``, ``import-split``.
        """
        if row.get("district"):
            return self._former(row)
        province = self.areas.find(row.get("province"), row.at("province"))
        communes = self.areas.communes_of(province.code)
        text = row.get("commune")
        place = row.at("commune")
        if text.isdigit():
            found = [each for each in communes if each.code == text.zfill(5)]
        else:
            found = _named(text, communes)
        if not found:
            raise ProblemError(problems.commune_unknown(area_unknown(text, communes, place)))
        if len(found) > 1:
            raise ProblemError(area_ambiguous(text, found, self.areas.provinces, place))
        return found[0]

    def _former(self, row: ImportRow) -> Area:
        codes = self.crosswalk.new_communes(
            row.get("province"), row.get("district"), row.get("commune"), row.at("commune")
        )
        if len(codes) > 1:
            names = [f"{code} {self.areas.communes[code].label}" for code in codes]
            raise ProblemError(problems.split(row.at("commune"), names))
        return self.areas.communes[codes[0]]


def _named(text: str, communes: Sequence[Area]) -> list[Area]:
    words = fold(text)
    whole = [each for each in communes if fold(each.label) == words]
    return whole or [each for each in communes if fold(each.name) == words]
