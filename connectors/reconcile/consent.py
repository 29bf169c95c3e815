"""Tells of people who were named without consent: they are counted, and their club is asked."""

from collections import Counter

import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.erased import UNNAMED
from connectors.store.parquet import Pair
from programme.problem import Problem, Text

_SHOWN = 5


def without_consent(pair: Pair) -> list[Problem]:
    """Count the members whose names were not kept, by club.

    Args:
        pair: folders of the run; the registers are in them.
    """
    path = pair.identified / "member.parquet"
    if not path.is_file():
        return []
    members = pq.read_table(path, columns=["club_code", "member_name"])
    unnamed = members.filter(pc.starts_with(members.column("member_name"), UNNAMED))
    clubs = Counter(unnamed.column("club_code").to_pylist())
    if not clubs:
        return []
    listed = ", ".join(f"{club} ({count})" for club, count in clubs.most_common(_SHOWN))
    more = ", …" if len(clubs) > _SHOWN else ""
    return [
        Problem(
            "consent-missing",
            Text(
                vi=f"{clubs.total()} người trong danh sách chưa đồng ý cho ghi tên (hoặc còn nhỏ "
                f"mà người giám hộ chưa đồng ý): tên không được lưu, vẫn đếm; CLB {listed}{more}",
                en=f"{clubs.total()} people on rosters have not consented to being named (or are "
                f"young and the guardian has not): counted, their names not kept; clubs "
                f"{listed}{more}",
            ),
            Text(
                vi="hỏi câu lạc bộ: nếu người đó đồng ý, sửa câu «đồng ý» trên máy chủ; nếu không, "
                "xóa dòng đó và đếm ở trang «không ghi tên»",
                en="ask the club: if the person agrees, mend the answer on consent on the server; "
                "if not, take out the row and count the person as not listed by name",
            ),
            severity="warning",
        )
    ]
