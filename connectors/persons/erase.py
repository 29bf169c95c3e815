"""Erases a person: on the server first, then here, with everything that was made of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import orjson

from connectors.persons.photos import delete_left_out
from connectors.persons.rewritten import rewritten, versions_of
from connectors.persons.rows import Person, Row
from connectors.persons.rules import base_rule, rule_of_row
from connectors.persons.traces import Traces, traces_of
from connectors.servers import connect, verbs
from connectors.servers.contract import Edited, Server
from connectors.store.erased import (
    Erased,
    Keyed,
    Rule,
    edits,
    erased_of,
    keyed_by,
    remember,
    without,
)
from connectors.store.raw import RawStore
from forms.tables import FormSchema
from programme.problem import Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings
from programme.sources import IMPORTED

# submissions of the club and those in which the person stands, deleted ones too
_SPEAK_OF = """
SELECT source, form, id, asset, root_uuid, deleted FROM submission AS one
WHERE instr(coalesce(json, ''), :club) > 0
    OR root_uuid IN (SELECT value FROM json_each(:roots))
    OR EXISTS (
        SELECT 1 FROM history
        WHERE (source, form, id) = (one.source, one.form, one.id) AND instr(json, :club) > 0
    )
"""
# where people write in their own words, besides the forms
_NOTES = {"finding_answer": ("answer", "answered_by"), "decision": ("note", "decided_by")}
_AT_SERVERS = Text(vi="sửa phiếu trên máy chủ", en="mending submissions on the servers")


@dataclass(slots=True)
class Erasure:
    """What an erasure came to.

    Args:
        rows: rows of repeats that were the person's.
        submissions: submissions in which the person was named, those rows included.
        edited: of these, mended on their server.
        held: submissions that a server still has as they were: source, form, id.
        versions: earlier versions rewritten here.
        problems: what servers said.
    """

    rows: int = 0
    submissions: int = 0
    edited: int = 0
    held: list[tuple[str, str, int]] = field(default_factory=list)
    versions: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __add__(self, other: "Erasure") -> "Erasure":
        return Erasure(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(Erasure))
        )


@dataclass(frozen=True, slots=True)
class _Traced:
    """A submission that names the person, and how it is rid of that."""

    source: str
    form: str
    id: int
    asset: str
    root_uuid: str
    rule: Rule
    deleted: bool = False


def erase(
    settings: Settings,
    store: RawStore,
    schemas: Sequence[FormSchema],
    person: Person,
    rows: Sequence[Row],
    *,
    environ: Mapping[str, str],
    now: datetime,
    today: date,
    progress: Progress = silent,
) -> Erasure:
    """Erase a person from servers and store.

    What is left of a row is anonymous and still counts: sex, one year of birth for all of the same
    age group, household, needs. Texts that named the person say that a name was taken out.

    Args:
        rows: where the person stands or stood, ``rows_of``.
        environ: the environment, where tokens may be.
        now: the moment, UTC.
        today: the day that decides the age group.

    Returns:
        What was done. Run again after a server came back it does what was left.
    """
    keyed = keyed_by(store)
    traces = traces_of(store, person, rows, keyed)
    traced = list(_traced(store, schemas, person, rows, traces, keyed, today))
    traced += _held(store, person.code, {(each.source, each.form, each.id) for each in traced})
    done = Erasure(rows=len(rows), submissions=len(traced))
    moment = now.isoformat(timespec="seconds")
    held = _at_servers(settings, traced, keyed, environ, done, progress)
    with store.transaction():
        remember(
            store,
            [
                Erased(
                    each.source, each.form, each.root_uuid, person.code, each.rule, moment,
                    held=(each.source, each.form, each.id) in held,
                )
                for each in traced
            ],
        )  # fmt: skip
        done.versions = rewrite(store, [(each.root_uuid, each.form) for each in traced])
        store.connection.execute("DELETE FROM correction WHERE code = ?", (person.code,))
        store.connection.execute(
            "DELETE FROM code_row WHERE kind = ? AND code = ? AND root_uuid NOT IN "
            "(SELECT root_uuid FROM submission)",
            (person.kind, person.code),
        )
    store.checkpoint()
    done.held = sorted(held)
    return done


def rewrite(store: RawStore, only: Iterable[tuple[str, str]] | None = None) -> int:
    """Rid the store of everybody who is to be erased, its history too; give how much changed.

    Photos that were answers in their rows go, too: a backup that was brought back has them again.

    Args:
        only: root uuids with their forms; all that a rule is about if None.
    """
    keyed = keyed_by(store)
    rules: dict[tuple[str, str, str], list[Rule]] = {}
    for each in erased_of(store):
        rules.setdefault((each.source, each.form, each.root_uuid), []).append(each.rule)
    wanted = None if only is None else set(only)
    changed = 0
    for (source, form, root), those in rules.items():
        if wanted is None or (root, form) in wanted:
            rid = partial(without, rules=those, keyed=keyed)
            delete_left_out(store, (source, form), root, rid)
            changed += rewritten(store, (source, form), "root_uuid", root, rid)
    every = [each for those in rules.values() for each in those]
    changed += _notes_rewritten(store, every, keyed)
    return changed


def _notes_rewritten(store: RawStore, rules: Sequence[Rule], keyed: Keyed) -> int:
    """Take names out of what people wrote beside findings and decisions."""
    changed = 0
    for table, columns in _NOTES.items():
        for number, *texts in store.connection.execute(
            f"SELECT number, {', '.join(columns)} FROM {table}"  # noqa: S608 named above
        ).fetchall():
            after = without(dict(zip(columns, texts, strict=True)), rules, keyed)
            for column, text in zip(columns, texts, strict=True):
                if after[column] != text:
                    store.connection.execute(
                        f"UPDATE {table} SET {column} = ? WHERE number = ?",  # noqa: S608 named above
                        (after[column], number),
                    )
                    changed += 1
    return changed


def _traced(
    store: RawStore,
    schemas: Sequence[FormSchema],
    person: Person,
    rows: Sequence[Row],
    traces: Traces,
    keyed: Keyed,
    today: date,
) -> Iterable[_Traced]:
    """Give every submission that names the person, now or in an earlier version."""
    mine = {(row.source, row.form, row.id): row for row in rows}
    speaking = {schema.form_id: _about(schema) for schema in schemas}
    base = base_rule(keyed, person, traces)
    found = store.connection.execute(
        _SPEAK_OF, {"club": person.club, "roots": orjson.dumps(sorted(traces.identities)).decode()}
    ).fetchall()
    for source, form, number, asset, root, deleted in found:
        row = mine.get((source, form, number))
        rule = rule_of_row(base, row, traces, today) if row else base
        versions = versions_of(store, (source, form, number))
        alone = {
            path
            for record in versions
            for path in _alone(record, speaking.get(form, ((), ())), person.code)
        }
        rule = replace(rule, record=tuple(sorted(alone)))
        if any(without(record, [rule], keyed) != record for record in versions):
            yield _Traced(source, form, number, asset, root, rule, deleted is not None)


def _held(store: RawStore, code: str, known: Collection[tuple[str, str, int]]) -> Iterable[_Traced]:
    """Give what was erased here and not on its server, when that could not be reached."""
    for each in erased_of(store):
        if each.code == code and each.held:
            rows = store.connection.execute(
                "SELECT id, asset FROM submission WHERE source = ? AND form = ? AND root_uuid = ?"
                " AND deleted IS NULL",
                (each.source, each.form, each.root_uuid),
            ).fetchall()
            for number, asset in rows:
                if (each.source, each.form, number) not in known:
                    yield _Traced(each.source, each.form, number, asset, each.root_uuid, each.rule)


def _about(schema: FormSchema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the questions that pick a person, and the texts beside them that may tell who it is."""
    picks = tuple(each.path for each in schema.root.columns if each.person_key)
    texts = tuple(
        each.path
        for each in schema.root.columns
        if each.data_class == "personal"
        and each.kind == "text"
        and not each.question.startswith(("reporter_", "deviceid", "username"))
    )
    return picks, texts


