"""The app: a small server that behaves as ODK Central v2026.2.2 does towards this product."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from connectors.servers.sandbox.listen import HANG_UP
from tests.connectors.central.standin import (
    attachments,
    drafts,
    entities,
    entity_lists,
    entity_odata,
    form_versions,
    forms,
    history,
    odata,
    openrosa,
    projects,
    receiving,
    sessions,
    submissions,
)
from tests.connectors.central.standin.answers import (
    RefusedError,
    forbidden,
    not_found,
    refused,
    with_etag,
)
from tests.connectors.central.standin.auth import identify
from tests.connectors.central.standin.worker import run_worker
from tests.connectors.central.standin.world import EXTENSION, World, world

_PARTS = (
    sessions,
    projects,
    forms,
    form_versions,
    drafts,
    submissions,
    history,
    attachments,
    odata,
    openrosa,
    receiving,
    entity_lists,
    entities,
    entity_odata,
)


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(clock: Callable[[], datetime] = utc_now) -> Flask:
    """Make a stand-in with nothing in it; its state is `app.extensions[EXTENSION]`."""
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.config.update(MAX_CONTENT_LENGTH=None, MAX_FORM_MEMORY_SIZE=None)
    here = World(clock)
    app.extensions[EXTENSION] = here
    for part in _PARTS:
        app.register_blueprint(part.blueprint)
    app.register_blueprint(openrosa.signed_in)
    app.before_request(_begin)
    app.after_request(_end)
    app.register_error_handler(RefusedError, refused)
    app.register_error_handler(HTTPException, _no_such_address)
    plain = app.wsgi_app

    def one_at_a_time(environ: Any, start: Any) -> Iterable[bytes]:
        if length := environ.get("CONTENT_LENGTH"):  # who sends slowly keeps nobody waiting
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
        with here.lock:
            return plain(environ, start)

    app.wsgi_app = one_at_a_time  # type: ignore[method-assign]
    return app


def _begin() -> None:
    g.openrosa = bool(re.search(r"/(formList|manifest|submission|integrity)$", request.path))
    found = re.match(r"/v(\d+)(/|$)", request.path)
    if not found:
        words = "Expected an API version (eg /v1) at the start of the request URL."
        raise RefusedError(404.2, words)
    if found[1] != "1":
        words = f"Unexpected an API version (accepts: 1) (got: {found[1]})."
        raise RefusedError(404.3, words, {"got": found[1]})
    key = re.match(r"/v1/key/([^/]+)/", request.path)
    if g.openrosa and request.headers.get("X-OpenRosa-Version") != "1.0":
        return  # the part itself refuses it
    identify(key[1] if key else None)
    if key is None and g.actor is not None and g.actor.type == "field_key":
        raise forbidden()


def _end(response: Response) -> Response:
    response = with_etag(response)
    if world().entities_at_once:
        run_worker(world())
    if g.get("hang_up"):
        response.headers[HANG_UP] = "1"
    return response


def _no_such_address(error: HTTPException) -> Response:
    if error.code in (404, 405):
        return refused(not_found())
    return Response(error.description, error.code or 500)
