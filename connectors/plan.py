"""What a deployment would do, before anything is sent: one source of one form."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from zoneinfo import ZoneInfo

from connectors import plan_problems as say
from connectors.elsewhere import from_here
from connectors.entity_lists import kept_by_name, linked
from connectors.entity_problems import by_name
from connectors.ready import Ready
from connectors.same_form import same_form
from connectors.servers import openrosa, verbs
from connectors.servers.contract import Media, Standing
from connectors.servers.openrosa import Offered, held
from connectors.settled_types import settled_problems
from connectors.store.deployments import deployed, replacing
from connectors.vanishing import vanishing
from connectors.visit import Visit
from forms.changes.change import Change
from forms.changes.compare import compare_forms
from forms.lists import numbered_rows
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import SourceSettings

Doing = Literal["create", "replace", "media", "nothing", "impossible"]
_LOOKING = Text(vi="đang so với bản trên máy chủ", en="comparing with what is deployed")
# KoBo numbers the versions itself, so that phones see every deployment
_NUMBERED_BY_SERVER = {"kobo": frozenset({"version-not-raised"})}


@dataclass(frozen=True)
class Planned:
    """What deploying one source of a form would do.

    Args:
        form: the form, checked.
        source: where it goes.
        doing: ``media`` when only lists and pictures differ; ``impossible`` where the server
            would refuse it for good, as the problems say.
        asset: the server's id of the form, None when a new one is made.
        offered: what phones are offered now, None when it is nothing.
        media: names of the files that would be sent.
        submissions: how many the server holds, None when the account may not know.
        changes: what the new version does to data already collected, the worst first.
        problems: what is to be known before it is done; warnings want a yes.
        restore: a deployment from here was cut off and left a draft on the server.
    """

    form: Ready
    source: SourceSettings
    doing: Doing
    asset: str | None = None
    offered: Offered | None = None
    media: tuple[str, ...] = ()
    submissions: int | None = 0
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    restore: bool = False

    @property
    def collected(self) -> bool:
        """There may be data that a change can break."""
        return self.submissions != 0

    @property
    def careful(self) -> bool:
        """A person should say yes to it first; breaking changes are accepted by name."""
        weighty = self.collected and any(each.kind == "careful" for each in self.changes)
        return weighty or any(each.severity == "warning" for each in self.problems)

    def refused(self, accept: Collection[str]) -> tuple[Change, ...]:
        """Give the breaking changes that nobody accepted, by the names of changes."""
        if not self.collected:
            return ()
        return tuple(
            each for each in self.changes if each.kind == "breaking" and each.name not in accept
        )


def plan(form: Ready, here: Visit, zone: ZoneInfo) -> Planned:
    """Look at the server, and tell what would be done there. Nothing is changed.

    Args:
        zone: in which moments are told.

    Raises:
        ProblemError: ``form-ambiguous``, ``list-by-name``, or a fault of the server.
    """
    here.say(_LOOKING)
    form = replace(form, media=linked(form.media, here.server))
    if names := kept_by_name(form.compiled.xml, form.media):
        raise ProblemError(by_name(here.source, here.form, names))
    asset = _asset(form, here)
    if asset is None:
        names = tuple(each.name for each in form.media)
        return Planned(form, here.source, "create", media=names)
    standing = verbs(here.server).standing(here.server, asset)
    form = _without_blank_lists(form, standing)
    offered = openrosa.find(here.server, asset)
    planned = Planned(
        form=form,
        source=here.source,
        doing="replace" if standing.form.version else "create",
        asset=asset,
        offered=offered,
        media=_media(form, standing),
        submissions=standing.submissions,
        restore=standing.draft and replacing(here.store, here.origin(asset)),
    )
    if not standing.form.version:
        note = say.draft_taken_up(here.source, here.form, here.server.product)
        return replace(planned, problems=(note,))
    if offered is not None and _unchanged(form, here, asset, offered):
        doing: Doing = "nothing" if _complete(form, here, offered, planned) else "media"
        planned = replace(planned, doing=doing)
    else:
        if problems := tuple(settled_problems(form, here, asset)):
            return replace(planned, doing="impossible", media=(), problems=problems)
        planned = replace(planned, problems=tuple(_notes(here, standing, offered, zone)))
        planned = _compared(planned, here, asset)
    if offered is not None and planned.doing != "nothing":
        sent = [each for each in form.media if each.name in planned.media and not each.linked]
        lists = tuple(vanishing(here, offered, sent))
        planned = replace(planned, problems=(*planned.problems, *lists))
    return _with_draft(planned, standing, here)


def _notes(
    here: Visit, standing: Standing, offered: Offered | None, zone: ZoneInfo
) -> Iterator[Problem]:
    if offered is None:
        yield say.archived(here.source, here.form)
    elif not from_here(here, standing.form.asset, offered):
        yield say.not_from_here(here.source, here.form, standing.deployed, zone)


def _asset(form: Ready, here: Visit) -> str | None:
    known = here.catalogue.known(here.form, here.source)
    if known is not None and (known == here.source.asset or openrosa.find(here.server, known)):
        return known
    found = here.catalogue.find(here.form, here.source, form.compiled.title)
    return found.asset if found else None


def _without_blank_lists(form: Ready, standing: Standing) -> Ready:
    """Leave the server's lists where here is only a header: another computer published them."""
    media = [
        each
        for each in form.media
        if each.linked or each.name not in standing.media or not _blank(each)
    ]
    return replace(form, media=tuple(media))


