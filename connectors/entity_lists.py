"""The lists that phones get as entities of ODK Central, kept in step with the registers."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.parquet as pq

from connectors import entity_problems as say
from connectors.entity_changes import (
    KEY,
    Row,
    changes,
    differing,
    edited_values,
    uuid_of,
)
from connectors.servers.access import AGENT
from connectors.servers.central import entities
from connectors.servers.central.entities import Entity
from connectors.servers.central.urls import project
from connectors.servers.contract import Media, Server
from connectors.store.runs import read_current
from connectors.store.tables import open_tables
from forms.entities import reads_by
from programme.folder import Folder
from programme.problem import Problem, ProblemError

# Of the lists only the clubs: they name nobody, and a form makes new ones. Every value that an
# entity ever had stays on the server, which is no place for members, boards and debts.
LISTS: Mapping[str, str] = {"clubs.csv": "clubs"}
_TAKEN_TRIES = 5  # uuids tried where one is taken by a deleted project, or was thrown out for good


@dataclass(frozen=True, slots=True)
class EntitiesDone:
    """What came of an entity list.

    Args:
        name: of the list on the server.
        created, updated, restored, deleted: how many rows.
        problems: what somebody had changed there, and what could not be brought in step.
    """

    name: str
    created: int
    updated: int
    restored: int
    deleted: int
    problems: tuple[Problem, ...] = ()


def linked(media: Iterable[Media], server: Server) -> tuple[Media, ...]:
    """Mark the lists that a form gets as entities from this server."""
    if server.lists != "entities":
        return tuple(media)
    return tuple(replace(each, linked=each.name in LISTS) for each in media)


def kept_by_name(xform: str, media: Iterable[Media]) -> tuple[str, ...]:
    """Give the linked lists of which a form keeps the name, which is a uuid there."""
    form = ET.fromstring(xform)  # noqa: S314 - compiled here, or read before
    return tuple(
        each.name for each in media if each.linked and "name" in reads_by(form, LISTS[each.name])
    )


def bring_in_step(server: Server, list_file: Path, temporary: Mapping[str, str]) -> EntitiesDone:
    """Make an entity list say what the registers say; done again it changes nothing.

    Each request leaves the list right as far as it has come, so that a run which was cut off is
    mended by the next. Nothing is forced: a row that somebody changes at the same moment is told
    and waits for the next run.

    Args:
        list_file: the list as the registers made it.
        temporary: the registers' code by the one that a phone made up, see ``temporary_codes``.

    Raises:
        ProblemError: a fault of the server, ``entities-none``.
    """
    name, wanted = LISTS[list_file.name], _rows(list_file)
    columns = wanted[0] if wanted else ()
    entities.ensure_list(server, name, [each for each in columns if each != "name"])
    live = entities.entities(server, name)
    plan = changes(wanted, live, entities.thrown_away(server, name), temporary)
    if plan.delete and not wanted:
        raise ProblemError(say.no_rows(server, name, len(plan.delete)))
    problems = [say.strange(server, name, plan.strange)] if plan.strange else []
    written_by = entities.agents(server, name) if plan.update else {}
    created = _create(server, name, plan.create, problems)
    for entity, _ in plan.restore:
        entities.bring_back(server, name, entity.uuid)
    updated = 0
    for entity, row in plan.update + plan.restore:
        by_hand = written_by.get(entity.uuid, AGENT) != AGENT and entity.data.get(KEY) == row[KEY]
        updated += _update(server, name, entity, row, by_hand=by_hand, problems=problems)
    # last: a row that takes the place of another is there before the other goes
    entities.throw_away(server, name, [each.uuid for each in plan.delete])
    return EntitiesDone(
        name, created, updated, len(plan.restore), len(plan.delete), tuple(problems)
    )


def _create(server: Server, name: str, rows: Sequence[Row], problems: list[Problem]) -> int:
    waiting = {row[KEY]: row for row in rows}
    for number in range(1, _TAKEN_TRIES + 1):
        new = [_entity(server, name, row, number) for row in waiting.values()]
        if entities.create(server, name, new):
            return len(rows)
        # also where an answer got lost: what was made then is there now
        there = {each.data.get(KEY) for each in entities.entities(server, name)}
        waiting = {code: row for code, row in waiting.items() if code not in there}
    if waiting:
        problems.append(say.not_made(server, name, sorted(waiting)))
    return len(rows) - len(waiting)


def _update(
    server: Server, name: str, entity: Entity, row: Row, *, by_hand: bool, problems: list[Problem]
) -> bool:
    """Change one entity, reading it once more where somebody was quicker."""
    for again in (False, True):
        overwritten = list(edited_values(entity, row)) if by_hand or again else []
        if _sent(server, name, entity, row):
            problems.extend(say.edited(server, name, row[KEY], overwritten))
            return True
        now = entities.one(server, name, entity.uuid)
        if now is None:
            break  # somebody deleted it: the next run brings it back
        if not differing(now, row):
            return True  # an answer that got lost, or another run of ours
        entity = now
    problems.append(say.conflict(server, name, row[KEY]))
    return False


def _sent(server: Server, name: str, entity: Entity, row: Row) -> bool:
    data = differing(entity, row)
    label = data.pop("label", entity.label)
    return entities.update(server, name, replace(entity, label=label, data=data))


def _entity(server: Server, name: str, row: Row, number: int) -> Entity:
    data = {column: value for column, value in row.items() if column not in ("name", "label")}
    uuid = uuid_of(project(server), name, row[KEY], number)
    return Entity(uuid, 1, row["label"] or row[KEY], data)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: value or "" for name, value in row.items()} for row in csv.DictReader(file)]


def temporary_codes(folder: Folder) -> dict[str, str]:
    """Give the registers' code by the code that a phone made up, as the newest registers tell."""
    current = read_current(folder)
    if current is None or "club_temporary" not in current.names:
        return {}
    tables = open_tables(folder)
    rows = pq.read_table(tables.path("club_temporary")).to_pylist()
    return {row["temporary_code"]: row["club_code"] for row in rows}
