"""Earlier names, as the column ``former_name`` declares them: of questions, repeats and choices.

What was collected under an earlier name is read as if it had the name of now.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.survey_problems import Said
from forms.workbook import Row, Workbook
from programme.problem import Problem, Text

COLUMN = "former_name"
_NAME = re.compile(r"[^\W\d][\w.\-]*")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row and the names that it had.

    Args:
        where: what the names belong to: a table, or a list of choices.
        row: the row.
    """

    where: str
    row: Row

    @property
    def former(self) -> tuple[str, ...]:
        """The names, as the cell gives them."""
        return former_names(self.row)


def former_names(row: Row) -> tuple[str, ...]:
    """Give the earlier names of a row; blanks separate them."""
    return tuple(row.get(COLUMN).split())


def former_choices(workbook: Workbook) -> dict[str, dict[str, str]]:
    """Give the name that a choice has now, by list and by its earlier names."""
    found: dict[str, dict[str, str]] = {}
    for claim in choice_claims(workbook):
        for name in claim.former:
            found.setdefault(claim.where, {}).setdefault(name, claim.row.get("name"))
    return found


def choice_claims(workbook: Workbook) -> list[Claim]:
    """Give the rows of the sheet ``choices``."""
    return [Claim(row.get("list_name"), row) for row in workbook.rows("choices")]


def claim_problems(workbook: Workbook, sheet: str, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Say which earlier names cannot be followed, with the row that declares them."""
    present = {(claim.where, claim.row.get("name")) for claim in claims}
    claimed: set[tuple[str, str]] = set()
    for claim in claims:
        for name in claim.former:
            said = None
            if sheet == "survey" and not _NAME.fullmatch(name):
                said = _UNREADABLE
            elif (claim.where, name) in present:
                said = _TAKEN
            elif (claim.where, name) in claimed:
                said = _TWICE
            claimed.add((claim.where, name))
            if said:
                yield said.problem(workbook.place(sheet, claim.row.number), name)


_UNREADABLE = Said(
    "former-name-unreadable",
    COLUMN,
    Text(vi="«{}» không phải là tên câu hỏi", en="“{}” is no name of a question"),
    Text(
        vi="hãy ghi tên cũ như đã đứng ở cột name; nhiều tên thì cách nhau bằng dấu cách",
        en="write the old name as it stood in the column name; several are separated by blanks",
    ),
)
_TAKEN = Said(
    "former-name-taken",
    COLUMN,
    Text(
        vi="tên cũ «{}» vẫn là tên của một dòng trong biểu mẫu này",
        en="the earlier name “{}” is still the name of a row of this form",
    ),
    Text(
        vi="một tên chỉ được có một nghĩa: hãy xoá ô này, hoặc đặt cho dòng kia một tên chưa dùng "
        "bao giờ; hai câu đổi tên cho nhau thì không thể biết câu trả lời cũ là của câu nào",
        en="a name may mean one thing only: empty this cell, or give the other row a name that was "
        "never used; if two questions swap names, nobody can tell whose the old answers are",
    ),
)
_TWICE = Said(
    "former-name-twice",
    COLUMN,
    Text(
        vi="tên cũ «{}» được ghi cho hai dòng",
        en="two rows give “{}” as their earlier name",
    ),
    Text(
        vi="hãy chỉ ghi ở dòng mang đúng câu hỏi cũ",
        en="leave it only in the row that is the old question",
    ),
)
