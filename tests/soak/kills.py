"""Pulls that are killed at random moments, and the pulls after them."""

import shutil
from collections import Counter
from multiprocessing.process import BaseProcess
from typing import Any

import orjson

from connectors.store.raw import RawStore
from tests.soak.child import pull_once
from tests.soak.forks import FORKS
from tests.soak.ground import FORM
from tests.soak.moments import Span, killed, let_be, moments
from tests.soak.truth import assert_store_is_the_server
from tests.soak.village import NIGHT, Village

MEASURED = 10  # kills between two measurements of what a pull asks


def kills(village: Village) -> Counter[str]:
    """Kill pulls at random moments, each followed by one that is let be; gives the stages.

    By turns a first pull is killed, and one of a store that has become old.
    """
    village.weather.on = False
    village.send(village.scale.submissions)
    stages: Counter[str] = Counter()
    for number, moment in enumerate(moments(village.chance, village.scale.kills)):
        if number % MEASURED == 0:
            first, later = _spans(village)
        old = stages.total() % 2 == 0
        if old:
            _age(village)
        else:
            shutil.rmtree(village.folder.data)
        before = _held(village)
        if not killed(_process(village), village.weather, later if old else first, moment):
            continue
        stages[_stage(village, before)] += 1
        let_be(_process(village), village.weather)
        assert_store_is_the_server(village)
        if stages.total() == village.scale.kills:
            break
    return stages


def _spans(village: Village) -> tuple[Span, Span]:
    """Measure a first pull and a later one: the more was edited, the more they ask."""
    shutil.rmtree(village.folder.data, ignore_errors=True)
    first = let_be(_process(village), village.weather)
    _age(village)
    return first, let_be(_process(village), village.weather)


def _age(village: Village) -> None:
    known = village.office.rows()
    for _ in range(village.scale.changes):
        village.change(known)
    village.send(village.scale.changes)
    oldest = [one["_id"] for one in known[: village.scale.changes]]
    village.office.delete(oldest)


def _process(village: Village) -> BaseProcess:
    village.there.ahead += NIGHT
    arguments = (village.folder.root, village.there(), village.scale.page)
    return FORKS.Process(target=pull_once, args=arguments)


def _held(village: Village) -> dict[int, Any]:
    if not village.folder.store.exists():
        return {}
    with RawStore.open(village.folder.store) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = list(store.submissions(FORM))
    assert len({row.id for row in rows}) == len(rows)
    return {row.id: orjson.loads(row.json) for row in rows}


def _stage(village: Village, before: dict[int, Any]) -> str:
    """Tell how far the killed pull was; what it left must be whole, though not all there."""
    records, held = {one["_id"]: one for one in village.office.rows()}, _held(village)
    for number, record in held.items():  # as the server has it, or as it was here until now
        assert record in (records.get(number), before.get(number)), number
    if held == records:
        return "at the pictures" if _waiting(village) else "at the end"
    return "at the beginning" if held == before else "at the submissions"


def _waiting(village: Village) -> int:
    """Count the files that are not here yet; those that are must be whole."""
    with RawStore.open(village.folder.store) as store:
        ask = store.connection.execute
        for file, size in ask("SELECT file, size FROM attachment WHERE file IS NOT NULL"):
            assert (village.folder.attachments / file).stat().st_size == size
        sql = "SELECT COUNT(*) FROM attachment WHERE sha256 IS NULL AND deleted IS NULL"
        return int(ask(sql).fetchone()[0])
