"""A form reaches the phones: imported, its media beside it, deployed, and seen."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import orjson

from connectors.servers import openrosa
from connectors.servers.contract import Deployment, Media, Server
from connectors.servers.faults import fault
from connectors.servers.kobo import imports
from connectors.servers.kobo.assets import Asset, get_asset
from connectors.servers.kobo.media import bring, md5_of
from connectors.servers.kobo.urls import api

SOON, LATER = 0.1, 2.0  # seconds between questions, first and at most


def deploy_form(
    server: Server,
    workbook: Path,
    form_id: str,
    media: Sequence[Media],
    asset: str | None = None,
    *,
    unchanged: bool = False,
) -> Deployment:
    """Make KoBo's form equal to the workbook and its media, and show it to phones.

    What is equal already is not sent: every deployment makes every phone update.

    Args:
        workbook: checked before; KoBo keeps what it imports even if it cannot deploy it.
        asset: the form to replace; a new one is made when there is none.
        unchanged: the deployed form is known to equal the workbook.

    Raises:
        ProblemError: ``form-refused``, ``media-refused``, or a fault of the server. Phones
            keep what they had.
    """
    done: Literal["created", "replaced", "unchanged"] = "unchanged"
    if asset is None:
        asset, done = imports.create(server, workbook, form_id), "created"
    elif not unchanged:
        imports.replace(server, workbook, form_id, asset)
        done = "replaced"
    sent = bring(server, asset, media)
    now = get_asset(server, asset)
    wanted = {each.name: md5_of(each.path) for each in media}
    if done == "unchanged" and not sent and now.active and _seen(server, asset, wanted):
        return Deployment(asset, now.deployed_version, done, sent, seen=True)
    _deploy(server, now, workbook)
    return Deployment(asset, now.version, done, sent, _wait_until_seen(server, asset, wanted))


def _deploy(server: Server, asset: Asset, workbook: Path) -> None:
    if not asset.deployed_version:
        answer = _ask(server, asset, "POST", {"active": True}, workbook)
        if answer != 405:  # noqa: PLR2004 - deployed before: the answer to the first try was lost
            return
    # without version_id KoBo only switches it on, and sends neither form nor media
    _ask(server, asset, "PATCH", {"active": True, "version_id": asset.version}, workbook)


def _ask(server: Server, asset: Asset, method: str, body: Mapping[str, Any], workbook: Path) -> int:
    answer = server.http.request(
        method,
        api(server, "assets", asset.form.asset, "deployment"),
        headers={"Accept": "application/json"},
        json=body,
        allow={400, 405} if method == "POST" else {400},
        repeatable=True,
    )
    if answer.status == 400:  # noqa: PLR2004
        raise imports.refused(server, workbook, _said(answer.body))
    return answer.status


def _said(body: bytes) -> str:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(answer.get("error") or "") if isinstance(answer, dict) else ""


def _wait_until_seen(server: Server, asset: str, wanted: Mapping[str, str]) -> bool:
    until = time.monotonic() + server.limits.settle
    pause = SOON
    while not _seen(server, asset, wanted):  # media follow in the background
        if time.monotonic() > until:
            return False
        time.sleep(pause)
        pause = min(pause * 2, LATER)
    return True


def _seen(server: Server, asset: str, wanted: Mapping[str, str]) -> bool:
    offered = openrosa.find(server, asset)
    if offered is None:
        return False
    if not offered.download_url:
        raise fault("server-answer", server.http.place)
    there = {each.name: each.digest for each in openrosa.manifest(server, offered)}
    return all(there.get(name) == digest for name, digest in wanted.items())
