"""Codes that phones have now and a new list has not."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors import plan_problems as say
from connectors.servers import openrosa
from connectors.servers.contract import Media
from connectors.servers.openrosa import Offered
from connectors.visit import Visit
from forms.lists import numbered_rows
from programme.problem import Problem

# the column that answers are taken from; a list that was one of entities has uuids as names
KEYS = ("code", "name")
FEW = 5
SHARE = 10  # more than one code in so many is much


def vanishing(here: Visit, offered: Offered, media: Iterable[Media]) -> Iterator[Problem]:
    """Tell of lists that lack more than a few of the codes that phones have, or a tenth.

    Args:
        offered: what phones have now.
        media: the files that would take the place of others.

    Raises:
        ProblemError: a fault of the server.
    """
    lists = {each.name: each.path for each in media if each.path.suffix.lower() == ".csv"}
    there = openrosa.manifest(here.server, offered) if lists else []
    with TemporaryDirectory() as scratch:
        old = Path(scratch) / "old.csv"
        for each in there:
            if each.name not in lists:
                continue
            old.write_bytes(here.server.http.request("GET", each.url).body)
            known = _codes(old)
            gone = len(known - _codes(lists[each.name]))
            if gone > FEW or gone * SHARE > len(known):
                yield say.codes_gone(here.source, here.form, each.name, gone, len(known))


def _codes(path: Path) -> set[str]:
    codes = (next(filter(None, map(row.get, KEYS)), "") for _, row in numbered_rows(path))
    return {code for code in codes if code}
