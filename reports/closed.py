"""Closed periods: the figures of a period as they stood when it was closed, kept for good.

Each closing is a folder of its own, ``data/closed/PERIOD/AREA/1``, then ``2`` if it is closed
again. It is written beside its place and renamed, so that one cut off half-way is never seen. It
holds counts and no names: what is erased later leaves its totals as they are.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from programme.areas import Areas
from programme.folder import Folder
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.writing import write_text
from reports.indicators.figures import COUNTRY, Figures

ABOUT = "closed.json"
FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing of a period.

    Args:
        path: its folder.
        number: 1 for the first.
        period: name of the period.
        area: ``VN``, or the province or commune that was closed on its own.
        as_of: the last day whose events count in it.
        run: the run of tables that it was made from.
        pulled: moment of the last pull in that run, UTC; what came later may change figures.
        definitions: hash of ``indicators.xlsx`` then.
        closed: the day it was closed.
        reason: why it was closed again; empty for the first.
    """

    path: Path
    number: int
    period: str
    area: str
    as_of: date
    run: str
    pulled: str
    definitions: str
    closed: date
    reason: str = ""

    def figures(self) -> Figures:
        """Read its figures; kept in memory by each process.

        Raises:
            ProblemError: ``closed-damaged``.
        """
        return _figures(self.path)


@lru_cache(maxsize=8)  # a year of closed months, half years and quarters is not read at once
def _figures(path: Path) -> Figures:
    try:
        return Figures.load(path / FIGURES)
    except (OSError, ValueError, KeyError) as error:
        raise ProblemError(_damaged(path), Exit.STORE) from error


def closings_of(folder: Folder, period: str, area: str) -> list[Closing]:
    """Give every closing of a period by an area, the first first.

    Raises:
        ProblemError: ``closed-damaged``.
    """
    place = _place(folder, period, area)
    numbers = sorted(int(each.name) for each in place.glob("*") if each.name.isdigit())
    return [_read(place / str(number)) for number in numbers]


def around(area_code: str, areas: Areas) -> Iterator[str]:
    """Give an area and those it lies in, the nearest first."""
    code = area_code.partition(":")[0].partition("-")[0]
    yield code
    if code in areas.communes:
        yield areas.communes[code].province
    if code != COUNTRY:
        yield COUNTRY


def keep(folder: Folder, closing: Closing, figures: Figures) -> None:
    """Write a closing, whole or not at all, readable by its owner only.

    Args:
        closing: with the number it is to have; its ``path`` from ``next_path``.
    """
    place = folder.private(closing.path.parent)
    for up in (place.parent, place.parent.parent):
        folder.private(up)
    for left in place.glob(".*.new"):  # of one that was cut off
        shutil.rmtree(left)
    scratch = folder.private(place / f".{closing.number}.new")
    figures.save(folder.private(scratch / FIGURES))
    about = {name: _plain(value) for name, value in asdict(closing).items() if name != "path"}
    write_text(scratch / ABOUT, json.dumps(about, ensure_ascii=False, indent=1) + "\n")
    for path in scratch.rglob("*"):
        if path.is_file():
            _to_disk(path)
    scratch.rename(closing.path)


def next_path(folder: Folder, period: str, area: str) -> Path:
    """Give the folder of the next closing of a period."""
    earlier = closings_of(folder, period, area)
    number = earlier[-1].number + 1 if earlier else 1
    return _place(folder, period, area) / str(number)


def definitions_hash(folder: Folder) -> str:
    """Tell by which workbook figures are made."""
    return hashlib.sha256(folder.indicators.read_bytes()).hexdigest()


def _place(folder: Folder, period: str, area: str) -> Path:
    return folder.data / "closed" / re.sub(r"\.\.|[^\w-]", "_", period) / area


def _read(path: Path) -> Closing:
    try:
        found: dict[str, Any] = json.loads((path / ABOUT).read_text(encoding="utf-8"))
        found |= {name: date.fromisoformat(found[name]) for name in ("as_of", "closed")}
        return Closing(path, **found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProblemError(_damaged(path), Exit.STORE) from error


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _to_disk(path: Path) -> None:
    if os.name == "posix":
        path.chmod(0o600)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _damaged(path: Path) -> Problem:
    return Problem(
        "closed-damaged",
        Text(
            vi="không đọc được số liệu đã chốt của kỳ này",
            en="the closed figures of this period cannot be read",
        ),
        Text(
            vi="hãy lấy lại thư mục này từ bản sao lưu; nếu không có, xóa thư mục rồi chốt lại kỳ",
            en="restore this folder from a backup; if there is none, delete it and close the "
            "period again",
        ),
        Place(file=str(path)),
    )
