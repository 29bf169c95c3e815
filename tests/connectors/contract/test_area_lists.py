"""A source that names its areas gets only their clubs, members and loans; lists go when due."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.area_lists import areas_of_server, in_area
from connectors.deploy import deploy
from connectors.publish import publish
from connectors.servers import openrosa
from connectors.servers.contract import Media
from programme.folder import Folder
from programme.problem import Exit, ProblemError
from programme.settings import FormSettings, Settings, SourceSettings, load
from tests.connectors.contract.people import People
from tests.connectors.kobo.conftest import CALM

LISTS = {
    "provinces": "name,label,kind\n20,Tỉnh Lạng Sơn,tỉnh\n04,Tỉnh Cao Bằng,tỉnh\n",
    "communes": "name,label,province,kind\n06463,Xã Chi Lăng,20,xã\n06001,Xã Một,20,xã\n"
    "01273,Phường Thục Phán,04,phường\n",
    "clubs": "name,label,commune\n06463-01,Hoa Đào,06463\n06001-01,Hoa Mai,06001\n"
    "01273-01,Hoa Lê,01273\n",
    "members": "name,label,club\n06463-01-M001,M001 N.V.A.,06463-01\n01273-01-M001,M001,01273-01\n",
    "norms": "name,value\nclub_size_min,50\n",
}
NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


@dataclass
class Office:
    """A programme folder whose one form is on a server."""

    folder: Folder
    settings: Settings
    club: People

    def deploy(self) -> None:
        """Deploy everything."""
        deploy(self.settings, self.folder, environ=self.environ, limits=CALM)

    def publish(self, **more: Any) -> list[tuple[str, ...]]:
        """Hand out lists; give the names of those that were sent, by form."""
        done = publish(self.settings, self.folder, environ=self.environ, limits=CALM, **more)
        return [each.media for each in done]

    @property
    def environ(self) -> dict[str, str]:
        return {"TOKEN": self.club.server.token}

    def on_phones(self, into: Path) -> list[str]:
        """Give the codes of the clubs that a phone gets."""
        openrosa.download(self.club.server, self.club.asset, into)
        return codes(into / "clubs.csv")


def codes(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "programme")
    folder.xlsforms.mkdir(parents=True)
    for name, text in LISTS.items():
        (folder.xlsforms / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def office(folder: Folder, club: People, form_id: str, workbook: Callable[..., Path]) -> Office:
    workbook().rename(folder.xlsforms / f"{form_id}.xlsx")
    there = club.server
    folder.settings.write_text(
        f"""
        [programme]
        name = "Thử"
        [servers.{there.name}]
        kind = "{there.kind}"
        url = "{there.url}"
        token_env = "TOKEN"
        {f'user = "{there.user}"' if there.user else ""}
        {f"project = {there.project}" if there.project else ""}
        [forms.{form_id}.sources.lang_son]
        server = "{there.name}"
        asset = "{club.asset}"
        areas = ["20"]
        """,
        encoding="utf-8",
    )
    return Office(folder, load(folder), club)


def test_phones_of_an_area_get_its_clubs_alone(office: Office, tmp_path: Path) -> None:
    office.deploy()
    assert office.on_phones(tmp_path) == ["06463-01", "06001-01"]
    path = office.folder.private(office.folder.lists) / "clubs.csv"
    path.write_text(LISTS["clubs"] + "06463-02,Hoa Ban,06463\n01273-02,Hoa Sim,01273\n", "utf-8")
    assert office.publish() == [("clubs.csv",)]
    assert office.on_phones(tmp_path) == ["06463-01", "06001-01", "06463-02"]
    path.write_text(LISTS["clubs"] + "06463-02,Hoa Ban,06463\n", "utf-8")
    assert office.publish() == [()]  # what changes elsewhere is no reason to update phones here
    office.deploy()
    assert office.on_phones(tmp_path) == ["06463-01", "06001-01", "06463-02"]


def test_an_area_that_does_not_exist_is_told_before_anything_is_sent(office: Office) -> None:
    path = office.folder.settings
    path.write_text(path.read_text(encoding="utf-8").replace('["20"]', '["20", "99"]'), "utf-8")
    office.settings = load(office.folder)
    for work in (office.publish, office.deploy):
        with pytest.raises(ProblemError) as caught:
            work()
        (problem,) = caught.value.problems
        assert (problem.code, caught.value.exit_status) == ("area-unknown", Exit.INPUT)
        assert str(problem.place.setting).endswith("sources.lang_son.areas")


def test_lists_go_when_they_are_due(office: Office) -> None:
    office.deploy()
    path = office.folder.private(office.folder.lists) / "clubs.csv"
    assert len(office.publish(now=NIGHT)) == 1
    path.write_text(LISTS["clubs"] + "06463-02,Hoa Ban,06463\n", "utf-8")
    assert office.publish(now=NIGHT + timedelta(days=6), due=True) == []
    assert office.publish(now=NIGHT + timedelta(days=7), due=True) == [("clubs.csv",)]
    assert office.publish(now=NIGHT + timedelta(days=8)) == [()]  # asked for: looked at, the same


def test_imported_villages_reach_phones(office: Office, workbook: Callable[..., Path]) -> None:
    (form,) = office.settings.forms
    question = {"type": "select_one_from_file villages.csv", "name": "village", "label": "Thôn"}
    workbook(question, version="2").rename(office.folder.xlsforms / f"{form}.xlsx")
    villages = office.folder.xlsforms / "villages.csv"
    villages.write_text("name,label,commune\nV1,Nà Pàn,06463\n", "utf-8")
    office.deploy()
    villages.write_text("name,label,commune\nV1,Nà Pàn,06463\nV2,Nà Lốc,06001\n", "utf-8")
    assert office.publish() == [("villages.csv",)]
    villages.write_text("name,label,commune\n", "utf-8")  # as on a computer without them
    assert office.publish() == [()]


def test_lists_are_cut_by_commune_or_club_and_others_stay_whole(folder: Folder) -> None:
    names = ("clubs", "members", "norms", "communes")
    media = [Media(f"{name}.csv", folder.xlsforms / f"{name}.csv") for name in names]
    one, two = in_area(folder, ("01273",), media), in_area(folder, ("04", "06001"), media)
    assert [codes(each.path) for each in one[:2]] == [["01273-01"], ["01273-01-M001"]]
    assert codes(two[0].path) == ["06001-01", "01273-01"]
    assert list(one[2:]) == media[2:]
    assert in_area(folder, (), media) == tuple(media)


def test_an_entity_list_holds_the_areas_of_all_sources_of_its_server() -> None:
    def settings(*areas: tuple[str, ...]) -> Settings:
        sources = [SourceSettings(str(at), "central", areas=some) for at, some in enumerate(areas)]
        forms = {source.name: FormSettings(source.name, (source,)) for source in sources}
        return replace(EMPTY, forms=forms)

    assert areas_of_server(settings(("20",), ("04", "20")), "central") == ("04", "20")
    assert areas_of_server(settings(("20",), ()), "central") == ()
    assert areas_of_server(settings(("20",)), "other") == ()


EMPTY = Settings(name=None, language="vi", timezone=None, synthetic=True)  # type: ignore[arg-type]
