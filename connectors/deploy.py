"""Forms and their lists from the programme folder onto the servers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from connectors import plan_problems as say
from connectors.area_lists import check_areas, in_area
from connectors.carry_out import Deployed, as_it_was, carry_out
from connectors.in_use import keep_deployed, keep_replaced
from connectors.plan import Planned, plan
from connectors.ready import Ready, ready_forms
from connectors.results import once
from connectors.servers.access import PATIENT, Limits
from connectors.store.faults import told
from connectors.store.raw import RawStore
from connectors.visit import Round, Visit, visit
from programme.folder import Folder
from programme.problem import Exit, ProblemError
from programme.progress import Progress, silent
from programme.settings import Settings

__all__ = ["Agree", "Deployed", "deploy", "without_asking"]

Agree = Callable[[Sequence[Planned]], None]


def without_asking(plans: Sequence[Planned]) -> None:
    """Agree to everything that is not refused."""


def deploy(
    settings: Settings,
    folder: Folder,
    forms: Collection[str] | None = None,
    *,
    environ: Mapping[str, str],
    accept: Collection[str] = (),
    agree: Agree = without_asking,
    progress: Progress = silent,
    limits: Limits = PATIENT,
) -> list[Deployed]:
    """Bring forms and lists to the servers; what is there already is not sent again.

    All workbooks are checked, and all servers looked at, before anything is sent. A source
    that fails does not stop the others.

    Args:
        forms: form ids; all of ``ishc.toml`` when None.
        environ: the environment, where tokens may be.
        accept: names of breaking changes that are meant, as ``Change.name`` gives them.
        agree: told what would be done before anything is sent; raises to stop it.
        limits: patience with servers.

    Raises:
        ProblemError: problems of the workbooks and lists, and ``deploy-breaking``, with
            ``Exit.INPUT``, before anything was sent; problems of servers with ``Exit.SERVER``,
            after the rest was done.
    """
    check_areas(settings, folder)
    ready = {form.settings.name: form for form in ready_forms(settings, folder, forms)}
    with told(folder.data):
        folder.private(folder.data)
    with RawStore.open(folder.store) as store:
        going = Round(settings, store, environ, limits, progress)
        plans = _plans(going, ready, folder)
        agree(plans)
        _refuse(plans, accept)
        impossible = [each for each in plans if each.doing == "impossible"]
        going.problems.extend(problem for each in impossible for problem in each.problems)
        done = _carried_out(going, [each for each in plans if each not in impossible])
        keep_deployed(folder.data, ready.values(), done)
        store.checkpoint()
    if going.problems:
        raise ProblemError(once(going.problems), Exit.SERVER)
    return done


def _plans(going: Round, ready: Mapping[str, Ready], folder: Folder) -> list[Planned]:
    plans: list[Planned] = []

    def work(here: Visit) -> None:
        form = ready[here.form]
        media = in_area(folder, here.source.areas, form.media)
        plans.append(plan(replace(form, media=media), here, going.settings.timezone))

    wanted = [(form, source) for form in ready for source in ready[form].settings.sources]
    visit(going, wanted, work)
    return plans


def _refuse(plans: Sequence[Planned], accept: Collection[str]) -> None:
    problems = [problem for each in plans for problem in say.breaking(each.refused(accept))]
    if problems:
        raise ProblemError(dict.fromkeys(problems), Exit.INPUT)


def _carried_out(going: Round, plans: Sequence[Planned]) -> list[Deployed]:
    done: dict[tuple[str, str], Deployed] = {}
    by_place = {(each.form.settings.name, each.source.name): each for each in plans}

    def work(here: Visit) -> None:
        place = here.form, here.source.name
        keep_replaced(going.store.path.parent, by_place[place], here)
        done[place] = carry_out(by_place[place], here)

    for place, each in by_place.items():
        if each.doing == "nothing" and not each.restore:
            done[place] = as_it_was(each, going.store)
    rest = [each for place, each in by_place.items() if place not in done]
    visit(going, [(each.form.settings.name, each.source) for each in rest], work)
    return [done[place] for place in by_place if place in done]
