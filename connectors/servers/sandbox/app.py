"""The app: a small server that behaves as KoBoToolbox does towards this product."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask, Response

from connectors.servers.sandbox import (
    account,
    assets,
    attachments,
    data,
    deletes,
    deployment,
    edits,
    imports,
    log,
    media,
    openrosa,
    permissions,
    submission,
    validation,
    versions,
)
from connectors.servers.sandbox.answers import register_answers
from connectors.servers.sandbox.context import EXTENSION, Sandbox
from connectors.servers.sandbox.identity import utc_now
from connectors.servers.sandbox.state import State

_LARGEST = 100 * 1024 * 1024  # as the nginx of a KoBoToolbox server
_PARTS = (
    account,
    assets,
    imports,
    versions,
    deployment,
    media,
    log,
    openrosa,
    permissions,
    submission,
    data,
    edits,
    deletes,
    validation,
    attachments,
)


def create_app(
    state: Path,
    token: str,
    *,
    owner: str = "owner",
    accounts: Mapping[str, str] | None = None,
    older: bool = False,
    page: int | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Flask:
    """Make the sandbox server over a folder.

    Args:
        state: folder in which everything received is kept; made when missing.
        token: what the owner shows; held in memory, never written.
        owner: name of the account that owns every form.
        accounts: further accounts, their tokens by name; they have no rights until given some.
        older: answer as KoBoToolbox 2.026.03 does, not as 2.026.07.
        page: most rows of a page of data, and how many come unasked: 30,000 until December
            2025. None: 1,000 and 100.
        clock: gives the moment of receipt, aware of its zone.
    """
    if not token:
        raise ValueError("the sandbox needs a token")
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # an address with // is unknown, never a redirect elsewhere
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST, MAX_FORM_MEMORY_SIZE=_LARGEST)
    app.extensions[EXTENSION] = Sandbox(
        State(state), owner, clock, {**(accounts or {}), owner: token}, older, page
    )
    for part in _PARTS:
        app.register_blueprint(part.blueprint)
    register_answers(app)
    app.register_error_handler(openrosa.OpenRosaError, _openrosa_error)
    return app


def _openrosa_error(error: openrosa.OpenRosaError) -> Response:
    return error.response
