"""A form that saves into an entity list, and the same form for servers that have none."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.compile import compile_form
from forms.entities import drop_entities, reads_by, saves_entity, without_entities
from forms.workbook import read_workbook

SAVES = """
| survey | | | | | |
|  | type                           | name    | label::Vi (vi) | class | save_to | parameters |
|  | text                           | asked   | Tên CLB       | plain | code    |            |
|  | select_one_from_file clubs.csv | club    | CLB           | plain |         | value=code |
| entities | | |
|  | list_name | label    |
|  | clubs     | ${asked} |
"""


@pytest.fixture
def saves(make_workbook: Callable[..., Path]) -> Path:
    return make_workbook(SAVES)


def test_kobo_s_copy_has_the_same_questions_and_no_entities(saves: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(without_entities(saves))
    assert "entities" not in read_workbook(copy).sheets
    rows = [row.cells for row in read_workbook(saves).rows("survey")]
    plain = [{k: v for k, v in row.items() if k != "save_to"} for row in rows]
    assert [dict(row.cells) for row in read_workbook(copy).rows("survey")] == plain
    ours, theirs = (ET.fromstring(compile_form(path).xml) for path in (saves, copy))
    assert saves_entity(ours) and not saves_entity(theirs)
    drop_entities(ours)
    assert not saves_entity(ours) and "entities" not in ET.tostring(ours, encoding="unicode")


def test_a_workbook_without_entities_is_sent_as_it_is(
    make_workbook: Callable[..., Path], tmp_path: Path
) -> None:
    plain = make_workbook(SAVES.partition("| entities")[0].replace("save_to", "note"))
    assert without_entities(plain) == plain.read_bytes()
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    assert without_entities(broken) == b"no workbook"


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({}, {"code"}),
        ({"value=code": ""}, {"name"}),
        ({"${asked} |\n": "pulldata('clubs', 'label', 'name', ${club}) |\n"}, {"code", "name"}),
    ],
)
def test_a_form_tells_by_which_column_it_knows_the_rows_of_a_list(
    make_workbook: Callable[..., Path], changed: dict[str, str], by: set[str]
) -> None:
    text = SAVES
    for old, new in changed.items():
        text = text.replace(old, new)
    assert reads_by(ET.fromstring(compile_form(make_workbook(text)).xml), "clubs") == by
