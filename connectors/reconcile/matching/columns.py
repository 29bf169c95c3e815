"""The columns of the workbook of decisions; what they show of a candidate."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from connectors.reconcile.matching import labels
from connectors.reconcile.matching.labels import JUDGEMENT_WORDS
from connectors.reconcile.sheet_layout import Row, SheetColumn
from programme.dates import short
from programme.numbers import money
from programme.problem import Language, Text

ROW_KEY = "|"  # parts kind, the two codes, and the number of the decision that the row shows
_DATED: Mapping[str, Text] = {
    "club": labels.FOUNDED, "member": labels.JOINED, "loan": labels.LENT, "words": labels.FOUNDED,
}  # fmt: skip


def row_key(row: Row, _: Language = "vi") -> str | None:
    """Give what a row is about, and which decision it shows; None for an empty one."""
    if row["kind"] is None:
        return None
    parts = (row["kind"], row["left"], row["right"], str(row["number"]))
    return ROW_KEY.join(parts)


def _cell(name: str) -> Callable[[Row, Language], Any]:
    return lambda row, _: row[name]


def _why(row: Row, language: Language) -> str:
    text: Text = row["why"]
    return text.in_(language)


def _judgement(row: Row, language: Language) -> str | None:
    written: str | None = row["written"]
    if written is not None:
        return written
    word = next((text for name, text in JUDGEMENT_WORDS.items() if name == row["decision"]), None)
    return word.in_(language) if word else None


def _left(row: Row, language: Language) -> str | None:
    dated = labels.LENT if row["kind"] == "borrower" else _DATED.get(row["kind"])
    return _side(row["left_shown"], row["left_code"], language, dated)


def _right(row: Row, language: Language) -> str | None:
    dated = labels.JOINED if row["kind"] == "borrower" else _DATED.get(row["kind"])
    return _side(row["right_shown"], row["right_code"], language, dated)


def _side(
    shown: Mapping[str, Any] | None, code: str | None, language: Language, dated: Text | None
) -> str | None:
    if shown is None:
        return None
    name = f"«{shown['name']}»" if shown.get("times") else shown["name"]
    born = f" ({shown['birth_year']})" if shown.get("birth_year") else ""
    first = f"{name or ''}{born}"
    return "\n".join(part for part in (first, *_details(shown, language, dated), code) if part)


def _details(shown: Mapping[str, Any], language: Language, dated: Text | None) -> list[str]:
    details = [shown.get("club_name"), shown.get("commune_name")]
    on: date | None = shown.get("on_date")
    if on is not None and dated is not None:
        details.append(dated.in_(language).format(short(on, language)))
    if shown.get("number"):
        details.append(labels.DECIDED_BY.in_(language).format(shown["number"]))
    if shown.get("amount"):
        details.append(money(shown["amount"], language))
    if shown.get("times"):
        details.append(labels.TIMES.in_(language).format(shown["times"]))
    return ["; ".join(str(each) for each in details if each)]


DECISION = SheetColumn(Text("Quyết định", "Decision"), 13, _judgement, asks="choice")
BY = SheetColumn(Text("Người quyết định", "Decided by"), 20, _cell("by"), printed=False,
                 asks="text")  # fmt: skip
ON = SheetColumn(Text("Ngày", "Day"), 13, _cell("on"), printed=False, asks="day")
NOTE = SheetColumn(Text("Ghi chú", "Note"), 30, _cell("note"), printed=False, asks="text")
LEFT = SheetColumn(Text("Mã thứ nhất", "First code"), 18, _cell("left_code"), printed=False)
RIGHT = SheetColumn(Text("Mã thứ hai", "Second code"), 18, _cell("right_code"), printed=False)
KEY = SheetColumn(Text("Mã dòng", "Row"), 44, row_key, printed=False)
COLUMNS = (
    SheetColumn(Text("Điểm", "Score"), 8, _cell("score")),
    SheetColumn(Text("Thứ nhất", "One"), 36, _left),
    SheetColumn(Text("Thứ hai", "The other"), 36, _right),
    SheetColumn(Text("Vì sao", "Why"), 40, _why),
    DECISION,
    BY,
    ON,
    NOTE,
    LEFT,
    RIGHT,
    KEY,
)
