"""The pages of reference are made from the code, so they leave nothing out."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import click
import pytest

from connectors.reconcile.check_sheet import read_checks
from forms.workbook import read_workbook
from ishc.cli import cli
from ishc.reference.commands import walk
from ishc.reference.language import of_lines
from ishc.reference.markdown import cell, code, table
from ishc.reference.messages import messages
from ishc.reference.pages import write_pages
from ishc.reference.settings import sections
from programme import settings as programme_settings
from programme.folder import Folder
from programme.problem import Text
from programme.toml_reader import TomlReader
from reports.indicators.workbook import load_definitions

REPOSITORY = Path(__file__).parents[2]
PROGRAMME = Folder(REPOSITORY)
WHOLE = {"ishc.toml", "servers", "forms"}  # tables of tables
# a demo's own, or told in words
UNSHOWN = {"synthetic", "sources", "asset", "areas", "sent_to", "country", "commune", "club"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the pages in one language; those of both are built for the tests in a browser."""
    folder = tmp_path_factory.mktemp("reference")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "")  # set by what follows, and put back
        write_pages("en", folder)
    written = {path.stem.removeprefix("reference-"): path for path in folder.glob("*.md")}
    return {name: path.read_text(encoding="utf-8") for name, path in written.items()}


def test_every_command_and_option_is_there(pages: dict[str, str]) -> None:
    page = pages["commands"]
    for path, command in walk(cli):
        heading = f"{'##' if len(path) == 1 else '###'} {' '.join(path)}\n"
        after = page.partition(heading)[2]
        assert after, path
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert f"`{option.opts[0]}" in after.partition("\n##")[0], (path, option.name)


def test_every_check_indicator_target_and_question_is_there(pages: dict[str, str]) -> None:
    for check in read_checks(PROGRAMME.checks):
        assert f"`{check.code}`" in pages["checks"]
    definitions = load_definitions(PROGRAMME.indicators)
    for code_ in (*(each.code for each in definitions.indicators), *definitions.targets):
        assert f"`{code_}`" in pages["indicators"]
    for form in PROGRAMME.xlsforms.glob("*.xlsx"):
        for row in read_workbook(form).rows("survey"):
            assert not row.get("name") or f"`{row.get('name')}`" in pages["questions"]


def test_messages_are_there_with_what_to_do(pages: dict[str, str]) -> None:
    told = messages(REPOSITORY)
    assert {"settings-unknown", "template-placeholder-unknown", "store-full"} <= told.keys()
    for code_, pairs in told.items():
        assert f"`{code_}`" in pages["messages"]
        for what, do in pairs:
            assert all((what.vi, what.en, do.vi, do.en)), code_
    (unknown,) = told["settings-unknown"]
    assert unknown[0].en == "there is no setting “…”…"


def test_no_cell_breaks_its_table(pages: dict[str, str]) -> None:
    for page in pages.values():
        width = 0
        for line in page.splitlines():
            found = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert found == width or not width or not found, line
            width = found


class Recorder(TomlReader):
    """Notes which settings the programme reads, section by section."""

    read: ClassVar[dict[str, set[str]]] = {}

    def table(self, parent: Mapping[str, Any], key: str, allowed: set[str]) -> dict[str, Any]:
        self.read.setdefault(key, set()).update(allowed)
        return super().table(parent, key, allowed)


def test_every_setting_that_can_be_read_is_in_the_shipped_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programme_settings, "TomlReader", Recorder)
    programme_settings.load(PROGRAMME)
    written = {each.name.strip("[]"): each for each in sections(PROGRAMME.settings)}
    for name, allowed in Recorder.read.items():
        if name not in WHOLE | UNSHOWN and ("." not in name or name in written):
            assert name in written, name
            tables = {other.removeprefix(f"{name}.").split(".")[0] for other in written}
            there = {key.name.split(".")[0] for key in written[name].keys} | tables
            assert allowed - there - UNSHOWN == set(), name


def test_a_comment_is_taken_apart_by_language() -> None:
    assert of_lines([" máy chủ của mình · your own server"]) == Text(
        vi="máy chủ của mình", en="your own server"
    )
    assert of_lines([" Hạn nộp báo cáo tháng", " Due days of Lạng Sơn's reports"]) == Text(
        vi="Hạn nộp báo cáo tháng", en="Due days of Lạng Sơn's reports"
    )
    assert of_lines(["xlsx | csv"]) == Text(vi="xlsx | csv", en="xlsx | csv")


def test_cells_are_safe_in_a_table() -> None:
    assert cell("a | b\n<c> d_e") == r"a \| b &lt;c> d\_e"
    assert code("") == ""
    assert table(["x"], [["1"]]) == "| x |\n| --- |\n| 1 |\n\n"
