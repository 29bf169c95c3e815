"""Folders of runs: a run is written whole beside the last one and shown by one small file."""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from connectors.store.parquet import Pair
from connectors.store.pseudonym import load_pseudonyms
from programme.folder import Folder
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.writing import write_text

POINTER = "current.json"
KEPT = 2


@dataclass(frozen=True, slots=True)
class Current:
    """The run that readers see.

    Args:
        run: name of its folder under ``data/tables`` and ``data/identified``.
        as_of: nothing later than this day is in it.
        names: its tables.
        pulled: the line of the ledger of pulls up to which submissions are in it.
    """

    run: str
    as_of: date
    names: tuple[str, ...]
    pulled: int = 0


def pointer(folder: Folder) -> Path:
    """Where the name of the current run stands."""
    return folder.data / POINTER


def read_current(folder: Folder) -> Current | None:
    """Give the current run; None when there was none yet.

    Raises:
        ProblemError: ``tables-pointer-damaged``.
    """
    path = pointer(folder)
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Current(
            str(found["run"]),
            date.fromisoformat(found["as_of"]),
            tuple(map(str, found["tables"])),
            int(found["pulled"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ProblemError(_damaged(path), Exit.STORE) from error


def begin_run(folder: Folder) -> Pair:
    """Make the two empty folders of a new run; what a killed run left behind is overwritten."""
    name = _next_name(folder)
    made = []
    for parent in (folder.identified, folder.tables):
        folder.private(parent)
        if (parent / name).exists():
            shutil.rmtree(parent / name)
        made.append(folder.private(parent / name))
    return Pair(made[0], made[1], load_pseudonyms(folder))


def show_run(folder: Folder, pair: Pair, as_of: date, pulled: int = 0) -> Current:
    """Make a finished run the current one, at once, and remove all but the last two.

    Args:
        pulled: the last line of the ledger of pulls when it was begun.
    """
    names = tuple(sorted(path.stem for path in pair.identified.glob("*.parquet")))
    before = read_current(folder)
    _to_disk(folder, pair, before)
    current = Current(pair.tables.name, as_of, names, pulled)
    content = {
        "run": current.run,
        "as_of": as_of.isoformat(),
        "tables": names,
        "pulled": pulled,
    }
    write_text(pointer(folder), json.dumps(content, indent=1) + "\n")
    _remove_others(folder, {current.run, *((before.run,) if before else ())})
    return current


def abandon_run(pair: Pair) -> None:
    """Remove what an unfinished run wrote."""
    for each in (pair.identified, pair.tables):
        shutil.rmtree(each, ignore_errors=True)


def _next_name(folder: Folder) -> str:
    current = read_current(folder)
    last = int(current.run) if current and current.run.isdigit() else 0
    return f"{last + 1:06d}"


def _to_disk(folder: Folder, pair: Pair, before: Current | None) -> None:
    """Wait until the disk has the files; a second name of one, or of the run before, has it."""
    there: set[tuple[int, int]] = set()
    if before is not None:
        for parent in (folder.identified, folder.tables):
            there |= {_file(path) for path in (parent / before.run).glob("*.parquet")}
    for path in (*pair.identified.glob("*.parquet"), *pair.tables.glob("*.parquet")):
        if _file(path) in there:
            continue
        there.add(_file(path))
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _file(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _remove_others(folder: Folder, kept: set[str]) -> None:
    for parent in (folder.identified, folder.tables):
        for each in parent.iterdir():
            if each.is_dir() and each.name not in kept:
                # a reader on Windows may still hold a file; the next run tries again
                shutil.rmtree(each, ignore_errors=True)


def _damaged(path: Path) -> Problem:
    return Problem(
        "tables-pointer-damaged",
        Text(
            vi="tệp ghi lần lập bảng hiện tại bị hỏng",
            en="the file that names the current tables is damaged",
        ),
        Text(
            vi="hãy xóa tệp này rồi chạy «ishc reconcile»",
            en="delete this file and run “ishc reconcile”",
        ),
        Place(file=str(path)),
    )
