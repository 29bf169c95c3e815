"""A form reaches the phones: a draft, its files, published, and seen."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from connectors.servers import openrosa
from connectors.servers.central import drafts
from connectors.servers.central.forms import get_form, get_published
from connectors.servers.central.refusals import draft_there
from connectors.servers.central.urls import form
from connectors.servers.contract import Deployment, Done, Media, Server, Standing
from connectors.servers.faults import fault
from connectors.servers.openrosa import held
from programme.problem import ProblemError, Text
from programme.progress import Progress, silent

_SENDING = Text(vi="đang gửi biểu mẫu", en="sending the form")
_DEPLOYING = Text(vi="đang triển khai", en="deploying")


def deploy_form(
    server: Server,
    workbook: Path,
    form_id: str,
    media: Sequence[Media],
    asset: str | None = None,
    progress: Progress = silent,
) -> Deployment:
    """Make Central's form equal to the workbook and its media, and show it to phones.

    One that somebody has closed is opened again.

    Args:
        workbook: checked before.
        asset: the form to replace; a new one is made when there is none.

    Raises:
        ProblemError: ``form-refused``, ``media-refused``, or a fault of the server. Phones keep
            what they had, and the draft is dropped again.
    """
    progress(_SENDING)
    name = asset or form_id
    closed = asset is not None and _closed(server, asset)
    drafts.upload(server, workbook, form_id, asset)
    try:
        sent = drafts.bring(server, name, media)
        progress(_DEPLOYING)
        if closed and drafts.says_the_same(server, name):
            return _opened(server, name, media, sent)
        drafts.publish(server, name, workbook.name)
        if closed:
            drafts.open_again(server, name)
    except ProblemError:
        with suppress(ProblemError):  # of a form that was never published it stays, unseen
            drafts.drop(server, name)
        raise
    return _told(server, name, media, "replaced" if asset else "created", sent)


def deploy_media(
    server: Server, asset: str, media: Sequence[Media], progress: Progress = silent
) -> Deployment:
    """Put media on phones, all that differ under one new version; the form stays as it is.

    Raises:
        ProblemError: ``draft-there`` when somebody has a draft of it, ``media-refused``, or a
            fault of the server.
    """
    now, there = get_form(server, asset), drafts.files(server, asset)
    named = [each for each in media if each.name in there]
    if all(there[each.name] == held(each) for each in named):
        return Deployment(asset, now.version, "unchanged", (), seen=_seen(server, asset, media))
    if drafts.has_draft(server, asset):
        raise draft_there(server, now)
    progress(_DEPLOYING)
    drafts.copy_published(server, asset)
    try:
        sent = drafts.bring(server, asset, media)
        drafts.publish(server, asset, asset, drafts.next_version(server, asset))
    except ProblemError:
        with suppress(ProblemError):
            drafts.drop(server, asset)
        raise
    return _told(server, asset, media, "unchanged", sent)


def standing(server: Server, asset: str) -> Standing:
    """Tell what a form is like on Central before something is done to it."""
    now, published = get_published(server, asset)
    draft = drafts.has_draft(server, asset)
    kept = drafts.files(server, asset, *([] if now.version else ["draft"]))
    media = {name: digest for name, digest in kept.items() if digest}
    return Standing(now, now.submissions, draft and bool(now.version), media, published)


def deployed_workbook(server: Server, asset: str, into: Path) -> None:
    """Write the workbook of what phones have.

    Raises:
        ServerFault: also when the form was not made of a workbook.
    """
    if not get_form(server, asset).version:
        raise fault("server-not-found", server.http.place)
    into.write_bytes(server.http.request("GET", f"{form(server, asset)}.xlsx").body)


def restore(server: Server, asset: str, progress: Progress = silent) -> None:
    """Drop the draft that a deployment which was cut off has left."""
    progress(_DEPLOYING)
    drafts.drop(server, asset)


def _closed(server: Server, asset: str) -> bool:
    now = get_form(server, asset)
    return bool(now.version) and not now.deployed


def _opened(
    server: Server, asset: str, media: Sequence[Media], sent: tuple[str, ...]
) -> Deployment:
    """Open a form for phones whose version was published before, which Central does only once."""
    if sent:
        drafts.publish(server, asset, asset, drafts.next_version(server, asset))
    else:
        drafts.drop(server, asset)
    drafts.open_again(server, asset)
    return _told(server, asset, media, "unchanged", sent)


def _told(
    server: Server, asset: str, media: Sequence[Media], done: Done, sent: tuple[str, ...]
) -> Deployment:
    version = get_form(server, asset).version
    return Deployment(asset, version, done, sent, _seen(server, asset, media))


def _seen(server: Server, asset: str, media: Sequence[Media]) -> bool:
    # at once: Central does nothing of this in the background
    offered = openrosa.find(server, asset)
    if offered is None:
        return False
    there = {each.name: each.digest for each in openrosa.manifest(server, offered)}
    return all(
        each.linked or there[each.name] == held(each) for each in media if each.name in there
    )
