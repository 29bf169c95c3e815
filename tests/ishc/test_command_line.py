"""The command line: help, exit status, problems instead of tracebacks."""

import gettext
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ishc.anywhere import forward
from ishc.language import WORDS

HEAVY = {"pandas", "pyxform", "duckdb", "docx", "pyarrow", "requests", "openpyxl", "jpype", "flask"}


def ishc(*arguments: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ishc.cli", *arguments],
        cwd=folder,
        env={
            "PATH": "",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONUTF8": "1",
            **environ,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom ishc.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted(m for m in sys.modules if '.' not in m))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    loaded = set(done.stdout.split("LOADED")[1].split())
    assert "click" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize(("lang", "word"), [("vi", "báo cáo Word"), ("en", "a Word report")])
def test_help_speaks_both_languages(tmp_path: Path, lang: str, word: str) -> None:
    assert word in ishc("--help", folder=tmp_path, ISHC_LANG=lang).stdout


def test_a_folder_without_settings_is_said_with_what_to_do(tmp_path: Path) -> None:
    done = ishc("pull", folder=tmp_path, ISHC_LANG="vi")
    assert done.returncode == 1
    assert "không có ishc.toml" in done.stderr
    assert "ishc demo" in done.stderr
    assert "Traceback" not in done.stderr


def test_problems_for_programs(tmp_path: Path) -> None:
    done = ishc("--json", "pull", folder=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == "settings-missing"


@pytest.mark.parametrize(
    "words",
    [
        ("pull", "--json", "--lang", "en"),
        ("status", "--lang=en", "--json"),
        ("forms", "check", "--json", "-C", "."),
    ],
)
def test_what_belongs_before_a_command_may_stand_after_it(tmp_path: Path, words) -> None:
    done = ishc(*words, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["problems"][0]["code"] == "settings-missing"


def test_options_of_a_command_stay_with_it() -> None:
    assert forward(["pull", "--json"], "--json") == ["--json", "pull"]
    assert forward(["pull", "--lang", "en", "-x"], "--lang") == ["--lang", "en", "pull", "-x"]
    assert forward(["pull", "--jsn"], "--jsn") is None
    assert forward(["--json", "pull"], "--json") is None
    assert forward(["pull", "--", "--json"], "--json") is None


def test_wrong_usage_is_status_2(tmp_path: Path) -> None:
    assert ishc("no-such-command", folder=tmp_path).returncode == 2
    assert ishc("report", "--period", folder=tmp_path).returncode == 2


def test_init_copies_the_programme_and_overwrites_nothing(tmp_path: Path) -> None:
    first = ishc("init", "câu lạc bộ", folder=tmp_path)
    made = tmp_path / "câu lạc bộ"
    assert first.returncode == 0, first.stderr
    assert (made / "xlsforms" / "monthly_activity_report.xlsx").is_file()
    assert (made / "ishc.toml").is_file()
    again = ishc("init", "câu lạc bộ", folder=tmp_path)
    assert again.returncode == 1
    assert "folder-not-empty" in again.stderr


def test_a_server_that_is_down_is_status_3(tmp_path: Path) -> None:
    ishc("init", "p", folder=tmp_path)
    settings = tmp_path / "p" / "ishc.toml"
    text = settings.read_text(encoding="utf-8")
    for host in ("kf", "kc"):
        text = text.replace(f"https://{host}.kobotoolbox.org", "http://127.0.0.1:9")
    settings.write_text(text, encoding="utf-8")
    done = ishc("pull", folder=tmp_path / "p", ISHC_TOKEN="a-secret-token-of-a-person")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "a-secret-token" not in done.stderr + done.stdout


def test_without_a_token_it_says_where_to_find_one(tmp_path: Path) -> None:
    ishc("init", "p", folder=tmp_path)
    done = ishc("deploy", folder=tmp_path / "p")
    assert "token-missing" in done.stderr
    assert "ISHC_TOKEN" in done.stderr


def test_problems_speak_the_language_of_the_settings(tmp_path: Path) -> None:
    ishc("init", "p", folder=tmp_path)
    done = ishc("deploy", folder=tmp_path / "p", LANG="en_US.UTF-8")
    assert "chưa có mã truy cập" in done.stderr
    done = ishc("--lang", "en", "deploy", folder=tmp_path / "p", LANG="vi_VN.UTF-8")
    assert "there is no token" in done.stderr


def test_a_mistyped_command_or_form_is_asked_back(tmp_path: Path) -> None:
    ishc("init", "p", folder=tmp_path)
    assert "did you mean “pull”?" in ishc("pul", folder=tmp_path, ISHC_LANG="en").stderr
    done = ishc("forms", "check", "loan_recrd", folder=tmp_path / "p")
    assert "có phải «loan_record» không?" in done.stderr
    assert "None" not in ishc("forms", "check", "xyz", folder=tmp_path / "p").stderr


def test_a_workbook_saved_in_another_format_is_missed(tmp_path: Path) -> None:
    ishc("init", "p", folder=tmp_path)
    forms = tmp_path / "p" / "xlsforms"
    (forms / "loan_record.xlsx").rename(forms / "loan_record.xls")
    done = ishc("forms", "check", folder=tmp_path / "p")
    assert done.returncode == 1
    assert "chỉ có loan_record.xls" in done.stderr
    assert "workbook-not-read" not in done.stderr  # one cause, one problem


def test_copies_and_other_formats_beside_the_forms_are_told(tmp_path: Path) -> None:
    ishc("init", "p", folder=tmp_path)
    forms = tmp_path / "p" / "xlsforms"
    form = (forms / "loan_record.xlsx").read_bytes()
    for name in ("Copy of loan_record.xlsx", "~$loan_record.xlsx", "draft.xls", "draft.ods"):
        (forms / name).write_bytes(form)
    for other in forms.glob("*.xlsx"):
        if "loan_record" not in other.name:
            other.unlink()  # reading one form is enough here
    said = ishc("--lang", "en", "forms", "check", folder=tmp_path / "p").stderr
    assert "Copy of loan_record.xlsx, sheet settings, column form_id" in said
    assert said.count("form-id-twice") == 1
    assert "draft.xls is not read" in said and "draft.ods is not read" in said
    assert "~$" not in said


def test_click_speaks_vietnamese_too(tmp_path: Path) -> None:
    assert "Cách dùng: ishc" in ishc("--help", folder=tmp_path, ISHC_LANG="vi").stdout
    done = ishc("report", folder=tmp_path, ISHC_LANG="vi")
    assert "Lỗi: Thiếu tham số" in done.stderr
    done = ishc("export", "--to", "ods", folder=tmp_path, ISHC_LANG="vi")
    assert "không có trong các lựa chọn: 'xlsx'" in done.stderr
    assert "Cho biết phiên bản." in ishc("--help", folder=tmp_path, ISHC_LANG="vi").stdout
    assert "Usage: ishc" in ishc("--help", folder=tmp_path, ISHC_LANG="en").stdout


def test_help_and_mistakes_in_a_command_speak_as_the_programme_does(tmp_path: Path) -> None:
    (tmp_path / "ishc.toml").write_text('[programme]\nlanguage = "vi"\n', encoding="utf-8")
    assert "Cách dùng: ishc findings" in ishc("findings", "--help", folder=tmp_path).stdout
    assert "không có lệnh «nosuch»" in ishc("nosuch", folder=tmp_path).stderr
    assert "Thiếu tham số" in ishc("-C", str(tmp_path), "report", folder=tmp_path.parent).stderr
    assert "Missing" in ishc("--lang=en", "report", folder=tmp_path).stderr
    assert "Missing" in ishc("report", folder=tmp_path, ISHC_LANG="en").stderr


def test_the_compiled_words_are_those_of_the_readable_file() -> None:
    folder = WORDS / "vi" / "LC_MESSAGES"
    text = folder.joinpath("messages.po").read_text(encoding="utf-8")
    readable = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE))
    with folder.joinpath("messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(readable) > 20
    for english, vietnamese in readable.items():
        plain = english.replace("\\n", "\n").replace("\\t", "\t")
        assert compiled.gettext(plain) == vietnamese.replace("\\n", "\n").replace("\\t", "\t")
