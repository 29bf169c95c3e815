"""Whom a finding concerns: the club, its name and place, the submission on its server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

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
_NO_CLUBS = pa.table({"club_code": pa.array([], pa.string())})
_NO_SUBMISSIONS = pa.table(
    {name: pa.array([], pa.string()) for name in ("_source", "_root_uuid", "club_code")}
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The clubs and submissions that findings speak of.

    Args:
        clubs: code, name and place.
        submissions: form, server, number, club and place; of one root uuid the one that counts
            for findings which name no source comes last.
    """

    clubs: pa.Table
    submissions: pa.Table

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
        roots, codes = (_keys(results, each) for each in ("_root_uuid", "club_code"))
        submissions = _NO_SUBMISSIONS
        if "submission" in there:
            submissions = _read(connection, _SUBMISSIONS, roots)
            codes = _together([codes, submissions.column("club_code")])
        clubs = _read(connection, _CLUBS, codes) if "club" in there else _NO_CLUBS
        return cls(clubs, submissions)

    def of(self, results: pa.Table) -> "Known":
        """Give those that some rows of results speak of, to be looked up one by one."""
        submissions: dict[tuple[str | None, str], Mapping[str, Any]] = {}
        for row in _chosen(self.submissions, "_root_uuid", _keys([results], "_root_uuid")):
            submissions[row["_source"], row["_root_uuid"]] = row
            submissions[None, row["_root_uuid"]] = row
        told = pa.array([row["club_code"] for row in submissions.values()], pa.string())
        codes = _together([_keys([results], "club_code"), told])
        clubs = _chosen(self.clubs, "club_code", codes)
        return Known({row["club_code"]: row for row in clubs}, submissions)


@dataclass(frozen=True, slots=True)
class Known:
    """Some clubs and submissions.

    Args:
        clubs: name and place by club code.
        submissions: form, server, number, club and place by root uuid; and by root uuid and
            source, where one submission came from two sources.
    """

    clubs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    submissions: Mapping[tuple[str | None, str], Mapping[str, Any]] = field(default_factory=dict)

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


def _keys(results: Iterable[pa.Table], column: str) -> pa.Array:
    return _together(
        [each.column(column).cast(pa.string()) for each in results if column in each.column_names]
    )


def _together(parts: Iterable[pa.Array | pa.ChunkedArray]) -> pa.Array:
    """Give the values of several columns, each once."""
    chunks = [
        chunk
        for part in parts
        for chunk in (part.chunks if isinstance(part, pa.ChunkedArray) else [part])
    ]
    return pa.chunked_array(chunks, pa.string()).drop_null().unique()


def _read(connection: duckdb.DuckDBPyConnection, sql: str, keys: pa.Array) -> pa.Table:
    connection.register("_wanted", pa.table({"key": keys}))
    rows = connection.sql(sql).to_arrow_table()
    connection.unregister("_wanted")
    return rows


def _chosen(table: pa.Table, column: str, keys: pa.Array) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.is_in(table.column(column), keys)).to_pylist()
    return rows
