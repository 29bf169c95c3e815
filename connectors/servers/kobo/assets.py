"""Assets: forms as KoBo keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.servers.contract import DeployedForm, Server
from connectors.servers.faults import fault
from connectors.servers.kobo.urls import api, pages

SURVEYS = {"q": "asset_type:survey", "limit": "100"}


@dataclass(frozen=True, slots=True)
class Asset:
    """The part of an asset that deploying needs.

    Args:
        version: of the content as it is now; any save makes a new one.
        content: hash of that version's content.
        deployed_version: what phones get; empty before the first deployment.
        deployed_content: hash of that version's content, empty when KoBo does not say.
        active: phones can get it.
        submissions: how many there are, None when the account may not know.
        deployed: the moment of the last deployment, as KoBo writes it.
    """

    form: DeployedForm
    version: str
    content: str
    deployed_version: str
    deployed_content: str
    active: bool
    submissions: int | None
    deployed: str = ""


def list_forms(server: Server) -> list[DeployedForm]:
    """List the account's forms, drafts and archived ones too.

    The list leaves the content out and the import replaces the form id by the asset's uid, so
    every asset is read for the id that its settings keep.
    """
    uids = [
        str(row.get("uid"))
        for page in pages(server, api(server, "assets"), SURVEYS)
        for row in page
        if row.get("asset_type") == "survey"
    ]
    return [get_asset(server, uid).form for uid in uids]


def get_asset(server: Server, uid: str) -> Asset:
    """Read one asset.

    Raises:
        ServerFault: ``server-not-found`` also when the account may not see it.
    """
    answer = server.http.json("GET", api(server, "assets", uid))
    if not isinstance(answer, dict) or answer.get("uid") != uid:
        raise fault("server-answer", server.http.place)
    active = answer.get("deployment_status") == "deployed"
    count = answer.get("deployment__submission_count")
    deployed = answer.get("deployed_version_id") if answer.get("has_deployment") else None
    return Asset(
        form=DeployedForm(
            form_id=_form_id(answer),
            asset=uid,
            name=server.told(str(answer.get("name") or "")),
            version=str(deployed or ""),
            deployed=active,
            submissions=count if isinstance(count, int) else 0,
            changed=str(answer.get("date_modified") or "")[:10],
        ),
        version=str(answer.get("version_id") or ""),
        content=str(answer.get("version__content_hash") or ""),
        deployed_version=str(deployed or ""),
        deployed_content=_hash(answer.get("deployed_versions"), deployed),
        active=active,
        submissions=count if isinstance(count, int) else None,
        deployed=str(answer.get("date_deployed") or ""),
    )


def rename(server: Server, uid: str, name: str) -> None:
    """Give an asset another name; its questions stay as they are."""
    server.http.json("PATCH", api(server, "assets", uid), json={"name": name}, repeatable=True)


def _hash(versions: object, uid: object) -> str:
    rows = versions.get("results") if isinstance(versions, dict) else None
    found = (row for row in rows or [] if isinstance(row, dict) and row.get("uid") == uid)
    return str(next(found, {}).get("content_hash") or "")


def _form_id(asset: Mapping[str, Any]) -> str:
    content = asset.get("content")
    settings = content.get("settings") if isinstance(content, dict) else None
    if isinstance(settings, list):  # as /content/ writes it
        settings = settings[0] if settings else None
    if not isinstance(settings, dict):
        return ""
    return str(settings.get("id_string") or settings.get("form_id") or "")
