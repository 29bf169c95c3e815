"""Findings about what was imported: mended in the workbook it came from, not on a phone."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectors.store.imported import Origin, origins
from connectors.store.raw import RawStore
from programme.problem import Language, Text
from programme.sources import IMPORTED

OWNER = "nơi nhập số liệu · importing office"
# what these find is wrong as it was written, and nothing else is to be done about it
WRONG_AS_WRITTEN = frozenset(
    {
        "amount_negative",
        "attendance_parts",
        "club_not_registered",
        "event_before_founding",
        "loan_borrower_not_member",
        "loan_interest_above_cap",
        "loan_interest_unusual",
        "loan_lent_twice",
        "loan_not_recorded",
        "loan_overpaid",
        "loan_repaid_before_lent",
        "member_parts",
        "month_reported_twice",
        "place_unclear",
        "report_after_closure",
        "report_before_founding",
        "report_future",
        "report_parts",
        "report_while_suspended",
        "sum_differs",
        "value_does_not_fit",
    }
)
_WHERE = Text(
    vi="Số liệu này nhập từ tệp «{file}», trang «{sheet}», dòng {row} ({giver}): nếu ghi sai, sửa "
    "ngay dòng đó",
    en="This was imported from “{file}”, sheet “{sheet}”, row {row} ({giver}): if it is wrong, "
    "correct that row",
)
_AGAIN = Text(
    vi=" rồi nhập lại: «ishc import {typed} --replace».",
    en=" and import it again: “ishc import {typed} --replace”.",
)
# --replace would take away what the other workbooks of the same giver brought
_AGAIN_ONE = Text(
    vi=", giữ nguyên số hiệu, rồi nhập lại: «ishc import {typed}».",
    en=", keep its numbers and import it again: “ishc import {typed}”.",
)
_UNKNOWN = Text(
    vi="Số liệu này nhập từ tệp Excel: nếu ghi sai, sửa trong tệp đó rồi nhập lại bằng "
    "«ishc import TỆP --replace».",
    en="This was imported from an Excel workbook: if it is wrong, correct it there and import it "
    "again with “ishc import FILE --replace”.",
)
_TOLD: Mapping[Language, str] = {"vi": "do_vi", "en": "do_en"}


def from_workbooks(findings: pa.Table, store: RawStore) -> pa.Table:
    """Say of findings about imported records in which row of which workbook they are mended.

    Args:
        findings: with the columns of ``FINDING``.
        store: knows the rows.
    """
    imported = pc.fill_null(pc.equal(findings.column("_source"), IMPORTED), False)
    about = pc.indices_nonzero(imported).to_pylist()
    if not about:
        return findings
    rows = findings.take(pa.array(about, pa.int64())).to_pylist()
    known = origins(store, {(row["form"], row["_id"]) for row in rows})
    columns = {name: findings.column(name).to_pylist() for name in ("owner", *_TOLD.values())}
    for at, row in zip(about, rows, strict=True):
        origin = known.get((row["form"], row["_id"]))
        for language, column in _TOLD.items():
            columns[column][at] = _advice(row, origin, language)
        if row["check_code"] in WRONG_AS_WRITTEN:
            columns["owner"][at] = OWNER
    for name, values in columns.items():
        place = findings.schema.get_field_index(name)
        findings = findings.set_column(place, name, pa.array(values, pa.string()))
    return findings


def _advice(row: Mapping[str, Any], origin: Origin | None, language: Language) -> str:
    words = _workbook(origin, language)
    if row["check_code"] in WRONG_AS_WRITTEN:
        return words
    return f"{row[_TOLD[language]]} {words}"


def _workbook(origin: Origin | None, language: Language) -> str:
    if origin is None:
        return _UNKNOWN.in_(language)
    at = origin.place
    template = _WHERE.in_(language) + (_AGAIN if origin.alone else _AGAIN_ONE).in_(language)
    file = at.file or ""
    typed = f'"{file}"' if " " in file else file  # as it is typed in a console
    return template.format(file=file, typed=typed, sheet=at.sheet, row=at.row, giver=origin.giver)
