"""A new version of a live form: what it does to collected data is said before it is done."""

import re
import shutil
from dataclasses import replace

import pytest

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media
from connectors.store.deployed import kept_workbooks
from forms.workbook import read_workbook
from programme.problem import Exit, ProblemError

WEATHER = {"type": "text", "name": "weather", "label": "Thời tiết"}
MORE = {"type": "text", "name": "more", "label": "Thêm"}


class Watched:
    """Takes down what would be done, and may say no."""

    def __init__(self, answer=True):
        self.plans, self.answer = [], answer

    def __call__(self, plans):
        self.plans = list(plans)
        if not self.answer:
            raise InterruptedError


def refused(call):
    with pytest.raises(ProblemError) as raised:
        call()
    return raised.value


@pytest.fixture
def live(programme, club, rewrite):
    """A club with one submission whose form also asks for the weather."""
    rewrite(WEATHER)
    programme.deploy()
    club.send("đã thu")
    return club


def test_a_breaking_change_is_refused_and_says_what_to_type(programme, live, rewrite):
    before = openrosa.find(live.server, live.asset)
    rewrite()
    error = refused(programme.deploy)
    assert error.exit_status == Exit.INPUT
    (problem,) = error.problems
    assert problem.code == "deploy-breaking"
    assert "weather" in problem.what.en
    assert "--accept question-removed:weather" in problem.do.en
    assert "--accept question-removed:weather" in problem.do.vi
    assert openrosa.find(live.server, live.asset) == before
    assert not kobo.standing(live.server, live.asset).draft


def test_accepted_by_name_it_is_done(programme, live, rewrite):
    rewrite()
    assert refused(lambda: programme.deploy(accept=["question-removed:note"]))
    (done,) = programme.deploy(accept=["question-removed:weather"])
    assert (done.asset, done.done, done.problems) == (live.asset, "replaced", ())


def test_nothing_collected_nothing_to_break(programme, club, rewrite):
    rewrite(WEATHER)
    programme.deploy()
    rewrite()
    watched = Watched()
    (done,) = programme.deploy(agree=watched)
    assert done.done == "replaced"
    (plan,) = watched.plans
    assert [change.code for change in plan.changes] == ["question-removed"]
    assert (plan.collected, plan.careful, plan.refused(())) == (False, False, ())


def test_from_another_computer_the_live_form_is_compared_too(programme, live, rewrite):
    programme.folder.store.unlink()
    rewrite()
    (problem,) = refused(programme.deploy).problems
    assert "question-removed:weather" in problem.do.en


def test_every_version_that_collected_is_kept(programme, live, rewrite):
    """Rows of an old version are read by its workbook, also when another computer deployed it."""
    assert _kept(programme) == [{*_FIRST, "weather"}, _FIRST]
    shutil.rmtree(programme.folder.data)
    rewrite()
    programme.deploy(accept=["question-removed:weather"])
    assert _kept(programme) == [_FIRST, {*_FIRST, "weather"}]
    programme.deploy()
    assert len(_kept(programme)) == 2
    # and what somebody deployed by hand in between
    rewrite({"type": "text", "name": "by_hand", "label": "Thêm trên KoBo"})
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    kobo.deploy_form(live.server, workbook, "meeting", [], live.asset)
    rewrite()
    programme.deploy(accept=["question-removed:by_hand"])
    assert _kept(programme) == [_FIRST, {*_FIRST, "by_hand"}, {*_FIRST, "weather"}]


def test_what_was_deployed_by_hand_on_kobo_counts(programme, live, rewrite, tmp_path):
    rewrite(WEATHER, {"type": "text", "name": "by_hand", "label": "Thêm trên KoBo"})
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    kobo.deploy_form(live.server, workbook, "meeting", [], live.asset)
    rewrite(WEATHER)
    (problem,) = refused(programme.deploy).problems
    assert "question-removed:by_hand" in problem.do.en


def test_a_colleagues_wording_is_not_taken_back_in_silence(programme, live, rewrite):
    """An older workbook would be a safe change; it says whose version it replaces, and of when."""
    rewrite({**WEATHER, "label": "Thời tiêt"})
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    kobo.deploy_form(live.server, workbook, "meeting", [], live.asset)
    rewrite(WEATHER)
    watched = Watched()
    programme.deploy(agree=watched)
    (plan,) = watched.plans
    assert {change.kind for change in plan.changes} == {"safe"}
    (problem,) = plan.problems
    assert plan.careful and problem.code == "deploy-not-from-here"
    assert re.search(r"\(triển khai lúc \d\d:\d\d ngày \d\d/\d\d/\d{4}\)", problem.what.vi)
    # what came from here is replaced without a word, also after a colleague published lists
    rewrite(WEATHER, MORE)
    programme.deploy(agree=watched)
    assert (watched.plans[0].problems, watched.plans[0].careful) == ((), False)
    clubs = programme.write_list("name,label\nC1,Đông Anh\nC7,Hồng Hà\n")
    kobo.deploy_media(live.server, live.asset, [Media("clubs.csv", clubs)])
    rewrite(WEATHER, MORE, {"type": "text", "name": "further", "label": "Nữa"})
    programme.deploy(agree=watched)
    assert (watched.plans[0].doing, watched.plans[0].problems) == ("replace", ())


