"""The same filled forms give the same tables, registers, findings and report through ODK Central
as through KoBo.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest

from connectors.pull import pull
from connectors.reconcile.run import ReconcileResult, reconcile
from connectors.results import PullResult
from forms.carry import carry, served_form
from ishc.demo.site import prepare
from ishc.demo.station import NO_ENVIRONMENT, station
from ishc.demo.submissions import FORMS, Submission, stored_submissions
from programme.account import ServerSettings
from programme.folder import Folder
from programme.progress import silent
from programme.settings import Settings, SourceSettings
from reports.write import write_report
from tests.connectors.central.standin.serve import Standin, serve_standin

COLLECT = "org.odk.collect.android/v2025.2.3 Dalvik/2.1.0 (Linux; U; Android 13; SM-A155F)"
AS_OF = date(2026, 10, 31)
EACH = 12  # filled forms of each form
SOURCE = "sandbox"  # as the station calls its own: findings are known by their source too
# the server's own: numbers, versions, when it received what from whom
OF_SERVER = {"_id", "_form_version", "_submission_time", "_submitted_local"}
OF_SERVER |= {"_submitted_month", "_submitted_by"}


@dataclass
class Side:
    """A programme folder that was filled from one server."""

    folder: Folder
    settings: Settings
    pulled: PullResult
    reconciled: ReconcileResult

    def table(self, name: str) -> list[dict[str, object]]:
        """Give the rows of a table, in a settled order, but for what is the server's own."""
        path = self.folder.identified / self.reconciled.run / f"{name}.parquet"
        rows = pq.read_table(path).to_pylist()
        kept = [{k: v for k, v in row.items() if k not in OF_SERVER} for row in rows]
        return sorted(kept, key=repr)


def _some() -> list[Submission]:
    found: dict[str, list[Submission]] = {form: [] for form in FORMS}
    for each in stored_submissions():
        found[each.form].append(each)
    return [each for form in FORMS for each in found[form][:EACH]]


@pytest.fixture(scope="module")
def kobo(tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder, settings = prepare(tmp_path_factory.mktemp("kobo") / "programme")
    forms = {name: settings.forms[name] for name in FORMS}
    with station(folder, replace(settings, forms=forms), silent) as here:
        here.send(_some(), here.deploy())
        now = datetime(2026, 11, 1, tzinfo=UTC)
        pulled = pull(here.settings, folder, environ=NO_ENVIRONMENT, now=now)
        return Side(folder, here.settings, pulled, reconcile(here.settings, folder, AS_OF))


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with serve_standin() as running:
        yield running


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory, standin: Standin) -> Side:
    folder, settings = prepare(tmp_path_factory.mktemp("central") / "programme")
    project = standin.project()
    for name in FORMS:
        form = standin.form(project, (folder.xlsforms / f"{name}.xlsx").read_bytes())
        served = served_form(form.latest.xml)
        standin.load(
            project,
            form,
            (
                (
                    carry(each.xml, served).encode(),
                    {file: (data, "image/png") for file, data in each.files.items()},
                )
                for each in _some()
                if each.form == name
            ),
            COLLECT,
        )
    server = ServerSettings(
        "central", "central", standin.url, standin.url, "PASSWORD", user=standin.email
    )
    forms = {
        name: replace(settings.forms[name], sources=(SourceSettings(SOURCE, "central"),))
        for name in FORMS
    }
    settings = replace(settings, servers={"central": server}, forms=forms)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    pulled = pull(settings, folder, environ={"PASSWORD": standin.password}, now=now)
    return Side(folder, settings, pulled, reconcile(settings, folder, AS_OF))


def test_tables_registers_and_findings_are_equal(kobo: Side, central: Side) -> None:
    assert not central.pulled.problems and not kobo.pulled.problems
    assert central.reconciled.rows == kobo.reconciled.rows
    assert central.reconciled.findings == kobo.reconciled.findings
    assert sum(central.reconciled.rows.values()) > 4 * EACH
    for name in kobo.reconciled.rows:
        assert central.table(name) == kobo.table(name), name


def test_the_report_is_equal(kobo: Side, central: Side, tmp_path: Path) -> None:
    documents = []
    for side in (kobo, central):
        out = tmp_path / f"{len(documents)}.docx"
        write_report(side.folder, side.settings, "evaluation", "20", "2026", "vi", AS_OF, out)
        with ZipFile(out) as document:
            documents.append(document.read("word/document.xml"))
    assert documents[0] == documents[1]


def test_every_file_came(kobo: Side, central: Side) -> None:
    files = [sum(form.attachments for form in side.pulled.forms) for side in (kobo, central)]
    assert files[0] == files[1] > 0
    for side in (kobo, central):
        lying = sorted(path.name for path in side.folder.attachments.rglob("*.*"))
        assert len(lying) > 0


def test_the_session_is_closed(standin: Standin, central: Side) -> None:
    assert central.pulled and not standin.world.sessions


def test_nothing_secret_is_kept(standin: Standin, central: Side) -> None:
    for path in central.folder.root.rglob("*"):
        if path.is_file():
            assert standin.password.encode() not in path.read_bytes(), path
