"""What the commands about a person share: who is meant, by when, what is written down of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from connectors.persons.rows import Person, one
from connectors.persons.twins import other_codes
from connectors.reconcile.form_tables import read_forms
from connectors.store.tables import TableSet, open_tables
from forms.tables import FormSchema
from ishc.confirm import confirmed
from ishc.context import Context, Day
from ishc.language import say
from ishc.people_log import note_use
from programme.dates import short, today
from programme.problem import Problem, Text
from programme.writing import write_text

CODE = click.argument("code")
YES = click.option("--yes", is_flag=True, help=say("không hỏi", "do not ask"))
ALSO = click.option(
    "--also",
    multiple=True,
    metavar=say("MÃ", "CODE"),
    help=say(
        "mã khác của cùng một người (thành viên và Ban Chủ nhiệm)",
        "another code of the same human (member and board)",
    ),
)
ASKED = click.option(
    "--asked",
    type=Day(),
    help=say(
        "ngày người đó yêu cầu, để tính hạn (mặc định hôm nay)",
        "the day the person asked, for the date it is due (today by default)",
    ),
)
LAW = Text(
    vi="Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP, theo bài tóm tắt, chưa đối chiếu văn bản gốc; "
    "số ngày ở mục [people] của ishc.toml",
    en="Law 91/2025/QH15, Decree 356/2025/NĐ-CP, as summaries have them, not checked against the "
    "texts; the days stand in [people] of ishc.toml",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, and what is needed to answer.

    Args:
        people: all codes of the person that were agreed to.
        schemas: the programme's forms.
        tables: with the columns that name people.
        day: today.
        asked: when the person asked.
    """

    people: Sequence[Person]
    schemas: Sequence[FormSchema]
    tables: TableSet
    day: date
    asked: date

    @property
    def codes(self) -> str:
        """The codes, for sentences."""
        return ", ".join(each.code for each in self.people)

    def due(self, days: int) -> date:
        """By when the law wants it."""
        return self.asked + timedelta(days=days)


def who(
    context: Context, code: str, also: Sequence[str], asked: date | None, *, ask: bool
) -> Asked:
    """Find the person; offer another code that may be theirs, take it never silently.

    Args:
        ask: a human is there to answer; else other codes are only told.

    Raises:
        ProblemError: ``person-unknown``.
    """
    tables = open_tables(context.folder, identified=True)
    people = [one(tables, each) for each in dict.fromkeys([code, *also])]
    for other in other_codes(tables, people):
        question = Text(
            vi=f"{other.code} có thể là cùng một người (cùng CLB, tên, năm sinh). Làm cả mã này?",
            en=f"{other.code} may be the same human (same club, name, year of birth). That too?",
        )
        if ask and confirmed(question, context.language):
            people.append(other)
        elif not ask:
            context.problems([_other(code, other)])
    schemas = [each.schema for each in read_forms(context.settings, context.folder)]
    day = today(context.settings.timezone)
    return Asked(people, schemas, tables, day, asked or day)


def note(context: Context, what: str, code: str, file: Path | None = None) -> None:
    """Write to the log of uses of names: who, when, which command, about whom, which file."""
    now = datetime.now(context.settings.timezone)
    note_use(context.folder, now, f"person {what}", code, file)


def prove(context: Context, asked: Asked, what: str, due: date, lines: Sequence[Text]) -> Path:
    """Write what was done as a text for the file of the request; it names nobody.

    Args:
        due: by when the law wants it.
        lines: what was done, a sentence each.
    """
    language = context.language
    head = [
        Text(vi=f"Đã làm: {what}", en=f"Done: {what}"),
        Text(vi=f"Mã: {asked.codes}", en=f"Codes: {asked.codes}"),
        Text(
            vi=f"Ngày yêu cầu: {short(asked.asked, 'vi')}. Ngày làm: {short(asked.day, 'vi')}. "
            f"Hạn: {short(due, 'vi')}.",
            en=f"Asked on {short(asked.asked, 'en')}. Done on {short(asked.day, 'en')}. Due by "
            f"{short(due, 'en')}.",
        ),
        Text(vi=f"Căn cứ: {LAW.vi}.", en=f"Basis: {LAW.en}."),
    ]
    folder = context.folder.private(context.folder.data / "proofs")
    now = datetime.now(context.settings.timezone)
    path = folder / f"{asked.people[0].code}-{what.replace(' ', '-')}-{now:%Y-%m-%d-%H%M%S}.txt"
    write_text(path, "\n".join(each.in_(language) for each in [*head, *lines]) + "\n")
    return path


def say_due(context: Context, asked: Asked, due: date, proof: Path) -> None:
    """Tell by when it has to be answered, and where the proof is."""
    context.say(
        f"Hạn trả lời người yêu cầu: {short(due, 'vi')}. Giấy xác nhận việc đã làm: {proof}",
        f"To be answered by {short(due, 'en')}. Proof of what was done: {proof}",
    )


def shown(person: Person, *, identified: bool, **more: Any) -> dict[str, object]:
    """Give a person for programs; the name only if it was asked for."""
    told: dict[str, object] = {"kind": person.kind, "code": person.code, "club": person.club}
    return told | ({"name": person.name} if identified else {}) | more


def _other(code: str, other: Person) -> Problem:
    return Problem(
        "person-other-code",
        Text(
            vi=f"{other.code} có thể là cùng một người; mã đó chưa được làm",
            en=f"{other.code} may be the same human; nothing was done with that code",
        ),
        Text(
            vi=f"nếu đúng, chạy lại lệnh này: … {code} --also {other.code}",
            en=f"if so, run this again: … {code} --also {other.code}",
        ),
        severity="warning",
    )
