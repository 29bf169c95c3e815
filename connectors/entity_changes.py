"""What has to happen to an entity list so that it says what the registers say."""

import hashlib
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.servers.central.entities import Entity

KEY = "code"  # the column by which forms and registers know a row; a name is Central's uuid
UNIMPORTANT = frozenset({"list_date"})  # alone no reason for a new version of every row each night
ISSUED = re.compile(r"\d{5}-\d{2,}")  # a club's code, as the registers give it

Row = Mapping[str, str]


@dataclass(slots=True)
class Changes:
    """What to do to a list.

    Args:
        create: rows that Central does not have.
        restore: deleted entities whose row is there again, to be changed afterwards.
        update: entities that differ from their row.
        delete: entities whose row is gone, or that say a second time what another says.
        strange: entities with a code that the registers never gave, left alone.
    """

    create: list[Row] = field(default_factory=list)
    restore: list[tuple[Entity, Row]] = field(default_factory=list)
    update: list[tuple[Entity, Row]] = field(default_factory=list)
    delete: list[Entity] = field(default_factory=list)
    strange: list[Entity] = field(default_factory=list)


def changes(
    wanted: Sequence[Row],
    live: Sequence[Entity],
    deleted: Sequence[Entity],
    temporary: Mapping[str, str],
) -> Changes:
    """Compare the registers' rows with what Central has.

    Args:
        wanted: rows of the list, with ``code`` and ``label``.
        live, deleted: entities now, and those that can be brought back.
        temporary: the registers' code by the one that a phone gave a row before.
    """
    found = Changes()
    by_code, trash = _by_code(live, temporary), _by_code(deleted, temporary)
    for row in wanted:
        here = by_code.pop(row[KEY], [])
        if here:
            found.delete += here[1:]
            if differing(here[0], row):
                found.update.append((here[0], row))
        elif gone := trash.get(row[KEY]):
            found.restore.append((gone[0], row))
        else:
            found.create.append(row)
    issued = set(temporary.values())
    for code, those in by_code.items():
        known = code in issued or ISSUED.fullmatch(code)
        (found.delete if known else found.strange).extend(those)
    return found


def differing(entity: Entity, row: Row) -> dict[str, str]:
    """Give the properties, and the label, that an entity has to get from its row."""
    data = {"label": entity.label, **entity.data}
    found = {
        name: value for name, value in row.items() if name != "name" and data.get(name, "") != value
    }
    return found if found.keys() - UNIMPORTANT else {}


def uuid_of(project: str, list_name: str, code: str, number: int = 1) -> str:
    """Derive the uuid of a row's entity: the same for ever, and another one in every project.

    Central takes uuids of version 4 only, and each once on a whole server, for ever.

    Args:
        project: address of the project.
        number: counts on where an earlier one is taken.
    """
    said = "\n".join((project, list_name, code, str(number)))
    return str(uuid.UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=4))


def _by_code(
    entities: Collection[Entity], temporary: Mapping[str, str]
) -> defaultdict[str, list[Entity]]:
    """Give entities by the registers' code, the one that bears it already first."""
    found: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(entities, key=lambda each: _rank(each, temporary)):
        code = entity.data.get(KEY, "")
        found[temporary.get(code, code)].append(entity)
    return found


def _rank(entity: Entity, temporary: Mapping[str, str]) -> tuple[bool, str]:
    return (entity.data.get(KEY, "") in temporary, entity.uuid)


def edited_values(entity: Entity, row: Row) -> Iterator[tuple[str, str, str]]:
    """Give name, value there and the registers' value of what an update takes from somebody."""
    data = {"label": entity.label, **entity.data}
    for name, value in differing(entity, row).items():
        if name not in UNIMPORTANT:
            yield name, data.get(name, ""), value
