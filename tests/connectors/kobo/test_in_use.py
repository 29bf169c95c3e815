"""Every version that was deployed stays known: its questions keep their columns."""

from connectors.reconcile.form_tables import read_forms
from connectors.store.deployed import kept_workbooks

WEATHER = {"type": "text", "name": "weather", "label": "Thời tiết", "class": "plain"}


def columns(programme):
    (form,) = read_forms(programme.settings, programme.folder)
    return [column.name for column in form.schema.root.columns]


def test_a_question_that_is_gone_keeps_its_column(programme, club, rewrite):
    rewrite(WEATHER)
    programme.deploy()
    rewrite()
    assert "weather" in columns(programme)
    programme.deploy()
    programme.deploy()
    assert "weather" in columns(programme)
    assert len(kept_workbooks(programme.folder.data, "meeting")) == 2


def test_what_was_only_drafted_is_not_known(programme, club, rewrite):
    programme.deploy()
    rewrite(WEATHER)
    rewrite()
    assert "weather" not in columns(programme)
