"""The stand-in over HTTP, where no recording shows it: connections, loading, types, trash."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.connectors.central.conftest import workbook
from tests.connectors.central.replay.making import filled
from tests.connectors.central.replay.player import RECORDINGS
from tests.connectors.central.standin.definitions import XLSX
from tests.connectors.central.standin.keeping import Files
from tests.connectors.central.standin.serve import Standin, serve_standin


class Owner(requests.Session):
    """The owner, signed in at a stand-in."""

    def __init__(self, standin: Standin) -> None:
        super().__init__()
        told = {"email": standin.email, "password": standin.password}
        answer = requests.post(f"{standin.url}/v1/sessions", json=told, timeout=10).json()
        self.headers["Authorization"] = f"Bearer {answer['token']}"
        self.base = standin.url

    def request(self, method: str, url: str, **more: Any) -> requests.Response:  # type: ignore[override]
        address = url if url.startswith("http") else f"{self.base}/v1/projects/{url}"
        return super().request(method, address, **{"timeout": 10, **more})


@pytest.fixture
def standin() -> Iterator[Standin]:
    with serve_standin() as running:
        yield running


@pytest.fixture
def owner(standin: Standin) -> Iterator[Owner]:
    with Owner(standin) as session:
        yield session


def root(number: int) -> str:
    return f"uuid:{number:08d}-0000-4000-8000-000000000000"


def reports(standin: Standin, count: int, files: Files | None = None) -> str:
    """Load reports into a new project; gives the address of the form."""
    project = standin.project()
    form = standin.form(project, (RECORDINGS / "forms" / "club_report.xlsx").read_bytes())
    content = (filled(root(number)).encode() for number in range(count))
    assert standin.load(project, form, ((one, files or {}) for one in content)) == count
    return f"{project.id}/forms/club_report"


def test_the_connection_is_closed_after_a_lost_cursor(standin: Standin, owner: Owner) -> None:
    form = reports(standin, 3)
    page = owner.get(f"{form}.svc/Submissions.activity?%24top=1").json()
    cursor = page["value"][0]["__Submissions-id"]
    assert owner.delete(f"{form}/submissions/{cursor}").ok
    refused = owner.get(page["@odata.nextLink"])
    assert (refused.status_code, refused.json()["code"]) == (400, 400.34)
    assert refused.headers["Connection"] == "keep-alive"
    with pytest.raises(requests.ConnectionError):
        owner.get(form)
    assert owner.get(form).ok


def test_what_was_loaded_is_told_as_what_a_phone_sent(standin: Standin, owner: Owner) -> None:
    form = reports(standin, 1)
    sent = filled(root(7))
    kind = {"Content-Type": "application/xml"}
    assert owner.post(f"{form}/submissions", data=sent.encode(), headers=kind).ok
    rows = owner.get(f"{form}.svc/Submissions?%24expand=*").json()["value"]
    told = [json.dumps(row).replace(root(7), root(0)) for row in rows]
    told = [re.sub(r'"2026[^"]*Z"|"[0-9a-f]{40}"|[0-9a-f]{40}|%3A\d{8}', "", row) for row in told]
    assert len(set(told)) == 1


def test_what_the_trash_held_is_gone_once_it_is_purged(standin: Standin, owner: Owner) -> None:
    form = reports(standin, 2)
    assert owner.delete(f"{form}/submissions/{root(0)}").ok
    deleted = f"{form}/submissions?deleted=true"
    assert [one["instanceId"] for one in owner.get(deleted).json()] == [root(0)]
    assert standin.world.purge_trash() == 1
    assert owner.get(deleted).json() == []
    assert owner.post(f"{form}/submissions/{root(0)}/restore").status_code == 404
    kind = {"Content-Type": "application/xml"}
    again = owner.post(f"{form}/submissions", data=filled(root(0)).encode(), headers=kind)
    assert again.ok


@pytest.mark.parametrize(
    ("types", "code"),
    [
        (("integer", "text"), None),
        (("integer", "decimal"), 400.17),
        (("text", "integer"), 400.17),
        (("text", "date"), 400.17),
        (("integer", "text", "integer"), 400.17),
        (("decimal", "text", "text"), None),
    ],
)
def test_a_question_may_become_text_and_nothing_else(
    types: tuple[str, ...], code: float | None, standin: Standin, owner: Owner
) -> None:
    project = standin.project()
    first, *others = (
        workbook(((kind, "answer", "Trả lời"),), version=str(number))
        for number, kind in enumerate(types)
    )
    standin.form(project, first)
    address, told = f"{project.id}/forms/meeting/draft", None
    for book in others:
        answer = owner.post(address, data=book, headers={"Content-Type": XLSX})
        told = answer.json().get("code")
        assert told or owner.post(f"{address}/publish").ok
    assert told == code


def test_the_password_alone_is_taken_over_https_only(standin: Standin) -> None:
    address, who = f"{standin.url}/v1/projects", (standin.email, standin.password)
    plain = requests.get(address, auth=who, timeout=10)
    assert (plain.status_code, plain.json()["code"]) == (401, 401.3)
    behind = {"X-Forwarded-Proto": "https"}  # what a server in front says of the way before it
    assert requests.get(address, auth=who, headers=behind, timeout=10).json() == []


def test_a_person_with_a_session_gets_the_list_that_phones_get(
    standin: Standin, owner: Owner
) -> None:
    form = reports(standin, 1)
    project = form.partition("/")[0]
    phone = {"X-OpenRosa-Version": "1.0"}
    listed = owner.get(f"{project}/formList", headers=phone)
    assert "<formID>club_report</formID>" in listed.text
    assert f"{owner.base}/v1/projects/{form}/manifest" in listed.text
    assert owner.get(f"{form}/manifest", headers=phone).ok
    parts = {"xml_submission_file": filled(root(5))}
    sent = owner.post(f"{project}/submission", files=parts, headers=phone)
    assert sent.status_code == 201
    assert len(owner.get(f"{form}/submissions").json()) == 2
