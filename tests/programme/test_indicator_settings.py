"""Where figures are computed, as ``ishc.toml`` says it."""

from pathlib import Path

import pytest

from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import IndicatorSettings, load

HEAD = '[programme]\nname = "Thử"\n'


def settings_of(root: Path, lines: str) -> IndicatorSettings:
    folder = Folder(root)
    folder.settings.write_text(HEAD + lines, encoding="utf-8")
    return load(folder).indicators


def test_it_is_this_computer_unless_said_otherwise(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "") == IndicatorSettings("duckdb")
    told = settings_of(
        tmp_path, '[indicators]\nengine = "spark"\nspark_master = "spark://a:7077"\n'
    )
    assert told == IndicatorSettings("spark", "spark://a:7077")


def test_another_engine_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="spark") as told:
        settings_of(tmp_path, '[indicators]\nengine = "sparc"\n')
    assert [each.code for each in told.value.problems] == ["settings-engine"]
