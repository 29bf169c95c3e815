"""Which submissions ODK Collect sent: Central's plain list tells the client of each."""

import re
from collections.abc import Collection

from connectors.servers.central.pages import MOST
from connectors.servers.central.urls import form, rows_of
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault

PAGE = 2000
# since 2021 its versions are named by the year; older ones wrote moments in another way
_COLLECT = re.compile(r"org\.odk\.collect\.android/v20\d\d\.\d.*", re.DOTALL)


class Clients:
    """Reads the list, the newest first, as far as it is asked for; keeps ids and nothing else.

    The list is cheap (2,000 rows in 0.07 s). It knows no ``nextLink``: what is deleted meanwhile
    may hide a row between two pages, which then counts as another client's.
    """

    def __init__(self, server: Server, asset: str) -> None:
        self._server, self._url = server, form(server, asset, "submissions")
        self._size, self._offset = PAGE, 0
        self._reached = "~"  # the moment of the last row
        self._collect: set[str] = set()

    def of_collect(self, roots: Collection[str], oldest: str) -> set[str]:
        """Give those of the submissions that ODK Collect sent; ask for each once, newest first.

        Args:
            oldest: when the first of them was received.
        """
        while self._reached >= oldest and self._offset < MOST:
            self._read()
        found = self._collect.intersection(roots)
        self._collect -= found
        return found

    def _read(self) -> None:
        asked = {"limit": str(self._size), "offset": str(self._offset)}
        try:
            rows = rows_of(self._server, self._server.http.json("GET", self._url, params=asked))
        except ServerFault as error:
            if error.code != "server-too-large" or self._size == 1:
                raise
            self._size //= 2
            return
        self._collect.update(
            str(row.get("instanceId"))
            for row in rows
            if _COLLECT.fullmatch(str(row.get("userAgent")))
        )
        self._offset += self._size
        self._reached = str(rows[-1].get("createdAt") or "") if len(rows) == self._size else ""
