"""Hashes of what reports are made from: a report that was made from the same is not made again."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from connectors.store.runs import pointer
from reports.catalogue import Report
from reports.made import digest_of, key_of
from reports.periods import Period
from reports.place import Place
from reports.sources import Sources
from reports.text_fields import TextKey
from reports.write import Wanted

_CODE = ("reports", "programme")


def keys_of_all(sources: Sources) -> Mapping[str, str]:
    """Give the hashes of what every report of a run is made from."""
    folder = sources.folder
    made = [folder.indicators, folder.settings, folder.area_kinds, pointer(folder)]
    made += sorted(folder.xlsforms.glob("*.csv"))
    keys = {path.name: digest_of(path) for path in made}
    return keys | {
        "run": sources.tables.run,
        "as_of": sources.as_of.isoformat(),
        "proven": str(sources.proven),
        "code": _code(),
        "closed": _listing(folder.data / "closed"),
    }


def key_for(
    common: Mapping[str, str],
    sources: Sources,
    report: Report,
    place: Place,
    period: Period,
    wanted: Wanted,
) -> str:
    """Give the hash of all that one report is made from."""
    folder = sources.folder
    template = folder.templates / f"{report.name}.{wanted.language}.docx"
    texts = TextKey(report.name, place.code, period.name, wanted.language).file
    own = {
        "template": digest_of(template),
        "texts": digest_of(folder.data / "texts" / texts),
        "report": report.name,
        "place": place.code,
        "period": period.name,
        "language": wanted.language,
        "public": str(wanted.public),
    }
    return key_of({**common, **own})


def _listing(place: Path) -> str:
    """Give a hash of the files below a folder, by name; closings never change."""
    digest = hashlib.sha256()
    for path in sorted(_files(place)):
        digest.update(f"{path.relative_to(place)} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def _files(place: Path) -> Iterable[Path]:
    return (path for path in place.rglob("*") if path.is_file()) if place.is_dir() else ()


@cache
def _code() -> str:
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for name in _CODE:
        for path in sorted((root / name).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
