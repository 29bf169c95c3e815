"""Which club a row speaks of: of this workbook, of an earlier import, or one with a code."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import orjson

from connectors.importing import problems
from connectors.importing.read import ImportRow
from connectors.importing.records import number_of, root_uuid
from connectors.importing.sheets import REGISTRATION
from connectors.store.raw import RawStore
from forms.tables import FormSchema
from programme.problem import ProblemError
from programme.sources import IMPORTED

CLUB = "club"


@dataclass(frozen=True, slots=True)
class Club:
    """A club as records name it.

    Args:
        key: its number in the workbooks of the source, or its code.
        name: what the question ``club`` holds: its code, or the code it has until it gets one.
        province, commune: codes.
        here: it is registered by this workbook.
        founded_on: ISO, of those registered here.
    """

    key: str
    name: str
    province: str
    commune: str
    here: bool = False
    founded_on: str = ""

    def answers(self) -> dict[str, str]:
        """Give what every form asks first."""
        return {
            "report_kind": "new",
            "province": self.province,
            "commune": self.commune,
            "club_in_list": "listed",
            "club": self.name,
        }


def club_root(source: str, key: str) -> UUID:
    """Give the instance id of a club's registration."""
    return root_uuid(source, CLUB, key)


@dataclass
class Clubs:
    """All clubs that rows may speak of.

    Args:
        source: who gave the data.
        here: the clubs of this workbook by number.
        store: knows earlier imports and codes.
        schema: of the registration form.
        provinces: code of the province by that of the commune.
        listed: numbers that the sheet of clubs has, also in rows with a mistake.
    """

    source: str
    here: Mapping[str, Club]
    store: RawStore
    schema: FormSchema
    provinces: Mapping[str, str]
    listed: Collection[str] = frozenset()

    def of(self, row: ImportRow) -> Club | None:
        """Give the club of a row; None where its own row has a mistake, which is told already.

        Raises:
            ProblemError: ``import-club-unknown``.
        """
        key = row.get("club_no")
        found = self.here.get(key) or self._earlier(key) or self._with_code(key)
        if found is None and key not in self.listed:
            raise ProblemError(problems.club_unknown(row.at("club_no"), key, list(self.here)))
        return found

    def _earlier(self, key: str) -> Club | None:
        root = club_root(self.source, key)
        row = self.store.connection.execute(
            "SELECT json FROM submission"
            " WHERE source = ? AND form = ? AND id = ? AND deleted IS NULL",
            (IMPORTED, REGISTRATION, number_of(root)),
        ).fetchone()
        if row is None:
            return None
        record = orjson.loads(row[0])
        places = (record.get(self.schema.column(name).path, "") for name in ("province", "commune"))
        return Club(key, str(root), *places)

    def _with_code(self, key: str) -> Club | None:
        row = self.store.connection.execute(
            "SELECT 1 FROM issued_code WHERE kind = 'club' AND code = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        # the commune of the day of its founding; where it is now the registers say
        commune = key.partition("-")[0]
        return Club(key, key, self.provinces.get(commune, ""), commune)


def by_club(rows: Iterable[tuple[ImportRow, Club]]) -> dict[Club, list[ImportRow]]:
    """Gather rows by their club, in order."""
    found: dict[Club, list[ImportRow]] = {}
    for row, club in rows:
        found.setdefault(club, []).append(row)
    return found
