"""Forms fed from an entity list: linked when deployed, brought in step when published."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from connectors.carry_out import Deployed
from connectors.deploy import deploy
from connectors.publish import publish
from connectors.servers import central, connect, openrosa
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import Settings, load
from tests.connectors.central.standin.serve import Standin
from tests.connectors.central.standin.things import Form
from tests.connectors.kobo.conftest import CALM, write_workbook

CLUB = {"type": "select_one_from_file clubs.csv", "name": "club", "label": "CLB"}
BY_CODE = CLUB | {"parameters": "value=code"}
SHOWN = {
    "type": "calculate",
    "name": "shown",
    "calculation": "pulldata('clubs','label','code',${club})",
}
ROWS = [{"name": f"06463-0{n}", "label": f"CLB {n}", "code": f"06463-0{n}"} for n in (1, 2)]
SAVES = [
    {"type": "text", "name": "club_name", "label": "Tên CLB"},
    {"type": "calculate", "name": "temporary", "calculation": "once(uuid())", "save_to": "code"},
]


@dataclass
class Programme:
    """A programme on a Central that is the province's own."""

    folder: Folder
    settings: Settings
    standin: Standin

    def lists(self, value: str) -> None:
        """Write ``lists = …`` into the settings."""
        server = replace(self.settings.servers["central"], lists=value)
        self.settings = replace(self.settings, servers={"central": server})

    def write(self, *survey: Mapping[str, str], version: str = "1") -> None:
        """Write the form ``meeting``."""
        write_workbook(self.folder.xlsforms / "meeting.xlsx", survey, "meeting", version)

    def register(self, *rows: Mapping[str, str]) -> None:
        """Write the list that the registers make."""
        path = self.folder.private(self.folder.lists) / "clubs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ("name", "label", "code"))
            writer.writeheader()
            writer.writerows(rows)

    def deploy(self, **options: Any) -> list[Deployed]:
        """Deploy all forms, with a yes to whatever is asked."""
        return deploy(self.settings, self.folder, environ=self.environ, limits=CALM, **options)

    def publish(self) -> list[Deployed]:
        """Publish the lists."""
        return publish(self.settings, self.folder, environ=self.environ, limits=CALM)

    @property
    def environ(self) -> Mapping[str, str]:
        return {"PASSWORD": self.standin.password}

    def form(self, name: str = "meeting") -> Form:
        """A form as Central has it."""
        project = self.standin.world.projects[1]
        return next(each for each in project.forms if each.xml_id == name)

    def phone_gets(self, tmp: Path) -> list[dict[str, str]]:
        """Download the form as a phone does; give the rows of its list of clubs."""
        with connect(self.settings.servers["central"], self.environ, CALM) as server:
            central.check_account(server)
            openrosa.download(server, "meeting", tmp)
        with (tmp / "clubs.csv").open(encoding="utf-8", newline="") as file:
            return sorted(csv.DictReader(file), key=lambda row: row["code"])


@pytest.fixture
def programme(tmp_path: Path, standin: Standin) -> Iterator[Programme]:
    standin.project()
    folder = Folder(tmp_path / "programme")
    folder.xlsforms.mkdir(parents=True)
    (folder.xlsforms / "clubs.csv").write_text("name,label,code\n", encoding="utf-8")
    folder.settings.write_text(
        f"""
        [programme]
        name = "Thử"

        [servers.central]
        kind = "central"
        url = "{standin.url}"
        user = "{standin.email}"
        token_env = "PASSWORD"
        lists = "entities"

        [forms.meeting]
        server = "central"
        """,
        encoding="utf-8",
    )
    made = Programme(folder, load(folder), standin)
    made.write(BY_CODE, SHOWN)
    yield made


