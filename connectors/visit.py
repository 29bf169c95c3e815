"""Going through the sources of forms, account by account; a failing one does not stop the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from connectors.catalogue import Catalogue
from connectors.results import placed
from connectors.servers import connect, verbs
from connectors.servers.access import Limits
from connectors.servers.contract import Server
from connectors.store.raw import RawStore
from connectors.store.versions import Origin
from programme.problem import Exit, Problem, ProblemError, Text
from programme.progress import Progress
from programme.settings import Settings, SourceSettings


@dataclass(frozen=True, slots=True)
class Round:
    """What every visit needs.

    Args:
        settings: which accounts there are.
        environ: the environment, where tokens may be.
        problems: of accounts and sources that failed, as they are met.
    """

    settings: Settings
    store: RawStore
    environ: Mapping[str, str]
    limits: Limits
    progress: Progress
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Visit:
    """One source of a form, its account at hand."""

    server: Server
    catalogue: Catalogue
    form: str
    source: SourceSettings
    store: RawStore
    progress: Progress

    def origin(self, asset: str) -> Origin:
        """Give where submissions of an asset of this source come from."""
        return Origin(self.source.name, self.form, asset)

    def say(self, text: Text, done: int | None = None, total: int | None = None) -> None:
        """Tell the person who waits, naming source and form."""
        head = f"{self.source.name}, {self.form}: "
        self.progress(Text(vi=head + text.vi, en=head + text.en), done, total)


def visit(
    going: Round,
    wanted: Iterable[tuple[str, SourceSettings]],
    work: Callable[[Visit], None],
) -> None:
    """Do something to sources of forms; problems go to the round.

    Args:
        wanted: form ids with a source of theirs.

    Raises:
        ProblemError: of the store only.
    """
    by_server: dict[str, list[tuple[str, SourceSettings]]] = {}
    for form, source in wanted:
        by_server.setdefault(source.server, []).append((form, source))
    for name, those in by_server.items():
        try:
            with connect(going.settings.servers[name], going.environ, going.limits) as server:
                verbs(server).check_account(server)
                catalogue = Catalogue(server, going.store, going.settings.forms.values())
                for form, source in those:
                    here = Visit(server, catalogue, form, source, going.store, going.progress)
                    _one(going, here, work)
        except ProblemError as error:
            _not_of_store(error)
            going.problems.extend(error.problems)


def _one(going: Round, here: Visit, work: Callable[[Visit], None]) -> None:
    try:
        work(here)
    except ProblemError as error:
        _not_of_store(error)
        going.problems.extend(placed(error.problems, here.source, here.form))


def _not_of_store(error: ProblemError) -> None:
    if error.exit_status == Exit.STORE:
        raise error
