"""The examples for notebooks, run as they stand in ``docs/notebooks.md``."""

import re
from pathlib import Path
from typing import Any

import pytest

import ishc
from ishc.demo.run import DemoResult

PAGE = Path(__file__).parents[3] / "docs" / "notebooks.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def run(examples: list[str]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for example in examples:
        exec(example, names)
    return names


def test_the_examples_of_tables_give_what_they_promise(
    finished_demo: DemoResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(finished_demo.folder.root)
    names = run([example for example in EXAMPLES if "ishc.pull" not in example])
    assert len(names["clubs"]) == 46
    assert str(names["reports"]["income_closing_cash"].dtype) == "Int64"
    assert len(names["with_form"]) == len(names["members"]) > 2000
    assert "member_name" not in names["members"].columns
    assert "member_name" in ishc.table("club_registration__member", identified=True).columns


def test_every_table_is_explained(
    finished_demo: DemoResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(finished_demo.folder.root)
    page = PAGE.with_name("tables.md").read_text("utf-8")
    assert [name for name in ishc.tables() if "__" not in name and f"`{name}`" not in page] == []


def test_what_is_outstanding_is_what_the_page_says(
    finished_demo: DemoResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(finished_demo.folder.root)
    (example,) = (each for each in EXAMPLES if "outstanding =" in each)
    outstanding = run(["import ishc", example])["outstanding"]
    said = ishc.table("club_month").sort_values("month").groupby("club_code").last()
    agree = outstanding[outstanding == said["loans_outstanding"].reindex(outstanding.index)]
    assert len(agree) >= 0.8 * len(outstanding)  # the demo plants some that disagree
