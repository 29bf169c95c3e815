from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from programme.folder import SETTINGS, Folder, find, shipped
from programme.problem import Exit, ProblemError, Text
from programme.settings import PullSettings, load

SMALL = """
[programme]
name = { vi = "Chương trình thử", en = "A programme to try" }

[servers.kobo]
url = "https://kobo.example.org/"

[forms.monthly_activity_report]
server = "kobo"
"""


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def write(folder, text):
    folder.settings.write_text(text, encoding="utf-8")
    return folder


def refused(folder):
    with pytest.raises(ProblemError) as caught:
        load(folder)
    assert caught.value.exit_status is Exit.INPUT
    return {problem.code: problem for problem in caught.value.problems}


def test_the_settings_that_come_with_the_product_are_right():
    settings = load(Folder(shipped()))
    assert settings.name.vi == "Câu lạc bộ liên thế hệ tự giúp nhau"
    assert settings.timezone == ZoneInfo("Asia/Ho_Chi_Minh")
    workbooks = Folder(shipped()).xlsforms.glob("[!~]*.xlsx")
    assert settings.forms.keys() == {path.stem for path in workbooks}
    assert not settings.synthetic


def test_little_is_enough(folder):
    settings = load(write(folder, SMALL))
    assert settings.language == "vi"
    server = settings.servers["kobo"]
    assert (server.kind, server.url) == ("kobo", "https://kobo.example.org")
    assert server.openrosa_url == server.url
    (source,) = settings.forms["monthly_activity_report"].sources
    assert (source.name, source.server, source.asset) == ("kobo", "kobo", "")


def test_how_pulling_is_set(folder):
    assert load(write(folder, SMALL)).pull == PullSettings(20_000, 7, 14)
    text = SMALL + "[pull]\nproven_up_to = 0\nproven_every_days = 30\n"
    assert load(write(folder, text)).pull == PullSettings(0, 30, 14)


def test_only_errors_hold_submissions_unless_the_settings_say_more(folder):
    states = load(write(folder, SMALL)).states
    assert states.by_severity == {"error": "on_hold", "warning": "none", "note": "none"}
    assert states.ask_above == 200
    text = SMALL + '[states]\nerror = "not_approved"\nwarning = "on_hold"\nask_above = 0\n'
    states = load(write(folder, text)).states
    assert states.by_severity == {"error": "not_approved", "warning": "on_hold", "note": "none"}
    assert states.ask_above == 0


@pytest.mark.parametrize("state", ["approved", "on hold", ""])
def test_the_programme_never_approves(folder, state):
    problems = refused(write(folder, SMALL + f'[states]\nerror = "{state}"\n'))
    assert problems["settings-state"].place.setting == "states.error"
    assert "on_hold" in problems["settings-state"].do.en


def test_how_lists_and_the_sample_are_set(folder):
    usual = load(write(folder, SMALL))
    assert usual.publish.every_days == 7
    assert (usual.sample.clubs, usual.sample.members, usual.sample.reserves) == (80, 10, 2)
    own = load(write(folder, SMALL + "[publish]\nevery_days = 30\n[sample]\nclubs = 12\n"))
    assert (own.publish.every_days, own.sample.clubs, own.sample.youngest) == (30, 12, 16)
    problems = refused(write(folder, SMALL + "[sample]\nmembers = 0\n"))
    assert problems["settings-number"].place.setting == "sample.members"


def test_one_sentence_serves_both_languages(folder):
    settings = load(write(folder, SMALL + '\n[report]\nplace = "Lạng Sơn"\n'))
    assert settings.report.place == Text(vi="Lạng Sơn", en="Lạng Sơn")


def test_a_file_saved_by_notepad_is_read(folder):
    folder.settings.write_text(SMALL, encoding="utf-8-sig")
    assert load(folder).name.en == "A programme to try"


def test_a_folder_without_settings_is_no_programme(tmp_path):
    with pytest.raises(ProblemError, match="settings-missing") as caught:
        find(tmp_path)
    assert "ishc demo" in caught.value.problems[0].in_("vi")
    assert "settings-missing" in refused(Folder(tmp_path))


@pytest.mark.parametrize("text", ["", "# only a remark\n", "\n\n"])
def test_an_empty_file_is_told(folder, text):
    assert "settings-empty" in refused(write(folder, text))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("[programme", 1),
        ("[programme]\nname = ", 2),
        ("[programme]\nname = x\n[forms]\n", 2),
        ("a = 1\n\na = 2\n", 3),
        ('[programme]\nname = "open\nlanguage = "vi"\n', 2),
    ],
)
def test_a_broken_file_is_told_with_its_line(folder, text, row):
    problem = refused(write(folder, text))["settings-unreadable"]
    assert (problem.place.file, problem.place.row) == (SETTINGS, row)


@pytest.mark.parametrize(("encoding", "named"), [("utf-16", True), ("cp1258", False)])
def test_another_encoding_is_told(folder, encoding, named):
    folder.settings.write_bytes("[programme]\nname = 'Lâm Đồng'\n".encode(encoding, "replace"))
    problem = refused(folder)["settings-encoding"]
    assert ("UTF-16" in problem.what.vi) == named and "Encoding: UTF-8" in problem.do.vi