def test_a_form_is_linked_and_new_clubs_reach_it_without_a_new_version(
    programme: Programme, tmp_path: Path
) -> None:
    (done,) = programme.deploy()
    assert (done.done, done.version, done.problems) == ("created", "1", ())
    assert programme.form().latest.files["clubs.csv"].dataset
    for night, rows in enumerate((ROWS[:1], ROWS)):
        programme.register(*rows)
        (done,) = programme.publish()
        assert (done.version, done.media, done.problems) == ("1", (), ())
        assert [each.created for each in done.entities] == [1], night
        got = programme.phone_gets(tmp_path)
        assert [(each["code"], each["label"]) for each in got] == [
            (each["code"], each["label"]) for each in rows
        ]
        assert got[0]["name"] != got[0]["code"]  # an id of Central's own
    assert [each.done for each in programme.deploy()] == ["unchanged"]
    assert len(programme.form().published) == 1


def test_from_attachments_to_entities_and_back(programme: Programme, tmp_path: Path) -> None:
    programme.lists("attachments")
    programme.register(*ROWS)
    programme.deploy()
    assert [each["name"] for each in programme.phone_gets(tmp_path)] == ["06463-01", "06463-02"]
    programme.lists("entities")
    (done,) = programme.publish()
    assert (done.media, done.version) == (("clubs.csv",), "1~2")
    assert [each.created for each in done.entities] == [2]
    assert [each["code"] for each in programme.phone_gets(tmp_path)] == ["06463-01", "06463-02"]
    assert programme.publish()[0].media == ()
    programme.lists("attachments")
    (done,) = programme.publish()
    assert (done.media, done.version, done.entities) == (("clubs.csv",), "1~3", ())
    assert [each["name"] for each in programme.phone_gets(tmp_path)] == ["06463-01", "06463-02"]


def test_a_form_that_keeps_names_is_not_fed_with_ids(programme: Programme) -> None:
    programme.write(CLUB)
    with pytest.raises(ProblemError) as raised:
        programme.deploy()
    assert [each.code for each in raised.value.problems] == ["list-by-name"]
    programme.lists("attachments")  # deployed before the setting was changed
    programme.deploy()
    programme.lists("entities")
    programme.register(*ROWS)
    (done,) = programme.publish()
    assert [(each.code, each.severity) for each in done.problems] == [("list-by-name", "warning")]
    assert done.entities == () and not programme.form().latest.files["clubs.csv"].dataset


def test_several_forms_of_a_project_have_one_list(programme: Programme) -> None:
    name = programme.folder.xlsforms / "visit.xlsx"
    write_workbook(name, [BY_CODE], "visit")
    text = programme.folder.settings.read_text(encoding="utf-8")
    programme.folder.settings.write_text(f'{text}\n[forms.visit]\nserver = "central"\n', "utf-8")
    programme.settings = load(programme.folder)
    programme.deploy()
    programme.register(*ROWS)
    assert [len(each.entities) for each in programme.publish()] == [1, 0]
    assert all(
        programme.form(each).latest.files["clubs.csv"].dataset for each in ("meeting", "visit")
    )


def test_the_list_of_a_form_that_makes_clubs_gets_the_columns_it_lacks(
    programme: Programme,
) -> None:
    path = programme.folder.xlsforms / "meeting.xlsx"
    entities = {"list_name": "clubs", "label": "${club_name}"}
    write_workbook(path, [*SAVES, BY_CODE], "meeting", entities=entities)
    programme.deploy()
    programme.register(*ROWS)
    assert [each.created for each in programme.publish()[0].entities] == [2]
    assert [*programme.standin.world.projects[1].datasets["clubs"].properties] == ["code"]


def test_a_wrong_word_in_the_settings_is_told(programme: Programme) -> None:
    text = programme.folder.settings.read_text(encoding="utf-8")
    programme.folder.settings.write_text(text.replace('"entities"', '"entity"'), "utf-8")
    with pytest.raises(ProblemError) as raised:
        load(programme.folder)
    assert [each.code for each in raised.value.problems] == ["settings-lists"]
