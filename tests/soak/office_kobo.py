"""The sandbox for KoBoToolbox, as a soak needs it."""

import json
from contextlib import suppress
from pathlib import Path

from connectors.servers.sandbox import Filled as Sent
from connectors.servers.sandbox import Running, Upload, Weather, serve
from tests.soak.ground import SECRET, Scale
from tests.soak.office import Clock, Filled, Office, Record, picture_of

STATES = {name: f"validation_status_{name}" for name in ("approved", "on_hold", "not_approved")}


class KoboOffice(Office):
    """A sandbox with one account."""

    running: Running

    def __init__(self, running: Running) -> None:
        super().__init__(running, running.app, f"Token {SECRET}")

    @property
    def _data(self) -> str:
        return f"/api/v2/assets/{self.asset}/data"

    def _sent(self, filled: Filled, edits: str = "") -> Sent:
        before = f"<deprecatedID>uuid:{edits}</deprecatedID>" if edits else ""
        xml = (
            f'<{self.asset} id="{self.asset}" version="1">{filled.body}'
            f"<meta><instanceID>uuid:{filled.instance}</instanceID>{before}</meta></{self.asset}>"
        )
        files = [Upload(name, "image/jpeg", content) for name, content in _pictures(filled)]
        return Sent(xml.encode(), tuple(files))

    def send(self, filled: list[Filled]) -> None:
        self.running.load(map(self._sent, filled))

    def edit(self, record: Record, filled: Filled) -> None:
        self.running.load([self._sent(filled, record["_uuid"])])

    def delete(self, ids: list[int]) -> None:
        if not ids:
            return
        self.ask("DELETE", f"{self._data}/bulk/", json={"payload": {"submission_ids": ids}})

    def judge(self, number: int, state: str) -> None:
        uid = {"validation_status.uid": STATES[state]}
        self.ask("PATCH", f"{self._data}/{number}/validation_status/", json=uid)

    def late(self, filled: Filled) -> None:
        with suppress(ValueError):  # of a form that was edited meanwhile
            self.send([filled])

    def rows(self) -> list[Record]:
        rows: list[Record] = []
        while True:
            after = {"_id": {"$gt": rows[-1]["_id"] if rows else 0}}
            query = {"query": json.dumps(after), "sort": '{"_id":1}', "limit": "1000"}
            answer = self.ask("GET", f"{self._data}/", query_string=query)
            rows += answer["results"]
            if answer["count"] <= len(answer["results"]):
                return rows

    def pictures(self, record: Record) -> dict[str, bytes]:
        return {
            file["uid"]: picture_of(file["media_file_basename"])
            for file in record["_attachments"]
            if not file["is_deleted"]
        }

    def versions(self, number: int) -> int | None:
        return None


def _pictures(filled: Filled) -> list[tuple[str, bytes]]:
    return [filled.picture] if filled.picture else []


def kobo_office(folder: Path, scale: Scale, weather: Weather, clock: Clock) -> KoboOffice:
    """Start a sandbox in some weather."""
    return KoboOffice(serve(folder, SECRET, older=scale.older, weather=weather, clock=clock))
