"""What every kind of server can do for us: the same verbs as plain functions over a ``Server``."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol

from connectors.servers.access import PATIENT, Limits
from connectors.servers.faults import shown
from connectors.servers.http import Downloaded, Http
from connectors.servers.sign_in import SignIn
from programme.account import PRODUCTS
from programme.problem import Problem
from programme.progress import Progress, silent

Record = dict[str, Any]  # one submission as the server gives it
Done = Literal["created", "replaced", "unchanged"]  # what a deployment did to the form itself
Why = Literal["large", "broken", "another"]  # a submission cannot be read


@dataclass(frozen=True, slots=True)
class Server:
    """One account on one server; a context manager that closes its connections.

    Args:
        name: the programme's own name for it, the ``source`` of its submissions.
        kind: ``kobo`` or ``central``.
        url: address of the API.
        openrosa_url: address that phones use.
        token: goes to the hosts of these two addresses only; with ``user`` it is a password.
        limits: patience and sizes.
        user: e-mail address that signs in, on Central.
        lists: how phones get the clubs on Central: ``attachments`` or ``entities``.
        project: which of the account's projects on Central, None where there is only one.
        token_from: environment variable that the token came from, empty for a file.
        noted: what was asked of the server once, while this lasts.
        notes: what the verbs have to tell besides; who tells it takes it away.
        apart: submissions that were left out of pages because they cannot be read; who tells of
            them takes them away.
    """

    name: str
    kind: str
    url: str
    openrosa_url: str
    token: str = field(repr=False)
    limits: Limits = field(default=PATIENT, repr=False)
    user: str = ""
    project: int | None = None
    lists: str = "attachments"
    token_from: str = ""
    http: Http = field(init=False, repr=False, compare=False)
    noted: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    notes: list[Problem] = field(default_factory=list, init=False, repr=False, compare=False)
    apart: list["Unreadable"] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        urls = (self.url, self.openrosa_url)
        sign_in = SignIn(self.url, self.user, self.token) if self.user else None
        http = Http(self.name, urls, self.token, self.limits, sign_in, self.token_from)
        object.__setattr__(self, "http", http)

    @property
    def product(self) -> str:
        """What people call this kind of server."""
        return PRODUCTS[self.kind]

    @property
    def phones(self) -> str:
        """Address that phones use; on Central it is known once the account was checked."""
        return str(self.noted.get("phones", self.openrosa_url))

    def told(self, text: str) -> str:
        """Make what the server said fit to print: ``shown``, without anything that lets one in."""
        return shown(self.http.hiding(text))

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class DeployedForm:
    """A form on a server.

    Args:
        form_id: the id in the workbook's settings, empty where the server does not know it.
        asset: the server's own id of the form.
        name: its title there.
        version: the version that phones get, empty before the first deployment.
        deployed: phones can get it now.
        submissions: how many the server says it holds.
        changed: the day on which it was changed last, as the server writes it.
    """

    form_id: str
    asset: str
    name: str
    version: str
    deployed: bool
    submissions: int
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a submission, as the server lists it.

    Args:
        asset, submission: where it belongs.
        uid: the server's id of the file.
        name: as the phone called it; never used as the name of a file here.
        question_path: where in the submission, empty when the server does not say.
        mimetype: as the server believes.
        deleted: the server has only its name left.
    """

    asset: str
    submission: int
    uid: str
    name: str
    question_path: str
    mimetype: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What tells whether a submission is new or changed, without its answers.

    Args:
        id: the server's id, the key together with the source.
        uuid: changes with every edit.
        root_uuid: never changes.
        validation: the state's name, None when there is none.
        validated: when it was set, in seconds since 1970.
        attachments: the files it has now; of a whole record only, where ``shown`` is given.
        shown: what else the server's list shows of it, where that does not name the files.
    """

    id: int
    uuid: str
    root_uuid: str
    validation: str | None
    validated: int | None
    attachments: tuple[Attachment, ...]
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A submission whose answers cannot be read, by its own fault and not the server's.

    Args:
        row: as in the manifest.
        name: as people find it on the server's page, fit to print.
        why: it is too large or nested too deep, is no filled form at all, or is another one.
    """

    row: ManifestRow
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a form's submissions reach.

    Args:
        highest: the highest id, 0 when there is none.
        listed: how many the server lists to this account.
    """

    highest: int
    listed: int


@dataclass(frozen=True, slots=True)
class History:
    """What a server says happened to a form's submissions since some moment.

    Args:
        until: the server's own time up to which this is known, ISO 8601 in UTC.
        found: the newest event stands at ``until``; false when there was none at all.
        now: the server's clock when it answered.
        whole: nothing since that moment was too old to be kept.
        roots: root uuids of submissions that were edited, judged or deleted.
    """

    until: str
    found: bool
    now: str
    whole: bool
    roots: frozenset[str]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that a form needs on the phone, under this name.

    Args:
        linked: phones get the server's entity list of this name instead, on Central; the file
            tells its columns.
    """

    name: str
    path: Path
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment did.

    Args:
        asset, version: what the server runs now.
        form: what happened to the form itself.
        media: names of the files that were sent.
        seen: phones are offered the new form and media already.
    """

    asset: str
    version: str
    form: Done
    media: tuple[str, ...]
    seen: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A form as a server has it, before something is done to it.

    Args:
        form: the form.
        submissions: how many there are, None when the account may not know.
        draft: its content was changed after it was deployed; phones do not have that.
        media: hash (``md5:…``) of the files kept with it, by name.
        deployed: when phones were given what they have, ISO 8601; empty if nobody knows.
    """

    form: DeployedForm
    submissions: int | None
    draft: bool
    media: Mapping[str, str]
    deployed: str = ""


