"""Which answers of a form go when their time is over, and a submission without them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.persons.rows import KINDS
from connectors.reconcile.step import steps
from connectors.store.erased import is_gone
from forms.tables import Column, FormSchema, Table
from programme.dates import Month
from programme.settings import RetentionSettings

FILES = frozenset({"image", "audio", "video", "file"})
# later totals rest on what these say; their sensitive answers stay, without a name
_LEDGERS = frozenset({"club_registration", "monthly_activity_report", "loan_record"})
_CONSENT = "consent"  # in names of questions: the proof that somebody may be named


@dataclass(frozen=True, slots=True)
class Expiry:
    """What of a form's submissions goes, and from when on.

    Args:
        form: its id.
        before: received before this day.
        paths: of the answers that go.
        proofs: of answers that go once nobody is named in the submission any more.
        names: of the answers that name people in it.
        files: those of ``paths`` and ``proofs`` that are photos or other files.
    """

    form: str
    before: date
    paths: frozenset[str]
    proofs: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """A hash of what goes: where it changed, every submission has to be looked at again."""
        listed = [*sorted(self.paths), "", *sorted(self.proofs), "", *sorted(self.names)]
        return hashlib.sha256("\n".join(listed).encode()).hexdigest()


def personal_expiry(
    schema: FormSchema, settings: RetentionSettings, today: date, *, registers: bool = True
) -> Expiry | None:
    """Tell which answers that identify somebody go now; None where none are to go.

    Rows of people on a list are left out: they go when the person has left, not when the form is
    old. So is what a register reads, such as the name of a borrower in words: totals rest on it.

    Args:
        registers: the programme has the registers of clubs and members.
    """
    months = settings.months(schema.form_id, "personal")
    if not months:
        return None
    read = _read() if registers else frozenset()
    listed = [table for table in schema.tables if registers and _lists_people(table)]
    free = [
        column
        for table in schema.tables
        if table not in listed
        for column in _of_class(table, "personal")
        if column.name not in read or column.question == "deviceid"
    ]
    proofs = [each for each in free if _CONSENT in each.question] if listed else []
    return Expiry(
        schema.form_id,
        cut_off(today, months),
        frozenset(each.path for each in free if each not in proofs),
        frozenset(each.path for each in proofs),
        frozenset(
            each.path for table in listed for each in table.columns if each.name.endswith("_name")
        ),
        frozenset(each.path for each in free if each.kind in FILES),
    )


def sensitive_expiry(
    schema: FormSchema, settings: RetentionSettings, today: date, *, registers: bool = True
) -> Expiry | None:
    """Tell which sensitive answers go now: those that no register reads, of forms without ledgers.

    Args:
        registers: the programme has the registers of clubs and members.
    """
    months = settings.months(schema.form_id, "sensitive")
    if not months or (registers and schema.form_id in _LEDGERS):
        return None
    read = _read() if registers else frozenset()
    free = [
        column
        for table in schema.tables
        for column in _of_class(table, "sensitive")
        if column.name not in read
    ]
    paths = frozenset(each.path for each in free)
    files = frozenset(each.path for each in free if each.kind in FILES)
    return Expiry(schema.form_id, cut_off(today, months), paths, files=files)


def kept_for_totals(schema: FormSchema) -> list[str]:
    """Name the personal questions outside of lists of people that totals rest on."""
    return sorted(
        column.name
        for table in schema.tables
        if not _lists_people(table)
        for column in _of_class(table, "personal")
        if column.name in _read() and column.question != "deviceid"
    )


def cut_off(today: date, months: int) -> date:
    """Give the first day that is not over yet, counted in whole months."""
    return Month.of(today).plus(-months).first


def without_expired(record: Mapping[str, Any], expiry: Expiry) -> dict[str, Any]:
    """Give a record without the answers whose time is over; done twice it changes nothing."""
    named = any(not is_gone(str(value or "")) for value in _values(record, expiry.names))
    gone = expiry.paths if named else expiry.paths | expiry.proofs
    return _without(record, gone)


def files_in(record: Mapping[str, Any], expiry: Expiry) -> set[str]:
    """Give the names of files in a record that go with its answers."""
    after = without_expired(record, expiry)
    before = set(map(str, _values(record, expiry.files)))
    return before - set(map(str, _values(after, expiry.files))) - {""}


def _values(part: Mapping[str, Any], paths: frozenset[str]) -> Iterator[Any]:
    for path, value in part.items():
        if path in paths:
            yield value
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, Mapping):
                    yield from _values(row, paths)


def _without(part: Mapping[str, Any], paths: frozenset[str]) -> dict[str, Any]:
    return {
        path: [_without(row, paths) if isinstance(row, Mapping) else row for row in value]
        if isinstance(value, list)
        else value
        for path, value in part.items()
        if path not in paths
    }


def _of_class(table: Table, data_class: str) -> Sequence[Column]:
    return [each for each in table.columns if each.data_class == data_class]


def _lists_people(table: Table) -> bool:
    return bool(table.path) and any(
        table.has_been(name) for *_, names in KINDS.values() for name in names
    )


def _read() -> frozenset[str]:
    """Give the words of all registers: a question among them is needed for totals."""
    return frozenset().union(*(step.words for step in steps()))
