"""Forms and lists onto ODK Central, by drafts that are published or dropped."""

from pathlib import Path
from typing import Any

import pytest

from connectors.deploy import Deployed, deploy
from connectors.publish import publish
from programme.problem import Exit, ProblemError
from programme.settings import load
from tests.connectors.central.conftest import CALM, Programme, workbook
from tests.connectors.central.standin.serve import Standin
from tests.connectors.central.standin.things import Form

FIRST = (
    ("select_one_from_file clubs.csv", "club", "Câu lạc bộ"),
    ("integer", "attendance", "Số người dự"),
)
LISTED = "name,label\nC1,Đông Anh\n"


@pytest.fixture
def mine(programme: Programme, standin: Standin) -> Programme:
    """The programme with a form that Central does not have yet."""
    standin.world.projects[1].forms.clear()
    write(programme, FIRST)
    (programme.folder.xlsforms / "clubs.csv").write_text(LISTED, encoding="utf-8")
    return programme


def write(programme: Programme, survey: Any, version: str = "1") -> None:
    """Write the workbook anew."""
    (programme.folder.xlsforms / "meeting.xlsx").write_bytes(workbook(survey, version))


def bring(programme: Programme, **options: Any) -> Deployed:
    """Deploy the one form there is."""
    environ = {"PASSWORD": Standin.password}
    (done,) = deploy(programme.settings, programme.folder, environ=environ, limits=CALM, **options)
    return done


def form(standin: Standin) -> Form:
    """The form as the stand-in has it."""
    (found,) = standin.world.projects[1].forms
    return found


def test_a_new_form_comes_with_its_lists_and_is_then_left_alone(
    mine: Programme, standin: Standin
) -> None:
    done = bring(mine)
    assert (done.done, done.version, done.media, done.problems) == (
        "created",
        "1",
        ("clubs.csv",),
        (),
    )
    assert form(standin).latest.files["clubs.csv"].content == LISTED.encode()
    again = bring(mine)
    assert (again.done, again.media, again.problems) == ("unchanged", (), ())
    assert len(form(standin).published) == 1 and form(standin).draft is None


def test_a_new_version_replaces_it_and_keeps_its_lists(mine: Programme, standin: Standin) -> None:
    bring(mine)
    write(mine, (*FIRST, ("text", "note", "Ghi chú")), "2")
    done = bring(mine)
    assert (done.done, done.version, done.media) == ("replaced", "2", ())
    assert [each.version for each in form(standin).published] == ["1", "2"]


def test_a_type_that_central_never_changes_is_told_and_not_tried(
    mine: Programme, standin: Standin
) -> None:
    project = standin.project("Cao Bằng")
    other = f"""
        [servers.other]
        kind = "central"
        url = "{standin.url}"
        user = "{standin.email}"
        project = {project.id}
        token_env = "PASSWORD"
    """
    settings = mine.folder.settings.read_text(encoding="utf-8")
    more = settings.replace('server = "central"', 'servers = ["central", "other"]') + other
    bring(mine)
    mine.folder.settings.write_text(more, encoding="utf-8")
    seen: dict[str, str] = {}
    write(mine, (("date", "attendance", "Ngày"), FIRST[0]), "2")
    with pytest.raises(ProblemError) as raised:
        deploy(
            load(mine.folder),
            mine.folder,
            environ={"PASSWORD": standin.password},
            limits=CALM,
            agree=lambda plans: seen.update((each.source.name, each.doing) for each in plans),
        )
    assert seen == {"central": "impossible", "other": "create"}
    (problem,) = raised.value.problems
    assert (problem.code, raised.value.exit_status) == ("type-settled", Exit.SERVER)
    assert (problem.place.server, problem.place.question) == ("central", "attendance")
    assert "whole number and is date" in problem.what.en and "former_name" in problem.do.vi
    kept, made = form(standin), project.forms[0]
    assert len(kept.published) == 1 and kept.draft is None
    assert made.latest.version == "2"


def test_a_question_may_become_text_and_never_again_a_number(
    mine: Programme, standin: Standin
) -> None:
    bring(mine)
    write(mine, (("text", "attendance", "Số người dự"), FIRST[0]), "2")
    assert bring(mine).version == "2"
    write(mine, FIRST, "3")
    with pytest.raises(ProblemError) as raised:
        bring(mine)
    assert [each.code for each in raised.value.problems] == ["type-settled"]
    # under another name it may be what it is; the old one stays text for whoever comes back to it
    write(mine, (FIRST[0], ("integer", "people", "Số người dự")), "3")
    assert bring(mine, accept={"question-removed:attendance"}).version == "3"
    write(mine, FIRST, "4")
    with pytest.raises(ProblemError) as raised:
        bring(mine)
    assert [each.code for each in raised.value.problems] == ["type-settled"]
    assert len(form(standin).published) == 3


def test_a_version_that_was_there_is_refused_and_phones_keep_theirs(
    mine: Programme, standin: Standin
) -> None:
    bring(mine)
    write(mine, (*FIRST, ("text", "note", "Ghi chú")), "1")
    with pytest.raises(ProblemError) as raised:
        bring(mine, accept={"version-not-raised"})
    (problem,) = raised.value.problems
    assert problem.code == "form-refused" and "version 1 of this form" in problem.what.en
    assert "settings" in problem.do.vi
    assert len(form(standin).published) == 1 and form(standin).draft is None


def test_lists_alone_reach_phones_under_a_version_of_their_own(
    mine: Programme, standin: Standin
) -> None:
    bring(mine)
    for number in (2, 3):
        lists = mine.folder.private(mine.folder.lists)
        (lists / "clubs.csv").write_text(f"{LISTED}C{number},Hà Đông\n", encoding="utf-8")
        environ = {"PASSWORD": standin.password}
        (done,) = publish(mine.settings, mine.folder, environ=environ, limits=CALM)
        assert (done.version, done.media, done.problems) == (f"1~{number}", ("clubs.csv",), ())
    assert bring(mine).done == "unchanged"


def test_somebodys_draft_is_not_published_with_lists(mine: Programme, standin: Standin) -> None:
    bring(mine)
    form(standin).draft = form(standin).published[0]
    lists = mine.folder.private(mine.folder.lists)
    (lists / "clubs.csv").write_text("name,label\n", encoding="utf-8")
    with pytest.raises(ProblemError) as raised:
        publish(mine.settings, mine.folder, environ={"PASSWORD": standin.password}, limits=CALM)
    assert [each.code for each in raised.value.problems] == ["draft-there"]
    assert raised.value.exit_status == Exit.SERVER


def test_a_missing_list_stops_it(mine: Programme, standin: Standin) -> None:
    from connectors.servers import central, connect  # noqa: PLC0415

    environ = {"PASSWORD": standin.password}
    with connect(mine.settings.servers["central"], environ, CALM) as server:
        central.check_account(server)
        path = Path(mine.folder.xlsforms / "meeting.xlsx")
        with pytest.raises(ProblemError) as raised:
            central.deploy_form(server, path, "meeting", [])
    assert [each.code for each in raised.value.problems] == ["media-refused"]
