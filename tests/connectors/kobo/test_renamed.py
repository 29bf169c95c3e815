"""A server of ``ishc.toml`` that gets another name: the next night's tables are the server's."""

from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from connectors.reconcile.form_tables import make_tables, read_forms
from connectors.store.runs import begin_run
from connectors.store.uncounted import not_counted, uncounted


@pytest.fixture
def tables(programme):
    def make():
        pair = begin_run(programme.folder)
        forms = read_forms(programme.settings, programme.folder)
        zone = programme.settings.timezone
        with programme.store() as store:
            make_tables(forms, store, pair, zone, programme.folder.media)
            told = list(not_counted(uncounted(store, programme.settings), zone))
        rows = pq.read_table(pair.identified / "meeting.parquet").to_pylist()
        return sorted((row["_source"], row["note"]) for row in rows), told

    return make


def test_two_nights_with_another_name_in_between(programme, club, tables):
    edited = club.send("trước")
    club.send("sẽ bị xóa")
    programme.pull()
    assert tables() == ([("kobo", "sẽ bị xóa"), ("kobo", "trước")], [])
    club.send("sau", edits=edited)
    gone = [number for number, each in club.records().items() if each["note"] == "sẽ bị xóa"]
    club.delete(*gone)
    renamed = programme.pointed(province=club.server.url)
    programme.settings = replace(renamed.settings, pull=programme.settings.pull)
    assert programme.pull().proven
    rows, told = tables()
    assert rows == [("province", "sau")]
    (note,) = told
    assert (note.place.source, note.severity) == ("kobo", "note")
    assert "2 submissions do not count; last pulled at" in note.what.en
    assert "[forms.meeting.sources.kobo]" in note.do.en
