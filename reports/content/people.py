"""Members by age and sex, for the section on size and make-up."""

from programme.numbers import number
from programme.problem import Text
from programme.word.charts import WHOLE, ChartContent
from reports.content.data import ReportData
from reports.content.plain import draw
from reports.render import Block

CAPTION = Text(
    vi="Biểu đồ thành viên theo nhóm tuổi và giới tính (người)",
    en="Members by age band and sex (persons)",
)
WOMEN, MEN = Text(vi="Nữ", en="Women"), Text(vi="Nam", en="Men")
INDICATOR, BREAKDOWN, UNLISTED_BAND = "women", "age", "unlisted"
UNLISTED = Text(
    vi="Biểu đồ không gồm {count} thành viên chỉ có số tổng, không có danh sách; số từ 60 tuổi của "
    "họ đã tính trong bảng trên.",
    en="The chart leaves out {count} members who are counted but not listed by name; those of them "
    "aged 60 and over are included in the table above.",
)
WITHOUT_YEAR = Text(
    vi="Biểu đồ không gồm {count} thành viên có tên nhưng chưa rõ năm sinh.",
    en="The chart leaves out {count} listed members whose year of birth is not known.",
)


def members_chart(data: ReportData) -> list[Block]:
    """Draw members by age band, women beside men; say who is left out."""
    slices = data.slices(INDICATOR, BREAKDOWN)
    bands = [each for each in slices if each.category != UNLISTED_BAND]
    labels = [data.words(each.label) for each in bands]
    women = [each.numerator for each in bands]
    men = [
        None
        if each.denominator is None or each.numerator is None
        else each.denominator - each.numerator
        for each in bands
    ]
    told = "; ".join(
        f"{label}: {data.words(WOMEN)} {_count(w, data)}, {data.words(MEN)} {_count(m, data)}"
        for label, w, m in zip(labels, women, men, strict=True)
    )
    blocks = draw(
        data,
        ChartContent(
            kind="columns",
            caption=data.words(CAPTION),
            alt=f"{data.words(CAPTION)}: {told}.",
            categories=labels,
            series=[(data.words(WOMEN), women), (data.words(MEN), men)],
            number_format=WHOLE[data.language],
            height=51,
        ),
    )
    unlisted = sum(each.denominator or 0 for each in slices if each.category == UNLISTED_BAND)
    for text, left_out in ((UNLISTED, unlisted), (WITHOUT_YEAR, _without_year(data))):
        if left_out and bands:
            blocks.append(data.words(text).format(count=number(left_out, data.language)))
    return blocks


def _without_year(data: ReportData) -> float:
    """Count the members of no band: all, less those of the bands."""
    figure = data.one(INDICATOR)
    if figure is None or figure.denominator is None:
        return 0
    return figure.denominator - sum(
        each.denominator or 0 for each in data.slices(INDICATOR, BREAKDOWN)
    )


def _count(persons: float | None, data: ReportData) -> str:
    return "–" if persons is None else number(persons, data.language)
