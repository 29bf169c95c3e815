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
BANDS = (
    ("age < 16", Text(vi="Dưới 16", en="Under 16")),
    ("age BETWEEN 16 AND 30", Text(vi="16 - 30", en="16-30")),
    ("age BETWEEN 31 AND 54", Text(vi="31 - 54", en="31-54")),
    ("age BETWEEN 55 AND 59", Text(vi="55 - 59", en="55-59")),
    ("age BETWEEN 60 AND 69", Text(vi="60 - 69", en="60-69")),
    ("age BETWEEN 70 AND 79", Text(vi="70 - 79", en="70-79")),
    ("age >= 80", Text(vi="Từ 80", en="80 and over")),
)
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
    """Draw members by age band, women beside men."""
    wanted = ", ".join(
        f"SUM(persons) FILTER (WHERE sex = '{sex}' AND {band})"
        for sex in ("female", "male")
        for band, _ in BANDS
    )
    # fixed bands, nothing from outside
    row = data.frames.rows(
        "SELECT SUM(persons) FILTER (WHERE NOT listed) AS unlisted, SUM(persons) "  # noqa: S608
        f"FILTER (WHERE listed AND age IS NULL) AS unknown, {wanted} FROM members"
    )[0]
    unlisted, unknown, *counts = row.values()
    counts = [int(count or 0) for count in counts]
    women, men = counts[: len(BANDS)], counts[len(BANDS) :]
    labels = [data.words(label) for _, label in BANDS]
    told = "; ".join(
        f"{label}: {data.words(WOMEN)} {w}, {data.words(MEN)} {m}"
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
    for text, left_out in ((UNLISTED, unlisted), (WITHOUT_YEAR, unknown)):
        if left_out:
            count = number(int(left_out), data.language)
            blocks.append(data.words(text).format(count=count))
    return blocks
