"""What KoBo made of a workbook, as a workbook again: nothing that matters is lost."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from connectors.same_form import differences
from connectors.servers.kobo.content import same_content, sheets_of
from connectors.servers.kobo.rebuilt import write_content
from connectors.servers.sandbox import workbook as sandbox
from forms.changes.compare import compare_forms
from forms.compile import compile_form
from forms.entities import without_entities

REPOSITORY = Path(__file__).parents[3]
RECORDINGS = REPOSITORY / "tests" / "connectors" / "data" / "kobo-recordings"
SHIPPED = sorted((REPOSITORY / "xlsforms").glob("*.xlsx"))


def recorded():
    found = json.loads((RECORDINGS / "02-import.json").read_text(encoding="utf-8"))
    (asset,) = [
        each["response"]["json"]
        for each in found["exchanges"]
        if each["name"] == "imported asset, full"
    ]
    return asset


def test_the_content_of_a_real_server_gives_the_form_again(tmp_path):
    asset = recorded()
    again = tmp_path / "again.xlsx"
    write_content(asset["content"], asset["name"], again)
    before = RECORDINGS / "bao_cao_clb.xlsx"
    assert differences(compile_form(before).xml, compile_form(again).xml.encode()) == ()
    # KoBo writes “begin group” as begin_group: only the cells differ
    assert {change.code for change in compare_forms(again, before).all} == {"version-not-raised"}


@pytest.mark.parametrize("workbook", SHIPPED, ids=lambda each: each.stem)
def test_shipped_forms_come_back_whole(workbook, tmp_path):
    sent, again = tmp_path / "sent.xlsx", tmp_path / workbook.name
    sent.write_bytes(without_entities(workbook))
    read = sandbox.read_workbook(sent.read_bytes())
    write_content(sandbox.content_of(read), sandbox.title_of(read), again)
    assert compare_forms(again, sent).all == ()


def test_the_names_that_kobo_gives_rows_make_no_other_content():
    content = recorded()["content"]
    other = json.loads(json.dumps(content))
    for row in other["survey"]:
        row["$kuid"] = "other"
    assert same_content(content, other)
    other["survey"][5]["label"][0] += "?"
    assert not same_content(content, other)


def test_what_kobo_takes_apart_is_put_together(tmp_path):
    content = {
        "survey": [
            {"type": "select_one", "name": "a", "select_from_list_name": "x", "_or_other": True},
            {"type": "calculate", "name": "b", "calculation": "=1+1", "required": False},
            {"type": "note", "name": "c", "label": ["tiếng\x0b Việt", None]},
        ],
        "choices": [{"list_name": "x", "name": "1", "label": ["Một", "One"]}],
        "settings": {"id_string": "f", "style": "pages"},
        "entities": [{"dataset": "clubs"}],
        "translations": [None, "English (en)"],
    }
    survey = sheets_of(content)["survey"]
    assert survey[0]["type"] == "select_one x or_other"
    assert survey[1] == {"type": "calculate", "name": "b", "calculation": "=1+1", "required": "no"}
    path = tmp_path / "f.xlsx"
    write_content(content, "Thử", path)
    book = load_workbook(path)
    assert book.sheetnames == ["survey", "choices", "settings", "entities"]
    rows = [[cell.value for cell in row] for row in book["settings"]]
    assert rows == [["form_title", "style", "form_id"], ["Thử", "pages", "f"]]
    assert book["survey"]["D3"].data_type == "s"
    assert [cell.value for cell in book["choices"][1]][-2:] == ["label", "label::English (en)"]
