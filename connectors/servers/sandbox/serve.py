"""The sandbox as a running server, in a thread of this process."""

import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from connectors.servers.sandbox.app import create_app
from connectors.servers.sandbox.context import EXTENSION
from connectors.servers.sandbox.identity import utc_now
from connectors.servers.sandbox.load import Filled, load
from connectors.servers.sandbox.weather import Weather


class _QuietHandler(WSGIRequestHandler):
    """Answers at once, and logs nothing: no address, no token."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    connections: set[socket.socket]

    def setup(self) -> None:
        """Remember the connection, so that a stop can end it."""
        super().setup()
        self.connections.add(self.connection)

    def finish(self) -> None:
        """Forget the connection."""
        self.connections.discard(self.connection)
        super().finish()

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 the base's name
        """Write nothing."""


class Running:
    """A sandbox that answers until it is stopped; a context manager stops it at the end."""

    def __init__(
        self, server: BaseWSGIServer, app: Flask, host: str, connections: set[socket.socket]
    ) -> None:
        self._server, self._app, self._connections = server, app, connections
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{server.port}"
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def load(self, submissions: Iterable[Filled]) -> int:
        """Take many submissions at once, as if phones had sent them; as `load.load`."""
        return load(self._app, submissions, self.url)

    def wait(self) -> None:
        """Wait until the server is stopped."""
        self._thread.join()

    def stop(self) -> None:
        """Stop answering and close the state; a second call does nothing."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            for connection in list(self._connections):  # clients may keep theirs open
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._app.extensions[EXTENSION].state.close()

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def serve(
    state: Path,
    token: str,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    owner: str = "owner",
    accounts: Mapping[str, str] | None = None,
    older: bool = False,
    page: int | None = None,
    weather: Weather | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Running:
    """Start the sandbox in a thread; `port` 0 takes a free one, `.url` tells it.

    Args: as `create_app`; host and port to answer on, loopback unless told otherwise; the
    weather, fair when there is none.
    Raises OSError where the address is in use.
    """
    app = create_app(
        state, token, owner=owner, accounts=accounts, older=older, page=page, clock=clock
    )
    connections: set[socket.socket] = set()
    handler = type("_Handler", (_QuietHandler,), {"connections": connections})
    # bound here: the server would end the whole process where the address is in use
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        server = make_server(
            host,
            listening.getsockname()[1],
            weather.over(app) if weather else app,
            threaded=True,
            request_handler=handler,
            fd=listening.fileno(),
        )
    return Running(server, app, host, connections)
