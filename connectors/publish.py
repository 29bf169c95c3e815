"""The lists made from the registers onto the phones; the forms stay as phones have them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from connectors.area_lists import areas_of_server, check_areas, in_area
from connectors.carry_out import Deployed, bring_media
from connectors.entity_lists import (
    EntitiesDone,
    bring_in_step,
    kept_by_name,
    linked,
    temporary_codes,
)
from connectors.entity_problems import by_name
from connectors.results import once
from connectors.served_problems import not_seen
from connectors.servers import openrosa, verbs
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import Media
from connectors.servers.openrosa import Offered
from connectors.store.deployments import deployed, note_deployment, note_replaced, replacing
from connectors.store.published import note_published, recent
from connectors.store.raw import RawStore
from connectors.visit import Round, Visit, visit
from forms.lists import numbered_rows
from forms.xform import parse_xform
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings, SourceSettings

_LOOKING = Text(vi="đang xem các danh sách trên máy chủ", en="looking at the lists on the server")

VILLAGES = "villages.csv"
_PLAIN = re.compile(r"[^\\/:\x00-\x1f]+")


def publish(
    settings: Settings,
    folder: Folder,
    *,
    environ: Mapping[str, str],
    now: datetime | None = None,
    due: bool = False,
    progress: Progress = silent,
    limits: Limits = PATIENT,
) -> list[Deployed]:
    """Bring the lists of ``data/lists``, and the villages, to every form that uses them.

    What phones have already is not sent; all that differs in a form reaches them in one
    deployment. A source with areas gets the rows of these only. A workbook that was edited
    meanwhile stays here: ``ishc deploy`` brings it. A source that fails does not stop the others.

    Args:
        environ: the environment, where tokens may be.
        now: the moment to write down, with its zone; without it nothing is.
        due: leave alone what was brought in step less than ``every_days`` days before ``now``.
        limits: patience with servers.

    Raises:
        ProblemError: ``area-unknown``; with ``Exit.SERVER``, after the rest was done.
    """
    check_areas(settings, folder)
    done: list[Deployed] = []
    with RawStore.open(folder.store) as store:
        going = Round(settings, store, environ, limits, progress)
        every = [(form.name, each) for form in settings.forms.values() for each in form.sources]
        if due and now:
            since = now - timedelta(days=settings.publish.every_days)
            every = [(form, each) for form, each in every if not recent(store, each, form, since)]

        def work(here: Visit) -> None:
            done.append(_publish(here, folder, settings))
            if now:
                note_published(store, here.source, here.form, now)

        visit(going, every, work)
        store.checkpoint()
    if going.problems:
        raise ProblemError(once(going.problems), Exit.SERVER)
    return done


def _publish(here: Visit, folder: Folder, settings: Settings) -> Deployed:
    here.say(_LOOKING)
    server, do = here.server, verbs(here.server)
    asset = here.catalogue.known(here.form, here.source)
    asset = asset or here.catalogue.deployed_asset(here.form, here.source)
    offered = openrosa.find(server, asset)
    if offered is None:
        raise ProblemError(_closed(here.source, here.form), Exit.SERVER)
    standing = do.standing(server, asset)
    xform = openrosa.form_xml(server, offered).decode()
    needed = parse_xform(xform).media
    media = linked(_to_bring(needed, standing.media, folder, here), server)
    problems: tuple[Problem, ...] = ()
    if names := kept_by_name(xform, media):  # phones go on with the file until it is deployed
        problems = (replace(by_name(here.source, here.form, names), severity="warning"),)
        media = tuple(replace(each, linked=False) for each in media)
    shared = in_area(folder, areas_of_server(settings, server.name), _some(media, linked=True))
    lists = tuple(_in_step(each, folder, here) for each in shared)
    media = (*shared, *in_area(folder, here.source.areas, _some(media, linked=False)))
    origin = here.origin(asset)
    ours = standing.draft and replacing(here.store, origin)
    if ours:
        do.restore(server, asset, here.say)
        note_replaced(here.store, origin)
    result = bring_media(here, asset, media, draft=standing.draft and not ours)
    now = openrosa.find(server, asset)
    if now is not None and result.seen:
        _note(here, asset, offered, now)
    return Deployed(
        here.form,
        here.source.name,
        asset,
        now.version if now else result.version,
        "unchanged",
        result.media,
        problems if result.seen else (*problems, not_seen(here.source, here.form)),
        tuple(each for each in lists if each is not None),
    )


def _some(media: Iterable[Media], *, linked: bool) -> tuple[Media, ...]:
    return tuple(each for each in media if each.linked is linked)


def _in_step(media: Media, folder: Folder, here: Visit) -> EntitiesDone | None:
    """Bring a list of entities in step with the registers, once for all forms of a project."""
    key = ("entities", media.name)
    if key in here.server.noted:
        return None
    here.say(_LOOKING)
    done = bring_in_step(here.server, media.path, temporary_codes(folder))
    here.server.noted[key] = done
    return done


def _to_bring(
    needed: Collection[str], there: Mapping[str, str], folder: Folder, here: Visit
) -> tuple[Media, ...]:
    """Take the published lists, and any other file that the server has lost.

    A deployment hands out exactly the files that the server has: none may be missing then.
    """
    media, missing = [], []
    for name in needed:
        # the server chose the name: it must not lead out of the folders of lists
        path = folder.media(name) if _PLAIN.fullmatch(name) else None
        if path is not None and (_published(path, folder) or name not in there):
            media.append(Media(name, path))
        elif name not in there:
            missing.append(_missing(here.source, here.form, name))
    if missing:
        raise ProblemError(missing, Exit.SERVER)
    return tuple(media)


def _published(path: Path, folder: Folder) -> bool:
    # villages are imported into the list itself; where none are known, another computer may
    # have brought some
    return path.parent == folder.lists or (path.name == VILLAGES and bool(numbered_rows(path)))


def _note(here: Visit, asset: str, before: Offered, now: Offered) -> None:
    """Go on knowing which workbook a form was made from, when only its lists have changed."""
    known = deployed(here.store, here.source.name, here.form)
    if known is not None and known[:2] == (asset, before.digest) and now.digest != before.digest:
        note_deployment(here.store, here.origin(asset), now.digest, known[2])


def _closed(source: SourceSettings, form: str) -> Problem:
    return Problem(
        "form-closed",
        Text(
            vi="điện thoại không được phát biểu mẫu này: chưa triển khai, đã lưu trữ hoặc đã xoá",
            en="phones are not offered this form: it is not deployed, archived or deleted",
        ),
        Text(
            vi=f"nếu vẫn thu bằng biểu mẫu này, hãy chạy: ishc deploy {form}; nếu không, hãy bỏ "
            f"mục [forms.{form}] khỏi ishc.toml",
            en=f"if data are still collected with it, run: ishc deploy {form}; else take "
            f"[forms.{form}] out of ishc.toml",
        ),
        source.place(form),
    )


def _missing(source: SourceSettings, form: str, name: str) -> Problem:
    return Problem(
        "list-missing",
        Text(
            vi=f"biểu mẫu cần tệp «{name}» mà máy chủ và thư mục này đều không có",
            en=f"the form needs “{name}”, which neither the server nor this folder has",
        ),
        Text(
            vi="chưa gửi gì cho biểu mẫu này; hãy đặt tệp vào thư mục xlsforms rồi chạy lại",
            en="nothing was sent for this form; put the file into the folder xlsforms, and run "
            "again",
        ),
        source.place(form),
    )
