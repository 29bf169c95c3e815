"""What only ODK Central does while submissions move: its tags, its trash, its cursors."""

from dataclasses import replace
from typing import Any

import pytest
import requests

from connectors.results import FormPull
from tests.soak.ground import FORM
from tests.soak.office_central import XML, CentralOffice
from tests.soak.truth import assert_store_is_the_server
from tests.soak.village import NIGHT, Village

pytestmark = pytest.mark.parametrize("kept", ["central"], indirect=True)


@pytest.fixture
def office(calm: Village) -> CentralOffice:
    assert isinstance(calm.office, CentralOffice)
    return calm.office


def pulled(here: Village, **options: Any) -> FormPull:
    """Pull; afterwards all is as on the server."""
    (form,) = here.pull(**options).forms
    assert form.agreed, form.problems
    assert_store_is_the_server(here)
    return form


def service(office: CentralOffice, table: str) -> str:
    return f"{office.running.url}/v1/projects/{office.project.id}/forms/{FORM}.svc/{table}"


def signed(office: CentralOffice) -> requests.Session:
    """A client of its own, that knows nothing of what ours avoids."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {office.mine}"
    return session


def test_a_table_of_rows_loses_its_cursor_and_the_connection_and_is_never_paged(
    calm: Village, office: CentralOffice
) -> None:
    body = "<visitor><day>2026-10-10</day></visitor><visitor><day>2026-10-11</day></visitor>"
    for _ in range(8):
        office.send([calm.filled_with(body)])
    with signed(office) as client:
        rows = service(office, "Submissions.visitor")
        page = client.get(rows, params={"$top": "3"}).json()
        cursor = page["value"][-1]["__Submissions-id"]
        office.delete([one["_id"] for one in office.rows() if one["meta/rootUuid"] == cursor])
        lost = client.get(page["@odata.nextLink"])
        assert (lost.status_code, lost.json().get("code")) == (400, 400.34)
        assert lost.headers["Connection"] == "keep-alive"  # and closes it
    calm.weather.watch()
    pulled(calm)
    pulled(calm, proven=True)
    tables = {each.partition(".svc/")[2].partition("?")[0] for each in calm.weather.asked}
    assert tables == {"", "Submissions"} and calm.weather.lists > 4


def test_a_late_picture_is_seen_though_the_tag_says_that_nothing_has_changed(
    calm: Village, office: CentralOffice
) -> None:
    late = calm.filled_with("<note>họp</note>", picture=True)
    office.send([replace(late, picture=None)])
    first = pulled(calm)
    with signed(office) as client:
        tag = client.get(service(office, "Submissions")).headers["ETag"]
        office.late(late)
        told = client.get(service(office, "Submissions"), headers={"If-None-Match": tag})
    assert told.status_code == 304  # it lies
    calm.weather.watch()
    form = pulled(calm)
    assert (first.attachments, form.changed, form.attachments) == (0, 1, 1)
    assert all("HTTP_IF_NONE_MATCH" not in headers for headers in calm.weather.headers)


def test_a_picture_that_comes_to_an_old_submission_waits_for_the_next_proof(
    calm: Village, office: CentralOffice
) -> None:
    late = calm.filled_with("<note>họp</note>", picture=True)
    calm.there.ahead -= 20 * NIGHT
    office.send([replace(late, picture=None)])
    calm.there.ahead += 20 * NIGHT
    pulled(calm)
    office.late(late)  # moves no time, and no count of submissions
    (form,) = calm.pull().forms
    assert (form.kind, form.agreed, form.attachments) == ("followed", True, 0)
    assert pulled(calm, proven=True).attachments == 1


def test_after_a_month_the_trash_may_be_purged_and_everything_is_compared(
    calm: Village, office: CentralOffice
) -> None:
    calm.send(9)
    pulled(calm)
    office.delete([one["_id"] for one in office.rows()[:3]])
    calm.month()
    assert office.trash() == []  # nothing there tells of them any more
    form = pulled(calm)
    assert (form.kind, form.deleted, form.total) == ("proven", 3, 6)
    assert [each.code for each in form.problems] == ["pull-unfollowed"]


def test_a_trash_purged_by_hand_is_noticed_by_the_counts(
    calm: Village, office: CentralOffice
) -> None:
    calm.send(9)
    pulled(calm)
    office.delete([one["_id"] for one in office.rows()[:3]])
    office.world.purge_trash()
    form = pulled(calm)
    assert (form.kind, form.deleted, form.total) == ("proven", 3, 6)
    assert [each.code for each in form.problems] == ["pull-unfollowed"]


def test_what_was_restored_is_back_with_its_number(calm: Village, office: CentralOffice) -> None:
    calm.send(9)
    pulled(calm)
    before = office.rows()[4]
    office.delete([before["_id"]])
    assert pulled(calm).deleted == 1
    office.restore(office.trash()[0])  # moves no time: the counts tell
    form = pulled(calm)
    assert (form.kind, form.new, form.changed, form.total) == ("proven", 0, 1, 9)
    assert office.rows()[4]["_id"] == before["_id"]


def test_what_was_deleted_and_restored_since_is_left_alone(
    calm: Village, office: CentralOffice
) -> None:
    calm.send(9)
    pulled(calm)
    office.delete([office.rows()[4]["_id"]])
    office.restore(office.trash()[0])
    form = pulled(calm)
    assert (form.kind, form.changed, form.deleted) == ("followed", 0, 0)


def test_a_state_given_again_is_followed(calm: Village, office: CentralOffice) -> None:
    calm.send(9)
    number = office.rows()[0]["_id"]
    office.judge(number, "approved")
    pulled(calm)
    before = office.rows()[0]["_validation_status"]
    office.judge(number, "approved")
    form = pulled(calm)
    assert (form.kind, form.changed) == ("followed", 1)
    after = office.rows()[0]["_validation_status"]
    assert after["uid"] == before["uid"] and after["timestamp"] > before["timestamp"]


def test_an_id_is_not_taken_twice_until_it_is_purged(calm: Village, office: CentralOffice) -> None:
    filled = calm.filled()
    office.send([filled])
    pulled(calm)
    (number,) = (one["_id"] for one in office.rows())
    office.delete([number])
    with signed(office) as client:
        url = service(office, "").removesuffix(".svc/") + "/submissions"
        again = client.post(url, data=office.xml(filled), headers=XML)
        assert (again.status_code, again.json()["code"]) == (409, 409.3)
        assert pulled(calm).total == 0
        office.world.purge_trash()
        assert client.post(url, data=office.xml(filled), headers=XML).status_code == 200
    form = pulled(calm)
    assert (form.new, form.total) == (1, 1)
    (later,) = (one["_id"] for one in office.rows())
    assert later > number  # another submission, as Central sees it
