"""What somebody deployed by hand on KoBo is told by the next pull, question by question."""

from connectors.redeployed import redeployed
from connectors.servers import kobo
from tests.connectors.kobo.conftest import CALM, TOKEN

WEATHER = {"type": "text", "name": "weather", "label": "Thời tiết"}
HAND = {"type": "text", "name": "by_hand", "label": "Thêm trên KoBo"}


def told(programme):
    environ = {"ISHC_TOKEN": TOKEN}
    return redeployed(programme.settings, programme.folder, environ=environ, limits=CALM)


def deploy_by_hand(programme, club):
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    kobo.deploy_form(club.server, workbook, "meeting", [], club.asset)


def test_questions_that_came_and_went_are_named(programme, club, rewrite):
    rewrite(WEATHER)
    programme.deploy()
    assert told(programme) == []
    rewrite(HAND)
    deploy_by_hand(programme, club)
    assert told(programme) == []  # the workbook here says the same now
    rewrite(WEATHER)
    (problem,) = told(programme)
    assert (problem.code, problem.severity, problem.place.form) == (
        "form-redeployed", "warning", "meeting",
    )  # fmt: skip
    assert "it also asks: by_hand; it no longer asks: weather" in problem.what.en
    programme.deploy(accept=["question-removed:by_hand"])
    assert told(programme) == []


def test_other_words_alone_are_not_told(programme, club, rewrite):
    rewrite(WEATHER)
    programme.deploy()
    rewrite({**WEATHER, "label": "Trời hôm nay"})
    deploy_by_hand(programme, club)
    rewrite(WEATHER)
    assert told(programme) == []


def test_a_workbook_that_is_not_deployed_yet_is_nobodys_fault(programme, club, rewrite):
    rewrite(WEATHER)
    assert told(programme) == []


def test_a_server_that_fails_is_told_by_the_pull(programme, club, sandbox):
    sandbox.stop()
    assert told(programme) == []
