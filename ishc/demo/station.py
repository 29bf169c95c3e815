"""The demo's sandbox and the steps that every stage goes through: send, gather, publish."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from connectors.deploy import deploy
from connectors.publish import publish
from connectors.pull import pull
from connectors.reconcile.lists import write_lists
from connectors.reconcile.run import ReconcileResult, reconcile
from connectors.servers import connect, openrosa
from connectors.servers.contract import Media, Server
from connectors.servers.faults import fault
from forms.carry import ServedForm, carry, served_form
from ishc.demo.site import PORT, SERVER
from ishc.demo.site_problems import sandbox_missing
from ishc.demo.submissions import Submission
from programme.folder import Folder
from programme.problem import Exit, ProblemError, Text
from programme.progress import Progress
from programme.settings import Settings

if TYPE_CHECKING:
    from connectors.servers.sandbox import Running

NO_ENVIRONMENT: Mapping[str, str] = {}  # the sandbox's token lies in its file and nowhere else


@dataclass(frozen=True, slots=True)
class Station:
    """A programme folder at work with a running sandbox.

    Args:
        folder: the demo's folder.
        settings: its settings, with the address at which the sandbox answers now.
        server: the sandbox as phones and pulling see it.
        progress: told what is being done.
    """

    folder: Folder
    settings: Settings
    server: Server
    progress: Progress

    def deploy(self) -> Mapping[str, str]:
        """Bring forms and lists to the sandbox; give each form's asset uid."""
        done = deploy(self.settings, self.folder, environ=NO_ENVIRONMENT, progress=self.progress)
        return {each.form: each.asset for each in done}

    def send(self, submissions: Iterable[Submission], assets: Mapping[str, str]) -> int:
        """Send filled forms as phones do, carried over to the forms that the server gives out."""
        by_form: dict[str, list[Submission]] = defaultdict(list)
        for submission in submissions:
            by_form[submission.form].append(submission)
        return sum(self._send(assets[form], each) for form, each in by_form.items())

    def gather(self, as_of: date) -> ReconcileResult:
        """Pull everything and reconcile it.

        Raises:
            ProblemError: what went wrong on the way; the data's faults are no problems.
        """
        now = datetime.now(UTC)
        pulled = pull(
            self.settings, self.folder, environ=NO_ENVIRONMENT, now=now, progress=self.progress
        )
        if pulled.exit_status != Exit.DONE:
            raise ProblemError(pulled.problems, pulled.exit_status)
        return reconcile(self.settings, self.folder, as_of, progress=self.progress)

    def publish(self) -> Mapping[str, str]:
        """Make the lists for the phones from the registers and hand them out."""
        write_lists(self.folder)
        done = publish(self.settings, self.folder, environ=NO_ENVIRONMENT, progress=self.progress)
        return {each.form: each.asset for each in done}

    def _send(self, asset: str, submissions: list[Submission]) -> int:
        served = self._served(asset)
        text = Text(vi="Đang gửi phiếu", en="Sending submissions")
        sent = 0
        with TemporaryDirectory() as pictures:
            filled = _carried(submissions, served, Path(pictures))
            for _ in openrosa.submit_all(self.server, filled):
                sent += 1
                self.progress(text, sent, len(submissions))
        return sent

    def _served(self, asset: str) -> ServedForm:
        offered = openrosa.find(self.server, asset)
        if offered is None:
            raise fault("server-not-found", self.server.http.place)
        return served_form(openrosa.form_xml(self.server, offered).decode())


@contextmanager
def station(folder: Folder, settings: Settings, progress: Progress) -> Iterator[Station]:
    """Start the sandbox for a folder; stop it at the end. What it received stays in the folder.

    Raises:
        ProblemError: ``sandbox-missing`` when the extra ``sandbox`` is not installed.
    """
    token = (folder.data / "token").read_text(encoding="utf-8").strip()
    with _serve(folder.private(folder.data / "sandbox"), token) as running:
        server = replace(settings.servers[SERVER], url=running.url, openrosa_url=running.url)
        here = replace(settings, servers={SERVER: server})
        with connect(server, NO_ENVIRONMENT) as connected:
            yield Station(folder, here, connected, progress)


def _serve(state: Path, token: str) -> "Running":
    try:
        from connectors.servers.sandbox import serve  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise ProblemError(sandbox_missing()) from error
    try:
        return serve(state, token, port=PORT)
    except OSError:  # somebody else's sandbox answers there
        return serve(state, token)


def _carried(
    submissions: list[Submission], served: ServedForm, pictures: Path
) -> Iterator[openrosa.Filled]:
    for submission in submissions:
        files = []
        for name, data in submission.files.items():
            path = pictures / name
            path.write_bytes(data)
            files.append(Media(name, path))
        yield openrosa.Filled(carry(submission.xml, served).encode(), tuple(files))