@pytest.mark.parametrize(
    ("codes", "told"),
    [(range(1, 61), ""), (range(3, 90), ""), (range(7, 61), "6 of the 60"), (range(1), "60 of")],
)
def test_codes_that_phones_have_do_not_vanish_in_silence(programme, live, codes, told):
    first = "".join(f"C{number},Câu lạc bộ\n" for number in range(1, 61))
    programme.write_list(f"name,label\n{first}")
    programme.deploy()
    now = "".join(f"C{number},CLB\n" for number in codes)
    programme.write_list(f"name,label\n{now}X,Mới\n")
    watched = Watched()
    programme.deploy(agree=watched)
    (plan,) = watched.plans
    assert plan.doing == "media"
    assert [problem.code for problem in plan.problems] == (["list-codes-gone"] if told else [])
    assert plan.careful is bool(told)
    assert told in "".join(problem.what.en for problem in plan.problems)


def test_what_is_gone_is_told_by_form_and_question_not_by_a_file_that_nobody_has(
    programme, live, rewrite
):
    rewrite()
    (problem,) = refused(programme.deploy).problems
    assert (problem.place.form, problem.place.question) == ("meeting", "weather")
    assert (problem.place.file, problem.place.row) == (None, None)


def test_an_answer_of_no_leaves_everything_as_it_was(programme, live, rewrite):
    before = openrosa.find(live.server, live.asset)
    rewrite(WEATHER, {"type": "text", "name": "more", "label": "Thêm"})
    watched = Watched(answer=False)
    with pytest.raises(InterruptedError):
        programme.deploy(agree=watched)
    assert [plan.doing for plan in watched.plans] == ["replace"]
    assert openrosa.find(live.server, live.asset) == before
    assert not kobo.standing(live.server, live.asset).draft


def test_a_first_deployment_is_asked_for_as_well(programme, server):
    with pytest.raises(InterruptedError):
        programme.deploy(agree=Watched(answer=False))
    assert kobo.list_forms(server) == []
    watched = Watched()
    programme.deploy(agree=watched)
    (plan,) = watched.plans
    assert (plan.doing, plan.media, plan.careful) == ("create", ("clubs.csv",), False)


def test_what_wants_a_yes_and_what_does_not(programme, live, rewrite):
    watched = Watched()
    rewrite({**WEATHER, "label": "Thời tiết hôm nay thế nào?"})  # careful: figures may differ
    programme.deploy(agree=watched)
    assert watched.plans[0].careful
    rewrite(
        {**WEATHER, "label": "Thời tiết hôm nay thế nào?"},
        {"type": "text", "name": "more", "label": "Thêm"},
    )
    programme.deploy(agree=watched)
    assert [change.kind for change in watched.plans[0].changes] == ["safe"]
    assert not watched.plans[0].careful


def test_lists_alone_and_nothing_at_all_are_told_apart(programme, club):
    watched = Watched()
    programme.deploy(agree=watched)
    assert [(plan.doing, plan.media) for plan in watched.plans] == [("nothing", ())]
    programme.write_list("name,label\nC7,Hồng Hà\n")
    programme.deploy(agree=watched)
    assert [(plan.doing, plan.media) for plan in watched.plans] == [("media", ("clubs.csv",))]


def test_an_edit_on_kobo_that_nobody_deployed_is_not_lost_in_silence(programme, live, rewrite):
    rewrite(WEATHER, {"type": "text", "name": "draft", "label": "Nháp trên KoBo"})
    kobo.imports.replace(
        live.server, programme.folder.xlsforms / "meeting.xlsx", "meeting", live.asset
    )
    rewrite(WEATHER)
    watched = Watched()
    (done,) = programme.deploy(agree=watched)
    assert (done.done, [each.code for each in done.problems]) == ("unchanged", ["draft-stays"])
    assert kobo.standing(live.server, live.asset).draft
    programme.write_list("name,label\nC1,Đông Anh\nC7,Hồng Hà\n")
    (done,) = programme.deploy(agree=watched)
    (plan,) = watched.plans
    assert plan.careful and [each.code for each in plan.problems] == ["draft-lost"]
    assert done.done == "replaced"
    xml = openrosa.form_xml(live.server, openrosa.find(live.server, live.asset))
    assert b"Nh\xc3\xa1p" not in xml
    assert not kobo.standing(live.server, live.asset).draft


def test_an_archived_form_is_not_opened_again_in_silence(programme, live, rewrite):
    url = f"{live.server.url}/api/v2/assets/{live.asset}/deployment/"
    live.server.http.json("PATCH", url, json={"active": False})
    watched = Watched()
    programme.settings = _with_asset(programme.settings, live.asset)
    programme.deploy(agree=watched)
    (plan,) = watched.plans
    assert plan.careful and [each.code for each in plan.problems] == ["form-archived"]
    assert openrosa.find(live.server, live.asset) is not None


def test_a_form_that_changed_while_it_was_looked_at_is_left_alone(programme, live, rewrite):
    def meanwhile(_):
        rewrite(WEATHER, {"type": "text", "name": "theirs", "label": "Của người khác"})
        workbook = programme.folder.xlsforms / "meeting.xlsx"
        kobo.deploy_form(live.server, workbook, "meeting", [], live.asset)

    rewrite(WEATHER, {"type": "text", "name": "ours", "label": "Của mình"})
    error = refused(lambda: programme.deploy(agree=meanwhile))
    assert [each.code for each in error.problems] == ["deploy-changed-meanwhile"]
    assert error.exit_status == Exit.SERVER


_FIRST = {"club", "attendance", "note", "photo"}


def _kept(programme):
    """The questions of the workbooks that are kept, the one in use first."""
    kept = kept_workbooks(programme.folder.data, "meeting")
    return [{row.get("name") for row in read_workbook(each).rows("survey")} for each in kept]


def _with_asset(settings, asset):
    forms = {
        name: replace(form, sources=tuple(replace(each, asset=asset) for each in form.sources))
        for name, form in settings.forms.items()
    }
    return replace(settings, forms=forms)
