"""What the record of processing is made from: questions, servers, terms, counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from connectors.store.tables import open_tables
from forms.tables import Column, FormSchema
from ishc.doctor.servers import ABROAD, HOME
from ishc.processing_record import words
from programme.folder import Folder
from programme.hosts import host_of, is_near
from programme.people_settings import RetainedClass
from programme.problem import Language, Text
from programme.settings import Settings
from programme.sql import open_guarded

_MARKS = re.compile(r"\*\*|\$\{[^}]*\}|<[^>]*>")
_LISTED = ("_name", "_birth_year", "_phone", "_consent_number")  # of people on a list


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is personal or sensitive.

    Args:
        label: as people read it.
        data_class: personal or sensitive.
        kept: how long.
    """

    label: Text
    data_class: str
    kept: Text


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A form of the programme.

    Args:
        title: as its workbook says.
        purpose: what it is for.
        questions: those that are personal or sensitive, by part of the form.
        plain: how many others there are.
        held: submissions in the store, None where nothing was pulled.
    """

    title: str
    purpose: Text
    questions: Sequence[tuple[str, Sequence[Question]]]
    plain: int
    held: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A server on which the data lie.

    Args:
        name: in the settings.
        host: its address.
        product: KoBo or ODK Central.
        country: two letters; empty where nobody said.
        abroad: whether that is a transfer across the border; None where nobody knows.
    """

    name: str
    host: str
    product: str
    country: str
    abroad: bool | None


def form_facts(settings: Settings, schema: FormSchema, title: str, held: int | None) -> FormFacts:
    """Read from a form's classes what is to be recorded of it."""
    purposes = {**words.PURPOSES, **settings.people.purposes}
    parts = []
    for table in schema.tables:
        found = [
            Question(_label(column), column.data_class, _kept(settings, schema, column))
            for column in table.columns
            if column.data_class != "plain"
        ]
        if found:
            parts.append((table.path.rpartition("/")[2], found))
    plain = sum(each.data_class == "plain" for table in schema.tables for each in table.columns)
    return FormFacts(title, purposes.get(schema.form_id, words.UNKNOWN), parts, plain, held)


def places(settings: Settings) -> list[Place]:
    """Tell where the data lie, and whether that is abroad."""
    found = []
    for server in settings.servers.values():
        host = host_of(server.url)
        near = is_near(host) or server.country == HOME
        known = bool(server.country) or host in ABROAD
        abroad = False if near else True if known else None
        product = "ODK Central" if server.kind == "central" else "KoBo"
        found.append(Place(server.name, host, product, server.country, abroad))
    return found


def held_in(folder: Folder) -> Mapping[str, int]:
    """Count the submissions in the store, by form; empty where nothing was pulled."""
    if not folder.store.is_file():
        return {}
    with RawStore.read(folder.store) as store:
        return dict(
            store.connection.execute(
                "SELECT form, count(*) FROM submission WHERE deleted IS NULL GROUP BY form"
            )
        )


def people_in(folder: Folder) -> tuple[int, int] | None:
    """Count people listed by name and people who are only counted; None without registers."""
    if read_current(folder) is None:
        return None
    tables = open_tables(folder)
    needed = ("member", "board_member", "member_unlisted")
    if not all(name in tables.names for name in needed):
        return None
    with open_guarded({name: tables.path(name) for name in needed}) as connection:
        listed, counted = connection.execute(_COUNTS).fetchall()[0]
    return int(listed), int(counted)


_COUNTS = """
SELECT
    (SELECT count(*) FROM member) + (SELECT count(DISTINCT board_code) FROM board_member),
    (SELECT coalesce(sum(total), 0) FROM (
        SELECT total FROM member_unlisted
        QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY on_date DESC) = 1
    ))
"""


def _kept(settings: Settings, schema: FormSchema, column: Column) -> Text:
    kind: RetainedClass = "personal" if column.data_class == "personal" else "sensitive"
    months = settings.retention.months(schema.form_id, kind)
    if not months:
        return words.NEVER
    listed = column.question.endswith(_LISTED) and "/" in column.path and kind == "personal"
    said = words.FROM_LEAVING if listed and "reporter" not in column.question else words.MONTHS
    return Text(vi=said.vi.format(months=months), en=said.en.format(months=months))


def _label(column: Column) -> Text:
    def plain(language: Language) -> str:
        said = column.labels.get(language) or column.labels.get("vi") or ""
        return " ".join(_MARKS.sub("", said).split())

    if not column.labels:
        named = column.question
        return words.UNASKED.get(named, Text(vi=f"{named} (máy tự ghi)", en=f"{named} (not asked)"))

    return Text(vi=plain("vi"), en=plain("en"))
