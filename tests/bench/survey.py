"""A made-up survey with nested repeats: its workbook, and its submissions by the ten thousand."""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from connectors.servers.sandbox import Filled, Upload
from programme.folder import Folder

FORM = "household_survey"
EDITED = 10_000_000  # added to a submission's number, it is the number of its edited form
HEAD = ["type", "name", "label::Tiếng Việt (vi)", "label::English (en)", "class"]
LISTS = {
    "purpose": ["pig", "rice", "shop", "school", "house", "health"],
    "role": ["elder", "carer", "leader", "youth", "guest"],
    "sex": ["woman", "man"],
}
EXTRA = ("text", "integer", "decimal", "select_one purpose", "date")
NOTE = "Câu lạc bộ họp đủ, có góp quỹ và thăm người cao tuổi ốm đau trong thôn bản"

Question = tuple[str, str]  # type and name


@dataclass(frozen=True)
class Survey:
    """How large a submission is.

    Args:
        extra: questions in a group, beside the first ones.
        members: rows of the repeat at most.
        loans: rows of the repeat within it at most.
        photo: with a photo each.
        narrow: two questions in each repeat, not five and four.
    """

    extra: int
    members: int
    loans: int
    photo: bool = False
    narrow: bool = False

    @property
    def root(self) -> Sequence[Question]:
        """The questions outside of repeats, with the paths of their answers."""
        first = [
            ("text", "club"),
            ("date", "day"),
            ("datetime", "started"),
            ("integer", "present"),
            ("decimal", "fund"),
            ("select_one purpose", "purpose"),
            ("select_multiple role", "roles"),
            ("geopoint", "place"),
            ("text", "note"),
            ("integer", "member_count"),  # pykobo fails on a repeat without one
        ]
        more = [(EXTRA[n % len(EXTRA)], f"detail/answer_{n:02d}") for n in range(self.extra)]
        return [*first, *more, *([("image", "photo")] if self.photo else [])]

    @property
    def member(self) -> Sequence[Question]:
        """The questions of the repeat."""
        kinds = ("text", "integer", "select_one sex", "select_multiple role", "decimal")
        names = ("name", "born", "sex", "roles", "income")
        asked = [(kind, f"member/{name}") for kind, name in zip(kinds, names, strict=True)]
        return asked[::2][:2] if self.narrow else asked

    @property
    def loan(self) -> Sequence[Question]:
        """The questions of the repeat within the repeat."""
        kinds = ("integer", "select_one purpose", "date", "decimal")
        names = ("amount", "purpose", "due", "rate")
        asked = [(kind, f"member/loan/{name}") for kind, name in zip(kinds, names, strict=True)]
        return asked[:2] if self.narrow else asked

    @property
    def columns(self) -> int:
        """How many questions there are."""
        return len(self.root) + len(self.member) + len(self.loan)