def _alone(
    record: Mapping[str, Any], about: tuple[tuple[str, ...], tuple[str, ...]], code: str
) -> tuple[str, ...]:
    picks, texts = about
    if not any(record.get(path) == code for path in picks):
        return ()
    return tuple(path for path in texts if record.get(path))


def _at_servers(
    settings: Settings,
    traced: Sequence[_Traced],
    keyed: Keyed,
    environ: Mapping[str, str],
    done: Erasure,
    progress: Progress,
) -> set[tuple[str, str, int]]:
    """Mend the submissions on their servers; give those that a server still has as they were."""
    there = [each for each in traced if each.source != IMPORTED and not each.deleted]
    held = {(each.source, each.form, each.id) for each in there}
    by_source: dict[tuple[str, str, str], dict[int, Rule]] = {}
    for each in there:
        by_source.setdefault((each.source, each.form, each.asset), {})[each.id] = each.rule
    count = 0
    for (name, form, asset), rules in by_source.items():
        known = settings.forms.get(form)
        source = next((one for one in known.sources if one.name == name), None) if known else None
        if source is None:
            continue
        try:
            with connect(settings.servers[source.server], environ) as server:
                said = _mended(server, asset, rules, keyed)
        except ProblemError as error:
            done.problems += error.problems
            continue
        done.problems += said.problems
        held -= {(name, form, number) for number in (*said.done, *said.unchanged, *said.unknown)}
        done.edited += len(said.done)
        count += len(rules)
        progress(_AT_SERVERS, count, len(there))
    return held


def _mended(server: Server, asset: str, rules: Mapping[int, Rule], keyed: Keyed) -> Edited:
    """Mend submissions as the server has them now, which may be newer than what is here."""
    ids = sorted(rules)
    there = {
        verbs(server).row_of(record, asset).id: record
        for page in verbs(server).fetch(server, asset, ids, ids)
        for record in page
    }
    wanted = {
        number: edits(record, without(record, [rules[number]], keyed))
        for number, record in there.items()
    }
    changes = {number: each for number, each in wanted.items() if each}
    right = tuple(number for number in there if number not in changes)
    gone = tuple(number for number in ids if number not in there)
    if not changes:
        return Edited({}, right, gone, (), (), ())
    said = verbs(server).edit_answers(server, asset, changes)
    return replace(said, unchanged=(*said.unchanged, *right), unknown=(*said.unknown, *gone))
