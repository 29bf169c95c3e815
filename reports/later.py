"""Submissions that came, changed or went after a moment, and the clubs they speak of."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pyarrow.parquet as pq

from connectors.store.raw import RawStore
from connectors.store.tables import TableSet
from programme.folder import Folder
from programme.problem import Text

How = Literal["new", "edited", "deleted"]
HOW_WORDS: dict[How, Text] = {
    "new": Text(vi="phiếu đến sau", en="came later"),
    "edited": Text(vi="phiếu được sửa", en="was edited"),
    "deleted": Text(vi="phiếu bị xóa", en="was deleted"),
}
_CLUB = re.compile(r'"([0-9]{5}-[0-9]{2,})"')
# forms that a table of the indicators is made from; those of no table here may change any
_FORMS = {
    "club_months": {"monthly_activity_report"},
    "members": {"club_registration", "monthly_activity_report"},
    "movements": {"club_registration", "monthly_activity_report"},
    "loans": {"loan_record", "club_registration", "monthly_activity_report"},
    "inspections": {"inspection_checklist"},
    "actions": {"inspection_checklist"},
    "trainings": {"training_record"},
    "board": {"training_record", "club_registration"},
    "surveys": {"member_survey"},
}


# tables whose rows are of the days of a period alone
_OF_THE_DAYS = frozenset({"club_months", "inspections", "movements", "trainings"})


@dataclass(frozen=True, slots=True)
class Later:
    """A submission that is other than it was at a moment.

    Args:
        how: whether it came, was edited or was deleted since.
        clubs: those it speaks of; empty where it names none.
        commune, province: codes; empty where they are not known.
        on: the day of what it tells of; None where that is not known.
    """

    form: str
    source: str
    id: int
    root_uuid: str
    how: How
    clubs: frozenset[str]
    commune: str
    province: str
    on: date | None = None

    def concerns(self, area_code: str) -> bool:
        """Tell whether it may change a figure of an area or club."""
        code = area_code.partition(":")[0]
        return code in ("VN", self.province, self.commune, *self.clubs)

    def in_time(self, table: str, first: date, last: date) -> bool:
        """Tell whether it may change a table's rows of some days; stocks began before them."""
        if self.on is None:
            return True
        return self.on <= last and (self.on >= first or table not in _OF_THE_DAYS)

    def may_change(self, table: str) -> bool:
        """Tell whether an analysis table is made from its form."""
        return table not in _FORMS or self.form in _FORMS[table]


def forms_of(table: str) -> frozenset[str]:
    """Give the forms that an analysis table is made from; none where it may be any."""
    return frozenset(_FORMS.get(table, ()))


def later_than(folder: Folder, tables: TableSet, moment: str) -> tuple[Later, ...]:
    """Give the submissions that came, were edited or went after a moment.

    Args:
        tables: of the run that knows of them.
        moment: of the last pull before, UTC; empty: nothing is told.
    """
    if not moment or not folder.store.is_file():
        return ()
    with RawStore.read(folder.store) as store:
        changed = _changed(store, moment)
    known = _registered(tables, {root for _, _, _, root in changed})
    return tuple(
        _later(key, how, text, known.get(key[3])) for key, (how, text) in sorted(changed.items())
    )


def moment_of(folder: Folder, pulled: int) -> str:
    """Give when the last pull began that a run of tables knows of; empty if that is not known."""
    if not folder.store.is_file():
        return ""
    with RawStore.read(folder.store) as store:
        row = store.connection.execute(
            "SELECT max(started) FROM run WHERE number <= ?", (pulled,)
        ).fetchone()
    return str(row[0] or "")


def _changed(store: RawStore, moment: str) -> dict[tuple[str, str, int, str], tuple[How, str]]:
    """Give what is other than at a moment by form, source, number and root, with its last words."""
    found: dict[tuple[str, str, int, str], tuple[How, str]] = {}
    for form, source, number, root, reason, text in store.connection.execute(
        "SELECT form, source, id, root_uuid, reason, json FROM history WHERE ended > ?"
        " AND first_seen <= ? ORDER BY ended",
        (moment, moment),
    ):
        how: How = "deleted" if reason == "deleted" else "edited"
        found[form, source, number, root] = (how, text)
    for form, source, number, root, text in store.connection.execute(
        "SELECT form, source, id, root_uuid, json FROM submission"
        " WHERE first_seen > ? AND deleted IS NULL",
        (moment,),
    ):
        found[form, source, number, root] = ("new", text or "")
    return found


def _registered(tables: TableSet, roots: Iterable[str]) -> dict[str, dict[str, Any]]:
    wanted = list(roots)
    if not wanted:
        return {}
    columns = ["_root_uuid", "club_code", "commune_code", "province_code", "event_date"]
    rows = pq.read_table(
        tables.path("submission"), columns=columns, filters=[("_root_uuid", "in", wanted)]
    )
    return {row["_root_uuid"]: row for row in rows.to_pylist()}


def _later(
    key: tuple[str, str, int, str], how: How, text: str, row: dict[str, Any] | None
) -> Later:
    form, source, number, root = key
    clubs = {row["club_code"]} if row and row["club_code"] else set(_CLUB.findall(text))
    known = row or {}
    commune = known.get("commune_code") or _answer(text, "commune")
    province = known.get("province_code") or _answer(text, "province")
    on = known.get("event_date")
    return Later(form, source, number, root, how, frozenset(clubs), commune, province, on)


def _answer(text: str, question: str) -> str:
    try:
        answers = json.loads(text) if text else {}
    except ValueError:
        return ""
    found = (str(value) for path, value in answers.items() if path.rpartition("/")[2] == question)
    return next(found, "")
