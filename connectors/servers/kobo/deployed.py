"""What phones have of a form, and the way back to it."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from connectors.servers.contract import Server, Standing
from connectors.servers.faults import fault
from connectors.servers.kobo import imports
from connectors.servers.kobo.assets import Asset, get_asset, rename
from connectors.servers.kobo.content import content_of, same_content
from connectors.servers.kobo.media import kept
from programme.progress import Progress, silent


def standing(server: Server, asset: str) -> Standing:
    """Tell what a form is like on KoBo before something is done to it."""
    now = get_asset(server, asset)
    media = {name: each.digest for name, each in kept(server, asset).items()}
    return Standing(now.form, now.submissions, draft(server, now), media, now.deployed)


def draft(server: Server, asset: Asset) -> bool:
    """Tell whether an asset asks something else now than what phones have.

    A new version alone says nothing: renaming an asset makes one.
    """
    if not asset.deployed_version or asset.version == asset.deployed_version:
        return False
    if asset.content and asset.content == asset.deployed_content:
        return False
    uid = asset.form.asset
    # the hash counts the names that KoBo gives to rows, other ones with each import
    now = content_of(server, uid, asset.version)
    return not same_content(now, content_of(server, uid, asset.deployed_version))


def settled_types(server: Server, asset: str) -> dict[str, str]:
    """KoBo lets every question change its type."""
    return {}


def deployed_workbook(server: Server, asset: str, into: Path) -> None:
    """Write the workbook of what phones have, from what KoBo made of it.

    Raises:
        ServerFault: also when it was never deployed.
    """
    now = get_asset(server, asset)
    if not now.deployed_version:
        raise fault("server-not-found", server.http.place)
    _write(content_of(server, asset, now.deployed_version), now.form.name, into)


def _write(content: Mapping[str, Any], title: str, into: Path) -> None:
    # a pull needs no Excel, which takes long to load
    from connectors.servers.kobo.rebuilt import write_content  # noqa: PLC0415

    write_content(content, title, into)


def restore(
    server: Server, asset: str, progress: Progress = silent, *, name: str | None = None
) -> None:
    """Make an asset's content what phones have again; phones notice nothing.

    Args:
        name: what to call the asset again; by default its name stays.

    Raises:
        ProblemError: a fault of the server, or it does not hold the same content afterwards.
    """
    now = get_asset(server, asset)
    content = content_of(server, asset, now.deployed_version)
    name = now.form.name if name is None else name
    with TemporaryDirectory() as folder:
        workbook = Path(folder) / f"{now.form.form_id or asset}.xlsx"
        _write(content, name, workbook)
        imports.replace(server, workbook, name, asset, progress)
    after = get_asset(server, asset)
    if after.form.name != name:
        rename(server, asset, name)
    if draft(server, after):
        raise fault("server-answer", server.http.place)
