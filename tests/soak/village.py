"""A programme, its server in bad weather, and the phones and people who change what it holds."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from connectors.deploy import Deployed, deploy
from connectors.pull import pull
from connectors.results import PullResult
from connectors.servers import connect, verbs
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import Server
from programme.folder import Folder
from programme.settings import PullSettings, Settings
from tests.soak.ground import SECRET, Scale
from tests.soak.office import Clock, Filled, Office, Record, picture_of
from tests.soak.office_central import CentralOffice
from tests.soak.watched import Watched

HASTY = replace(PATIENT, tries=6, pause=0.005, longest_pause=3, settle=20)
ENVIRON = {"ISHC_TOKEN": SECRET}
FOLLOWING = PullSettings(proven_up_to=0, proven_every_days=1000, recent_days=14)
MONTH, NIGHT = timedelta(days=30), timedelta(days=1)


@dataclass
class Village:
    """Everything that a soak needs; the seed decides what is sent, changed and spoiled."""

    folder: Folder
    settings: Settings
    office: Office
    weather: Watched
    scale: Scale
    chance: random.Random
    there: Clock
    happened: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    owed: list[Filled] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        """As hasty as the scale says."""
        return replace(HASTY, read=self.scale.wait)

    @contextmanager
    def fair(self) -> Iterator[None]:
        """Let the weather be fair meanwhile."""
        before, self.weather.on = self.weather.on, False
        yield
        self.weather.on = before

    @contextmanager
    def signed_in(self) -> Iterator[Server]:
        """Give the server as the product sees it, in fair weather."""
        (settings,) = self.settings.servers.values()
        with self.fair(), connect(settings, ENVIRON, PATIENT) as server:
            verbs(server).check_account(server)
            yield server

    def begin_anew(self, root: Path) -> None:
        """Forget everything but the form, and pull into another folder from now on."""
        self.office.delete([one["_id"] for one in self.office.rows()])
        self.month()
        self.folder, self.owed = Folder(root), []
        self.settings = replace(self.settings, pull=FOLLOWING)
        self.weather.watch()

    def month(self) -> None:
        """Let a month pass; what lies in a trash so long is purged."""
        self.there.ahead += MONTH + NIGHT
        if isinstance(self.office, CentralOffice):
            self.office.world.purge_trash()

    def deploy(self) -> Deployed:
        """Bring the form to the server, in good weather: however slow it is, it is waited for."""
        (done,) = deploy(self.settings, self.folder, environ=ENVIRON, limits=PATIENT)
        self.office.asset = done.asset
        return done

    def _instance(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def filled_with(self, body: str, *, picture: bool = False) -> Filled:
        """Fill the form with some answers, and a picture where that is wanted."""
        instance = self._instance()
        name = f"{instance}.jpg"
        if not picture:
            return Filled(instance, body, None)
        return Filled(instance, f"{body}<photo>{name}</photo>", (name, picture_of(name)))

    def filled(self) -> Filled:
        """Fill the form, with a picture in one of twenty."""
        visitors = "".join(
            f"<visitor><day>2026-10-{self.chance.randint(10, 31)}</day>"
            f"<gift>{self.chance.randint(0, 10**7) / 100}</gift></visitor>"
            for _ in range(self.chance.randint(0, 3))
        )
        body = (
            f"<club>C{self.chance.randint(1, 46)}</club>"
            f"<present>{self.chance.randint(5, 80)}</present>"
            f"<note>họp – {self.chance.getrandbits(64)}</note>{visitors}"
        )
        return self.filled_with(body, picture=self.chance.random() < 0.05)

    def send(self, count: int) -> None:
        """Let phones have sent so many filled forms a month ago."""
        self.there.ahead -= MONTH
        self.office.send([self.filled() for _ in range(count)])
        self.there.ahead += MONTH

    def change(self, known: list[Record]) -> None:
        """Let one thing happen to the known records, or let a phone send something."""
        what = self.chance.choice(self.office.changes)
        getattr(self, "_" + what.replace(" ", "_"))(known)
        self.happened[what] += 1

    def _arrival(self, known: list[Record]) -> None:
        filled = self.filled()
        if filled.picture and self.chance.random() < 0.5:
            self.owed.append(filled)
            filled = replace(filled, picture=None)
        self.office.send([filled])

    def _late_picture(self, known: list[Record]) -> None:
        if self.owed:
            self.office.late(self.owed.pop())

    def _deletion(self, known: list[Record]) -> None:
        self.office.delete([self._taken(known)["_id"]])

    def _restoration(self, known: list[Record]) -> None:
        assert isinstance(self.office, CentralOffice)
        if trash := self.office.trash():
            self.office.restore(self.chance.choice(trash))

    def _edit(self, known: list[Record]) -> None:
        self.office.edit(self._taken(known), self.filled())

    def _taken(self, known: list[Record]) -> Record:
        return known.pop(self.chance.randrange(len(known)))

    def _state(self, known: list[Record]) -> None:
        state = self.chance.choice(("approved", "on_hold", "not_approved"))
        self.office.judge(self.chance.choice(known)["_id"], state)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Let the night's changes happen meanwhile, in a thread of their own."""
        known, failed = self.office.rows(), []

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

    def pull(self, *, proven: bool = False) -> PullResult:
        """Pull, a night later than the last time."""
        self.there.ahead += NIGHT
        result = pull(
            self.settings,
            self.folder,
            environ=ENVIRON,
            now=self.there(),
            proven=proven,
            limits=self.limits,
        )
        (form,) = result.forms
        self.kinds[f"{form.kind}{'' if form.agreed else ', not finished'}"] += 1
        return result
