from types import SimpleNamespace

import pytest

from connectors.reconcile.finding_links import links
from connectors.store.raw import RawStore
from programme.account import ServerSettings
from programme.settings import FormSettings, SourceSettings

ROOT = "8f1c2f4e-0000-4000-8000-000000000001"
SERVERS = {
    "kobo": ServerSettings("kobo", "kobo", "https://kf.example.org/", "https://kc.example.org"),
    "tw": ServerSettings("tw", "central", "https://central.example.org", "", project=7),
    "other": ServerSettings("other", "central", "https://central.example.org", ""),
}


@pytest.fixture
def link(tmp_path):
    sources = tuple(SourceSettings(name, name) for name in SERVERS)
    settings = SimpleNamespace(
        servers=SERVERS, forms={"loan_record": FormSettings("loan_record", sources)}
    )
    with RawStore.open(tmp_path / "store.sqlite") as store:
        for source, asset in (("kobo", "aB3"), ("tw", "loan_record"), ("other", "loan_record")):
            store.connection.execute(
                "INSERT INTO position (source, form, asset) VALUES (?, 'loan_record', ?)",
                (source, asset),
            )
        yield links(settings, store)


@pytest.mark.parametrize(
    ("source", "root", "address"),
    [
        ("kobo", ROOT, "https://kf.example.org/#/forms/aB3/data/table"),
        ("tw", ROOT, "https://central.example.org/#/projects/7/forms/loan_record/submissions/"
                     f"uuid%3A{ROOT}"),
        ("other", ROOT, None),  # nobody wrote down which project it is
        ("import", ROOT, None),  # a row of a workbook
        ("kobo", None, None),  # a month without a report
    ],
)  # fmt: skip
def test_a_finding_leads_to_its_submission(link, source, root, address):
    assert link({"_source": source, "form": "loan_record", "_root_uuid": root}) == address
