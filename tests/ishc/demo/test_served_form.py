"""Downloads served forms as Collect does, refills a sample and compares with what is stored."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby, islice
from pathlib import Path

import pytest

from connectors.reconcile.codes import issued, people
from connectors.servers import openrosa
from connectors.store.raw import RawStore
from forms.carry import carry, served_form
from forms.engine.fill import fill
from forms.engine.phone import Phone
from ishc.demo import drafts
from ishc.demo.answers import Codes
from ishc.demo.drafts import Draft
from ishc.demo.filling import USERNAME
from ishc.demo.history import histories
from ishc.demo.site import prepare
from ishc.demo.station import Station, station
from ishc.demo.submissions import Submission, stored_submissions
from ishc.demo.world import demo_plan
from programme.progress import silent

ASIDE = {"start", "end", "today", "deviceid", "temporary_code", "meta/instanceID"}


def test_refilling_the_served_form_gives_what_is_stored(tmp_path: Path) -> None:
    plan = demo_plan()
    made = list(histories(plan))
    stored = {stage: list(each) for stage, each in groupby(stored_submissions(), _stage)}
    folder, settings = prepare(tmp_path / "demo")
    with station(folder, settings, silent) as here:
        phone = Collect(here, tmp_path / "phone")
        first = every(drafts.registrations(made), 16)
        phone.compare(first, stored["registrations"])

        here.send(stored["registrations"], phone.assets)
        here.gather(plan.first_month - timedelta(days=1))
        phone.assets = here.publish()
        codes = codes_in(folder.store)
        november, december = plan.calendar[:2]
        work = list(drafts.month_of_work(made, november, codes, last=False))
        phone.compare(every(drafts.loans_lent(made, codes), 12), stored["loans"])
        phone.compare(every(work, 12), stored["2025-11"])

        here.send(stored["loans"] + stored["2025-11"], phone.assets)
        here.gather(plan.as_of)  # loans get their codes
        here.gather(december - timedelta(days=1))
        phone.assets = here.publish()
        work = list(drafts.month_of_work(made, december, codes_in(folder.store), last=False))
        one_of_each = [next(each for each in work if each.form == form) for form in forms(work)]
        phone.compare(one_of_each + every(work, 16), stored["2025-12"])
        assert len(one_of_each) == 3


class Collect:
    """A phone: downloads a form with its media, fills it on its own clock."""

    def __init__(self, here: Station, place: Path) -> None:
        self.here, self.place = here, place
        self.assets = here.deploy()

    def compare(self, wanted: Iterable[Draft], stored: list[Submission]) -> None:
        by_root = {each.root: each for each in stored}
        for form, some in groupby(sorted(wanted, key=_form), _form):
            media = self.place / self.assets[form]
            media.mkdir(parents=True, exist_ok=True)
            served = openrosa.download(self.here.server, self.assets[form], media).decode()
            for draft in some:
                refilled = self.refill(served, media, draft)
                expected = carry(by_root[draft.sent.root].xml, served_form(served))
                assert without_phone(refilled) == without_phone(expected)

    def refill(self, served: str, media: Path, draft: Draft) -> str:
        mine = draft.sent.end.replace(hour=9, minute=30)
        phone = Phone(started=mine, username=USERNAME, deviceid="collect:another")
        return fill(served, media, draft.answers, phone=phone).accepted()


def without_phone(instance: str) -> list[tuple[str, str]]:
    """Give every element's path and text, in order; what each phone has of its own left out."""
    return [(path, text) for path, text in elements(ET.fromstring(instance)) if path not in ASIDE]


def elements(element: ET.Element, above: str = "") -> Iterator[tuple[str, str]]:
    for child in element:
        path = f"{above}{child.tag.rpartition('}')[2]}"
        yield path, (child.text or "").strip()
        yield from elements(child, f"{path}/")


def codes_in(path: Path) -> Codes:
    with RawStore.open(path) as store:
        clubs, loans = issued(store, "club"), issued(store, "loan")
        members = people(store, "member")
    return Codes(clubs, members, loans)


def every(wanted: Iterable[Draft], step: int) -> list[Draft]:
    return list(islice((each for each in wanted if each.misfit is None), 0, None, step))


def forms(wanted: Iterable[Draft]) -> list[str]:
    return sorted({each.form for each in wanted})


def _form(draft: Draft) -> str:
    return draft.form


def _stage(submission: Submission) -> str:
    return submission.stage


@pytest.mark.parametrize("stage", ["registrations", "loans", "2026-10"])
def test_every_stage_is_stored(stage: str) -> None:
    assert any(each.stage == stage for each in stored_submissions())
