"""The shipped forms, filled by the engine of ODK Collect, come by OData as their XML has them."""

import json
from pathlib import Path

import pytest

from connectors.servers.central.quick import Quick
from forms.carry import carry, served_form
from ishc.demo.submissions import FORMS, stored_submissions
from tests.connectors.central.quick.conftest import COLLECT, Phones

SHIPPED = Path(__file__).parents[4] / "xlsforms"
EACH = 8
BY_XML = {"club_registration"}  # it declares entities, whose attributes OData does not give


@pytest.mark.parametrize("name", FORMS)
def test_the_shipped_forms(name: str, running: Phones, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Quick, "to_compare", lambda self, made: set())
    phones = running.has_form((SHIPPED / f"{name}.xlsx").read_bytes())
    served = served_form(phones.form.latest.xml)
    some = [each for each in stored_submissions() if each.form == name][:EACH]
    phones.standin.load(
        phones.project,
        phones.form,
        (
            (
                carry(each.xml, served).encode(),
                {file: (data, "image/png") for file, data in each.files.items()},
            )
            for each in some
        ),
        COLLECT,
    )
    quickly = phones.pulled()
    assert bool(phones.xml_asked()) == (name in BY_XML)
    read = phones.read_as_xml()
    assert len(read) == EACH and not phones.server.notes
    assert [json.dumps(quickly[root]) for root in read] == [json.dumps(read[root]) for root in read]
    phones.server.close()
