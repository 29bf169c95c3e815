"""Lists cut to an area: a phone carries only its own clubs, members and loans."""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from connectors.servers.contract import Media
from programme.areas import load_areas
from programme.folder import Folder
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import Settings
from programme.writing import write_text

CLUBS = "clubs.csv"
_FOLDER = "areas"
_LONGEST = 60
Row = Mapping[str, str]


def in_area(folder: Folder, areas: Collection[str], media: Iterable[Media]) -> tuple[Media, ...]:
    """Give the same lists with the rows of some areas only.

    A list with a column ``commune`` is cut by it, one with a column ``club`` by the clubs of these
    areas; others, and everything where no area is named, stay whole.

    Args:
        areas: codes of provinces and communes; none means all.
    """
    if not areas:
        return tuple(media)
    communes = _communes(folder, areas)
    path = folder.media(CLUBS)
    rows = _rows(path) if path else ()
    clubs = {row["name"] for row in rows if row.get("commune") in communes}
    return tuple(_cut(folder, areas, each, communes, clubs) for each in media)


def areas_of_server(settings: Settings, server: str) -> tuple[str, ...]:
    """Give the areas that share one entity list: of all sources on a server; none means all."""
    every = [
        source.areas
        for form in settings.forms.values()
        for source in form.sources
        if source.server == server
    ]
    return tuple(sorted({area for some in every for area in some})) if all(every) else ()


def check_areas(settings: Settings, folder: Folder) -> None:
    """Refuse areas that do not exist, before any server is asked.

    Raises:
        ProblemError: ``area-unknown``.
    """
    sources = [source for form in settings.forms.values() for source in form.sources]
    if any(source.areas for source in sources):
        known = load_areas(folder.xlsforms)
        codes = {*known.provinces, *known.communes}
        problems = [
            _unknown(each, source.setting)
            for source in sources
            for each in source.areas
            if each not in codes
        ]
        if problems:
            raise ProblemError(dict.fromkeys(problems))


def _communes(folder: Folder, areas: Collection[str]) -> set[str]:
    known = load_areas(folder.xlsforms).communes
    return {code for code, each in known.items() if code in areas or each.province in areas}


def _cut(
    folder: Folder, areas: Collection[str], media: Media, communes: set[str], clubs: set[str]
) -> Media:
    keep = _rule(media.path, communes, clubs)
    if keep is None:
        return media
    with media.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in reader if keep(row))
    target = folder.private(folder.lists / _FOLDER / _key(areas)) / media.name
    write_text(target, text.getvalue())
    return replace(media, path=target)


def _rule(path: Path, communes: set[str], clubs: set[str]) -> Callable[[Row], bool] | None:
    if path.suffix.lower() != ".csv":
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        columns = next(csv.reader(file), [])
    if "commune" in columns:
        return lambda row: row["commune"] in communes
    return (lambda row: row["club"] in clubs) if "club" in columns else None


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _key(areas: Collection[str]) -> str:
    named = "-".join(sorted(set(areas)))
    return named if len(named) <= _LONGEST else sha256(named.encode()).hexdigest()[:16]


def _unknown(area: str, setting: str) -> Problem:
    return Problem(
        "area-unknown",
        Text(
            vi=f"không có tỉnh hay xã nào có mã «{area}»",
            en=f"there is no province or commune with the code “{area}”",
        ),
        Text(
            vi="hãy sửa dòng areas; mã ghi ở provinces.csv (2 chữ số), communes.csv (5 chữ số)",
            en="mend the line areas; codes stand in provinces.csv (2 digits) and communes.csv (5)",
        ),
        Place(file="ishc.toml", setting=f"{setting}.areas"),
    )