def write_workbook(survey: Survey, path: Path) -> None:
    """Write the form, with labels in two languages."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(HEAD)
    within = ""
    for kind, name in survey.root:
        group, _, last = name.rpartition("/")
        if group and not within:
            sheet.append(["begin_group", group, "Chi tiết", "Detail", None])
        if within and not group:
            sheet.append(["end_group"])
        within = group
        sheet.append(_row(kind, last))
    if within:
        sheet.append(["end_group"])
    sheet.append(["begin_repeat", "member", "Thành viên", "Member", None])
    for kind, name in survey.member:
        sheet.append(_row(kind, name.rpartition("/")[2]))
    sheet.append(["begin_repeat", "loan", "Khoản vay", "Loan", None])
    for kind, name in survey.loan:
        sheet.append(_row(kind, name.rpartition("/")[2]))
    sheet.append(["end_repeat"])
    sheet.append(["end_repeat"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *HEAD[2:4]])
    for name, values in LISTS.items():
        for value in values:
            choices.append([name, value, label(value, "vi"), label(value, "en")])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append(["Khảo sát hộ", FORM, "1", "Tiếng Việt (vi)"])
    book.save(path)


def programme(root: Path, survey: Survey, url: str, *, followed: bool = False) -> Folder:
    """Make a programme folder of this one form on a server.

    Args:
        followed: after the first pull only changes are followed, however few submissions.
    """
    folder = Folder(root)
    folder.xlsforms.mkdir(parents=True)
    write_workbook(survey, folder.xlsforms / f"{FORM}.xlsx")
    folder.settings.write_text(
        f'[programme]\nname = "Khảo sát"\n\n[servers.kobo]\nurl = "{url}"\n'
        f'token_env = "ISHC_TOKEN"\n\n[forms.{FORM}]\nserver = "kobo"\n\n'
        f"[pull]\nproven_up_to = {0 if followed else 1_000_000}\n",
        encoding="utf-8",
    )
    return folder


def _row(kind: str, name: str) -> list[str]:
    return [kind, name, label(name, "vi"), label(name, "en"), "plain"]


def label(name: str, language: str) -> str:
    """Give what a question or choice is called."""
    return f"{'Mục' if language == 'vi' else 'Item'} {name}"


def instance(number: int) -> str:
    """Give the uuid of a submission; numbers are those of the order of sending."""
    return str(uuid.UUID(int=random.Random(number).getrandbits(128), version=4))


def filled(survey: Survey, asset: str, number: int, *, edits: int | None = None) -> Filled:
    """Fill the form as a phone does; the same number gives the same answers.

    Args:
        edits: number of the submission that this one replaces.
    """
    chance = random.Random(number * 7 + 1)
    count = chance.randint(1, survey.members)
    answers = dict(_answers(survey.root, chance, number)) | {"member_count": str(count)}
    photo = Upload(f"{number}.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(str(number), "ascii"))
    before = f"<deprecatedID>uuid:{instance(edits)}</deprecatedID>" if edits else ""
    detail = "".join(_element(k.removeprefix("detail/"), v) for k, v in answers.items() if "/" in k)
    members = "".join(
        f"<member>{_elements(survey.member, chance, number)}"
        + "".join(
            f"<loan>{_elements(survey.loan, chance, number)}</loan>"
            for _ in range(chance.randint(0, survey.loans))
        )
        + "</member>"
        for _ in range(count)
    )
    root = "".join(_element(key, value) for key, value in answers.items() if "/" not in key)
    xml = (
        f'<{asset} id="{asset}" version="1">{root}<detail>{detail}</detail>{members}'
        f"<meta><instanceID>uuid:{instance(number)}</instanceID>{before}</meta></{asset}>"
    )
    return Filled(xml.encode(), (photo,) if survey.photo else ())


def _elements(questions: Sequence[Question], chance: random.Random, number: int) -> str:
    found = _answers(questions, chance, number)
    return "".join(_element(path.rpartition("/")[2], value) for path, value in found)


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def _answers(
    questions: Sequence[Question], chance: random.Random, number: int
) -> Iterator[tuple[str, str]]:
    for kind, path in questions:
        if path not in ("club", "photo", "member/name") and chance.random() < 0.04:
            continue  # not everything is answered
        yield path, f"{number}.jpg" if kind == "image" else _answer(kind, path, chance)


def _answer(kind: str, path: str, chance: random.Random) -> str:
    kind, _, named = kind.partition(" ")
    day = f"{chance.randint(2024, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    hour = f"{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"
    made = {
        "select_one": lambda: chance.choice(LISTS[named]),
        "select_multiple": lambda: " ".join(chance.sample(LISTS[named], chance.randint(1, 3))),
        "date": lambda: day,
        "datetime": lambda: f"{day}T{hour}:07.123+07:00",
        "geopoint": lambda: f"{chance.uniform(8, 23):.6f} {chance.uniform(102, 109):.6f} 12.5 4.0",
        "integer": lambda: str(chance.randrange(1, 50_000_000 if "amount" in path else 200)),
        "decimal": lambda: f"{chance.randrange(1, 10_000_000) / 100:.2f}",
        "text": lambda: f"Câu trả lời {chance.randrange(10**6)}",
    }
    return NOTE[: chance.randint(20, len(NOTE))] if path == "note" else made[kind]()
