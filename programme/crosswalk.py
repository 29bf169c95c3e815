"""From the communes before 1 July 2025 to those of today; so far for Lạng Sơn.

Where a commune was split over several new ones, all of them are given and a person decides.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.lists import read_list
from programme.problem import NOWHERE, Place, Problem, ProblemError, Text
from programme.text import did_you_mean, fold, nearest

SHIPPED = Path(__file__).with_name("crosswalk.csv")

_COLUMNS = ("old_province", "old_district", "old_commune", "old_code", "new_code", "split")
_KINDS = ("thị trấn", "thị xã", "thành phố", "phường", "huyện", "quận", "tỉnh", "xã")
# as people shorten them on paper
_SHORT = {"tt.": "thi tran", "tt": "thi tran", "p.": "phuong", "x.": "xa", "tp.": "thanh pho",
          "tp": "thanh pho", "h.": "huyen", "tx.": "thi xa", "tx": "thi xa"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune before 1 July 2025.

    Args:
        province: "Tỉnh Lạng Sơn".
        district: "Huyện Chi Lăng".
        label: "Thị trấn Đồng Mỏ".
        code: its code then; many codes live on with another meaning.
        new_codes: codes of today's communes it became; several if it was split.
    """

    province: str
    district: str
    label: str
    code: str
    new_codes: tuple[str, ...]

    @property
    def is_split(self) -> bool:
        """True where only a person can say which of the new communes is meant."""
        return len(self.new_codes) > 1


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """All old communes that are known.

    Args:
        communes: in the order of the list.
    """

    communes: tuple[OldCommune, ...]

    def new_communes(
        self, old_province: str, old_district: str, old_commune: str, place: Place = NOWHERE
    ) -> tuple[str, ...]:
        """Give the codes of today's communes that an old one became; several if it was split.

        Args:
            old_province: with or without "Tỉnh"; marks and case do not matter.
            old_district: with or without "Huyện", "Thành phố".
            old_commune: with or without "Xã", "Phường", "Thị trấn".
            place: where the names stand.

        Raises:
            ProblemError: ``old-area-unknown`` with the nearest name; ``old-area-ambiguous`` where
                a town and a commune of one district had the same name and went different ways.
        """
        inside = _alike({each: each.province for each in self.communes}, old_province, place)
        inside = _alike({each: each.district for each in inside}, old_district, place)
        found = _alike({each: each.label for each in inside}, old_commune, place)
        if len({each.new_codes for each in found}) > 1:
            raise ProblemError(_ambiguous(old_commune, [each.label for each in found], place))
        return found[0].new_codes


def load_crosswalk(path: Path = SHIPPED) -> Crosswalk:
    """Read the crosswalk.

    Raises:
        ProblemError: ``list-…`` when the list is missing or broken, ``crosswalk-split`` when its
            column ``split`` and its rows disagree.
    """
    rows: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    marked: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    for row in read_list(path, _COLUMNS):
        key = (row["old_province"], row["old_district"], row["old_commune"], row["old_code"])
        rows[key].append(row["new_code"])
        marked[key] = (row.number, row["split"])
    problems = [
        _split(path, *marked[key])
        for key, codes in rows.items()
        if marked[key][1] != ("yes" if len(codes) > 1 else "no")
    ]
    if problems:
        raise ProblemError(problems)
    return Crosswalk(tuple(OldCommune(*key, tuple(codes)) for key, codes in rows.items()))


def _alike(labels: Mapping[OldCommune, str], text: str, place: Place) -> list[OldCommune]:
    wanted = _spelled(text)
    whole = [each for each, label in labels.items() if fold(label) == wanted]
    bare = [each for each, label in labels.items() if _bare(label) == wanted]
    if not (whole or bare):
        raise ProblemError(_unknown(text, set(labels.values()), place))
    return whole or bare


def _spelled(text: str) -> str:
    first, _, rest = fold(text).partition(" ")
    return f"{_SHORT[first]} {rest}" if rest and first in _SHORT else fold(text)


def _bare(label: str) -> str:
    folded = fold(label)
    for kind in _KINDS:
        if folded.startswith(f"{fold(kind)} "):
            return folded.removeprefix(f"{fold(kind)} ")
    return folded


def _unknown(text: str, labels: set[str], place: Place) -> Problem:
    bare = {_bare(label): label for label in sorted(labels)}
    near = nearest(text, labels) or bare.get(nearest(_bare(text), bare) or "")
    hint = did_you_mean(near)
    return Problem(
        "old-area-unknown",
        Text(
            vi=f"trước ngày 01/7/2025 không có «{text}» ở đây{hint.vi}",
            en=f"before 1 July 2025 there was no “{text}” here{hint.en}",
        ),
        Text(
            vi="hãy ghi tên tỉnh, huyện, xã như trước ngày 01/7/2025",
            en="write province, district and commune as they were before 1 July 2025",
        ),
        place,
    )


def _ambiguous(text: str, labels: list[str], place: Place) -> Problem:
    listed = ", ".join(labels)
    return Problem(
        "old-area-ambiguous",
        Text(vi=f"tên «{text}» chỉ nhiều nơi", en=f"“{text}” may be several places"),
        Text(vi=f"hãy ghi đầy đủ: {listed}", en=f"write the full name: {listed}"),
        place,
    )


def _split(path: Path, row: int, found: str) -> Problem:
    return Problem(
        "crosswalk-split",
        Text(
            vi=f"cột split ghi «{found}» nhưng số dòng của xã này nói khác",
            en=f"column split says “{found}”, but the number of rows of this commune does not",
        ),
        Text(
            vi="ghi yes cho xã bị chia (một dòng cho mỗi xã mới), no cho các xã khác",
            en="write yes for a commune that was split (a row for each new one), no for others",
        ),
        Place(file=path.name, row=row, column="split"),
    )
