"""A programme folder with the real forms, and short ways to write submissions of KoBo's shape."""

import shutil
import uuid
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import orjson
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from connectors.reconcile.decided import Decided
from connectors.reconcile.run import ReconcileResult, reconcile
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from forms.schema import FormSchema, read_schema
from programme.folder import Folder, shipped
from programme.problem import Text
from programme.settings import FormSettings, Settings, SourceSettings

FORMS = ("club_registration", "monthly_activity_report", "loan_record", "inspection_checklist")
AS_OF = date(2026, 10, 31)
COMMUNE = "06463"


@dataclass(frozen=True)
class Sent:
    """One submission as KoBo would give it."""

    form: str
    root: str
    record: dict[str, Any]


@dataclass
class Programme:
    """A programme folder of a test: send submissions, reconcile, look.

    Of checks it may have a few only: running all of them is a third of a small reconcile.
    """

    folder: Folder
    schemas: Mapping[str, FormSchema]
    checks: Set[str] | None = None
    settings: Settings = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        self.settings = Settings(
            name=Text("Thử", "Trial"),
            language="vi",
            timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
            synthetic=True,
            forms={
                name: FormSettings(name, (SourceSettings("kobo", "kobo"),)) for name in self.schemas
            },
        )

    def form(self, form: str, root: str, end: str = "2026-10-31T10:00:00.000+07:00",
             **answers: Any) -> Sent:  # fmt: skip
        """Write a submission by question names; lists are repeats."""
        schema = self.schemas[form]
        record: dict[str, Any] = {"_submission_time": "2026-11-01T03:00:00", "__version__": "v1"}
        answers = {
            "start": _before(end), "end": end, "today": end[:10], "report_kind": "new",
            "province": "20", "commune": COMMUNE, **answers,
        }  # fmt: skip
        for name, value in answers.items():
            if isinstance(value, list):
                table = schema.table(name)
                paths = {column.name: column.path for column in table.columns}
                rows = [{paths[key]: str(text) for key, text in row.items()} for row in value]
                record[table.path] = rows
            elif value is not None:
                record[schema.column(name).path] = str(value)
        return Sent(form, root, record)

    def club(self, root: str, name: str = "CLB LTHTGN thôn Nà Pàn", **more: Any) -> Sent:
        answers = {"action": "register", "club_name": name, "founded_on": "2019-05-01",
                   "membership_by": "roster", **more}  # fmt: skip
        return self.form("club_registration", root, **answers)

    def month(self, root: str, club: str | None, month: str, **more: Any) -> Sent:
        answers = {"club": club, "month": f"{month}-01", "end": f"{month}-27T09:00:00.000+07:00",
                   **more}  # fmt: skip
        return self.form("monthly_activity_report", root, **answers)

    def loan(self, root: str, club: str, event: str, **more: Any) -> Sent:
        return self.form("loan_record", root, **{"club": club, "event": event, **more})

    def visit(self, root: str, club: str, day: str, **more: Any) -> Sent:
        answers = {"club": club, "visit_date": day, "team_level": "commune", **more}
        return self.form("inspection_checklist", root, **answers)

    def receive(self, submissions: Iterable[Sent], source: str = "kobo") -> None:
        """Put submissions into the raw store, numbered as they arrive."""
        with RawStore.open(self.folder.store) as store, store.transaction() as connection:
            for each in submissions:
                self.sent += 1
                record = {**each.record, "_id": self.sent, "_uuid": each.root,
                          "meta/rootUuid": f"uuid:{each.root}"}  # fmt: skip
                row = {
                    "source": source, "form": each.form, "id": self.sent, "asset": "a",
                    "root_uuid": each.root, "uuid": each.root, "hash": "", "mark": "",
                    "json": orjson.dumps(record).decode(), "received": "2026-11-01T03:00:00",
                    "first_seen": "", "last_seen": "",
                }  # fmt: skip
                names = ", ".join(row)
                marks = ", ".join(f":{name}" for name in row)
                connection.execute(f"INSERT INTO submission ({names}) VALUES ({marks})", row)

    def edit(self, submission: Sent) -> None:
        """Let a submission be edited on the server, as a pull writes it down."""
        with RawStore.open(self.folder.store) as store:
            find = "SELECT json FROM submission WHERE root_uuid = ? AND form = ?"
            key = (submission.root, submission.form)
            (old,) = store.connection.execute(find, key).fetchone()
            own = {name: orjson.loads(old)[name] for name in ("_id", "_uuid", "meta/rootUuid")}
            store.connection.execute(
                "UPDATE submission SET json = ? WHERE root_uuid = ? AND form = ?",
                (orjson.dumps({**submission.record, **own}).decode(), *key),
            )

    def delete(self, root: str) -> None:
        """Let a submission be gone from the server, as a pull writes it down."""
        with RawStore.open(self.folder.store) as store:
            store.connection.execute(
                "UPDATE submission SET deleted = 'later', json = NULL WHERE root_uuid = ?", (root,)
            )

    def reconcile(self, as_of: date = AS_OF, **decisions: Any) -> ReconcileResult:
        return reconcile(self.settings, self.folder, as_of, decided=Decided(**decisions))

    def rows(self, name: str, identified: bool = True) -> list[dict[str, Any]]:
        """Give a table of the current run."""
        return pq.read_table(open_tables(self.folder, identified).path(name)).to_pylist()

    def column(self, name: str, column: str, identified: bool = True) -> list[Any]:
        return [row[column] for row in self.rows(name, identified)]

    def found(self, check: str) -> list[dict[str, Any]]:
        assert self.checks is None or check in self.checks, "the test's file leaves it out"
        return [row for row in self.rows("finding") if row["check_code"] == check]


