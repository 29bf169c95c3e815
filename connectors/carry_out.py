"""What was planned for one source of a form, done."""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors import plan_problems as say
from connectors.entity_lists import EntitiesDone
from connectors.plan import Planned
from connectors.served_problems import not_seen, served_problems
from connectors.servers import openrosa, verbs
from connectors.servers.contract import Deployment, Done, Media
from connectors.store.deployments import note_deployment, note_replaced, note_replacing
from connectors.store.raw import RawStore
from connectors.store.versions import Origin
from connectors.visit import Visit
from programme.problem import Exit, Problem, ProblemError

# the server has answered for good, and holds what phones have again
_REFUSED = frozenset({"form-refused", "media-refused"})
# here lists reach phones by a draft too, which a run that is cut off leaves behind
_BY_DRAFT = frozenset({"central"})


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
        entities: what came of the entity lists of its project, told with the first form.
    """

    form: str
    source: str
    asset: str
    version: str
    done: Done
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    entities: tuple[EntitiesDone, ...] = ()


def as_it_was(planned: Planned, store: RawStore) -> Deployed:
    """Give the result where phones have everything; what they have is noted."""
    form, source, asset = planned.form.settings.name, planned.source.name, planned.asset or ""
    version = ""
    if planned.offered is not None:
        version = planned.offered.version
        origin = Origin(source, form, asset)
        note_deployment(store, origin, planned.offered.digest, planned.form.digest)
    return Deployed(form, source, asset, version, "unchanged", (), planned.problems)


def carry_out(planned: Planned, here: Visit) -> Deployed:
    """Do what was planned, unless the form has become another one meanwhile.

    Raises:
        ProblemError: ``deploy-changed-meanwhile``, ``form-refused``, ``media-refused``, or a
            fault of the server; phones keep what they had.
    """
    _check_same(planned, here)
    if planned.asset and planned.doing in ("nothing", "media") and planned.restore:
        verbs(here.server).restore(here.server, planned.asset, here.say)
    if planned.doing == "nothing":
        return as_it_was(planned, here.store)
    form = planned.form
    if planned.doing == "media":
        asset = planned.asset or ""
        result = bring_media(here, asset, form.media)
    else:
        result = _replace(planned, here)
    return _noted(planned, here, result)


def bring_media(
    here: Visit, asset: str, media: Sequence[Media], *, draft: bool = False
) -> Deployment:
    """Put lists and pictures on phones; a draft that this takes is known as ours meanwhile.

    Args:
        draft: somebody has a draft of the form, which is not ours.

    Raises:
        ProblemError: ``draft-there``, ``media-refused``, or a fault of the server.
    """
    origin = here.origin(asset)
    if here.server.kind in _BY_DRAFT and not draft:
        note_replacing(here.store, origin)
    try:
        result = verbs(here.server).deploy_media(here.server, asset, media, here.say)
    except ProblemError as error:
        if {problem.code for problem in error.problems} <= {*_REFUSED, "draft-there"}:
            note_replaced(here.store, origin)
        raise
    note_replaced(here.store, origin)
    return result


def _check_same(planned: Planned, here: Visit) -> None:
    if planned.asset is None:
        return
    now = openrosa.find(here.server, planned.asset)
    before = planned.offered.digest if planned.offered else None
    if (now.digest if now else None) != before:
        raise ProblemError(say.changed_meanwhile(here.source, here.form), Exit.SERVER)


def _replace(planned: Planned, here: Visit) -> Deployment:
    form, server, asset = planned.form, here.server, planned.asset
    do = verbs(server)
    if planned.doing == "create" or asset is None:
        return do.deploy_form(server, form.workbook, here.form, form.media, asset, here.say)
    origin = here.origin(asset)
    note_replacing(here.store, origin)
    try:
        return do.deploy_form(server, form.workbook, here.form, form.media, asset, here.say)
    except ProblemError as error:
        # after any other fault the server may still be at it; the next run looks again
        if {problem.code for problem in error.problems} <= _REFUSED:
            note_replaced(here.store, origin)
        raise


def _noted(planned: Planned, here: Visit, result: Deployment) -> Deployed:
    form, problems = planned.form, list(planned.problems)
    offered = openrosa.find(here.server, result.asset)
    if not result.seen or offered is None:
        problems.append(not_seen(here.source, here.form))
    else:
        if planned.doing != "media":
            served = openrosa.form_xml(here.server, offered)
            problems += served_problems(here.source, here.form, form.compiled.xml, served)
        note_deployment(here.store, here.origin(result.asset), offered.digest, form.digest)
    return Deployed(
        form=here.form,
        source=here.source.name,
        asset=result.asset,
        version=offered.version if offered else result.version,
        done="created" if planned.doing == "create" else result.form,
        media=result.media,
        problems=tuple(problems),
    )
