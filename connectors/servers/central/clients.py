"""Which submissions ODK Collect sent: Central's plain list tells the client of each."""

import re
import sys
from collections.abc import Collection

from connectors.servers.central.pages import MOST
from connectors.servers.central.urls import form, rows_of
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault

PAGE = 2000
# since 2021 its versions are named by the year; older ones wrote moments in another way
_COLLECT = re.compile(r"org\.odk\.collect\.android/(v20\d\d\.\d\S*).*", re.DOTALL)


class Clients:
    """Reads the list, the newest first, as far as it is asked for; keeps ids and nothing else.

    The list is cheap (2,000 rows in 0.07 s). It knows no ``nextLink``: what is deleted meanwhile
    may hide a row between two pages, which then counts as another client's.
    """

    def __init__(self, server: Server, asset: str) -> None:
        self._server, self._url = server, form(server, asset, "submissions")
        self._size, self._offset = PAGE, 0
        self._reached = "~"  # the moment of the last row
        self._collect: dict[str, str] = {}

    def of_collect(self, roots: Collection[str], oldest: str) -> dict[str, str]:
        """Give which version of ODK Collect sent the submissions that it sent.

        Ask for each once, the newest first.

        Args:
            oldest: when the first of them was received.
        """
        while self._reached >= oldest and self._offset < MOST:
            self._read()
        return {root: self._collect.pop(root) for root in roots if root in self._collect}

    def _read(self) -> None:
        asked = {"limit": str(self._size), "offset": str(self._offset)}
        try:
            rows = rows_of(self._server, self._server.http.json("GET", self._url, params=asked))
        except ServerFault as error:
            if error.code != "server-too-large" or self._size == 1:
                raise
            self._size //= 2
            return
        for row in rows:
            if version := _COLLECT.fullmatch(str(row.get("userAgent"))):
                self._collect[str(row.get("instanceId"))] = sys.intern(version[1])
        self._offset += self._size
        self._reached = str(rows[-1].get("createdAt") or "") if len(rows) == self._size else ""
