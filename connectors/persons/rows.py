"""Where a person stands: rows of repeats in the submissions of a club."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from connectors.store.erased import folded
from connectors.store.raw import RawStore
from connectors.store.restricted import names_of_restricted, restricted
from connectors.store.tables import TableSet
from forms.tables import FormSchema, Table
from programme.problem import Exit, Problem, ProblemError, Text
from programme.sql import open_guarded
from programme.text import did_you_mean, nearest

# by kind of person: register, its columns for name and code, and what its repeats are called
KINDS = {
    "member": ("member", "member_name", "member_code", ("member", "joined")),
    "board": ("board_member", "board_name", "board_code", ("board",)),
}


CODE = re.compile(r"[0-9]{5}-[0-9A-Z]+-[BM][0-9]+")
_VERSION = """
SELECT source, form, id, coalesce(json, (
    SELECT json FROM history
    WHERE (source, form, id) = (one.source, one.form, one.id)
    ORDER BY ended DESC LIMIT 1
))
FROM submission AS one WHERE root_uuid = ?
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a register knows.

    Args:
        kind: ``member`` or ``board``.
        code: as issued.
        club: code of the club.
        name: as it was said; never printed without being asked for.
        birth_year: None where it is not known.
        sex: female, male, or empty.
    """

    kind: str
    code: str
    club: str
    name: str
    birth_year: int | None
    sex: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a repeat in which a person stands.

    Args:
        source, form, id, root_uuid: the submission.
        table: the repeat.
        number: its place in the repeat, 1 the first.
        answers: the row as it is stored.
    """

    source: str
    form: str
    id: int
    root_uuid: str
    table: Table
    number: int
    answers: Mapping[str, Any]

    def path(self, ends: str) -> str:
        """Give the path of the question whose name ends so, empty where the repeat has none."""
        return next((each.path for each in self.table.columns if each.question.endswith(ends)), "")

    @property
    def face(self) -> tuple[str, str, str]:
        """Paths of what registers know a person by: name, year of birth, sex; boards no sex."""
        sex = "" if self.table.has_been("board") else self.path("_sex")
        return self.path("_name"), self.path("_birth_year"), sex

    def said(self, ends: str) -> str:
        """Give an answer of the row."""
        return str(self.answers.get(self.path(ends)) or "")


def find(
    tables: TableSet, words: str, club: str = "", *, store: RawStore | None = None
) -> list[Person]:
    """Look for people by code, or by name without regard to marks and capitals.

    Args:
        tables: with the columns that name people.
        words: a code, or a name or some of its words.
        club: code of their club, if it is known.
        store: finds those by name, too, whose name the registers leave out: restricted people.
    """
    wanted = folded(words)
    hidden = _hidden_names(store) if store else {}
    return [
        replace(each, name=each.name or hidden.get(each.code, ""))
        for each in everybody(tables)
        if club in ("", each.club)
        and (
            each.code == words.strip().upper()
            or (wanted and wanted in folded(each.name or hidden.get(each.code, "")))
        )
    ]


def _hidden_names(store: RawStore) -> dict[str, str]:
    limited = restricted(store)
    names = {code: next(iter(names_of_restricted(store, [code])), "") for code in limited}
    return {code: name for code, name in names.items() if name}


def everybody(tables: TableSet) -> list[Person]:
    """Give everybody the registers know, by club and code."""
    found = []
    for kind, (table, name, code, _) in KINDS.items():
        with open_guarded({table: tables.path(table)}) as connection:
            rows = connection.execute(
                # names of tables and columns are written above
                f"SELECT {code}, club_code, {name}, birth_year, sex FROM {table}"  # noqa: S608
            ).fetchall()
        found += [
            Person(kind, each[0], each[1], each[2] or "", each[3], each[4] or "") for each in rows
        ]
    return sorted(found, key=lambda each: (each.club, each.code))


def one(tables: TableSet, code: str) -> Person:
    """Give the person with a code.

    Raises:
        ProblemError: ``person-unknown`` with the nearest right code.
    """
    found = [each for each in find(tables, code) if each.code == code.strip().upper()]
    if not found:
        raise ProblemError(_unknown(tables, code), Exit.INPUT)
    return found[0]


def rows_of(store: RawStore, schemas: Sequence[FormSchema], person: Person) -> list[Row]:
    """Give every row in which somebody with this code stands.

    Of submissions that were deleted on their server the last version counts, which history has.
    """
    found = store.connection.execute(
        "SELECT root_uuid, row FROM code_row WHERE kind = ? AND code = ? AND row IS NOT NULL",
        (person.kind, person.code),
    ).fetchall()
    by_form = {each.form_id: each for each in schemas}
    names = KINDS[person.kind][3]
    rows: list[Row] = []
    for root, number in found:
        for source, form, submission, written in store.connection.execute(_VERSION, (root,)):
            if form in by_form and written:
                where = (source, form, submission, root)
                rows += _in(orjson.loads(written), by_form[form], names, number, where)
    return rows


def changes_of(store: RawStore, schemas: Sequence[FormSchema], person: Person) -> list[Row]:
    """Give the rows of later reports that pick a person from a list, the newest last."""
    rows: list[Row] = []
    for schema in schemas:
        picks = [
            (table, column.path)
            for table in schema.tables
            for column in table.columns
            if table.path and column.person_key and column.kind == "select_one"
        ]
        if not picks:
            continue
        for source, form, submission, root, written in store.connection.execute(
            "SELECT source, form, id, root_uuid, json FROM submission WHERE form = ?"
            " AND deleted IS NULL AND instr(json, ?) > 0 ORDER BY received, id",
            (schema.form_id, person.code),
        ):
            record = orjson.loads(written)
            for table, path in picks:
                for number, row in enumerate(record.get(table.path) or (), start=1):
                    if isinstance(row, Mapping) and row.get(path) == person.code:
                        rows.append(Row(source, form, submission, root, table, number, row))
    return rows


def _in(
    record: Mapping[str, Any],
    schema: FormSchema,
    names: Sequence[str],
    number: int,
    where: tuple[str, str, int, str],
) -> Iterator[Row]:
    for table in schema.tables:
        listed = record.get(table.path) if table.path else None
        if isinstance(listed, list) and any(table.has_been(name) for name in names):
            place = number - 1
            if 0 <= place < len(listed) and isinstance(listed[place], Mapping):
                yield Row(*where, table, number, listed[place])


def _unknown(tables: TableSet, code: str) -> Problem:
    hint = did_you_mean(nearest(code, [each.code for each in everybody(tables)]))
    return Problem(
        "person-unknown",
        Text(
            vi=f"không có ai mang mã «{code}»{hint.vi}", en=f"nobody has the code “{code}”{hint.en}"
        ),
        Text(
            vi='tìm mã: ishc person find "TÊN" --club MÃ_CLB',
            en='look for the code: ishc person find "NAME" --club CLUB_CODE',
        ),
    )
