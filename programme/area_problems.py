"""The problems of area lists and of areas that people name, in both languages."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from programme.area import Area
from programme.lists import Row
from programme.problem import Place, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest

MOST_SHOWN = 8


class AreaListProblems:
    """Collects what is wrong in the lists of areas, so that all is told at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def stop(self) -> None:
        """Raise what was found, if anything."""
        if self._problems:
            raise ProblemError(self._problems)

    def check(
        self, file: str, row: Row, digits: int, kinds: Sequence[str], seen: Collection[str]
    ) -> None:
        """Look at code, label and kind of one row.

        Args:
            file: name of the list.
            row: the row.
            digits: length of a right code.
            kinds: the kinds there are.
            seen: codes of earlier rows.
        """
        code = row["name"]
        if not (code.isascii() and code.isdecimal() and len(code) == digits):
            self._problems.append(
                _code(Place(file=file, row=row.number, column="name"), code, digits)
            )
        elif code in seen:
            self._problems.append(_repeated(Place(file=file, row=row.number, column="name"), code))
        if not row["label"]:
            self._problems.append(_label(Place(file=file, row=row.number, column="label"), code))
        if row["kind"] not in kinds:
            place = Place(file=file, row=row.number, column="kind")
            self._problems.append(_kind(place, row["kind"], kinds))

    def check_province(self, file: str, row: Row, provinces: Mapping[str, Area]) -> None:
        """Look whether the province of a commune is in the list of provinces."""
        if row["province"] not in provinces:
            place = Place(file=file, row=row.number, column="province")
            self._problems.append(area_unknown(row["province"], provinces.values(), place))


def area_unknown(text: str, areas: Iterable[Area], place: Place) -> Problem:
    """Say that there is no such area, with the nearest code or name."""
    near = _nearest(text, list(areas))
    hint = did_you_mean(near)
    return Problem(
        "area-unknown",
        Text(vi=f"không có địa bàn «{text}»{hint.vi}", en=f"there is no area “{text}”{hint.en}"),
        Text(
            vi="hãy dùng mã chính thức: tỉnh 2 chữ số, xã 5 chữ số, giữ số 0 ở đầu",
            en="use the official code: 2 digits for a province, 5 for a commune, "
            "with the leading zero",
        ),
        place,
    )


def area_ambiguous(
    text: str, areas: Sequence[Area], provinces: Mapping[str, Area], place: Place
) -> Problem:
    """Say that several areas have this name, with their codes."""
    shown = [f"{each.code} {each.label} ({provinces[each.province].label})" for each in areas]
    more = ["…"] if len(shown) > MOST_SHOWN else []
    listed = ", ".join(shown[:MOST_SHOWN] + more)
    return Problem(
        "area-ambiguous",
        Text(
            vi=f"có {len(areas)} địa bàn tên «{text}»",
            en=f"there are {len(areas)} areas of the name “{text}”",
        ),
        Text(vi=f"hãy dùng mã: {listed}", en=f"use the code: {listed}"),
        place,
    )


def _nearest(text: str, areas: Sequence[Area]) -> str | None:
    if text[-1:].isdecimal():  # meant as a code, also with the letter O for a zero
        codes = {area.code: area for area in areas}
        padded = next((code for code in codes if code.lstrip("0") == text.lstrip("0")), None)
        code = padded or nearest(text, codes)
        return f"{code} {codes[code].label}" if code else None
    names = {area.label: area for area in areas} | {area.name: area for area in areas}
    name = nearest(text, names)
    return f"{names[name].code} {names[name].label}" if name else None


def _code(place: Place, code: str, digits: int) -> Problem:
    return Problem(
        "area-code",
        Text(
            vi=f"mã «{code}» không phải {digits} chữ số",
            en=f"the code “{code}” is not {digits} digits",
        ),
        Text(
            vi="Excel hay bỏ số 0 ở đầu: hãy định dạng cột là «Text» rồi nhập lại mã",
            en="Excel drops leading zeros: format the column as “Text” and type the code again",
        ),
        place,
    )


def _repeated(place: Place, code: str) -> Problem:
    return Problem(
        "area-repeated",
        Text(vi=f"mã «{code}» có hai lần", en=f"the code “{code}” is there twice"),
        Text(vi="hãy bỏ một dòng", en="remove one of the rows"),
        place,
    )


def _label(place: Place, code: str) -> Problem:
    return Problem(
        "area-label",
        Text(vi=f"mã «{code}» chưa có tên", en=f"the code “{code}” has no name"),
        Text(vi="hãy ghi tên đầy đủ, ví dụ: Xã Chi Lăng", en="write the full name: Xã Chi Lăng"),
        place,
    )


def _kind(place: Place, kind: str, kinds: Sequence[str]) -> Problem:
    listed = ", ".join(kinds)
    return Problem(
        "area-kind",
        Text(vi=f"không có loại «{kind}»", en=f"there is no kind “{kind}”"),
        Text(vi=f"hãy ghi một trong: {listed}", en=f"write one of: {listed}"),
        place,
    )
