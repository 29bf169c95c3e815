"""Whom a finding concerns: the club, its name and place, the submission on its server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from connectors.reconcile.phrases import club_words

_CLUBS = """
SELECT club_code, name AS club_name, commune_code, province_code
FROM club WHERE club_code IN (SELECT key FROM _wanted)
"""
_SUBMISSIONS = """
SELECT form, _source, _id, _root_uuid, club_code, commune_code, province_code,
    strftime(event_date, '%Y-%m') AS month
FROM submission WHERE _root_uuid IN (SELECT key FROM _wanted)
ORDER BY _source DESC, _id DESC
"""
_NO_CLUB: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Subjects:
    """The clubs and submissions that findings speak of.

    Args:
        clubs: name and place by club code.
        submissions: form, server, number, club and place by root uuid; and by root uuid and
            source, where one submission came from two sources.
    """

    clubs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    submissions: Mapping[tuple[str | None, str], Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        connection: duckdb.DuckDBPyConnection,
        found: Iterable[pa.Table],
        registers: Iterable[str],
    ) -> "Subjects":
        """Read what the results of checks speak of from the registers.

        Args:
            connection: that has the registers ``club`` and ``submission``.
            found: results of checks.
            registers: names of the tables; a programme may have neither of the two.
        """
        there, results = set(registers), list(found)
        submissions: dict[tuple[str | None, str], Mapping[str, Any]] = {}
        if "submission" in there:
            for row in _read(connection, _SUBMISSIONS, _keys(results, "_root_uuid")):
                submissions[row["_source"], row["_root_uuid"]] = row
                submissions[None, row["_root_uuid"]] = row
        codes = _keys(results, "club_code")
        codes |= {row["club_code"] for row in submissions.values() if row["club_code"]}
        clubs = _read(connection, _CLUBS, codes) if "club" in there else []
        return cls({row["club_code"]: row for row in clubs}, submissions)

    def complete(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Add to a result what is known of its submission and its club; what it says stays."""
        whole = dict(row)
        submission = self._submission(row)
        for name, value in submission.items():
            whole[name] = whole.get(name) if whole.get(name) is not None else value
        # a club lies where the register says, whatever a single submission says
        club = self.clubs.get(str(whole.get("club_code")), _NO_CLUB)
        whole |= {name: value for name, value in club.items() if value is not None}
        whole.setdefault("club_name", None)
        whole.setdefault("club", club_words(whole["club_name"], whole.get("club_code")))
        return whole

    def _submission(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        root = str(row.get("_root_uuid"))
        own = self.submissions.get((row.get("_source"), root))
        return own or self.submissions.get((None, root), _NO_CLUB)


def _keys(results: Iterable[pa.Table], column: str) -> set[str]:
    keys: set[str] = set()
    for table in results:
        if column in table.column_names:
            keys.update(str(each) for each in table.column(column).to_pylist() if each is not None)
    return keys


def _read(connection: duckdb.DuckDBPyConnection, sql: str, keys: set[str]) -> list[dict[str, Any]]:
    connection.register("_wanted", pa.table({"key": pa.array(sorted(keys), pa.string())}))
    rows: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    connection.unregister("_wanted")
    return rows
