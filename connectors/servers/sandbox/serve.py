"""The sandbox as a running server, in a thread of this process."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask

from connectors.servers.sandbox.app import create_app
from connectors.servers.sandbox.context import EXTENSION
from connectors.servers.sandbox.identity import utc_now
from connectors.servers.sandbox.listen import Listening, listen
from connectors.servers.sandbox.load import Filled, load
from connectors.servers.sandbox.weather import Weather


class Running(Listening):
    """A sandbox that answers until it is stopped; a context manager stops it at the end."""

    app: Flask

    def load(self, submissions: Iterable[Filled]) -> int:
        """Take many submissions at once, as if phones had sent them; as `load.load`."""
        return load(self.app, submissions, self.url)

    def close(self) -> None:
        """Close the state."""
        self.app.extensions[EXTENSION].state.close()


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
    running = listen(weather.over(app) if weather else app, host, port, kind=Running)
    running.app = app
    return running
