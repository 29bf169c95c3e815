"""``ishc phones`` as an official runs it: nothing that opens the server is ever printed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ishc.demo.site import prepare
from tests.connectors.central.standin.serve import Standin, serve_standin

REPOSITORY = Path(__file__).parents[2]
NAME = "Máy của xã Chi Lăng"
SETTINGS = """
[programme]
name = "Thử"
[servers.own]
kind = "central"
url = "{url}"
user = "{user}"
token_env = "PASSWORD"
[forms.loan_record]
server = "own"
"""


class Office:
    """A programme folder, and the Central that is the province's own."""

    def __init__(self, folder: Path, standin: Standin) -> None:
        self.folder, self.standin = folder, standin

    def run(self, *arguments: str, status: int = 0, lang: str = "vi") -> str:
        """Run ``ishc``; give all that it printed."""
        own = {"PASSWORD": self.standin.password, "ISHC_LANG": lang}
        done = subprocess.run(
            [sys.executable, "-m", "ishc.cli", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **own},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        for session in self.standin.world.sessions:
            assert session not in said
        return said


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder, _ = prepare(tmp_path / "programme")
    with serve_standin() as standin:
        project = standin.project()
        standin.form(project, (folder.xlsforms / "loan_record.xlsx").read_bytes())
        text = SETTINGS.format(url=standin.url, user=standin.email)
        folder.settings.write_text(text, encoding="utf-8")
        yield Office(folder.root, standin)


def test_from_a_list_to_keys_to_a_lost_phone(office: Office) -> None:
    assert "chưa có danh sách máy" in office.run("phones", "make", status=1)
    assert "Chưa có máy nào" in office.run("phones")
    list_file = office.folder / "connectors" / "phones.csv"
    list_file.write_text(f"area,role,name\n06463,kế toán,{NAME}\n", encoding="utf-8")
    assert f"{NAME} (own): chưa có khóa" in office.run("phones")
    said = office.run("phones", "make")
    (code,) = (office.folder / "data" / "phones").iterdir()
    assert f"{NAME} (own): 1 biểu mẫu" in said and f"data/phones/{code.name}" in said
    assert code.read_text() not in said
    said = office.run("phones", "lost", NAME, lang="en")
    assert "is shut out" in said and "cannot arrive any more" in said
    assert not code.exists()
    (code,) = (office.folder / "data" / "phones").iterdir()
    assert f"data/phones/{code.name}" in said and code.read_text() not in said
    (phone,) = json.loads(office.run("--json", "phones"))["phones"]
    assert (phone["name"], phone["active"], phone["forms"]) == (NAME, True, ["loan_record"])
    assert "none was shut out" in office.run("phones", "lost", "Chi Lăng", status=1, lang="en")


def test_on_kobo_it_is_said_what_kobo_has_instead(office: Office) -> None:
    text = SETTINGS.replace('kind = "central"', 'kind = "kobo"').replace('user = "{user}"', "")
    text = text.format(url="https://kf.example")  # nobody is asked
    (office.folder / "ishc.toml").write_text(text, encoding="utf-8")
    for command in (["phones"], ["phones", "make"], ["phones", "lost", NAME]):
        said = office.run(*command, status=1, lang="en")
        assert "KoBo has no key for each phone" in said and "password" in said
