"""A figure explained as an Excel workbook: the figure, its clubs, submissions and findings."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from programme.dates import short
from programme.problem import Language, Text
from reports.explained import Explained
from reports.explained_words import FORMS, figure_words, lines
from reports.privacy_words import FOR_WHOM
from reports.sheet_book import (
    Kind,
    Link,
    Sheet,
    SheetRow,
    columns_in,
    numbered,
    plain_rows,
    write_sheets,
)

_ABOUT = Text(vi="Số liệu", en="Figure")
_CLUBS = Text(vi="Gồm", en="Made of")
_SUBMISSIONS = Text(vi="Phiếu", en="Submissions")
_FINDINGS = Text(vi="Phát hiện", en="Findings")
_CODE = Text(vi="Mã", en="Code")
_NUMERATOR, _DENOMINATOR = Text(vi="Tử số", en="Numerator"), Text(vi="Mẫu số", en="Denominator")
_PART_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (_CODE, "number"), (Text(vi="Tên", en="Name"), "text"), (_NUMERATOR, "number"),
    (_DENOMINATOR, "number"),
)  # fmt: skip
_SUBMISSION_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (Text(vi="CLB", en="Club"), "number"), (Text(vi="Ngày", en="Day"), "number"),
    (Text(vi="Biểu mẫu", en="Form"), "text"), (Text(vi="Nguồn", en="Source"), "number"),
    (Text(vi="Số", en="Number"), "number"), (Text(vi="Mã gốc", en="Root uuid"), "text"),
    (_NUMERATOR, "number"), (_DENOMINATOR, "number"),
    (Text(vi="Xem trên máy chủ", en="On the server"), "text"),
)  # fmt: skip
_FINDING_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (_CODE, "text"), (Text(vi="Kiểm tra", en="Check"), "text"),
    (Text(vi="Nội dung", en="What"), "long"), (Text(vi="CLB", en="Club"), "number"),
    (Text(vi="Tháng", en="Month"), "number"), (Text(vi="Biểu mẫu", en="Form"), "text"),
    (Text(vi="Số phiếu", en="Submission"), "number"),
)  # fmt: skip
_LINE_COLUMNS: Sequence[tuple[Text, Kind]] = ((Text(vi="Giải thích", en="Explanation"), "long"),)


def write_explained(
    out: Path, explained: Sequence[Explained], language: Language, *, private: bool
) -> None:
    """Write figures with everything behind them.

    Args:
        out: the ``.xlsx``.
        explained: of one area and period.
    """
    front = [f"{each.figure.code}: {figure_words(each.figure, language)}" for each in explained]
    front.append(FOR_WHOM.in_(language))
    sheets = [sheet for each in explained for sheet in _sheets(each, language)]
    write_sheets(out, front, sheets, language, explained[0].as_of, private=private)


def _sheets(explained: Explained, of: Language) -> Iterator[Sheet]:
    told = plain_rows((line,) for line in lines(explained, of))
    yield from _parted(explained, _ABOUT, _LINE_COLUMNS, told, of)
    parts = [(each.code, each.name, each.numerator, each.denominator) for each in explained.parts]
    yield from _parted(explained, _CLUBS, _PART_COLUMNS, plain_rows(parts), of)
    submissions = [
        (
            each.club,
            short(each.on, of) if each.on else None,
            FORMS.get(each.form, Text(each.form, each.form)).in_(of),
            each.source,
            each.id,
            each.root_uuid,
            each.numerator,
            each.denominator,
            Link(each.source, each.address) if each.address else None,
        )
        for each in explained.submissions
    ]
    yield from _parted(explained, _SUBMISSIONS, _SUBMISSION_COLUMNS, plain_rows(submissions), of)
    findings = [
        (
            each.finding_id,
            each.check,
            each.title.in_(of),
            each.club,
            each.month,
            FORMS.get(each.form, Text(each.form, each.form)).in_(of),
            each.id,
        )
        for each in explained.findings
    ]
    yield from _parted(explained, _FINDINGS, _FINDING_COLUMNS, plain_rows(findings), of)


def _parted(
    explained: Explained,
    title: Text,
    columns: Sequence[tuple[Text, Kind]],
    rows: Sequence[SheetRow],
    of: Language,
) -> Iterator[Sheet]:
    name = f"{explained.figure.code} {title.in_(of)}"
    for part, some in numbered(name, rows):
        yield Sheet(part, title.in_(of), columns_in(columns, of), some)