StateName = Literal["on_hold", "not_approved", "approved"]


@dataclass(frozen=True, slots=True)
class StatesSet:
    """What stands after validation states were set, as read back.

    Args:
        standing: submissions that have the state asked for.
        other: submissions that have another one, or none, all the same.
        unknown: ids that the server does not have.
    """

    standing: Mapping[int, ManifestRow]
    other: Mapping[int, ManifestRow]
    unknown: tuple[int, ...]

    @classmethod
    def read_back(
        cls, wanted: Sequence[int], rows: Mapping[int, ManifestRow], shown: str | None
    ) -> "StatesSet":
        """Tell it from the rows as they stand; ``shown`` is how the state asked for looks."""
        standing = {number: row for number, row in rows.items() if row.validation == shown}
        other = {number: row for number, row in rows.items() if number not in standing}
        return cls(standing, other, tuple(each for each in wanted if each not in rows))


@dataclass(frozen=True, slots=True)
class Edited:
    """What stands after answers were edited, as read back.

    Args:
        done: uuid of the new version of each submission that was changed.
        unchanged: ids of those that had these answers already; nothing was sent.
        unknown: ids that the server does not have.
        failed: ids of those that are not as asked for, and may be tried again.
        misplaced: ids of those where another row of a repeat was met than the one meant; a
            person has to look.
        problems: what the server said.
    """

    done: Mapping[int, str]
    unchanged: tuple[int, ...]
    unknown: tuple[int, ...]
    failed: tuple[int, ...]
    misplaced: tuple[int, ...]
    problems: tuple[Problem, ...]


class Verbs(Protocol):
    """The verbs; a module of plain functions with these names is one."""

    STATES: Mapping[StateName, str]  # how ``ManifestRow.validation`` shows each state

    def check_account(self, server: Server) -> str:
        """Give the account's name; raises when the token is not good."""

    def list_forms(self, server: Server) -> list[DeployedForm]:
        """List all forms the account sees, through all pages."""

    def deploy_form(
        self,
        server: Server,
        workbook: Path,
        form_id: str,
        media: Sequence[Media],
        asset: str | None = None,
        progress: Progress = silent,
    ) -> Deployment:
        """Put a form and its media on phones; a new one when ``asset`` is None."""

    def deploy_media(
        self, server: Server, asset: str, media: Sequence[Media], progress: Progress = silent
    ) -> Deployment:
        """Put media on phones, once for all that differ; the form stays as phones have it."""

    def standing(self, server: Server, asset: str) -> Standing:
        """Tell what a form is like on the server."""

    def settled_types(self, server: Server, asset: str) -> Mapping[str, str]:
        """Give the types of questions that may become nothing but text, by path."""

    def deployed_workbook(self, server: Server, asset: str, into: Path) -> None:
        """Write the workbook of what phones have."""

    def restore(self, server: Server, asset: str, progress: Progress = silent) -> None:
        """Make a form's content what phones have again, after a deployment that was cut off."""

    def extent(self, server: Server, asset: str) -> Extent:
        """Give how far the submissions reach now."""

    def listed(self, server: Server, asset: str, highest: int) -> int:
        """Count the submissions up to an id, as the server lists them."""

    def history(self, server: Server, asset: str, since: str | None) -> History:
        """Give what happened since a moment of the server's clock; None: only until when."""

    def counts(self, server: Server, asset: str) -> tuple[int, int]:
        """Give how many submissions the server says it holds, and how many it would list."""

    def manifest(
        self,
        server: Server,
        asset: str,
        highest: int,
        *,
        first: int = 1,
        ids: Collection[int] | None = None,
    ) -> Iterator[list[ManifestRow]]:
        """Give the manifest in pages by rising id, of a stretch of ids or of some of them."""

    def everything(self, server: Server, asset: str, highest: int) -> Iterator[list[Record]]:
        """Give all submissions up to an id in pages, in the order that suits the server.

        Those that cannot be read are left out and put into ``server.apart``, here and below.
        """

    def fetch(
        self, server: Server, asset: str, ids: Collection[int], among: Sequence[int]
    ) -> Iterator[list[Record]]:
        """Give the named submissions in pages; ``among`` are all there are, rising."""

    def row_of(self, record: Mapping[str, Any], asset: str) -> ManifestRow:
        """Give the manifest row of a whole record."""

    def fetch_attachment(
        self,
        server: Server,
        attachment: Attachment,
        into: Path,
        told: Callable[[int], None] | None = None,
    ) -> Downloaded:
        """Write a file of a submission to ``into``, or the rest of it; ``told`` hears of bytes."""

    def set_states(
        self, server: Server, asset: str, ids: Collection[int], state: StateName | None
    ) -> StatesSet:
        """Set the validation state of the named submissions, or take it away."""

    def edit_answers(
        self, server: Server, asset: str, edits: Mapping[int, Mapping[str, str | None]]
    ) -> Edited:
        """Change the named answers of the named submissions."""
