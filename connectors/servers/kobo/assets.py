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
        deployed_version: what phones get; empty before the first deployment.
        active: phones can get it.
    """

    form: DeployedForm
    version: str
    deployed_version: str
    active: bool


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
    deployed = answer.get("deployed_version_id") if answer.get("has_deployment") else None
    return Asset(
        form=DeployedForm(
            form_id=_form_id(answer),
            asset=uid,
            name=str(answer.get("name") or ""),
            version=str(deployed or ""),
            deployed=active,
            submissions=_count(answer.get("deployment__submission_count")),
        ),
        version=str(answer.get("version_id") or ""),
        deployed_version=str(deployed or ""),
        active=active,
    )


def _form_id(asset: Mapping[str, Any]) -> str:
    content = asset.get("content")
    settings = content.get("settings") if isinstance(content, dict) else None
    if isinstance(settings, list):  # as /content/ writes it
        settings = settings[0] if settings else None
    if not isinstance(settings, dict):
        return ""
    return str(settings.get("id_string") or settings.get("form_id") or "")


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
