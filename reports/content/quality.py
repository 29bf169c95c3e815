"""What the checks found in the data of the period."""

from collections import Counter
from collections.abc import Sequence

from programme.numbers import number
from programme.problem import SEVERITY_WORDS, Text
from programme.word.tables import Column, Row, TableContent
from reports import registers
from reports.content.data import ReportData
from reports.content.plain import NUMBER
from reports.registers import Finding
from reports.render import Block

FINDINGS = Text(
    vi="Bảng vấn đề về số liệu theo nội dung kiểm tra", en="Data problems found, by check"
)
NO_FINDINGS = Text(
    vi="Chưa phát hiện vấn đề nào về số liệu trong kỳ.",
    en="No problem with the data was found in the period.",
)
_GRAVE = ("error", "warning", "note")
HEADS = (
    (Text(vi="Nội dung kiểm tra", en="Check"), 88),
    (Text(vi="Mức độ", en="Severity"), 23),
    (Text(vi="Số vấn đề", en="Findings"), 22),
    (Text(vi="Số CLB", en="Clubs"), 22),
)


def findings_table(data: ReportData) -> list[Block]:
    """Make one row a check that found something: how grave, how many, in how many clubs."""
    found = registers.findings_in(data.tables, data.place.code, *data.month_names)
    if not found:
        return [data.words(NO_FINDINGS)]
    counts = Counter((each.check, each.severity) for each in found)
    order = sorted(counts, key=lambda key: (_GRAVE.index(key[1]), -counts[key], key[0]))
    rows = [
        _row(data, place, [each for each in found if (each.check, each.severity) == key])
        for place, key in enumerate(order, start=1)
    ]
    columns = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(HEADS[0][0]), HEADS[0][1]),
        *(Column(data.words(head), width, "centre") for head, width in HEADS[1:]),
    )
    return [TableContent(data.words(FINDINGS), columns, tuple(rows))]


def _row(data: ReportData, place: int, found: Sequence[Finding]) -> Row:
    first = found[0]
    title = first.title_vi if data.language == "vi" else first.title_en
    clubs = len({each.club for each in found if each.club})
    return Row(
        (
            str(place),
            title or first.check,
            data.words(SEVERITY_WORDS[first.severity]),
            number(len(found), data.language),
            number(clubs, data.language),
        )
    )
