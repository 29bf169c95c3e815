"""The workbooks of findings: of a commune, of a province, and the overview of all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.reconcile.finding_columns import (
    CODES,
    COMMUNES,
    FINDINGS,
    MENDED,
    PROVINCE_FINDINGS,
    SUMMARY,
    WAIVED,
)
from connectors.reconcile.finding_words import (
    ALL_COMMUNES,
    AS_OF,
    CODES_GUIDE,
    DECISION_MEANS,
    DECISION_WORDS,
    GUIDE,
    OVERVIEW_GUIDE,
    SENDER,
    SHEETS,
    STATE_MEANS,
    STATE_WORDS,
    SYNTHETIC,
    TITLE,
)
from connectors.reconcile.sheet_layout import Head, Row, Sheet, SheetColumn
from programme.dates import short
from programme.problem import SEVERITY_WORDS, Language, Text
from programme.sources import IMPORTED

SEVERITY_ORDER = list(SEVERITY_WORDS)
# rows of the overview stand for all findings that are alike in these columns
COUNTED = ("check_code", "severity", "state", "title_vi", "title_en")
NUMBER = "number"
MOST_PAST = 5_000  # rows of what is over; nobody reads more
_STATE, _DECISION = Text("trạng thái", "state"), Text("quyết định", "decision")
_FROZEN = 3  # columns: severity, state, club


@dataclass(frozen=True, slots=True)
class Issue:
    """What every workbook of a run says of itself.

    Args:
        as_of: cut-off date of the data.
        language: of the workbook.
        synthetic: the data are made up; every sheet says so.
        asked: who answers questions about it, empty when not known.
    """

    as_of: date
    language: Language
    synthetic: bool
    asked: str = ""

    def head(self, name: str, guide: Text = GUIDE) -> Head:
        """Give what stands above a table."""
        day = AS_OF.in_(self.language).format(short(self.as_of, self.language))
        mark = f" · {SYNTHETIC.in_(self.language)}" if self.synthetic else ""
        asked = self.asked or SENDER.in_(self.language)
        title = TITLE.in_(self.language).format(name)
        return Head(title, day + mark, guide.in_(self.language).replace("{asked}", asked))


def area_sheets(
    name: str, rows: Sequence[Row], issue: Issue, *, is_province: bool = False
) -> list[Sheet]:
    """Give the sheets of a commune or province: findings, worst first, and what codes mean."""
    columns: Sequence[SheetColumn] = PROVINCE_FINDINGS if is_province else FINDINGS
    head, language = issue.head(name), issue.language
    ordered = sorted(rows, key=_worst_first)
    choices = [word.in_(language) for word in DECISION_WORDS.values()]
    codes = issue.head(name, CODES_GUIDE)
    return [
        Sheet(SHEETS["findings"], head, columns, ordered, _FROZEN, choices),
        Sheet(SHEETS["summary"], head, SUMMARY, _summary(rows)),
        Sheet(SHEETS["codes"], codes, CODES, list(_codes(rows, language))),
    ]


def overview_sheets(
    by_commune: Mapping[str, Sequence[Row]],
    names: Mapping[str, str],
    waived: Sequence[Row],
    mended: Sequence[Row],
    issue: Issue,
) -> list[Sheet]:
    """Give the sheets of the overview: by kind and commune, what was mended of late, or waived.

    Args:
        by_commune: rows with the columns ``COUNTED``, and the ``NUMBER`` of such findings.
        names: of communes.
        waived: findings that somebody explained.
        mended: findings that went away.
        issue: what every workbook says of itself.
    """
    language = issue.language
    head = issue.head(ALL_COMMUNES.in_(language), OVERVIEW_GUIDE)
    everything = [row for rows in by_commune.values() for row in rows]
    communes = [
        {"commune": code, "name": names[code], **_by_severity(rows)}
        for code, rows in by_commune.items()
    ]
    past = {
        "waived": (WAIVED, waived),
        "mended": (MENDED, sorted(mended, key=lambda row: (-row["run"], *_worst_first(row)))),
    }
    return [
        Sheet(SHEETS["summary"], head, SUMMARY, _summary(everything)),
        Sheet(SHEETS["communes"], head, COMMUNES, communes),
        *(
            Sheet(SHEETS[name], head, columns, rows[:MOST_PAST])
            for name, (columns, rows) in past.items()
        ),
    ]


def _worst_first(row: Row) -> tuple[Any, ...]:
    return (row["state"] == "waived", SEVERITY_ORDER.index(row["severity"]),
            row["commune_code"] or "", row["club_code"] or "", row["month"] or "",
            row["check_code"], row["_root_uuid"] or "", row["finding_id"])  # fmt: skip


def _summary(rows: Sequence[Row]) -> list[Row]:
    found: dict[str, dict[str, Any]] = {}
    # what a check says to do in general, it says of what was not imported
    for row in sorted(rows, key=lambda row: row.get("_source") == IMPORTED):
        nothing = {**row, "count": 0, "new": 0, "waived": 0}
        counted = found.setdefault(row["check_code"], nothing)
        number = row.get(NUMBER, 1)
        counted["waived" if row["state"] == "waived" else "count"] += number
        counted["new"] += number if row["state"] == "new" else 0
    return sorted(
        found.values(),
        key=lambda row: (SEVERITY_ORDER.index(row["severity"]), -row["count"], row["check_code"]),
    )


def _by_severity(rows: Sequence[Row]) -> dict[str, int]:
    return {
        severity: sum(
            row[NUMBER] for row in rows if row["severity"] == severity and row["state"] != "waived"
        )
        for severity in SEVERITY_ORDER
    }


def _codes(rows: Sequence[Row], language: Language) -> Iterable[Row]:
    nothing = Text("", "")
    for state, word in STATE_WORDS.items():
        yield _code(word.in_(language), _STATE, STATE_MEANS[state], nothing)
    for decision, word in DECISION_WORDS.items():
        yield _code(word.in_(language), _DECISION, DECISION_MEANS[decision], nothing)
    for row in _summary(rows):
        kind = SEVERITY_WORDS[row["severity"]]
        title = Text(row["title_vi"], row["title_en"])
        yield _code(row["check_code"], kind, title, Text(row["do_vi"], row["do_en"]))


def _code(word: str, kind: Text, means: Text, do: Text) -> Row:
    return {"word": word, "kind_vi": kind.vi, "kind_en": kind.en, "means_vi": means.vi,
            "means_en": means.en, "do_vi": do.vi, "do_en": do.en}  # fmt: skip
