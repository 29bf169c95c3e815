"""Rows of a table of kinds of area: read, checked, and told in both languages what is wrong."""

import re
from dataclasses import dataclass
from datetime import date

from programme.area_problems import area_unknown
from programme.areas import Areas
from programme.dates import parse_date
from programme.lists import Row
from programme.problem import Place, Problem, ProblemError, Text
from programme.text import did_you_mean, fold, nearest

KINDS = {
    "delta": Text(vi="đồng bằng", en="delta"),
    "midland": Text(vi="trung du", en="midland"),
    "mountain": Text(vi="miền núi", en="mountain"),
    "minority": Text(vi="vùng đồng bào dân tộc thiểu số", en="ethnic minority area"),
    "border": Text(vi="biên giới", en="border"),
    "island": Text(vi="hải đảo", en="island"),
}
_OTHERWISE = {"ethnic_minority": "minority", "dan toc thieu so": "minority", "dao": "island"}
_WORDS = (
    {fold(kind): kind for kind in KINDS}
    | {fold(text.vi): kind for kind, text in KINDS.items()}
    | {fold(text.en): kind for kind, text in KINDS.items()}
    | _OTHERWISE
)


@dataclass(frozen=True, slots=True)
class AreaKind:
    """What a table says of a commune.

    Args:
        kinds: some of ``KINDS``.
        basis: the decision that says so.
        valid_from: first day.
    """

    kinds: frozenset[str]
    basis: str
    valid_from: date


class AreaKindRows:
    """Reads the rows of one table and collects what is wrong in them, so that all is told at once.

    Args:
        file: name of the table.
        areas: the communes there are.
    """

    def __init__(self, file: str, areas: Areas) -> None:
        self._file = file
        self._areas = areas
        self._problems: list[Problem] = []
        self._rows: dict[tuple[str, date], AreaKind] = {}

    def finish(self) -> list[tuple[str, AreaKind]]:
        """Give code and kind of every row.

        Raises:
            ProblemError: all that was wrong.
        """
        if self._problems:
            raise ProblemError(self._problems)
        return [(code, kind) for (code, _), kind in self._rows.items()]

    def read(self, row: Row) -> None:
        """Read one row with the columns ``code``, ``kinds``, ``basis`` and ``valid_from``."""
        code = row["code"]
        if code not in self._areas.communes:
            place = self._place(row, "code")
            self._problems.append(area_unknown(code, self._areas.communes.values(), place))
        if not row["basis"]:
            self._problems.append(_no_basis(self._place(row, "basis")))
        kinds = self._kinds(row)
        try:
            day = parse_date(row["valid_from"])
        except ValueError:
            self._problems.append(_no_date(self._place(row, "valid_from"), row["valid_from"]))
            return
        if (code, day) in self._rows:
            self._problems.append(_repeated(self._place(row, "code"), code))
        self._rows[code, day] = AreaKind(kinds, row["basis"], day)

    def _kinds(self, row: Row) -> frozenset[str]:
        words = [each for cell in re.split(r"[;,+/]", row["kinds"]) for each in _words(cell)]
        wrong = [word for word in words if fold(word) not in _WORDS]
        place = self._place(row, "kinds")
        self._problems.extend(_unknown_kind(place, word) for word in wrong)
        return frozenset(_WORDS[fold(word)] for word in words if word not in wrong)

    def _place(self, row: Row, column: str) -> Place:
        return Place(file=self._file, row=row.number, column=column)


def _words(cell: str) -> list[str]:
    # codes may also stand with blanks between them, as in the workbook of indicators
    parts = cell.split()
    is_whole = fold(cell) in _WORDS or not any(fold(part) in _WORDS for part in parts)
    return [cell.strip()] if is_whole else parts


def _unknown_kind(place: Place, word: str) -> Problem:
    hint = did_you_mean(nearest(word, [*KINDS, *(text.vi for text in KINDS.values())]))
    listed = ", ".join(f"{kind} ({text.vi})" for kind, text in KINDS.items())
    return Problem(
        "area-kind-unknown",
        Text(
            vi=f"không có loại địa bàn «{word}»{hint.vi}",
            en=f"there is no kind of area “{word}”{hint.en}",
        ),
        Text(
            vi=f"hãy ghi một hay nhiều loại, cách nhau bằng dấu chấm phẩy: {listed}",
            en=f"write one or more, separated by semicolons: {listed}",
        ),
        place,
    )


def _no_basis(place: Place) -> Problem:
    return Problem(
        "area-kind-basis",
        Text(vi="thiếu căn cứ pháp lý", en="the legal basis is missing"),
        Text(
            vi="hãy ghi số quyết định và danh mục đã phân loại xã này",
            en="write the decision and the list that classify this commune",
        ),
        place,
    )


def _no_date(place: Place, text: str) -> Problem:
    return Problem(
        "area-kind-date",
        Text(vi=f"«{text}» không phải là ngày", en=f"“{text}” is not a date"),
        Text(
            vi="hãy ghi ngày quyết định có hiệu lực, dạng 2026-02-05 hoặc 05/02/2026",
            en="write the day on which the decision came into force, as 2026-02-05 or 05/02/2026",
        ),
        place,
    )


def _repeated(place: Place, code: str) -> Problem:
    return Problem(
        "area-kind-repeated",
        Text(
            vi=f"mã «{code}» có hai dòng cùng ngày hiệu lực",
            en=f"the code “{code}” has two rows that are valid from the same day",
        ),
        Text(
            vi="hãy gộp lại: các loại của một xã ghi trong một ô",
            en="make one row of them: the kinds of a commune stand in one cell",
        ),
        place,
    )