def _blank(media: Media) -> bool:
    return media.path.suffix.lower() == ".csv" and not numbered_rows(media.path)


def _media(form: Ready, standing: Standing) -> tuple[str, ...]:
    return tuple(each.name for each in form.media if standing.media.get(each.name) != held(each))


def _unchanged(form: Ready, here: Visit, asset: str, offered: Offered) -> bool:
    known = deployed(here.store, here.source.name, here.form)
    if known == (asset, offered.digest, form.digest):
        return True
    # deployed from another computer, or by hand: what phones get decides
    return same_form(form.compiled.xml, openrosa.form_xml(here.server, offered))


def _complete(form: Ready, here: Visit, offered: Offered, planned: Planned) -> bool:
    if planned.media:
        return False
    there = {each.name: each.digest for each in openrosa.manifest(here.server, offered)}
    return all(each.linked or there.get(each.name) == held(each) for each in form.media)


def _with_draft(planned: Planned, standing: Standing, here: Visit) -> Planned:
    if not standing.draft or planned.restore:
        return planned
    told = say.draft_stays if planned.doing == "nothing" else say.draft_lost
    note = told(here.source, here.form, here.server.product)
    # a deployment takes the content as it is, so that lists alone cannot be sent
    doing: Doing = "replace" if planned.doing == "media" else planned.doing
    return replace(planned, doing=doing, problems=(*planned.problems, note))


def _compared(planned: Planned, here: Visit, asset: str) -> Planned:
    with TemporaryDirectory() as folder:
        old = Path(folder) / f"{here.form} ({here.source.name}).xlsx"
        try:
            verbs(here.server).deployed_workbook(here.server, asset, old)
            found = compare_forms(old, planned.form.workbook).all
        except ProblemError as error:
            if not planned.collected:
                return planned
            note = say.not_compared(here.source, here.form, error)
            return replace(planned, problems=(*planned.problems, note))
    unimportant = _NUMBERED_BY_SERVER.get(here.server.kind, frozenset())
    changes = (_placed(each, here.form, old.name) for each in found)
    return replace(planned, changes=tuple(each for each in changes if each.code not in unimportant))


def _placed(change: Change, form: str, old: str) -> Change:
    """Name the form and the question where the row is one of a file that nobody has."""
    if change.place.file != old:
        return change
    return replace(change, place=Place(form=form, question=change.question))
