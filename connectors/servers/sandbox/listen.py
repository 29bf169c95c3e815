"""An app that answers on this computer, in a thread of this process."""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

GRACE = 1.0  # seconds that a stop waits for answers under way; some stall on purpose
HANG_UP = "X-Hang-Up"  # on an answer: promise to listen on, then close the connection


class QuietHandler(WSGIRequestHandler):
    """Answers at once, and logs nothing: no address, no token."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    connections: set[socket.socket]
    lies = False

    def setup(self) -> None:
        """Remember the connection, so that a stop can end it."""
        super().setup()
        self.connections.add(self.connection)

    def finish(self) -> None:
        """Forget the connection."""
        self.connections.discard(self.connection)
        super().finish()

    def send_header(self, keyword: str, value: str) -> None:
        """Write a header; ``HANG_UP`` is done instead of written."""
        if keyword == HANG_UP:
            self.lies = True
            self.connection.settimeout(0.05)  # waits for no further request
            return
        if keyword == "Connection" and self.lies:
            value = "keep-alive"
        super().send_header(keyword, value)
        if keyword == "Connection":
            self.close_connection = True  # whatever was said

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 the base's name
        """Write nothing."""


class Listening:
    """An app that answers until it is stopped; a context manager stops it at the end."""

    def __init__(self, server: BaseWSGIServer, host: str, connections: set[socket.socket]) -> None:
        self._server, self._connections = server, connections
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{server.port}"
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until the server is stopped."""
        self._thread.join()

    def stop(self) -> None:
        """Stop answering; a second call does nothing."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            for connection in list(self._connections):  # clients may keep theirs open
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            ends = time.monotonic() + GRACE
            while self._connections and time.monotonic() < ends:
                time.sleep(0.005)  # an answer under way still reads what is about to be closed
            self.close()

    def close(self) -> None:
        """Close what the app holds, once nothing answers any more."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


Kind = TypeVar("Kind", bound=Listening)


def listen(
    app: Any,
    host: str,
    port: int,
    *,
    kind: type[Kind],
    handler: type[QuietHandler] = QuietHandler,
) -> Kind:
    """Start a WSGI app in a thread; port 0 takes a free one.

    Raises OSError where the address is in use.
    """
    connections: set[socket.socket] = set()
    own = type("_Handler", (handler,), {"connections": connections})
    # bound here: the server would end the whole process where the address is in use
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        server = make_server(
            host,
            listening.getsockname()[1],
            app,
            threaded=True,
            request_handler=own,
            fd=listening.fileno(),
        )
    return kind(server, host, connections)
