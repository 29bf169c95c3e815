"""A server with one form, whatever its kind, and the people who work on its page."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from connectors.servers.sandbox.listen import Listening

Record = dict[str, Any]
Picture = tuple[str, bytes]


class Clock:
    """The clock of server and office, which may be set on and back."""

    ahead = timedelta()

    def __call__(self) -> datetime:
        """Give the moment that it shows."""
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Filled:
    """A filled form: its instance id, its content without root and meta, its picture."""

    instance: str
    body: str
    picture: Picture | None


class Office(ABC):
    """A server with one form; what people do there meets no weather.

    ``asset`` is set when the form was deployed.
    """

    changes: tuple[str, ...] = ("arrival", "late picture", "edit", "edit", "deletion", "state")
    asset = ""

    def __init__(self, running: Listening, app: Flask, secret: str) -> None:
        self.running = running
        self._client = app.test_client(use_cookies=False)
        self._headers = {"Authorization": secret, "Accept": "application/json"}

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Ask for something, as a person's browser does; gives the JSON."""
        more["headers"] = {**self._headers, **more.get("headers", {})}
        with self._client.open(
            path, method=method, base_url=self.running.url, buffered=True, **more
        ) as answer:
            assert answer.status_code < 300, answer.text
            return answer.get_json() if answer.is_json else None

    @abstractmethod
    def send(self, filled: list[Filled]) -> None:
        """Let phones send filled forms."""

    @abstractmethod
    def edit(self, record: Record, filled: Filled) -> None:
        """Let a person change a submission."""

    @abstractmethod
    def delete(self, ids: list[int]) -> None:
        """Let a person delete submissions."""

    @abstractmethod
    def judge(self, number: int, state: str) -> None:
        """Let a person give a submission a state: approved, on_hold or not_approved."""

    @abstractmethod
    def late(self, filled: Filled) -> None:
        """Let a phone send the picture of what it sent before, if that is still there as it was."""

    @abstractmethod
    def rows(self) -> list[Record]:
        """Give every record as a pull must bring it, by rising id."""

    @abstractmethod
    def pictures(self, record: Record) -> dict[str, bytes]:
        """Give the pictures of a record by their id."""

    @abstractmethod
    def versions(self, number: int) -> int | None:
        """Count the versions of a submission, None where the server does not say."""


def picture_of(name: str) -> bytes:
    """Make the picture of a name, which is an instance id."""
    return b"\xff\xd8\xff\xe0" + bytes.fromhex(name.removesuffix(".jpg").replace("-", "")) * 40
