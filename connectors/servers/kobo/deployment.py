"""A form reaches the phones: imported, its media beside it, deployed, and seen."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from connectors.servers import openrosa
from connectors.servers.contract import Deployment, Done, Media, Server
from connectors.servers.faults import fault
from connectors.servers.kobo import imports
from connectors.servers.kobo.assets import Asset, get_asset
from connectors.servers.kobo.deployed import draft, restore
from connectors.servers.kobo.drafts import draft_left, draft_there
from connectors.servers.kobo.media import bring, kept, to_send
from connectors.servers.kobo.urls import api
from connectors.servers.openrosa import Offered, digest_of
from programme.problem import ProblemError, Text
from programme.progress import Progress, silent

SOON, LATER = 0.1, 2.0  # seconds between questions, first and at most
_DEPLOYING = Text(vi="đang triển khai", en="deploying")
_WAITING = Text(
    vi="đang đợi điện thoại thấy bản mới", en="waiting until phones are offered the new version"
)


def deploy_form(
    server: Server,
    workbook: Path,
    form_id: str,
    media: Sequence[Media],
    asset: str | None = None,
    progress: Progress = silent,
) -> Deployment:
    """Make KoBo's form equal to the workbook and its media, and show it to phones.

    Every deployment makes every phone update.

    Args:
        workbook: checked before.
        asset: the form to replace; a new one is made when there is none.

    Raises:
        ProblemError: ``form-refused``, ``media-refused``, or a fault of the server. Phones
            keep what they had, and the asset gets back the content that they have; ``draft-left``
            beside it when KoBo does not let it.
    """
    if asset is None:
        asset = imports.create(server, workbook, form_id, progress)
        sent = _bring_and_deploy(server, asset, media, workbook.name, progress)
        return _told(server, asset, media, None, progress, "created", sent)
    before, old = get_asset(server, asset), openrosa.find(server, asset)
    imports.replace(server, workbook, form_id, asset, progress)
    try:
        sent = _bring_and_deploy(server, asset, media, workbook.name, progress)
    except ProblemError as error:
        raise _put_back(server, before, error, progress) from error
    return _told(server, asset, media, old, progress, "replaced", sent)


def deploy_media(
    server: Server, asset: str, media: Sequence[Media], progress: Progress = silent
) -> Deployment:
    """Put media on phones, in one deployment for all that differ; the form stays as it is.

    Nothing is sent and nothing deployed when phones have them all.

    Raises:
        ProblemError: ``media-refused``, ``draft-there`` when the deployment would put on phones
            what somebody wrote on KoBo without deploying it, or a fault of the server.
    """
    now = get_asset(server, asset)
    there = kept(server, asset)
    if not to_send(there, media) and now.active and _seen(server, asset, media, None):
        return Deployment(asset, now.deployed_version, "unchanged", (), seen=True)
    if draft(server, now):
        raise ProblemError(draft_there(server, now))
    sent = _bring_and_deploy(server, asset, media, now.form.name, progress)
    return _told(server, asset, media, None, progress, "unchanged", sent)


def _bring_and_deploy(
    server: Server, asset: str, media: Sequence[Media], name: str, progress: Progress
) -> tuple[str, ...]:
    sent = bring(server, asset, media)
    progress(_DEPLOYING)
    now = get_asset(server, asset)
    if not now.deployed_version:
        answer = _ask(server, asset, "POST", {"active": True}, name)
        if answer != 405:  # noqa: PLR2004 - deployed before: the answer to the first try was lost
            return sent
    # without version_id KoBo only switches it on, and sends neither form nor media
    _ask(server, asset, "PATCH", {"active": True, "version_id": now.version}, name)
    return sent


def _ask(server: Server, asset: str, method: str, body: Mapping[str, Any], name: str) -> int:
    answer = server.http.request(
        method,
        api(server, "assets", asset, "deployment"),
        headers={"Accept": "application/json"},
        json=body,
        allow={400, 405} if method == "POST" else {400},
        repeatable=True,
    )
    if answer.status == 400:  # noqa: PLR2004
        raise imports.refused(server, name, _said(answer.body))
    return answer.status


def _said(body: bytes) -> str:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(answer.get("error") or "") if isinstance(answer, dict) else ""


def _put_back(
    server: Server, before: Asset, error: ProblemError, progress: Progress
) -> ProblemError:
    """Give an asset the content that phones have, unless the deployment came through after all."""
    uid = before.form.asset
    if not before.deployed_version:
        return error  # nobody has it: nothing to go back to
    try:
        if get_asset(server, uid).deployed_version == before.deployed_version:
            restore(server, uid, progress, name=before.form.name)
    except ProblemError:
        return ProblemError([*error.problems, draft_left(server, before)], error.exit_status)
    return error


def _told(
    server: Server,
    asset: str,
    media: Sequence[Media],
    old: Offered | None,
    progress: Progress,
    done: Done,
    sent: tuple[str, ...],
) -> Deployment:
    progress(_WAITING)
    seen = _wait_until_seen(server, asset, media, old)
    return Deployment(asset, get_asset(server, asset).deployed_version, done, sent, seen)


def _wait_until_seen(
    server: Server, asset: str, media: Sequence[Media], old: Offered | None
) -> bool:
    until = time.monotonic() + server.limits.settle
    pause = SOON
    while not _seen(server, asset, media, old):  # media follow in the background
        if time.monotonic() > until:
            return False
        time.sleep(pause)
        pause = min(pause * 2, LATER)
    return True


def _seen(server: Server, asset: str, media: Sequence[Media], old: Offered | None) -> bool:
    offered = openrosa.find(server, asset)
    if offered is None or (old is not None and offered.digest == old.digest):
        return False  # every deployment gives the form another version, and so another hash
    if not offered.download_url:
        raise fault("server-answer", server.http.place)
    there = {each.name: each.digest for each in openrosa.manifest(server, offered)}
    return all(there.get(each.name) == digest_of(each.path) for each in media)
