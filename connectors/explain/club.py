"""What the registers know of one club: what was said of it, what won, where values come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.explain.edits import Edit, deleted_of, edits_of
from connectors.store.pseudonym import load_pseudonyms
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.folder import Folder
from programme.problem import Problem, ProblemError, Text
from programme.sql import open_guarded
from programme.text import did_you_mean, nearest

_SAID = Path(__file__).with_name("said.sql")
_TRAINED = Path(__file__).with_name("trained.sql")
_DEVICE_DIGITS = 6
_LAST_MONTH = """
SELECT _source, _id, month, members_now, income_fund_total, loans_outstanding,
    operating_fund_total
FROM club_month WHERE club_code = $club ORDER BY month DESC LIMIT 1
"""
_LAST_VISIT = """
SELECT _source, _id, visit_date, grade, found_members
FROM inspection WHERE club_code = $club ORDER BY visit_date DESC, _root_uuid DESC LIMIT 1
"""
# form → what tells its events apart, besides the day
_DETAILS: Mapping[str, str] = {
    "club_registration": "coalesce(action, 'register')",
    "monthly_activity_report": "NULL",
    "loan_record": "event",
    "inspection_checklist": "team_level",
    "member_survey": "NULL",
}
_TABLES = frozenset({
    "submission", "club", "club_alias", "club_source", "club_change", "club_month",
    "club_settlement", "inspection", "loan_event", "loan_event_unknown", "training_club",
    "training_record",
})  # fmt: skip
_WITHOUT_ROLE = frozenset({"member_survey"})


@dataclass(frozen=True, slots=True)
class Said:
    """One submission that speaks of the club.

    Args:
        on: the day of what it tells of; ``finished`` and ``received`` are when it was written and
            when the server got it (UTC).
        detail: which change, loan event or level of inspection.
        device: six digits that stand for the phone; the phone's own id only when identified.
        name: who reported; only when identified.
        verdict: counts, replaced, later_one, refused, not_yet, unknown_loan or deleted.
        winner: number and source of what won instead, if one submission did.
        edits: how it was changed on the server, the oldest first.
    """

    form: str
    source: str
    id: int
    root_uuid: str
    on: date | None
    finished: datetime | None
    received: datetime | None
    detail: str | None
    device: str | None
    role: str | None
    name: str | None
    verdict: str
    winner: tuple[str, int] | None = None
    edits: Sequence[Edit] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value that holds now, and the submission it comes from."""

    name: str
    value: Any
    form: str | None
    source: str | None
    id: int | None


@dataclass(frozen=True, slots=True)
class ClubExplained:
    """Everything there is to know of a club's record.

    Args:
        asked: the code that was asked for; it may have lost to ``code``.
        codes: other codes that lead here.
        as_of: nothing later counts.
        settlement: what happened to members and loans when it ended.
    """

    asked: str
    code: str
    codes: Sequence[str]
    as_of: date
    values: Sequence[Value]
    said: Sequence[Said]
    settlement: Mapping[str, Any] | None = None


def explain_club(folder: Folder, code: str, *, identified: bool = False) -> ClubExplained:
    """Explain the record of one club from the last run and the store.

    Args:
        folder: the programme.
        code: any code that was ever issued for it.
        identified: with the names of those who reported and the ids of their phones.

    Raises:
        ProblemError: ``tables-missing``; ``club-unknown`` with the nearest code.
    """
    tables = open_tables(folder, identified=True)
    with open_guarded(_views(tables)) as connection:
        club = _resolve(connection, code)
        others = _rows(
            connection,
            "SELECT code FROM club_alias WHERE club_code = $club AND code <> $club ORDER BY code",
            club,
        )
        said = _rows(connection, _sql(tables), club)
        if "training_record" in tables.names:
            said += _rows(connection, _TRAINED.read_text(encoding="utf-8"), club)
        values = _values(connection, club, {row["_root_uuid"]: row for row in said})
        ended = _rows(connection, "SELECT * FROM club_settlement WHERE club_code = $club", club)
    hide = load_pseudonyms(folder)
    classes = _classes(tables)
    where = {row["_root_uuid"]: (row["_source"], row["_id"]) for row in said}
    with RawStore.read(folder.store) as store:
        told = [_said(row, where, edits_of(store, row, classes), identified, hide.of)
                for row in said]  # fmt: skip
        codes = [row["code"] for row in others]
        told += [_deleted(row, classes) for row in deleted_of(store, [club, *codes])]
    told.sort(key=lambda each: (each.on or date.min, each.form, each.root_uuid))
    return ClubExplained(code, club, codes, tables.as_of, values, told, *ended[:1])


