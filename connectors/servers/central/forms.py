"""Forms of a project."""

from collections.abc import Mapping
from typing import Any

from connectors.servers.central.urls import EXTENDED, form, part, project, rows_of
from connectors.servers.contract import DeployedForm, Server
from connectors.servers.faults import ServerFault, fault

NOT_FOUND = "server-not-found"
NO_VERSION = "___"  # stands for an empty version in an address


def list_forms(server: Server) -> list[DeployedForm]:
    """List the project's forms, drafts and closed ones too."""
    answer = server.http.json("GET", project(server, "forms"), headers=dict(EXTENDED))
    return [_form(server, row) for row in rows_of(server, answer)]


def get_form(server: Server, asset: str) -> DeployedForm:
    """Read one form.

    Raises:
        ServerFault: ``server-not-found``, and others.
    """
    return get_published(server, asset)[0]


def get_published(server: Server, asset: str) -> tuple[DeployedForm, str]:
    """Read one form, and when its newest version was published, empty before the first.

    Raises:
        ServerFault: ``server-not-found``, and others.
    """
    answer = server.http.json("GET", form(server, asset), headers=dict(EXTENDED))
    if not isinstance(answer, dict) or answer.get("xmlFormId") != asset:
        raise fault("server-answer", server.http.place)
    return _form(server, answer), str(answer.get("publishedAt") or "")


def repeats(server: Server, asset: str, version: str) -> frozenset[str]:
    """Give the paths of a version's repeats, ``visits/visit``; asked once for each version."""
    key = ("repeats", asset, version)
    if key not in server.noted:
        try:
            found = fields_of(server, asset, version)
        except ServerFault as error:
            if error.code != NOT_FOUND:
                raise
            found = fields_of(server, asset)  # a version that Central has no more, or never had
        server.noted[key] = frozenset(
            str(row.get("path")).removeprefix("/") for row in found if row.get("type") == "repeat"
        )
    paths: frozenset[str] = server.noted[key]
    return paths


def fields_of(server: Server, asset: str, version: str | None = None) -> list[dict[str, Any]]:
    """Give the fields of a version as Central lists them; None: of what phones have."""
    where = () if version is None else ("versions", part(version) or NO_VERSION)
    return rows_of(server, server.http.json("GET", form(server, asset, *where, "fields")))


def _form(server: Server, row: Mapping[str, Any]) -> DeployedForm:
    form_id = row.get("xmlFormId")
    if not isinstance(form_id, str) or not form_id:
        raise fault("server-answer", server.http.place, "xmlFormId")
    published = row.get("publishedAt")
    count = row.get("submissions")
    return DeployedForm(
        form_id=form_id,
        asset=form_id,
        name=server.told(str(row.get("name") or form_id)),
        version=str(row.get("version") or published) if published else "",
        deployed=bool(published) and row.get("state") == "open",
        submissions=count if isinstance(count, int) else 0,
        changed=str(row.get("updatedAt") or row.get("createdAt") or "")[:10],
    )
