"""A programme folder with the shipped forms and checks, for a world to be reconciled in."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

from connectors.reconcile.run import reconcile
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.folder import Folder, shipped
from programme.problem import Text
from programme.settings import FormSettings, Settings, SourceSettings
from tests.world.builder import FORMS
from tests.world.records import Record
from tests.world.store import put_records

SOURCE = "kobo"


def found(root: Path, forms: Sequence[str] = FORMS) -> tuple[Folder, Settings]:
    """Make an empty programme.

    Args:
        root: where; must not exist.
        forms: those that it uses.
    """
    shutil.copytree(shipped() / "xlsforms", root / "xlsforms")
    checks = shipped() / "connectors"
    shutil.copytree(checks / "checks", root / "connectors" / "checks")
    shutil.copy(checks / "checks.xlsx", root / "connectors")
    settings = Settings(
        name=Text("Thử", "Trial"),
        language="vi",
        timezone=ZoneInfo("Asia/Ho_Chi_Minh"),
        synthetic=True,
        forms={name: FormSettings(name, (SourceSettings(SOURCE, SOURCE),)) for name in forms},
    )
    return Folder(root), settings


def written(root: Path) -> Folder:
    """Make an empty programme with its settings in a file, for commands to work on."""
    folder, settings = found(root)
    lines = [f'[servers.{SOURCE}]\nurl = "https://kobo.example.org"\n']
    lines += [f"[forms.{name}]\n" for name in settings.forms]
    folder.settings.write_text("".join(lines), encoding="utf-8")
    return folder


def reconciled(root: Path, records: Iterable[Record], as_of: date) -> Folder:
    """Put records into a new programme's store and reconcile it once."""
    folder, settings = found(root)
    with RawStore.open(folder.store) as store:
        put_records(store, records, source=SOURCE)
    reconcile(settings, folder, as_of)
    return folder


def rows(folder: Folder, table: str) -> list[dict[str, Any]]:
    """Give a table of the last run, with names."""
    told: list[dict[str, Any]] = pq.read_table(
        open_tables(folder, identified=True).path(table)
    ).to_pylist()
    return told