def _views(tables: TableSet) -> dict[str, Path]:
    return {name: tables.path(name) for name in tables.names if name in _TABLES or name in _DETAILS}


def _sql(tables: TableSet) -> str:
    answers = " UNION ALL ".join(
        f"SELECT '{form}' AS form, _source, _id, deviceid, "  # noqa: S608 - names of ours
        f"{'NULL' if form in _WITHOUT_ROLE else 'reporter_role'} AS reporter_role, reporter_name, "
        f"report_kind, CAST({detail} AS VARCHAR) AS detail FROM {form}"
        for form, detail in _DETAILS.items()
        if form in tables.names
    )
    return _SAID.read_text(encoding="utf-8").replace("$answers", answers)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, club: str) -> list[dict[str, Any]]:
    found = connection.execute(sql, {"club": club})
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _resolve(connection: duckdb.DuckDBPyConnection, code: str) -> str:
    known = dict(connection.execute("SELECT code, club_code FROM club_alias").fetchall())
    if code not in known:
        raise ProblemError(club_unknown(code, known))
    return str(known[code])


def _values(
    connection: duckdb.DuckDBPyConnection, club: str, said: Mapping[str, Mapping[str, Any]]
) -> list[Value]:
    (now,) = _rows(connection, "SELECT * FROM club WHERE club_code = $club", club) or [{}]
    (source,) = _rows(connection, "SELECT * FROM club_source WHERE club_code = $club", club) or [{}]
    values = []
    for name, root in source.items():
        if name != "club_code":
            row = said.get(str(root), {})
            values.append(
                Value(name, now.get(name), row.get("form"), row.get("_source"), row.get("_id"))
            )
    return values + _latest(connection, club)


def _latest(connection: duckdb.DuckDBPyConnection, club: str) -> list[Value]:
    """Give what the last report and the last visit say."""
    values = []
    for form, sql in (
        ("monthly_activity_report", _LAST_MONTH), ("inspection_checklist", _LAST_VISIT)
    ):  # fmt: skip
        for row in _rows(connection, sql, club):
            source, number = row.pop("_source"), row.pop("_id")
            values += [Value(name, value, form, source, number) for name, value in row.items()]
    return values


def _said(
    row: Mapping[str, Any],
    where: Mapping[str, tuple[str, int]],
    edits: Sequence[Edit],
    identified: bool,
    hide: Any,
) -> Said:
    device = row["deviceid"]
    return Said(
        form=row["form"],
        source=row["_source"],
        id=row["_id"],
        root_uuid=row["_root_uuid"],
        on=row["event_date"],
        finished=row["finished"],
        received=row["_submission_time"],
        detail=row["detail"],
        device=device if identified or not device else hide(device)[:_DEVICE_DIGITS],
        role=row["reporter_role"],
        name=row["reporter_name"] if identified else None,
        verdict=row["verdict"],
        winner=where.get(row["winner"]) if row["verdict"] in {"replaced", "later_one"} else None,
        edits=edits,
    )


def _deleted(row: Mapping[str, Any], classes: Mapping[tuple[str, str], str]) -> Said:
    return Said(
        row["form"], row["source"], row["id"], row["root_uuid"], None, None, None, None, None,
        None, None, "deleted", edits=(Edit(row["ended"], ()),),
    )  # fmt: skip


def _classes(tables: TableSet) -> dict[tuple[str, str], str]:
    columns = ["table_name", "column", "class"]
    rows: pa.Table = pq.read_table(tables.path("column_labels"), columns=columns)
    listed: list[dict[str, str]] = rows.to_pylist()
    return {(row["table_name"], row["column"]): row["class"] for row in listed}


def club_unknown(code: str, known: Iterable[str]) -> Problem:
    """Tell that no club has a code, with the nearest that one has."""
    hint = did_you_mean(nearest(code, known))
    return Problem(
        "club-unknown",
        Text(
            vi=f"không có câu lạc bộ mang mã «{code}»{hint.vi}",
            en=f"no club has the code “{code}”{hint.en}",
        ),
        Text(
            vi="mã có dạng 06463-01; xem bảng club hoặc tệp phát hiện của xã",
            en="codes look like 06463-01; see the table club or the findings of the commune",
        ),
    )
