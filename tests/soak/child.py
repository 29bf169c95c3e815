"""What a soak runs in a process of its own, so that it can be killed."""

import sys
from datetime import datetime
from pathlib import Path

from connectors.deploy import deploy
from connectors.pull import pull
from connectors.push import push_states
from connectors.push_results import WantedState
from connectors.servers import connect, verbs
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import StateName
from programme.folder import Folder
from programme.problem import Problem, ProblemError
from programme.settings import load
from tests.soak.ground import FORM, SECRET, pages_of

ENVIRON = {"ISHC_TOKEN": SECRET}


def pull_once(root: Path, now: datetime, page: int) -> None:
    """Pull, and end with 0 when it came to its end."""
    _small_pages(page)
    folder = Folder(root)
    result = pull(load(folder), folder, environ=ENVIRON, now=now)
    sys.exit(0 if all(form.agreed for form in result.forms) else 9)


def work_once(
    root: Path,
    now: datetime,
    page: int,
    states: dict[int, StateName | None],
    edits: dict[int, dict[str, str]],
) -> None:
    """Do a day's work, and end with 0 when it came to its end."""
    _small_pages(page)
    sys.exit(9 if work(root, now, states, edits) else 0)


def work(
    root: Path,
    now: datetime,
    states: dict[int, StateName | None],
    edits: dict[int, dict[str, str]],
    limits: Limits = PATIENT,
) -> list[Problem]:
    """Deploy the form with its list, push states, edit answers; give what went wrong."""
    folder = Folder(root)
    settings = load(folder)
    wanted = [WantedState(FORM, "office", number, state) for number, state in states.items()]
    try:
        (done,) = deploy(settings, folder, environ=ENVIRON, limits=limits)
        pushed = push_states(settings, folder, wanted, environ=ENVIRON, now=now, limits=limits)
        problems = [each for each in pushed.problems if each.severity == "error"]
        with connect(settings.servers["office"], ENVIRON, limits) as server:
            edited = verbs(server).edit_answers(server, done.asset, edits)
    except ProblemError as error:
        return list(error.problems)
    assert not edited.unknown and not edited.misplaced, edited
    assert not edited.failed or edited.problems, edited
    return [*problems, *edited.problems]


def _small_pages(page: int) -> None:
    for module, name, rows in pages_of(page):
        setattr(module, name, rows)
