"""Everything that servers hold, into the raw store, with proof that nothing is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from connectors.apart import problems_of
from connectors.catalogue import Catalogue
from connectors.files import pull_files
from connectors.follow import pull_followed
from connectors.locate import locate
from connectors.proof import pull_proven
from connectors.pull_problems import clock_back, hardly_meant, many_deleted, moved, pulled_twice
from connectors.results import FormPull, PullResult
from connectors.servers import connect, verbs
from connectors.servers.access import MEGABYTE, PATIENT, Limits
from connectors.servers.contract import Server
from connectors.store.attachments import sweep
from connectors.store.faults import told
from connectors.store.ledger import begin, finish, last_started
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from connectors.store.versions import Origin, live, other_assets
from connectors.work import Tally, Wanted, Work
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError
from programme.progress import Progress, silent
from programme.settings import ServerSettings, Settings


@dataclass(frozen=True, slots=True)
class _Pull:
    store: RawStore
    folder: Folder
    settings: Settings
    proven: bool
    now: datetime
    progress: Progress
    began: float = field(default_factory=monotonic)
    pulled: dict[tuple[str, str], Wanted] = field(default_factory=dict)  # by address and asset

    @property
    def moment(self) -> str:
        """The moment of this pull, which all that it meets carries."""
        return _stamp(self.now)

    @property
    def ended(self) -> str:
        """The moment of this pull and the time since: what the clock would show."""
        return _stamp(self.now + timedelta(seconds=monotonic() - self.began))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pull(
    settings: Settings,
    folder: Folder,
    *,
    environ: Mapping[str, str],
    now: datetime,
    proven: bool = False,
    progress: Progress = silent,
    limits: Limits | None = None,
) -> PullResult:
    """Fetch what is new, changed or deleted of every form from every source.

    May be cut off anywhere and run again. A source that fails does not stop the others; it is
    named in the result. Large sources are proven now and then and followed in between, as
    ``[pull]`` says.

    Args:
        environ: the environment, where tokens may be.
        now: the moment of this pull, with its zone.
        proven: compare everything of every source, however large.
        limits: patience with servers, and how much to take from them; usually as in the settings.

    Raises:
        ProblemError: with ``Exit.STORE``: another pull is running, the disk is full or
            read-only, the store is damaged or newer.
    """
    limits = limits or replace(PATIENT, file=settings.pull.largest_file * MEGABYTE)
    with told(folder.data):
        folder.private(folder.attachments)
    with locked(folder.data / "pull.lock"), RawStore.open(folder.store) as store:
        sweep(store, folder.attachments)
        this = _Pull(store, folder, settings, proven, now, progress)
        notes = tuple(_clock(this))
        forms = [
            done
            for server, wanted in _by_server(settings)
            for done in _pull_server(this, server, wanted, environ, limits)
        ]
        store.checkpoint()
    return PullResult(tuple(forms), notes)


def _by_server(settings: Settings) -> Iterator[tuple[ServerSettings, list[Wanted]]]:
    for name, server in settings.servers.items():
        wanted = [
            Wanted(form.name, source)
            for form in settings.forms.values()
            for source in form.sources
            if source.server == name
        ]
        if wanted:
            yield server, wanted


def _pull_server(
    this: _Pull,
    settings: ServerSettings,
    wanted: Sequence[Wanted],
    environ: Mapping[str, str],
    limits: Limits,
) -> list[FormPull]:
    try:
        with connect(settings, environ, limits) as server:
            verbs(server).check_account(server)
            catalogue = Catalogue(server, this.store, this.settings.forms.values())
            return [_pull_source(this, server, catalogue, each) for each in wanted]
    except ProblemError as error:  # the account itself: no form of it can be pulled
        if error.exit_status == Exit.STORE:
            raise
        tally = Tally(problems=list(error.problems))
        return [_recorded(this, each, tally) for each in wanted]


def _recorded(this: _Pull, wanted: Wanted, tally: Tally) -> FormPull:
    number = begin(this.store, wanted.source.name, wanted.form, this.moment)
    tally.total = live(this.store, wanted.source.name, wanted.form)
    finish(this.store, number, None, this.ended, tally.outcome())
    return tally.result(wanted.source, wanted.form, None)


def _pull_source(this: _Pull, server: Server, catalogue: Catalogue, wanted: Wanted) -> FormPull:
    form, source = wanted
    number = begin(this.store, source.name, form, this.moment)
    tally = Tally()
    asset = catalogue.known(form, source)
    try:
        asset, extent = locate(server, catalogue, wanted, this.folder)
        _refuse_moved(this.store, wanted, asset)
        _refuse_twice(this, server, wanted, asset)
        work = _work(this, server, Origin(source.name, form, asset), tally)
        work.say("đang so với máy chủ", "comparing with the server")
        try:
            if not pull_followed(work, extent):
                pull_proven(work, extent)
        finally:
            tally.problems += problems_of(work)
        pull_files(work, this.folder.attachments)
    except ProblemError as error:
        if error.exit_status == Exit.STORE:
            raise
        tally.problems += error.problems
    tally.total = live(this.store, source.name, form)
    tally.problems += _buried(tally)
    finish(this.store, number, asset, this.ended, tally.outcome())
    return tally.result(source, form, asset)


def _work(this: _Pull, server: Server, origin: Origin, tally: Tally) -> Work:
    return Work(
        store=this.store,
        server=server,
        origin=origin,
        moment=this.moment,
        progress=this.progress,
        settings=this.settings.pull,
        forced=this.proven,
        tally=tally,
    )


def _refuse_moved(store: RawStore, wanted: Wanted, asset: str) -> None:
    if wanted.source.asset:
        return  # a person said so
    if others := other_assets(store, wanted.source.name, wanted.form, asset):
        raise ProblemError(moved(wanted, others), Exit.SERVER)


def _refuse_twice(this: _Pull, server: Server, wanted: Wanted, asset: str) -> None:
    place = str(server.noted.get("project", server.url))
    first = this.pulled.setdefault((place, asset), wanted)
    if first is not wanted:
        raise ProblemError(pulled_twice(first, wanted, asset), Exit.SERVER)


def _clock(this: _Pull) -> Iterator[Problem]:
    last = last_started(this.store)
    if last is not None and this.moment < last:
        yield clock_back(last, this.settings.timezone)


def _buried(tally: Tally) -> Iterator[Problem]:
    """Warn when hardly any submission would go so without a mistake."""
    if hardly_meant(tally.deleted, tally.total):
        yield many_deleted(tally.deleted, tally.total)
