"""A programme, its sandbox in bad weather, and the phones and people who change what it holds."""

import json
import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from connectors.pull import pull
from connectors.results import PullResult
from connectors.servers.access import PATIENT
from connectors.servers.sandbox import Filled, Running, Upload, Weather
from programme.folder import Folder
from programme.settings import Settings
from tests.soak.ground import FORM, TOKEN, Scale

START = datetime(2026, 11, 1, 22, 0, tzinfo=UTC)
HASTY = replace(PATIENT, tries=6, pause=0.005, longest_pause=3)


class Clock:
    """The sandbox's clock; ``age`` sets it back."""

    age = timedelta()

    def __call__(self) -> datetime:
        """Give the present moment."""
        return datetime.now(UTC) - self.age


@dataclass
class Village:
    """Everything that a soak needs; the seed decides what is sent, changed and spoiled."""

    folder: Folder
    settings: Settings
    running: Running
    weather: Weather
    scale: Scale
    chance: random.Random
    there: Clock
    asset: str = ""
    clock: datetime = START
    happened: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    owed: list[Filled] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = requests.Session()
        self.http.headers.update({"Authorization": f"Token {TOKEN}", "Accept": "application/json"})

    def call(self, method: str, path: str, **more: Any) -> Any:
        """Ask the sandbox, as a person in KoBo does; gives the JSON."""
        answer = self.http.request(method, self.running.url + path, timeout=60, **more)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def data(self, method: str, path: str = "", **more: Any) -> Any:
        """Ask for data of the form."""
        return self.call(method, f"/api/v2/assets/{self.asset}/data/{path}", **more)

    def deploy(self) -> None:
        """Put the form on the sandbox."""
        book = (self.folder.xlsforms / f"{FORM}.xlsx").read_bytes()
        fields = {"library": "false", "name": FORM}
        task = self.call("POST", "/api/v2/imports/", data=fields, files={"file": book})
        path = f"/api/v2/imports/{task['uid']}/"
        while (told := self.call("GET", path))["status"] == "processing":
            pass
        self.asset = told["messages"]["created"][0]["uid"]
        self.call("POST", f"/api/v2/assets/{self.asset}/deployment/", json={"active": True})

    def filled(self, edits: str = "") -> Filled:
        """Fill the form, with a picture in one of twenty; ``edits``: the uuid of the one before."""
        instance = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        before = f"<deprecatedID>uuid:{edits}</deprecatedID>" if edits else ""
        visitors = "".join(
            f"<visitor><day>2026-10-{self.chance.randint(10, 31)}</day>"
            f"<gift>{self.chance.randint(0, 10**7) / 100}</gift></visitor>"
            for _ in range(self.chance.randint(0, 3))
        )
        picture = self.chance.random() < 0.05
        photo = Upload(f"{instance}.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + instance.bytes * 40)
        xml = (
            f'<{self.asset} id="{self.asset}" version="1"><club>C{self.chance.randint(1, 46)}'
            f"</club><present>{self.chance.randint(5, 80)}</present>"
            f"<note>họp – {self.chance.getrandbits(64)}</note>"
            f"{f'<photo>{photo.name}</photo>' if picture else ''}{visitors}"
            f"<meta><instanceID>uuid:{instance}</instanceID>{before}</meta></{self.asset}>"
        )
        return Filled(xml.encode(), (photo,) if picture else ())

    def send(self, count: int) -> None:
        """Let phones have sent so many filled forms a month ago."""
        self.there.age = timedelta(days=30)
        self.running.load(self.filled() for _ in range(count))
        self.there.age = timedelta()

    def rows(self) -> list[dict[str, Any]]:
        """Give every record as the sandbox has it, in fair weather."""
        fair, self.weather.on = self.weather.on, False
        rows: list[dict[str, Any]] = []
        while True:
            after = {"_id": {"$gt": rows[-1]["_id"] if rows else 0}}
            query = {"query": json.dumps(after), "sort": '{"_id":1}', "limit": "1000"}
            answer = self.data("GET", params=query)
            rows += answer["results"]
            if answer["count"] <= len(answer["results"]):
                self.weather.on = fair
                return rows

    def change(self, known: list[dict[str, Any]]) -> None:
        """Let one thing happen to the known records, or let a phone send something."""
        what = self.chance.choice(("arrival", "late picture", "edit", "edit", "deletion", "state"))
        getattr(self, "_" + what.replace(" ", "_"))(known)
        self.happened[what] += 1

    def _arrival(self, known: list[dict[str, Any]]) -> None:
        filled = self.filled()
        if filled.files and self.chance.random() < 0.5:
            self.owed.append(filled)
            filled = Filled(filled.xml)
        self.running.load([filled])

    def _late_picture(self, known: list[dict[str, Any]]) -> None:
        if self.owed:
            with suppress(ValueError):  # of a form that was edited meanwhile
                self.running.load([self.owed.pop()])

    def _deletion(self, known: list[dict[str, Any]]) -> None:
        one = known.pop(self.chance.randrange(len(known)))
        self.data("DELETE", "bulk/", json={"payload": {"submission_ids": [one["_id"]]}})

    def _edit(self, known: list[dict[str, Any]]) -> None:
        one = known.pop(self.chance.randrange(len(known)))
        self.running.load([self.filled(one["_uuid"])])

    def _state(self, known: list[dict[str, Any]]) -> None:
        one = self.chance.choice(known)
        state = self.chance.choice(("approved", "on_hold", "not_approved"))
        uid = {"validation_status.uid": f"validation_status_{state}"}
        self.data("PATCH", f"{one['_id']}/validation_status/", json=uid)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Let the night's changes happen meanwhile, in a thread of their own."""
        known, failed = self.rows(), []

        def work() -> None:
            try:
                for _ in range(self.scale.changes):
                    self.change(known)
            except BaseException as error:  # told in the main thread
                failed.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            thread.join()
        assert not failed, failed

    def pull(self) -> PullResult:
        """Pull, a night later than the last time."""
        self.clock += timedelta(days=1)
        environ = {"ISHC_TOKEN": TOKEN}
        limits = replace(HASTY, read=self.scale.wait)
        result = pull(self.settings, self.folder, environ=environ, now=self.clock, limits=limits)
        (form,) = result.forms
        self.kinds[f"{form.kind}{'' if form.agreed else ', not finished'}"] += 1
        return result
