"""Many submissions at once, kept as if a phone had sent each of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from flask import Flask

from connectors.servers.sandbox.attach import Upload
from connectors.servers.sandbox.context import EXTENSION, Sandbox
from connectors.servers.sandbox.submission import take

_TOGETHER = 1000  # in one transaction; others may come in between
_CREATED = 201


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form as a phone sends it: its XML and the files that it names."""

    xml: bytes
    files: tuple[Upload, ...] = ()


def load(app: Flask, submissions: Iterable[Filled], url: str = "http://127.0.0.1/") -> int:
    """Take submissions from the owner, all or none of each thousand; gives how many.

    The way is that of `/submission`, but for the HTTP and a transaction each.

    Args: the app, the submissions in the order of their ids, and the server's address.
    Raises ValueError for one that a phone would be refused.
    """
    here = app.extensions[EXTENSION]
    assert isinstance(here, Sandbox)
    headers = {"Authorization": f"Token {here.tokens[here.owner]}", "User-Agent": "load"}
    coming, count = iter(submissions), 0
    with app.test_request_context("/submission", base_url=url, method="POST", headers=headers):
        while some := list(islice(coming, _TOGETHER)):
            with here.state.write():
                for one in some:
                    answer = take(one.xml, list(one.files))
                    if answer.status_code != _CREATED:
                        raise ValueError(answer.get_data(as_text=True))
            count += len(some)
    return count
