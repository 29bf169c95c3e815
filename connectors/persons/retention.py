"""Removes answers whose time is over, every night: names, photos, words; totals stay.

What goes and when is ``[retention]`` of ``ishc.toml``; without a number there nothing goes.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson

from connectors.persons.erase import rewrite
from connectors.persons.expired import (
    Expiry,
    cut_off,
    files_in,
    kept_for_totals,
    personal_expiry,
    sensitive_expiry,
    without_expired,
)
from connectors.persons.leavers import left_before
from connectors.persons.photos import delete_file, erase_photos
from connectors.persons.rewritten import rewritten
from connectors.persons.rows import rows_of
from connectors.persons.rules import base_rule, rule_of_row
from connectors.persons.traces import traces_of
from connectors.reconcile.form_tables import read_forms
from connectors.reconcile.own_registers import own_registers
from connectors.store.erased import Erased, is_gone, keyed_by, remember
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from connectors.store.tables import open_tables
from forms.tables import FormSchema
from programme.folder import Folder
from programme.interrupts import heed
from programme.problem import Text
from programme.progress import Progress, silent
from programme.settings import Settings
from programme.sources import IMPORTED
from programme.writing import write_text

HELD = "held-by-servers.csv"  # under data/people: what servers still have in full
_REMOVING = Text(vi="xóa câu trả lời quá hạn lưu", en="removing answers whose time is over")
_BATCH = 500
_RECEIVED = "coalesce(nullif(received, ''), first_seen)"


@dataclass(slots=True)
class Retained:
    """What a run of retention removed, or would remove.

    Args:
        submissions: how many lost answers, by form.
        people: how many of those who left are named no more.
        files: photos and other files that are gone.
        versions: of these and of their history, how many were rewritten.
        kept: personal questions that stay because totals rest on them, by form.
        held: submissions that a server still has in full.
        listed: where these are written down, if the settings ask for it.
    """

    submissions: Counter[str] = field(default_factory=Counter)
    people: int = 0
    files: int = 0
    versions: int = 0
    kept: dict[str, list[str]] = field(default_factory=dict)
    held: int = 0
    listed: Path | None = None

    @property
    def removed(self) -> bool:
        """Whether anything was, or would be, removed."""
        return bool(self.people or self.submissions.total())


def retain(
    settings: Settings,
    folder: Folder,
    today: date,
    *,
    dry_run: bool = False,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Retained:
    """Remove from the store, its history and the attachments what the settings let go.

    Answers of the class ``personal`` go so many months after the server received them; those of
    people on a list (members, boards) so many months after they left and owe nothing. Answers of
    the class ``sensitive`` go where no register reads them and the year was closed (``ishc
    close``). Totals and closed snapshots stay. A later pull may bring an old submission back when
    it was edited on its server: the next run removes the answers again; people who left are
    suppressed as after an erasure. Tables follow with the next ``ishc reconcile``.

    Args:
        settings: ``[retention]`` decides what goes.
        today: the day to reckon from.
        dry_run: only count.
        now: the moment to write down, UTC; this one if None.

    Returns:
        What was removed; nothing where the settings name no number or nothing was pulled.

    Raises:
        ProblemError: ``store-busy`` while a pull runs, problems of the workbooks.
    """
    done = Retained()
    if not settings.retention.asked or not folder.store.is_file():
        return done
    moment = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    registers = not own_registers(folder)
    schemas = [each.schema for each in read_forms(settings, folder)]
    with locked(folder.data / "pull.lock"), RawStore.open(folder.store) as store:
        work = _Work(settings, folder, store, today, moment, dry_run, done)
        if registers:
            work.forget_leavers(schemas)
        for number, schema in enumerate(schemas, start=1):
            progress(_REMOVING, number, len(schemas))
            if registers and settings.retention.months(schema.form_id, "personal"):
                done.kept |= {schema.form_id: kept} if (kept := kept_for_totals(schema)) else {}
            personal = personal_expiry(schema, settings.retention, today, registers=registers)
            sensitive = sensitive_expiry(schema, settings.retention, today, registers=registers)
            work.expire(personal, "personal")
            work.expire(sensitive, "sensitive", years=_closed_years(folder) if registers else None)
        if settings.retention.list_held and not dry_run:
            work.list_held()
        store.checkpoint()
    return done


def _closed_years(folder: Folder) -> frozenset[int]:
    """Give the years that somebody closed: their figures stand whatever goes."""
    names = (each.name for each in (folder.data / "closed").glob("*/"))
    return frozenset(int(name) for name in names if name.isdigit())


@dataclass
class _Work:
    settings: Settings
    folder: Folder
    store: RawStore
    today: date
    moment: str
    dry_run: bool
    done: Retained
    touched: set[str] = field(default_factory=set)  # root uuids in which somebody was forgotten

    def expire(
        self, expiry: Expiry | None, kind: str, years: Collection[int] | None = None
    ) -> None:
        """Remove answers from what is old and was not done before.

        Args:
            years: only of submissions received in these.
        """
        if expiry is None or not (expiry.paths or expiry.proofs):
            return
        mark, digest = f"{expiry.form}/{kind}", f"{expiry.digest}/{sorted(years or ())}"
        found = self._old(expiry, mark, digest)
        while page := list(_some(found, _BATCH)):
            heed()
            with self.store.transaction():
                for source, number, written, received in page:
                    if years is None or int(received[:4]) in years:
                        self._expire_one(expiry, (source, number), orjson.loads(written))
        if not self.dry_run:
            self.store.connection.execute(
                "INSERT OR REPLACE INTO retention VALUES (?, ?, ?, ?)",
                (mark, digest, expiry.before.isoformat(), self.moment),
            )

    def _old(self, expiry: Expiry, mark: str, digest: str) -> Iterator[tuple[str, int, str, str]]:
        until, since = self.store.connection.execute(
            "SELECT until, done FROM retention WHERE form = ? AND rules = ?", (mark, digest)
        ).fetchone() or ("", "")
        # the store is written to while this is read
        listed = self.store.connection.execute(
            f"SELECT source, id FROM submission WHERE form = ? AND {_RECEIVED} < ?"  # noqa: S608 ours
            f" AND ({_RECEIVED} >= ? OR last_seen >= ?"
            " OR root_uuid IN (SELECT value FROM json_each(?)))",
            (expiry.form, expiry.before.isoformat(), until, since, _listed(self.touched)),
        ).fetchall()
        for source, number in listed:
            row = self.store.connection.execute(
                f"SELECT coalesce(json, '{{}}'), {_RECEIVED} FROM submission"  # noqa: S608 ours
                " WHERE source = ? AND form = ? AND id = ?",
                (source, expiry.form, number),
            ).fetchone()
            yield source, number, *row

    def _expire_one(self, expiry: Expiry, key: tuple[str, int], record: dict[str, Any]) -> None:
        where = (key[0], expiry.form, key[1])
        changed = rewritten(
            self.store, where[:2], "id", key[1],
            lambda each: without_expired(each, expiry), dry_run=self.dry_run,
        )  # fmt: skip
        if not changed:
            return
        self.done.submissions[expiry.form] += 1
        self.done.versions += changed
        for name in files_in(record, expiry):
            self.done.files += (
                1 if self.dry_run else delete_file(self.store, self.folder, (*where, name))
            )

    def forget_leavers(self, schemas: Sequence[FormSchema]) -> None:
        """Take out the names of people who left long ago."""
        months = [
            self.settings.retention.months(form, "personal")
            for form in ("club_registration", "monthly_activity_report")
        ]
        # the longer of both: a person stands in either form
        if not all(months) or read_current(self.folder) is None:
            return
        tables = open_tables(self.folder, identified=True)
        keyed = keyed_by(self.store)
        for person in left_before(tables, cut_off(self.today, max(months))):
            rows = [
                row
                for row in rows_of(self.store, schemas, person)
                if not is_gone(row.said("_name"))
            ]
            if not rows:
                continue
            self.done.people += 1
            if self.dry_run:
                continue
            traces = traces_of(self.store, person, rows, keyed)
            base = base_rule(keyed, person, traces)
            entries = [
                Erased(
                    row.source, row.form, row.root_uuid, person.code,
                    rule_of_row(base, row, traces, self.today), self.moment,
                    held=row.source != IMPORTED,
                )
                for row in rows
            ]  # fmt: skip
            self.done.files += erase_photos(self.store, self.folder, rows)
            self.touched |= {row.root_uuid for row in rows}
            with self.store.transaction():
                remember(self.store, entries)
                where = [(each.root_uuid, each.form) for each in entries]
                self.done.versions += rewrite(self.store, where)

    def list_held(self) -> None:
        """Write down what servers still have in full: people there have to remove it."""
        marks = dict(
            self.store.connection.execute("SELECT form, max(until) FROM retention GROUP BY form")
        )
        listed = io.StringIO(newline="")
        writer = csv.writer(listed, lineterminator="\n")
        writer.writerow(("source", "form", "submission", "received", "answers"))
        for mark, until in sorted(marks.items()):
            form, _, kind = mark.partition("/")
            for row in self.store.connection.execute(
                "SELECT source, form, id, received FROM submission WHERE form = ? AND source <> ?"
                " AND received < ? AND deleted IS NULL ORDER BY source, id",
                (form, IMPORTED, until),
            ):
                writer.writerow((*row, kind))
                self.done.held += 1
        self.done.listed = self.folder.private(self.folder.data / "people") / HELD
        write_text(self.done.listed, listed.getvalue())


def _listed(roots: Collection[str]) -> str:
    return orjson.dumps(sorted(roots)).decode()


def _some(rows: Iterator[Any], count: int) -> Iterator[Any]:
    for _, row in zip(range(count), rows, strict=False):
        yield row
