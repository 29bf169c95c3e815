"""A club registered today is on other phones before the night, and gets its code in the night."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from connectors.carry_out import Deployed
from connectors.deploy import deploy
from connectors.publish import publish
from connectors.pull import pull
from connectors.reconcile.lists import write_lists
from connectors.reconcile.run import reconcile
from connectors.servers import central, connect, openrosa
from connectors.servers.contract import Server
from forms.carry import carry, served_form
from ishc.demo.site import prepare
from ishc.demo.submissions import FORMS, Submission, stored_submissions
from programme.account import ServerSettings
from programme.folder import Folder
from programme.settings import Settings, SourceSettings
from tests.connectors.central.standin.serve import Standin
from tests.connectors.kobo.conftest import CALM

TONIGHT = datetime(2026, 11, 1, 22, tzinfo=UTC)
AS_OF = date(2026, 11, 1)


@dataclass
class Province:
    """A programme on its own Central, with the shipped forms."""

    folder: Folder
    settings: Settings
    sent: Settings  # only the forms that somebody fills here
    standin: Standin
    server: Server

    @property
    def environ(self) -> Mapping[str, str]:
        return {"PASSWORD": self.standin.password}

    def send(self, submission: Submission, **answers: str) -> None:
        """Send a filled form as a phone does, with other answers than it has."""
        offered = openrosa.find(self.server, submission.form)
        assert offered is not None
        xml = submission.xml
        for name, value in answers.items():
            xml, times = re.subn(rf"<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>", xml)
            assert times == 1, name
        served = served_form(openrosa.form_xml(self.server, offered).decode())
        openrosa.submit(self.server, carry(xml, served).encode())

    def clubs(self, tmp: Path) -> list[dict[str, str]]:
        """Give the clubs that another phone finds on opening the loan record."""
        openrosa.download(self.server, "loan_record", tmp)
        with (tmp / "clubs.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def night(self) -> list[Deployed]:
        """Pull, reconcile, publish."""
        now = {"now": TONIGHT, "environ": self.environ, "limits": CALM}
        assert not pull(self.sent, self.folder, **now).problems
        reconcile(self.settings, self.folder, AS_OF)
        write_lists(self.folder)
        return publish(self.sent, self.folder, environ=self.environ, limits=CALM)

    def table(self, name: str) -> list[dict[str, Any]]:
        """Give a register's rows."""
        run = max(path.name for path in self.folder.tables.iterdir())
        rows: list[dict[str, Any]] = pq.read_table(
            self.folder.tables / run / f"{name}.parquet"
        ).to_pylist()
        return rows


@pytest.fixture
def province(tmp_path: Path, standin: Standin) -> Iterator[Province]:
    standin.project()
    folder, settings = prepare(tmp_path / "programme")
    server = ServerSettings(
        "central",
        "central",
        standin.url,
        standin.url,
        "PASSWORD",
        user=standin.email,
        lists="entities",
    )
    sources = (SourceSettings("central", "central"),)
    forms = {name: replace(settings.forms[name], sources=sources) for name in FORMS}
    settings = replace(settings, servers={"central": server}, forms=forms)
    used = {name: forms[name] for name in ("club_registration", "loan_record")}
    sent = replace(settings, forms=used)
    deploy(sent, folder, environ={"PASSWORD": standin.password}, limits=CALM)
    with connect(server, {"PASSWORD": standin.password}, CALM) as opened:
        central.check_account(opened)
        yield Province(folder, settings, sent, standin, opened)


def stored(form: str, **having: str) -> Submission:
    """Give the demo's first filled form with these answers."""
    said = [f"<{name}>{value}</{name}>" for name, value in having.items()]
    found = (each for each in stored_submissions() if each.form == form)
    return next(each for each in found if all(one in each.xml for one in said))


def test_a_club_is_on_other_phones_before_the_night(province: Province, tmp_path: Path) -> None:
    registration = stored("club_registration", action="register")
    province.send(registration)
    (club,) = province.clubs(tmp_path)
    temporary = club["code"]
    name, commune = re.findall("<(?:club_name|commune)>([^<]*)<", registration.xml)[::-1]
    assert f"<temporary_code>{temporary}<" in registration.xml
    assert club["label"].startswith(f"{name}, ") and club["commune"] == commune
    assert (club["founded"], club["members"]) != ("", "")

    lent = stored("loan_record", event="lent", borrower_in_list="listed")
    province.send(lent, club=temporary, province="20", commune=commune)
    (done,) = [each for form in province.night() for each in form.entities]
    assert (done.created, done.updated, done.deleted, done.problems) == (0, 1, 0, ())
    code = f"{commune}-01"
    assert [
        (each["club_code"], each["temporary_code"]) for each in province.table("club_temporary")
    ]
    assert {each["club_code"] for each in province.table("submission")} == {code}
    assert [each["club_code"] for each in province.table("loan")] == [code]

    (again,) = province.clubs(tmp_path)  # the very same entity, with its code and its own name
    assert (again["name"], again["code"], again["label"]) == (club["name"], code, name)
    assert again["status"] == "active"
    (done,) = [each for form in province.night() for each in form.entities]
    assert (done.created, done.updated, done.deleted, done.problems) == (0, 0, 0, ())
    # a report that was filled with the temporary code and sent a day later still finds the club
    province.send(stored("loan_record", event="lent", purpose="crops"), club=temporary)
    province.night()
    assert {each["club_code"] for each in province.table("submission")} == {code}
