"""Forms and their lists from the programme folder onto the servers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from connectors.catalogue import Catalogue
from connectors.ready import Ready, ready_forms
from connectors.results import once, placed
from connectors.same_form import same_form
from connectors.servers import connect, openrosa, verbs
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import Deployment, Server
from connectors.store.faults import told
from connectors.store.ledger import deployed, note_deployment
from connectors.store.raw import RawStore
from connectors.store.versions import Origin
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import FormSettings, ServerSettings, Settings, SourceSettings


@dataclass(frozen=True)
class Deployed:
    """What came of one source of a form.

    Args:
        form, source: as in ``ishc.toml``.
        asset: the server's id of the form.
        version: what phones get now, as the server names it.
        done: what happened to the form itself.
        media: names of the lists and pictures that were sent.
        problems: what is to be known of it, for example that phones do not see it yet.
    """

    form: str
    source: str
    asset: str
    version: str
    done: Literal["created", "replaced", "unchanged"]
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    ready: Sequence[Ready]
    forms: Collection[FormSettings]
    store: RawStore
    environ: Mapping[str, str]
    progress: Progress
    limits: Limits
    done: list[Deployed]
    problems: list[Problem]


def deploy(
    settings: Settings,
    folder: Folder,
    forms: Collection[str] | None = None,
    *,
    environ: Mapping[str, str],
    progress: Progress = silent,
    limits: Limits = PATIENT,
) -> list[Deployed]:
    """Bring forms and lists to the servers; what is there already is not sent again.

    All workbooks are checked before anything is sent. A form that fails does not stop the
    others.

    Args:
        forms: form ids; all of ``ishc.toml`` when None.
        environ: the environment, where tokens may be.
        limits: patience with servers.

    Raises:
        ProblemError: problems of the workbooks and lists with ``Exit.INPUT``, before anything
            was sent; problems of servers with ``Exit.SERVER``, after the rest was done.
    """
    ready = ready_forms(settings, folder, forms)
    with told(folder.data):
        folder.private(folder.data)
    with RawStore.open(folder.store) as store:
        job = _Job(ready, settings.forms.values(), store, environ, progress, limits, [], [])
        for server in settings.servers.values():
            _to_server(job, server)
        store.checkpoint()
    if job.problems:
        raise ProblemError(once(job.problems), Exit.SERVER)
    return job.done


def _to_server(job: _Job, settings: ServerSettings) -> None:
    wanted = [
        (form, source)
        for form in job.ready
        for source in form.settings.sources
        if source.server == settings.name
    ]
    if not wanted:
        return
    try:
        with connect(settings, job.environ, job.limits) as server:
            verbs(server).check_account(server)
            catalogue = Catalogue(server, job.store, job.forms)
            for form, source in wanted:
                _to_asset(job, server, catalogue, form, source)
    except ProblemError as error:
        _not_of_store(error)
        job.problems.extend(error.problems)


def _to_asset(
    job: _Job, server: Server, catalogue: Catalogue, form: Ready, source: SourceSettings
) -> None:
    job.progress(
        Text(
            vi=f"{source.name}, {form.settings.name}: đang triển khai",
            en=f"{source.name}, {form.settings.name}: deploying",
        )
    )
    try:
        job.done.append(_deploy(job, server, catalogue, form, source))
    except ProblemError as error:
        _not_of_store(error)
        job.problems.extend(placed(error.problems, source, form.settings.name))


def _not_of_store(error: ProblemError) -> None:
    if error.exit_status == Exit.STORE:
        raise error


def _deploy(
    job: _Job, server: Server, catalogue: Catalogue, form: Ready, source: SourceSettings
) -> Deployed:
    asset = _asset(server, catalogue, form, source)
    result = verbs(server).deploy_form(
        server,
        form.workbook,
        form.settings.name,
        form.media,
        asset,
        unchanged=asset is not None and _unchanged(job.store, server, asset, form, source),
    )
    offered = openrosa.find(server, result.asset)
    if offered is not None:
        origin = Origin(source.name, form.settings.name, result.asset)
        note_deployment(job.store, origin, offered.digest, form.digest)
    return Deployed(
        form=form.settings.name,
        source=source.name,
        asset=result.asset,
        version=offered.version if offered else result.version,
        done=result.form,
        media=result.media,
        problems=tuple(_not_seen(source, form, result)),
    )


def _asset(server: Server, catalogue: Catalogue, form: Ready, source: SourceSettings) -> str | None:
    known = catalogue.known(form.settings.name, source)
    if known is not None and (known == source.asset or openrosa.find(server, known)):
        return known
    found = catalogue.find(form.settings.name, source, form.compiled.title)
    return found.asset if found else None


def _unchanged(
    store: RawStore, server: Server, asset: str, form: Ready, source: SourceSettings
) -> bool:
    offered = openrosa.find(server, asset)
    if offered is None:
        return False
    if deployed(store, source.name, form.settings.name) == (asset, offered.digest, form.digest):
        return True
    # deployed from another computer, or by hand: what phones get decides
    return same_form(form.compiled.xml, openrosa.form_xml(server, offered))


def _not_seen(source: SourceSettings, form: Ready, result: Deployment) -> Iterator[Problem]:
    if not result.seen:
        yield Problem(
            "deploy-not-seen",
            Text(
                vi="máy chủ đã nhận nhưng điện thoại chưa thấy biểu mẫu hoặc danh sách mới",
                en="the server has it, but phones are not offered the new form or lists yet",
            ),
            Text(
                vi="hãy đợi vài phút rồi chạy lại: ishc deploy",
                en="wait some minutes and run again: ishc deploy",
            ),
            source.place(form.settings.name),
            severity="warning",
        )
