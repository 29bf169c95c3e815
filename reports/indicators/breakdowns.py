"""By what figures can be split: the sheet ``breakdowns``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast, get_args

from programme.problem import Text
from reports.indicators.sheets import SheetRow, Sheets, nearest
from reports.indicators.views import TABLES

OverMonths = Literal["sum", "last", "average", "distinct"]
COLUMNS = ("breakdown", "table", "expression", "category", "label_vi", "label_en")
NOT_KNOWN = Text(vi="Không rõ", en="Not known")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to split the figures of a table.

    Args:
        expression: SQL over one row; it gives a category.
        categories: value → what it is called, in the order of the reports.
        row: row in the sheet, for problems.
    """

    code: str
    table: str
    expression: str
    label: Text
    row: int
    categories: Mapping[str, Text] = field(default_factory=dict)

    def named(self, category: str) -> Text:
        """Give what a category is called; one that the sheet does not name is called as it is."""
        if not category:
            return self.categories.get("", NOT_KNOWN)
        return self.categories.get(category, Text(vi=category, en=category))

    def place(self, category: str) -> tuple[int, str]:
        """Give the place of a category among the others; unknown ones come last."""
        known = list(self.categories)
        return (known.index(category) if category in known else len(known), category)


def breakdowns_of(sheets: Sheets) -> dict[str, Breakdown]:
    """Read every breakdown: a row with its table and expression, then one a category."""
    found: dict[str, Breakdown] = {}
    for row in sheets.rows("breakdowns", COLUMNS):
        code = row.text("breakdown", required=True)
        label = row.both("label", required=True)
        if row.text("expression") or row.text("table"):
            row.once("breakdown", code)
            table = row.one_of("table", TABLES)
            expression = row.text("expression", required=True)
            found[code] = Breakdown(code, table, expression, label, row.number)
        elif code in found:
            named = {**found[code].categories, row.text("category"): label}
            found[code] = replace(found[code], categories=named)
        else:
            _unknown(row, "breakdown", code, found)
    return found


def named_breakdowns(
    row: SheetRow, table: str, breakdowns: Mapping[str, Breakdown]
) -> tuple[str, ...]:
    """Read the cell ``breakdowns`` of an indicator; each must be one of its table."""
    codes = tuple(row.text("breakdowns").replace(",", " ").split())
    known = [code for code, each in breakdowns.items() if each.table == table]
    for code in codes:
        if code not in known:
            _unknown(row, "breakdowns", code, known)
    return codes


def over_months(row: SheetRow) -> OverMonths:
    """Read how the months of one club become one figure; it must suit the table."""
    over = row.one_of("over_months", get_args(OverMonths))
    if over == "average" and row.text("table") != "club_months":
        row.problem(
            "over-months-table",
            Text(
                vi="«average» chỉ dùng cho bảng club_months: bảng khác không có dòng theo tháng",
                en="“average” is for the table club_months: other tables have no row a month",
            ),
            Text(
                vi="hãy ghi last (số tại ngày chốt), sum hoặc distinct",
                en="write last (as it is at the cut-off), sum or distinct",
            ),
            "over_months",
        )
    return cast(OverMonths, over)


def _unknown(row: SheetRow, column: str, code: str, known: Collection[str]) -> None:
    near = nearest(code, known)
    row.problem(
        "breakdown-unknown",
        Text(
            vi=f"không có cách chia «{code}» cho bảng này{near.vi}",
            en=f"there is no breakdown “{code}” of this table{near.en}",
        ),
        Text(
            vi="các cách chia có thể dùng: " + (", ".join(known) or "–"),
            en="breakdowns to use: " + (", ".join(known) or "–"),
        ),
        column,
    )
