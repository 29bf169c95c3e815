"""Where a submission is to be looked at on its server, with a browser."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from connectors.store.ledger import position
from connectors.store.raw import RawStore
from programme.account import ServerSettings
from programme.settings import Settings

Link = Callable[[Mapping[str, Any]], str | None]


def links(settings: Settings, store: RawStore) -> Link:
    """Give a function from findings to addresses; None where there is no submission to look at.

    On KoBo that is the table of the form's data, which can be filtered by the number of the
    submission; on ODK Central it is the page of the submission itself.

    Args:
        settings: servers and the sources of forms.
        store: knows under which id a server keeps a form.
    """
    bases: dict[tuple[str, str], str] = {}
    by_root: set[tuple[str, str]] = set()
    for form in settings.forms.values():
        for source in form.sources:
            server = settings.servers.get(source.server)
            known = position(store, source.name, form.name)
            if server is None or known is None:
                continue
            key = (source.name, form.name)
            if base := _base(server, known.asset):
                bases[key] = base
            if server.kind == "central":
                by_root.add(key)

    def link(row: Mapping[str, Any]) -> str | None:
        key = (str(row.get("_source")), str(row.get("form")))
        base = bases.get(key)
        if base is None or not row.get("_root_uuid"):
            return None
        return f"{base}/{quote('uuid:' + str(row['_root_uuid']))}" if key in by_root else base

    return link


def _base(server: ServerSettings, asset: str) -> str | None:
    url = server.url.rstrip("/")
    if server.kind != "central":
        return f"{url}/#/forms/{quote(asset)}/data/table"
    if server.project is None:  # the account has one project; its number is not written down
        return None
    return f"{url}/#/projects/{server.project}/forms/{quote(asset)}/submissions"
