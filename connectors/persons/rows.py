"""Where a person stands: rows of repeats in the submissions of a club."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from connectors.store.erased import folded
from connectors.store.raw import RawStore
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

    def said(self, ends: str) -> str:
        """Give an answer of the row."""
        return str(self.answers.get(self.path(ends)) or "")


def find(tables: TableSet, words: str, club: str = "") -> list[Person]:
    """Look for people by code, or by name without regard to marks and capitals.

    Args:
        tables: with the columns that name people.
        words: a code, or a name or some of its words.
        club: code of their club, if it is known.
    """
    wanted = folded(words)
    return [
        each
        for each in everybody(tables)
        if club in ("", each.club)
        and (each.code == words.strip().upper() or (wanted and wanted in folded(each.name)))
    ]


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
    """Give every row in which somebody with this code was met, in live submissions."""
    found = store.connection.execute(
        "SELECT root_uuid, row FROM code_row WHERE kind = ? AND code = ? AND row IS NOT NULL",
        (person.kind, person.code),
    ).fetchall()
    by_form = {each.form_id: each for each in schemas}
    names = KINDS[person.kind][3]
    rows: list[Row] = []
    for root, number in found:
        live = store.connection.execute(
            "SELECT source, form, id, json FROM submission WHERE root_uuid = ? AND deleted IS NULL",
            (root,),
        ).fetchall()
        for source, form, submission, written in live:
            if form in by_form:
                where = (source, form, submission, root)
                rows += _in(orjson.loads(written), by_form[form], names, number, where)
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
