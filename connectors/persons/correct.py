"""A wrong answer about a person corrected: on the server, from where history and tables follow.

What a server could not be told stays to be done and is done by the next run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from connectors.persons.corrections import Waiting, forget, hash_of, to_do
from connectors.persons.fields import differing
from connectors.servers import connect, verbs
from connectors.servers.contract import ManifestRow, Server
from connectors.store.erased import Keyed, keyed_by
from connectors.store.raw import RawStore
from connectors.store.versions import Incoming, Origin, put
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import Settings
from programme.sources import IMPORTED


@dataclass(slots=True)
class Correction:
    """What a correction came to.

    Args:
        done: submissions that say it right now: source, form, id.
        right: those that said so already.
        waiting: those whose server was not told yet.
        moved: those in which another row was met than the one meant: a person has to look.
        problems: what servers said.
    """

    done: list[tuple[str, str, int]] = field(default_factory=list)
    right: list[tuple[str, str, int]] = field(default_factory=list)
    waiting: list[tuple[str, str, int]] = field(default_factory=list)
    moved: list[tuple[str, str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def carry_out(
    settings: Settings, store: RawStore, *, environ: Mapping[str, str], now: datetime
) -> Correction:
    """Carry out every correction that waits, on the servers first.

    Run it under the lock of a pull.

    Args:
        environ: the environment, where tokens may be.
        now: the moment, UTC: of the version that history keeps.
    """
    done = Correction()
    keyed = keyed_by(store)
    by_asset: dict[tuple[str, str, str], list[tuple[int, Waiting]]] = {}
    for each in to_do(store):
        for number, asset in _submissions(store, each):
            by_asset.setdefault((each.source, each.form, asset), []).append((number, each))
    for (source, form, asset), some in by_asset.items():
        origin = Origin(source, form, asset)
        try:
            if source == IMPORTED:
                _here(store, origin, some, keyed, done, now)
            else:
                _there(settings, store, origin, some, keyed, environ, done, now)
        except ProblemError as error:
            done.problems += error.problems
            done.waiting += [(source, form, number) for number, _ in some]
    store.checkpoint()
    return done


def _submissions(store: RawStore, each: Waiting) -> list[tuple[int, str]]:
    return store.connection.execute(
        "SELECT id, asset FROM submission WHERE source = ? AND form = ? AND root_uuid = ?"
        " AND deleted IS NULL",
        (each.source, each.form, each.root_uuid),
    ).fetchall()


def _here(
    store: RawStore,
    origin: Origin,
    some: Sequence[tuple[int, Waiting]],
    keyed: Keyed,
    done: Correction,
    now: datetime,
) -> None:
    """Correct what came from a workbook: no server has it."""
    for number, wanted in _by_number(some).items():
        written, uuid, root = store.connection.execute(
            "SELECT json, uuid, root_uuid FROM submission WHERE source = ? AND form = ? AND id = ?",
            (origin.source, origin.form, number),
        ).fetchone()
        before = orjson.loads(written)
        after = _sorted_out(before, origin, number, wanted, keyed, done, store)
        if after is None:
            continue
        new = str(uuid5(NAMESPACE_URL, f"{uuid}/{hash_of(keyed, after)}"))
        row = ManifestRow(number, new, root, None, None, ())
        put(store, origin, [Incoming(row, {**after, "_uuid": new})], _moment(now))
        _finish(store, origin, number, wanted, done)


def _there(
    settings: Settings,
    store: RawStore,
    origin: Origin,
    some: Sequence[tuple[int, Waiting]],
    keyed: Keyed,
    environ: Mapping[str, str],
    done: Correction,
    now: datetime,
) -> None:
    form = settings.forms.get(origin.form)
    source = (
        next((one for one in form.sources if one.name == origin.source), None) if form else None
    )
    if source is None:
        raise ProblemError(_no_source(origin))
    by_number = _by_number(some)
    with connect(settings.servers[source.server], environ) as server:
        there = _fetched(server, origin.asset, by_number)
        changes: dict[int, dict[str, str | None]] = {}
        for number, before in there.items():
            after = _sorted_out(before, origin, number, by_number[number], keyed, done, store)
            if after is not None:
                changes[number] = _changed(before, after)
        if not changes:
            return
        said = verbs(server).edit_answers(server, origin.asset, changes)
        done.problems += said.problems
        told = {*said.done, *said.unchanged} & changes.keys()
        for number, record in _fetched(server, origin.asset, told).items():
            row = verbs(server).row_of(record, origin.asset)
            put(store, origin, [Incoming(row, dict(record))], _moment(now))
            _finish(store, origin, number, by_number[number], done)
    for number in changes.keys() - told:
        done.waiting.append((origin.source, origin.form, number))


def _fetched(server: Server, asset: str, ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    wanted = sorted(ids)
    return {
        verbs(server).row_of(record, asset).id: record
        for page in verbs(server).fetch(server, asset, wanted, wanted)
        for record in page
    }


def _by_number(some: Sequence[tuple[int, Waiting]]) -> dict[int, list[Waiting]]:
    by_number: dict[int, list[Waiting]] = {}
    for number, each in some:
        by_number.setdefault(number, []).append(each)
    return by_number


def _sorted_out(
    before: Mapping[str, Any],
    origin: Origin,
    number: int,
    wanted: Sequence[Waiting],
    keyed: Keyed,
    done: Correction,
    store: RawStore,
) -> dict[str, Any] | None:
    """Give the record as it is to be; None where nothing is to be sent, with the reason noted."""
    key = (origin.source, origin.form, number)
    after = dict(before)
    for each in wanted:
        corrected = _row_corrected(after.get(each.repeat), each, keyed)
        if corrected is None:
            done.moved.append(key)
            forget(store, wanted)
            return None
        after[each.repeat] = corrected
    if after == before:
        done.right.append(key)
        forget(store, wanted)
        return None
    return after


def _row_corrected(listed: Any, each: Waiting, keyed: Keyed) -> list[Any] | None:
    """Correct the row that was meant; None where it cannot be told which one it is now."""
    if not isinstance(listed, list):
        return None
    places = [place for place, row in enumerate(listed) if hash_of(keyed, row) == each.was]
    place = each.row - 1 if each.row - 1 in places else places[0] if len(places) == 1 else None
    if place is None:
        here = listed[each.row - 1] if each.row <= len(listed) else {}
        return list(listed) if not differing(here, each.answers) else None
    return [
        {**row, **each.answers} if number == place else row for number, row in enumerate(listed)
    ]


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str | None]:
    """Give the answers that differ or are new, by path with row numbers, as an edit names them."""
    return {
        f"{repeat}[{number}]/{path.removeprefix(f'{repeat}/')}": str(value)
        for repeat, rows in after.items()
        if isinstance(rows, list) and rows != before.get(repeat)
        for number, (old, new) in enumerate(zip(before[repeat], rows, strict=True), start=1)
        for path, value in new.items()
        if value != old.get(path)
    }


def _finish(
    store: RawStore, origin: Origin, number: int, wanted: Sequence[Waiting], done: Correction
) -> None:
    done.done.append((origin.source, origin.form, number))
    forget(store, wanted)


def _moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _no_source(origin: Origin) -> Problem:
    return Problem(
        "person-no-source",
        Text(
            vi="nguồn của phiếu này không còn trong ishc.toml",
            en="the source of this submission is not in ishc.toml any more",
        ),
        Text(vi="hãy khai báo lại nguồn đó", en="declare that source again"),
        Place(source=origin.source, form=origin.form),
    )
