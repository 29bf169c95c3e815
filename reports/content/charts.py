"""Charts of loans by purpose, clubs by grade, and a figure over the years."""

from collections.abc import Sequence
from itertools import takewhile

from programme.problem import Text
from programme.word.charts import WHOLE, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER, UNIT, WHAT, draw, of_money
from reports.indicators.figures import Figure
from reports.render import Block

PURPOSES = Text(
    vi="Biểu đồ số tiền cho vay trong kỳ theo mục đích ({unit})",
    en="Amount lent in the period by purpose ({unit})",
)
GRADES = Text(vi="Biểu đồ xếp loại câu lạc bộ (số CLB)", en="Clubs by grade (number of clubs)")
NO_GRADES = Text(
    vi="Chưa có câu lạc bộ nào được xếp loại trong kỳ.", en="No club was graded in the period."
)
AMOUNT = Text(vi="Số tiền", en="Amount")
CLUBS = Text(vi="Số CLB", en="Clubs")
YEARS = Text(vi="Bảng kết quả qua các năm", en="Results year by year")
ONE_YEAR = Text(
    vi="Kỳ báo cáo nằm trong một năm nên không có bảng so sánh qua các năm.",
    en="The period lies within one year, so there is no table year by year.",
)
YEARS_NOTE = Text(
    vi="Năm cuối tính đến ngày chốt số liệu. Năm trước khi thu thập số liệu: thiếu số liệu.",
    en="The last year counts up to the cut-off. For years before collection began there are no "
    "data.",
)
_NOT_INSPECTED = "not_inspected"
_GRADES = ("grade_very_strong", "grade_strong", "grade_average", "grade_weak", _NOT_INSPECTED)
_MOST_YEARS = 6
_MOST_OF_SIZE = 11  # figures of size, in the order of the workbook; the Excel annex has all


def purposes_chart(data: ReportData) -> list[Block]:
    """Draw what was lent in the period by purpose, the largest first."""
    slices = [each for each in data.slices("loans_made_vnd", "purpose") if each.numerator]
    slices.sort(key=lambda each: -(each.numerator or 0))
    names = [data.words(each.label) for each in slices]
    amounts = [float(each.numerator or 0) for each in slices]
    caption, scaled = of_money(PURPOSES, amounts)
    told = "; ".join(
        f"{name} {show.value(amount, 'VND', data.language)}"
        for name, amount in zip(names, amounts, strict=True)
    )
    return draw(
        data,
        ChartContent(
            kind="bars",
            caption=data.words(caption),
            alt=f"{data.words(caption)}: {told}.",
            categories=names,
            series=[(data.words(AMOUNT), scaled)],
            number_format=WHOLE[data.language],
            height=20 + 8 * len(names),
        ),
    )


def grades_chart(data: ReportData) -> list[Block]:
    """Draw the clubs by grade, those not inspected as a column of their own."""
    figures = [found for code in _GRADES if (found := data.one(code))]
    if not any(each.numerator for each in figures if each.code != _NOT_INSPECTED):
        return [data.words(NO_GRADES)]
    counts = [figure.numerator for figure in figures]
    told = "; ".join(
        f"{data.words(figure.label)} {count or 0:.0f}"
        for figure, count in zip(figures, counts, strict=True)
    )
    return draw(
        data,
        ChartContent(
            kind="columns",
            caption=data.words(GRADES),
            alt=f"{data.words(GRADES)}: {told}.",
            categories=_grade_labels(data, figures),
            series=[(data.words(CLUBS), counts)],
            number_format=WHOLE[data.language],
            height=54,
        ),
    )


def _grade_labels(data: ReportData, figures: Sequence[Figure]) -> list[str]:
    """Leave out the words that all grades begin with: the caption says them already."""
    labels = {figure.code: data.words(figure.label) for figure in figures}
    grades = [label.split() for code, label in labels.items() if code != _NOT_INSPECTED]
    shared = takewhile(lambda words: len(set(words)) == 1, zip(*grades, strict=False))
    said = len(list(shared)) if len(grades) > 1 else 0
    for code, label in labels.items():
        if code != _NOT_INSPECTED and (rest := " ".join(label.split()[said:])):
            labels[code] = rest[0].upper() + rest[1:]
    return list(labels.values())


def years_table(data: ReportData) -> list[Block]:
    """Make one row a figure of size and one a rated share, a column a calendar year."""
    years = data.years()[-_MOST_YEARS:]
    if not years:
        return [data.words(ONE_YEAR)]
    overview = [each for each in data.group("overview") if each.value][:_MOST_OF_SIZE]
    figures = [*overview, *(each for each in data.group("targets") if each.rated)]
    rows: list[Row] = []
    named: set[Text] = set()
    for figure in figures:
        by_year = data.figures.over_time(figure.code, data.place.code, years)
        if figure.label in named or not any(each and each.value for each in by_year):
            continue
        named.add(figure.label)
        values = (
            show.DASH if each is None else show.shown(each, data.language) for each in by_year
        )
        cells = (str(len(rows) + 1), data.words(figure.label), data.unit(figure.unit), *values)
        rows.append(Row(cells))
    if not rows:
        return [data.words(ONE_YEAR)]
    width = 108 / len(years)
    columns = (
        Column(data.words(NUMBER), 10, "centre"),
        Column(data.words(WHAT), 110),
        Column(data.words(UNIT), 24, "centre"),
        *(Column(year.name, width, "centre") for year in years),
    )
    return [TableContent(data.words(YEARS), columns, tuple(rows), (data.words(YEARS_NOTE),))]
