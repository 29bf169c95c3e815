"""Writes the workbook of decisions: what may be the same, and what was decided of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from connectors.reconcile.finding_words import AS_OF, SYNTHETIC
from connectors.reconcile.matching import labels
from connectors.reconcile.matching.book import Unread
from connectors.reconcile.matching.columns import COLUMNS
from connectors.reconcile.matching.decisions import Decision, Pair
from connectors.reconcile.matching.labels import JUDGEMENT_WORDS, QUESTIONS, SHEETS
from connectors.reconcile.matching.reasons import KINDS, Kind, explained
from connectors.reconcile.sheet_layout import Head, Row, Sheet
from connectors.store.tables import TableSet
from programme.dates import short
from programme.problem import Language, Text

MOST = 2_000  # rows of a sheet: nobody decides more in a day
_EMPTY_ROWS = 5  # to write down what is not in the table
_BY_CODES: tuple[Kind, ...] = ("club", "member", "loan")
_FROZEN = 1
_NOTHING: Row = dict.fromkeys(
    ("kind", "left", "right", "left_code", "right_code", "left_shown", "right_shown", "score",
     "decision", "written", "by", "on", "note")
) | {"number": 0, "why": Text("", "")}  # fmt: skip


def candidate_rows(
    candidates: Iterable[Mapping[str, Any]],
    last: Mapping[Pair, Decision],
    names: Mapping[str, str],
) -> list[Row]:
    """Give the rows of the workbook: what waits first, the likeliest before the others.

    Args:
        candidates: the table ``candidate`` with names.
        last: the last decision about each pair.
        names: of clubs and communes by code.
    """
    rows = [_row(each, last, names) for each in candidates]
    return sorted(
        rows, key=lambda row: (bool(row["decision"]), -row["score"], row["left"], row["right"])
    )


def _row(each: Mapping[str, Any], last: Mapping[Pair, Decision], names: Mapping[str, str]) -> Row:
    left = each["left_code"] or each["left_member"]
    right = each["right_code"] or each["right_member"]
    decision = last.get((each["kind"], left, right))
    counts = decision is not None and decision.judgement != "undone"
    said = decision if counts else None
    return {
        **_NOTHING,
        "kind": each["kind"], "left": left, "right": right, "score": each["score"],
        "left_code": None if each["kind"] == "words" else left, "right_code": right,
        "left_shown": _named(each["left_shown"], names),
        "right_shown": _named(each["right_shown"], names),
        "why": explained(each["kind"], each["reasons"].split()),
        "number": decision.number if decision else 0,
        "decision": said.judgement if said else None, "by": said.by if said else None,
        "on": said.on if said else None, "note": said.note if said else None,
    }  # fmt: skip


def _named(told: str, names: Mapping[str, str]) -> Mapping[str, Any]:
    shown = json.loads(told)
    on = shown.get("on_date")
    shown["on_date"] = date.fromisoformat(on) if on else None
    club, commune = shown.get("club_code"), shown.get("commune_code")
    return {**shown, "club_name": names.get(club or ""), "commune_name": names.get(commune or "")}


def decision_sheets(
    rows: Sequence[Row], unread: Sequence[Unread], tables: TableSet, language: Language,
    *, synthetic: bool,
) -> list[Sheet]:  # fmt: skip
    """Give the sheets of the workbook, one a kind.

    Args:
        rows: from ``candidate_rows``.
        unread: what people wrote and nobody understood; it stands where it stood.
        tables: their cut-off date.
        synthetic: the data are made up; every sheet says so.
    """
    sheets = []
    choices = [word.in_(language) for word in JUDGEMENT_WORDS.values()]
    state = AS_OF.in_(language).format(short(tables.as_of, language))
    if synthetic:
        state = f"{state} · {SYNTHETIC.in_(language)}"
    written = {each.pair: each for each in unread if each.pair is not None}
    for kind in KINDS:
        found = [row for row in rows if row["kind"] == kind]
        shown = [_as_written(row, written) for row in _first(found)]
        if kind in _BY_CODES:
            strays = [each for each in unread if each.pair is None and kind == _BY_CODES[0]]
            shown += [_stray(each) for each in strays] + [_NOTHING] * _EMPTY_ROWS
        more = labels.SHOWN.in_(language).format(MOST, len(found))
        head = Head(
            QUESTIONS[kind].in_(language),
            f"{state} · {more}" if len(found) > MOST else state,
            labels.GUIDE.in_(language),
        )
        sheets.append(Sheet(SHEETS[kind], head, COLUMNS, shown, _FROZEN, choices))
    return sheets


def _first(rows: Sequence[Row]) -> Sequence[Row]:
    """Give as many as fit, of what waits and of what was decided."""
    if len(rows) <= MOST:
        return rows
    decided = [row for row in rows if row["decision"]][: MOST // 2]
    waiting = [row for row in rows if not row["decision"]]
    return [*waiting[: MOST - len(decided)], *decided]


def _as_written(row: Row, written: Mapping[Pair, Unread]) -> Row:
    each = written.get((row["kind"], row["left"], row["right"]))
    if each is None:
        return row
    return {**row, "written": each.written, "by": each.by, "on": each.on, "note": each.note}


def _stray(each: Unread) -> Row:
    return {**_NOTHING, "left_code": each.left, "right_code": each.right,
            "written": each.written, "by": each.by, "on": each.on, "note": each.note}  # fmt: skip
