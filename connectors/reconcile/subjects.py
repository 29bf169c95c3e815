"""Whom a finding concerns: the club, its name and place, the submission on its server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from connectors.reconcile.phrases import club_words

_CLUBS = "SELECT club_code, name AS club_name, commune_code, province_code FROM club"
_SUBMISSIONS = """
SELECT form, _source, _id, _root_uuid, club_code, commune_code, province_code FROM submission
"""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Clubs by code and submissions by root uuid.

    Args:
        clubs: name and place by club code.
        submissions: form, server, number, club and place by root uuid.
    """

    clubs: Mapping[str, Mapping[str, Any]]
    submissions: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> "Subjects":
        """Read both from the registers."""
        clubs = connection.sql(_CLUBS).to_arrow_table().to_pylist()
        submissions = connection.sql(_SUBMISSIONS).to_arrow_table().to_pylist()
        return cls(
            {row["club_code"]: row for row in clubs},
            {row["_root_uuid"]: row for row in submissions},
        )

    def complete(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Add to a result what is known of its submission and its club; what it says stays."""
        whole = dict(row)
        submission = self.submissions.get(str(row.get("_root_uuid")), {})
        for name, value in submission.items():
            whole[name] = whole.get(name) if whole.get(name) is not None else value
        # a club lies where the register says, whatever a single submission says
        club = self.clubs.get(str(whole.get("club_code")), {})
        whole |= {name: value for name, value in club.items() if value is not None}
        whole.setdefault("club_name", None)
        whole.setdefault("club", club_words(whole["club_name"], whole.get("club_code")))
        return whole
