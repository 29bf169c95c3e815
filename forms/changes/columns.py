"""Whole columns of the survey that a new version lacks: one change, not one for every row."""

from collections.abc import Iterator

from forms.changes.change import Change
from forms.changes.pairs import Versions
from forms.changes.wording import Said, listed
from programme.problem import Text

# what a phone asks, refuses and computes by
COLUMNS = (
    *("relevant", "required", "constraint", "calculation", "choice_filter", "default"),
    "repeat_count",
)
_FEW = 2  # rows; one cell alone may be cleared with its column


def columns_gone(versions: Versions) -> Iterator[Change]:
    """Tell of each column that was deleted or renamed, with how many questions lose it."""
    for column in gone(versions):
        names = [row.get("name") for row, _ in versions.old.active_rows() if row.get(column)]
        place = versions.old.place("survey", None, column)
        count = str(len(names))
        yield _GONE.change(place, count=count, column=column, names=listed(names))


def gone(versions: Versions) -> tuple[str, ...]:
    """Give the columns with several cells that the new version does not have."""
    old, new = (each.workbook.sheets["survey"] for each in (versions.old, versions.new))
    return tuple(
        column
        for column in COLUMNS
        if column in old.headers
        and column not in new.headers
        and sum(bool(row.get(column)) for row in old.rows) >= _FEW
    )


_GONE = Said(
    "column-gone",
    "careful",
    Text(
        vi="cột {column} không còn: {count} câu mất nội dung của cột này ({names})",
        en="the column {column} is gone: {count} questions lose what it said ({names})",
    ),
    Text(
        vi="phiếu đã thu vẫn nguyên, nhưng từ nay điện thoại không còn hỏi, từ chối hay tính theo "
        "cột đó",
        en="what was collected stays, but from now on phones do not ask, refuse or compute by it",
    ),
    Text(
        vi="nếu chỉ đổi tên cột, hãy trả lại tên {column} ở dòng 1 của trang survey",
        en="if it was only renamed, write {column} into row 1 of the sheet survey again",
    ),
)