def _before(end: str) -> str:
    """Give the moment a quarter of an hour before: how long an honest form takes."""
    return (datetime.fromisoformat(end) - timedelta(minutes=15)).isoformat()


@pytest.fixture(scope="session")
def schemas() -> Mapping[str, FormSchema]:
    return {name: read_schema(shipped() / "xlsforms" / f"{name}.xlsx") for name in FORMS}


@pytest.fixture(scope="session")
def all_schemas(schemas: Mapping[str, FormSchema]) -> Mapping[str, FormSchema]:
    more = ("training_record", "member_survey")
    return {
        **schemas,
        **{name: read_schema(shipped() / "xlsforms" / f"{name}.xlsx") for name in more},
    }


@pytest.fixture(scope="module")
def fresh(request: pytest.FixtureRequest) -> Any:
    """Make an empty programme in a folder, for fixtures that live longer than a test.

    A file of tests that says ``CHECKS`` has programmes with these checks and no others.
    """
    return partial(new_programme, checks=getattr(request.module, "CHECKS", None))


@pytest.fixture
def whole(tmp_path: Path, all_schemas: Mapping[str, FormSchema], fresh: Any) -> Programme:
    """A programme that has trainings and the yearly survey as well."""
    made: Programme = fresh(tmp_path / "programme", all_schemas)
    return made


@pytest.fixture
def programme(tmp_path: Path, schemas: Mapping[str, FormSchema], fresh: Any) -> Programme:
    made: Programme = fresh(tmp_path / "programme", schemas)
    return made


@pytest.fixture
def another(tmp_path: Path, schemas: Mapping[str, FormSchema], fresh: Any) -> Any:
    """Make one more empty programme, to compare."""
    return lambda: fresh(tmp_path / uuid.uuid4().hex, schemas)


@pytest.fixture(scope="session")
def copied() -> Any:
    """Copy a programme that was reconciled once for many tests, for one of them to go on with."""

    def copy(prepared: Programme, root: Path) -> Programme:
        folder = Folder(shutil.copytree(prepared.folder.root, root))
        return replace(prepared, folder=folder)

    return copy


def new_programme(
    root: Path, schemas: Mapping[str, FormSchema], checks: Set[str] | None = None
) -> Programme:
    shutil.copytree(shipped() / "xlsforms", root / "xlsforms")
    communes = root / "xlsforms" / "communes.csv"
    lines = communes.read_text(encoding="utf-8").splitlines(keepends=True)
    # one province is enough, and read ten times faster
    near = [line for line in lines if line.startswith(("name,", "06"))]
    communes.write_text("".join(near), encoding="utf-8")
    (root / "connectors").mkdir()
    (root / "connectors" / "checks.xlsx").write_bytes(_checks(checks))
    shutil.copytree(shipped() / "connectors" / "checks", root / "connectors" / "checks")
    return Programme(Folder(root), schemas, checks)


@cache
def _checks(codes: Set[str] | None) -> bytes:
    """Give the workbook of checks, as shipped or with some of them only."""
    content = (shipped() / "connectors" / "checks.xlsx").read_bytes()
    if codes is None:
        return content
    rows = openpyxl.load_workbook(BytesIO(content), read_only=True)["checks"].values
    kept = [next(rows), *(row for row in rows if row[0] in codes)]
    assert len(kept) == len(codes) + 1, "a check of this name is not there"
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("checks")
        for number, row in enumerate(kept):
            sheet.write_row(number, 0, row, book.add_format())
    return made.getvalue()
