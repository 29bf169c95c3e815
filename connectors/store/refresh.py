"""The tables of a form brought up to date: only what changed since the last run is flattened."""

import shutil
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.flatten import REJECTS, UNKNOWN_ANSWERS, Flattened, flatten, in_order
from connectors.store.parquet import Pair, link
from connectors.store.patch import patch_table
from connectors.store.records import Submission, bare
from forms.schema import FormSchema
from programme.interrupts import heeding
from programme.progress import Progress, silent

_SCRATCH = ".changed"
_MOST = 4  # if more than a quarter changed, reading everything is no slower
_KEPT_MODE = 0o700


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed of a form since its tables were made.

    Args:
        before: folders of the run that has them.
        roots: root uuids of what came, changed or went.
        submissions: the live ones of these root uuids.
    """

    before: Pair
    roots: Collection[str]
    submissions: Iterable[Submission]


def can_refresh(schema: FormSchema, before: Pair, roots: Collection[str]) -> bool:
    """Tell whether tables are there to be brought up to date, and whether that is worth it."""
    names = (*(table.name for table in schema.tables), "rejects", "unknown_answers")
    paths = [folder / f"{name}.parquet" for name in names for folder in _folders(before)]
    if not all(path.is_file() for path in paths):
        return False
    try:
        rows = int(pq.read_metadata(paths[0]).num_rows)
    except (pa.ArrowInvalid, OSError):
        return False
    return not roots or len(roots) * _MOST <= rows


def refresh(
    schema: FormSchema,
    changed: Changed,
    pair: Pair,
    *,
    zone: ZoneInfo,
    progress: Progress = silent,
) -> Flattened:
    """Write the tables of a form as ``flatten`` would from all its submissions.

    Args:
        schema: as when the tables were made.
        changed: since then.
        pair: folders of the run to write into.
        zone: as when the tables were made.
        progress: told after every batch.

    Raises:
        pyarrow.ArrowInvalid: a file of the run before is damaged.
    """
    roots = {bare(root) for root in changed.roots}
    try:
        if roots:
            new = _brought_up_to_date(schema, changed, pair, roots, zone=zone, progress=progress)
        else:
            new = _taken_over(schema, changed.before, pair)
        old = changed.before.identified
        new.rejects = _ledger(old / "rejects.parquet", new.rejects, schema, roots)
        new.unknown_answers = _ledger(
            old / "unknown_answers.parquet", new.unknown_answers, schema, roots
        )
    except BaseException:
        for folder in _folders(pair):
            for table in schema.tables:
                (folder / f"{table.name}.parquet").unlink(missing_ok=True)
        raise
    return new


def _brought_up_to_date(
    schema: FormSchema,
    changed: Changed,
    pair: Pair,
    roots: Collection[str],
    *,
    zone: ZoneInfo,
    progress: Progress,
) -> Flattened:
    scratch = Pair(pair.identified / _SCRATCH, pair.tables / _SCRATCH, pair.pseudonyms)
    for folder in _folders(scratch):
        folder.mkdir(mode=_KEPT_MODE)
    try:
        new = flatten(schema, changed.submissions, scratch, zone=zone, progress=progress)
        for table in schema.tables:
            new.rows[table.name] = _patched(f"{table.name}.parquet", changed.before, scratch, pair,
                                            roots)  # fmt: skip
    finally:
        for folder in _folders(scratch):
            shutil.rmtree(folder)
    return new


def _taken_over(schema: FormSchema, before: Pair, pair: Pair) -> Flattened:
    """Give the tables of a form to which nothing happened a second name."""
    result = Flattened(schema.form_id)
    for table in schema.tables:
        file = f"{table.name}.parquet"
        for old, target in zip(_folders(before), _folders(pair), strict=True):
            result.rows[table.name] = int(pq.read_metadata(old / file).num_rows)
            link(old / file, target / file)
    return result


def _folders(pair: Pair) -> tuple[Path, Path]:
    return pair.identified, pair.tables


def _patched(file: str, before: Pair, scratch: Pair, pair: Pair, roots: Collection[str]) -> int:
    with heeding(), ThreadPoolExecutor(2) as both:
        made = [
            both.submit(patch_table, old / file, new / file, target / file, roots)
            for old, new, target in zip(*map(_folders, (before, scratch, pair)), strict=True)
        ]
        rows, _ = (each.result() for each in made)
    return rows


def _ledger(path: Path, added: pa.Table, schema: FormSchema, roots: Collection[str]) -> pa.Table:
    kind = REJECTS if "question" in added.column_names else UNKNOWN_ANSWERS
    old = pq.read_table(path, columns=kind.names)
    own = pc.equal(old.column("form"), schema.form_id)
    gone = pc.is_in(old.column("_root_uuid"), pa.array(sorted(roots), pa.string()))
    return in_order(pa.concat_tables([old.filter(pc.and_not(own, gone)), added]).cast(kind))
