"""(d) A province's form on ODK Central, pulled and pulled again, beside pyodk's ``get_table``."""

import json
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from programme.folder import Folder
from tests.bench.environments import SCRIPTS, peer, versions
from tests.bench.process import Ran, command
from tests.bench.same import by_root, counted, odata_rows, our_rows, run_of
from tests.bench.section import RUNS, Section
from tests.bench.served_central import Plan, Served, served
from tests.bench.survey import FORM, Survey, write_workbook

# six rows of the repeat on average, half of them with a row of their own
PLAN = Plan(Survey(extra=20, members=11, loans=1), rows=30_000)
HEAD = ("", "seconds", "of pyodk's", "its CPU", "peak", "of pyodk's", "server's CPU", "requests")


@dataclass
class Client:
    """One way of getting what Central has.

    Args:
        words: the command, given a folder of its own.
        prepare: makes the folder.
        said: gives the seconds that a run itself needed, of the line that it printed.
    """

    name: str
    words: Callable[[Path], Sequence[str]]
    prepare: Callable[[Path], object]
    said: Callable[[Any], float]
    ran: list[tuple[Ran, dict[str, float]]] = field(default_factory=list)

    def get(self, server: Served, folder: Path) -> Any:
        """Get it into a folder; give what the command printed."""
        self.prepare(folder)
        server.counted()
        ran = command(self.words(folder))
        assert ran.status == 0, ran.output
        self.ran.append((ran, server.counted()))
        return json.loads(ran.output.splitlines()[-1])

    @property
    def seconds(self) -> float:
        """The median of what the runs needed without starting Python."""
        return statistics.median(
            self.said(json.loads(ran.output.splitlines()[-1])) for ran, _ in self.ran
        )

    def median(self, what: str) -> float:
        """Give a median of something of ``Ran`` or of what the server counted."""
        return statistics.median(
            getattr(ran, what, 0) or told.get(what, 0) for ran, told in self.ran
        )


def run() -> Section:
    """Compare the tables, then measure: a server that has all ready, and one at its own pace."""
    return measured(PLAN, RUNS)


def measured(plan: Plan, runs: int) -> Section:
    """As ``run``, of so many submissions so many times."""
    with TemporaryDirectory() as scratch, served(plan) as server:
        os.environ["ISHC_PASSWORD"] = server.password
        rows = _checked(plan, server, Path(scratch))
        at_once = _measured(plan, server, Path(scratch), runs)
        server.pace()
        paced = _measured(plan, server, Path(scratch), runs)
    size = at_once[-1].median("bytes") / plan.rows / 1000
    prose = (
        f"{plan.rows:,} submissions of {size:.1f} kB of JSON on average, "
        f"{plan.survey.columns} questions in three nested tables ({rows} rows), sent by ODK "
        "Collect, from the stand-in of ODK Central in another process "
        f"({versions('pyodk')}). Seconds are those of the call, without starting Python; "
        "CPU and peak are those of the whole process. Ours writes every record into the store, "
        "reads three of each page as XML too, and proves in the end that none is missing; "
        "`get_table` with `$expand=*` gives the parsed JSON and keeps nothing. **Equal first:** "
        "our tables hold what `get_table` gave, every id and answer. The first rows are from a "
        "server that has the bytes of all rows ready, so that only the clients are measured; the "
        "others from the same one that sleeps for each row as long as a real Central took at its "
        "best (0.4 s for 2,014 rows with `$expand=*`, 0.3 s in a list by OData, 0.07 s in the "
        "plain list), whoever asks. The bounds are for these: a pull waits for the server first."
    )
    bounds = ("**bound**, first pull", "", "100 %", "", "", "50 %", "", "")
    again = ("**bound**, pulled again", "", "10 %", "", "", "", "", "")
    told = [*_rows(at_once, ""), *_rows(paced, ", at Central's pace")]
    return Section("ODK Central against pyodk", prose, [HEAD, *told, bounds, again])


def _measured(plan: Plan, server: Served, scratch: Path, runs: int) -> list[Client]:
    clients = _clients(plan, server, scratch / "pulled")
    for number in range(runs):
        for each in clients:
            folder = scratch / f"{each.name} {number}"
            _check(each, each.get(server, folder), plan)
            shutil.rmtree(folder)
    return clients


def _clients(plan: Plan, server: Served, pulled: Path) -> list[Client]:
    def seconds(said: Any) -> float:
        return float(said["seconds"])

    copied = partial(shutil.copytree, pulled)
    return [
        Client("first pull", partial(_ours, "proven"), partial(_programme, plan, server), seconds),
        Client("pulled again, followed", partial(_ours, "followed"), copied, seconds),
        Client("pulled again, proven", partial(_ours, "proven"), copied, seconds),
        Client("pyodk", partial(_pyodk, server), Path.mkdir, lambda said: float(said[1])),
    ]


def _programme(plan: Plan, server: Served, root: Path) -> None:
    folder = Folder(root)
    folder.xlsforms.mkdir(parents=True)
    write_workbook(plan.survey, folder.xlsforms / f"{FORM}.xlsx")
    folder.settings.write_text(
        f'[programme]\nname = "Khảo sát"\n\n[servers.central]\nkind = "central"\n'
        f'url = "{server.url}"\nuser = "{server.email}"\nproject = {server.project}\n'
        f'token_env = "ISHC_PASSWORD"\n\n[forms.{FORM}]\nserver = "central"\n\n'
        "[pull]\nproven_up_to = 0\n",
        encoding="utf-8",
    )


def _ours(how: str, folder: Path) -> Sequence[str]:
    return [sys.executable, "-m", "tests.bench.pulled", how, str(folder)]


def _pyodk(server: Served, folder: Path, *out: str) -> Sequence[str]:
    account = (server.url, str(server.project), FORM, server.email, server.password)
    return [peer("pyodk"), str(SCRIPTS / "pyodk_table.py"), *account, str(folder), *out]


def _check(client: Client, said: Any, plan: Plan) -> None:
    if client.name == "pyodk":
        assert said[0] == plan.rows
        return
    first = client.name == "first pull"
    assert (said["new"], said["changed"]) == (plan.rows if first else 0, 0), said
    assert said["kind"] == ("followed" if "followed" in client.name else "proven"), said
    assert not said["problems"], said


def _checked(plan: Plan, server: Served, scratch: Path) -> str:
    """Pull once, with tables; raise where they differ from what pyodk gives."""
    folder = Folder(scratch / "pulled")
    _programme(plan, server, folder.root)
    ran = command([sys.executable, "-m", "tests.bench.ours", "proven", str(folder.root)])
    assert ran.status == 0, ran.output
    theirs = scratch / "theirs"
    theirs.mkdir()
    ran = command(_pyodk(server, theirs, "out"))
    assert ran.status == 0, ran.output
    value = json.loads((theirs / "table.json").read_bytes())
    truth = odata_rows(plan.survey, value)
    assert by_root(our_rows(plan.survey, run_of(folder))) == truth
    return counted(truth)


def _rows(clients: Sequence[Client], pace: str) -> list[tuple[str, ...]]:
    theirs = clients[-1]
    return [
        (
            f"{each.name}{pace}",
            f"{each.seconds:.2f}",
            f"{100 * each.seconds / theirs.seconds:.0f} %",
            f"{each.median('processor'):.1f} s",
            f"{each.median('megabytes'):.0f} MB",
            f"{100 * each.median('megabytes') / theirs.median('megabytes'):.0f} %",
            f"{each.median('cpu'):.1f} s",
            f"{each.median('questions'):.0f}",
        )
        for each in clients
    ]
