"""What people decided, as the register files read it: two codes mean one, a report means a club."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

_SAME_AS = ("kind", "code", "same_as")
_MEANT = ("form", "_source", "_root_uuid", "club_code")
_PLACED = ("form", "_source", "_root_uuid", "commune_code")


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions that are in force; whoever takes one out has the old picture back.

    Args:
        same_as: kind (club, member, loan), code, and the surviving code, which is no ``code``.
        meant: form, source, root uuid, and the code of the club that a report means which names
            one in words.
        placed: form, source, root uuid, and today's commune of a submission whose old commune
            was split.
    """

    same_as: Sequence[tuple[str, str, str]] = ()
    meant: Sequence[tuple[str, str, str, str]] = ()
    placed: Sequence[tuple[str, str, str, str]] = ()

    def show(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the tables ``same_as``, ``meant`` and ``placed`` for the register files."""
        _show(connection, "same_as", _SAME_AS, self.same_as)
        _show(connection, "meant", _MEANT, self.meant)
        _show(connection, "placed", _PLACED, self.placed)


NOTHING_DECIDED = Decided()


def _show(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, ...]],
) -> None:
    schema = pa.schema([(column, pa.string()) for column in columns])
    table = pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema)
    connection.register("_decided", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM _decided")  # noqa: S608 fixed names
    connection.unregister("_decided")
