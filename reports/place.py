"""What a report is about: the country, a province, a commune or a club."""

import re
from dataclasses import dataclass
from typing import Literal

from programme.areas import Area, Areas
from programme.problem import Problem, ProblemError, Text
from programme.text import did_you_mean, fold, nearest
from reports.registers import Club

Level = Literal["country", "province", "commune", "club"]
LEVEL_NAMES: dict[Level, Text] = {
    "country": Text(vi="cả nước", en="the country"),
    "province": Text(vi="tỉnh, thành phố", en="a province"),
    "commune": Text(vi="xã, phường", en="a commune"),
    "club": Text(vi="câu lạc bộ", en="a club"),
}
COUNTRY = "VN"
_COUNTRY_WORDS = frozenset({"vn", "ca nuoc", "viet nam", "country", "toan quoc"})
_CLUB_WORDS = ("clb", "cau lac bo", "club")
_CLUB = re.compile(r"[0-9]{5}-[0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Place:
    """The country, a province, a commune or a club.

    Args:
        code: ``VN``, 2 digits, 5 digits, or a club's code (``05977-01``).
        level: which of them it is.
        label: its name as it stands in a line of its own: “Xã Chi Lăng”.
        name: its name without its kind: “Chi Lăng”.
        province, commune: codes of what it lies in, empty where it does not.
    """

    code: str
    level: Level
    label: Text
    name: str
    province: str = ""
    commune: str = ""

    @property
    def inside(self) -> Text:
        """Its name inside a sentence: “xã Chi Lăng”, “the whole country”."""
        if self.level == "country":
            return Text(vi="cả nước", en="the whole country")
        if self.level == "club":
            return Text(vi=self.label.vi, en=f"the club {self.name}")
        return Text(vi=self.label.vi[0].lower() + self.label.vi[1:], en=self.label.en)


def find_place(text: str, areas: Areas, clubs: dict[str, Club]) -> Place:
    """Find what a person means: ``VN``, a code or name of an area, or the code of a club.

    Raises:
        ProblemError: ``area-unknown``, ``area-ambiguous``, ``club-unknown``.
    """
    plain = text.strip()
    if fold(plain) in _COUNTRY_WORDS:
        return country()
    if _CLUB.fullmatch(plain):
        if plain not in clubs:
            raise ProblemError(_no_club(plain, clubs))
        return place_of_club(clubs[plain])
    return place_of(areas.find(plain), areas)


def country() -> Place:
    """Give the whole country."""
    return Place(COUNTRY, "country", Text(vi="Cả nước", en="Viet Nam"), "Việt Nam")


def place_of(area: Area, areas: Areas) -> Place:
    """Give a province or commune as a place."""
    label = Text(vi=area.in_("vi"), en=area.in_("en"))
    if area.code in areas.provinces:
        return Place(area.code, "province", label, area.name, area.code)
    return Place(area.code, "commune", label, area.name, area.province, area.code)


def place_of_club(club: Club) -> Place:
    """Give a club as a place."""
    label = Text(vi=club.name, en=club.name)
    if not fold(club.name).startswith(_CLUB_WORDS):
        label = Text(vi=f"Câu lạc bộ {club.name}", en=f"Club {club.name}")
    return Place(club.code, "club", label, club.name, club.province, club.commune)


def _no_club(code: str, clubs: dict[str, Club]) -> Problem:
    near = did_you_mean(nearest(code, clubs))
    return Problem(
        "club-unknown",
        Text(vi=f"không có câu lạc bộ «{code}»{near.vi}", en=f"there is no club “{code}”{near.en}"),
        Text(
            vi="mã câu lạc bộ có trong bảng club («ishc export»), ví dụ 05977-01",
            en="the codes of clubs stand in the table club (“ishc export”), such as 05977-01",
        ),
    )