@pytest.mark.parametrize(
    ("text", "place", "near"),
    [
        ("[programe]\nname = 'x'", "ishc.toml.programe", "programme"),
        (SMALL.replace("url =", "ur ="), "servers.kobo.ur", "url"),
        (SMALL.replace("server =", "sever ="), "forms.monthly_activity_report.sever", "server"),
        (SMALL + "[report]\nissuers = 'x'", "report.issuers", "issuer"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_right_name(folder, text, place, near):
    problem = refused(write(folder, text))["settings-unknown"]
    assert problem.place.setting == place
    assert f"có phải «{near}» không?" in problem.what.vi
    assert f"did you mean “{near}”?" in problem.what.en
    assert near in problem.do.en


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('token = "s3cret"', "settings-secret"),
        ('Password = "s3cret"', "settings-secret"),
        ("api_key = 's3cret'", "settings-secret"),
        ('token_env = "s3cret-s3cret"', "settings-token-env"),
        (f'token_env = "as3cret{"0" * 33}"', "settings-token-env"),
        ('token_env = ["s3cret"]', "settings-type"),
    ],
)
def test_a_token_written_into_the_settings_is_refused_and_not_repeated(folder, line, code):
    (problem,) = refused(write(folder, SMALL.replace("url =", f"{line}\nurl ="))).values()
    assert problem.code == code
    assert "s3cret" not in str(problem.as_dict())
    if code != "settings-type":
        assert "never written here" in problem.what.en + problem.do.en
        assert "did you mean" not in problem.what.en


def test_a_form_whose_name_is_nearly_that_of_a_workbook(folder):
    folder.xlsforms.mkdir()
    (folder.xlsforms / "monthly_activity_report.xlsx").touch()
    assert load(write(folder, SMALL))
    wrong = SMALL.replace("[forms.monthly_activity_report]", "[forms.monthly_activty_report]")
    problem = refused(write(folder, wrong))["settings-form-unknown"]
    assert problem.what.en == (
        "there is no form “monthly_activty_report” in xlsforms/; "
        "did you mean “monthly_activity_report”?"
    )
    both = SMALL + "[forms.monthly_activity_report_2025]\n"
    assert load(write(folder, both))  # one without a workbook can be pulled


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("programme = 3", "settings-type", "programme"),
        (SMALL.replace('{ vi = "Chương trình thử", en = "A programme to try" }', "5"),
         "settings-type", "programme.name"),
        (SMALL.replace("[programme]", "[programme]\nlanguage = 'de'"),
         "settings-language", "programme.language"),
        (SMALL.replace("[programme]", "[programme]\ntimezone = 'Asia/Hanoi'"),
         "settings-timezone", "programme.timezone"),
        (SMALL + "[pull]\nproven_up_to = '20000'", "settings-type", "pull.proven_up_to"),
        (SMALL + "[pull]\nrecent_days = -1", "settings-type", "pull.recent_days"),
        (SMALL + "[pull]\nproven_every_days = true", "settings-type", "pull.proven_every_days"),
        (SMALL.replace("https://kobo.example.org/", "kobo.example.org"),
         "settings-url", "servers.kobo.url"),
        (SMALL.replace("https://kobo.example.org/", "https://me:word@kobo.example.org"),
         "settings-url", "servers.kobo.url"),
        (SMALL.replace("https://kobo.example.org/", "https://kobo.example.org:x"),
         "settings-url", "servers.kobo.url"),
        (SMALL.replace("[servers.kobo]", "[servers.kobo]\nkind = 'excel'"),
         "settings-server-kind", "servers.kobo.kind"),
        (SMALL.replace('server = "kobo"', 'server = "kobbo"'),
         "settings-server-unknown", "forms.monthly_activity_report"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_key(folder, text, code, place):
    found = refused(write(folder, text))
    assert found[code].place.setting == place


def test_all_problems_are_told_at_once(folder):
    text = SMALL.replace("https://kobo.example.org/", "x").replace(
        'server = "kobo"', "server = 'y'"
    )
    assert {"settings-url", "settings-server-unknown"} <= set(refused(write(folder, text)))


def test_problems_never_hold_a_password_of_an_address(folder):
    text = SMALL.replace("https://kobo.example.org/", "https://me:word@kobo.example.org")
    for problem in refused(write(folder, text)).values():
        assert "word@" not in problem.in_("en") + problem.in_("vi") + str(problem.as_dict())


def test_the_token_file_lies_in_the_programme_folder_unless_said_otherwise(folder):
    text = SMALL.replace("[servers.kobo]", "[servers.kobo]\ntoken_file = 'data/token'")
    assert load(write(folder, text)).servers["kobo"].token_file == folder.root / Path("data/token")


def test_what_is_kept_how_long_and_by_when_people_are_answered(folder):
    # nothing goes before somebody writes a number
    assert not load(write(folder, SMALL)).retention.asked
    text = SMALL + "[people]\nerase_days = 15\n[retention]\npersonal = 60\n"
    text += "[retention.forms.monthly_activity_report]\npersonal = 24\n"
    read = load(write(folder, text))
    assert (read.people.erase_days, read.people.access_days) == (15, 10)
    assert read.retention.months("monthly_activity_report", "personal") == 24
    assert read.retention.months("loan_record", "personal") == 60
    assert read.retention.asked


def test_retention_of_a_form_that_is_not_there_and_too_many_decimals(folder):
    text = SMALL + "[retention.forms.monthly_report]\npersonal = 24\n"
    found = refused(write(folder, text))
    assert "retention.forms.monthly_report" in found["settings-form-unknown"].in_("en")
    found = refused(write(folder, SMALL + "[people]\npoint_decimals = 12\n"))
    assert "people.point_decimals" in found["settings-number"].in_("en")
