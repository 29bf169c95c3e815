"""What the steps of pulling one form share."""

from dataclasses import dataclass, field
from typing import NamedTuple

from connectors.results import FormPull, placed
from connectors.servers import verbs
from connectors.servers.contract import Extent, Server, Unreadable, Verbs
from connectors.store.ledger import Kind, Outcome
from connectors.store.raw import RawStore
from connectors.store.versions import Origin
from programme.problem import Problem, Text
from programme.progress import Progress
from programme.settings import PullSettings, SourceSettings


class Wanted(NamedTuple):
    """A source of a form, to be pulled."""

    form: str
    source: SourceSettings


@dataclass(slots=True)
class Tally:
    """What has been done so far; kept when a later step fails.

    Args:
        unreadable: the server's history was asked for and did not help.
        apart: submissions that could not be read, by id.
    """

    kind: Kind | None = None
    new: int = 0
    changed: int = 0
    deleted: int = 0
    total: int = 0
    attachments: int = 0
    agreed: bool = False
    unreadable: bool = False
    moving: tuple[int, ...] = ()
    apart: dict[int, Unreadable] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """Give it as the ledger keeps it."""
        return Outcome(
            kind=self.kind,
            new=self.new,
            changed=self.changed,
            deleted=self.deleted,
            total=self.total,
            attachments=self.attachments,
            agreed=self.agreed,
            problems=tuple(sorted({each.code for each in self.problems})),
        )

    def result(self, source: SourceSettings, form: str, asset: str | None) -> FormPull:
        """Give it as the caller of a pull gets it."""
        return FormPull(
            source=source.name,
            form=form,
            asset=asset,
            kind=self.kind,
            new=self.new,
            changed=self.changed,
            deleted=self.deleted,
            total=self.total,
            attachments=self.attachments,
            agreed=self.agreed,
            moving=self.moving,
            unreadable=len(self.apart),
            problems=placed(self.problems, source, form),
        )


@dataclass(frozen=True, slots=True)
class Work:
    """One source of a form being pulled.

    Args:
        moment: of this pull, UTC.
        settings: when to compare everything.
        forced: compare everything whatever the settings say.
    """

    store: RawStore
    server: Server
    origin: Origin
    moment: str
    progress: Progress
    settings: PullSettings
    forced: bool
    tally: Tally

    @property
    def verbs(self) -> Verbs:
        """What this kind of server can do."""
        return verbs(self.server)

    def large(self, extent: Extent) -> bool:
        """Tell whether there are too many submissions to compare them all every time."""
        return extent.listed > self.settings.proven_up_to

    def say(self, vi: str, en: str, done: int | None = None, total: int | None = None) -> None:
        """Tell the person who waits, naming source and form."""
        head = f"{self.origin.source}, {self.origin.form}: "
        self.progress(Text(vi=head + vi, en=head + en), done, total)
