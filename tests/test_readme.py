"""Every command in the README works, in the order in which a newcomer types it."""

import re
import secrets
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ishc
from connectors.servers.sandbox import serve
from ishc.cli import INTERRUPTED, main
from ishc.nightly.plan import steps_of
from programme.folder import Folder
from programme.problem import Exit
from programme.settings import PullSettings, load

REPOSITORY = Path(__file__).parents[1]
READMES = {"en": REPOSITORY / "README.md", "vi": REPOSITORY / "README.vi.md"}


def blocks(readme: Path, language: str) -> list[list[str]]:
    text = readme.read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [block.strip().splitlines() for block in found]


def test_both_languages_show_the_same_commands() -> None:
    for kind in ("console", "bat"):
        assert blocks(READMES["en"], kind) == blocks(READMES["vi"], kind) != []


def test_make_targets_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for line in blocks(READMES["en"], "console")[0]:
        assert re.search(rf"^{line.removeprefix('make ')}:", makefile, flags=re.MULTILINE), line


def test_windows_installs_what_is_locked_as_the_administrator_does() -> None:
    lines = [line for line in blocks(READMES["en"], "bat")[0] if "pip install" in line]
    (as_administrator,) = blocks(REPOSITORY / "docs" / "admin.md", "bat")
    assert lines == [line for line in as_administrator if "pip install" in line]
    for name in re.findall(r"-r (\S+)", "\n".join(lines)):
        assert (REPOSITORY / name).is_file(), name


@pytest.mark.parametrize("name", ["nightly.md", "nightly.vi.md"])
def test_the_page_on_nights_has_settings_that_can_be_read(tmp_path: Path, name: str) -> None:
    night, accounts = blocks(REPOSITORY / "docs" / name, "toml")
    (tmp_path / "ishc.toml").write_text("\n".join([*night, *accounts]), encoding="utf-8")
    settings = load(Folder(tmp_path))
    steps = [each.name for each in steps_of(settings, date(2026, 10, 12), ())]
    assert steps == [
        *("pull", "reconcile", "push", "publish", "indicators"),
        *("report province_periodic 20 2026-Q3 vi", "export xlsx", "backup"),
    ]
    sources = {name: [each.name for each in form.sources] for name, form in settings.forms.items()}
    assert sources == {
        "club_registration": ["lang_son", "cao_bang"],
        "loan_record": ["lang_son", "lang_son_pilot", "cao_bang"],
    }
    tokens = [(each.token_env, each.token_file) for each in settings.servers.values()]
    assert len(set(tokens)) == len(settings.servers)


@pytest.mark.parametrize(("name", "thousands"), [("nightly.md", ","), ("nightly.vi.md", " ")])
def test_the_page_on_nights_knows_the_settings_and_every_status(name: str, thousands: str) -> None:
    page = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    pull = PullSettings()
    up_to = f"{pull.proven_up_to:,}".replace(",", thousands)
    for number in (up_to, pull.proven_every_days, pull.recent_days):
        assert f"({number})" in page
    rows = re.findall(r"^\| ([0-9]+) \|", page, flags=re.MULTILINE)
    assert rows == [*map(str, map(int, Exit)), str(INTERRUPTED)]


def notebook(containing: str) -> dict[str, Any]:
    """Run an example of the page on notebooks; give the names it leaves."""
    names: dict[str, Any] = {"ishc": ishc}
    page = REPOSITORY / "docs" / "notebooks.md"
    (example,) = (each for each in blocks(page, "python") if containing in "\n".join(each))
    exec("\n".join(example), names)
    return names


def test_own_account_in_five_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # the reader's own account is played by the sandbox: only url and token differ
    setting_up, every_evening = blocks(READMES["en"], "console")[1:3]
    token = secrets.token_hex(20)
    monkeypatch.setenv("ISHC_LANG", "en")
    monkeypatch.chdir(tmp_path)
    with serve(tmp_path / "server", token) as running:
        for line in [*setting_up, *every_evening]:
            if line.startswith("cd "):
                monkeypatch.chdir(tmp_path / line.removeprefix("cd "))
                point_at(Path("ishc.toml"), running.url)
            elif line.startswith("source "):
                continue  # this test runs in that environment already
            elif line.startswith("export "):
                monkeypatch.setenv("ISHC_TOKEN", token)
            else:
                said = typed(line, capsys)
                assert token not in said
        assert notebook("ishc.pull()")["result"].proven
    for file in Path().rglob("*"):
        assert not file.is_file() or token.encode() not in file.read_bytes(), file
    assert list(Path("data", "reports").glob("*.docx"))


def typed(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command as it is typed; give what it said."""
    with pytest.raises(SystemExit) as ended:
        main(line.split()[1:])
    said = "".join(capsys.readouterr())
    assert not ended.value.code, line + said
    return said


def point_at(settings: Path, url: str) -> None:
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"https://k[fc]\.kobotoolbox\.org", url, text)
    settings.write_text(text, encoding="utf-8")
