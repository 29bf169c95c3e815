"""Types that questions have had in published versions, which Central lets become text only."""

from collections.abc import Iterator

from connectors.servers.central.forms import fields_of
from connectors.servers.central.urls import form, rows_of
from connectors.servers.contract import Server

# seen refused; what Central says of groups and repeats is not known, so they are left to it
_TYPES = frozenset(
    ("string", "int", "decimal", "date", "time", "dateTime", "geopoint", "geotrace", "geoshape")
)


def settled_types(server: Server, asset: str) -> dict[str, str]:
    """Give the type of every question that was ever published, by path, the newest first.

    Central refuses any other for good (400.17), but for text.
    """
    types: dict[str, str] = {}
    for version in _published(server, asset):
        for row in fields_of(server, asset, version):
            if row.get("type") in _TYPES:
                types.setdefault(str(row.get("path")).removeprefix("/"), row["type"])
    return types


def _published(server: Server, asset: str) -> Iterator[str]:
    """Give the versions, the newest first; of those with other lists alone only one."""
    rows = rows_of(server, server.http.json("GET", form(server, asset, "versions")))
    plain: dict[str, str] = {}
    for row in rows:
        version = str(row.get("version") or "")
        plain.setdefault(version.partition("~")[0], version)
    yield from plain.values()
