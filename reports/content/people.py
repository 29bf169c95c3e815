"""Members by age and sex, for the section on size and make-up."""

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
WITHOUT_YEAR = Text(
    vi="Biểu đồ không gồm {count} thành viên chưa rõ năm sinh.",
    en="The chart leaves out {count} members whose year of birth is not known.",
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
        f"SELECT SUM(persons) FILTER (WHERE age IS NULL) AS unknown, {wanted} FROM members"  # noqa: S608
    )[0]
    unknown, *counts = row.values()
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
            height=68,
        ),
    )
    if unknown:
        blocks.append(data.words(WITHOUT_YEAR).format(count=int(unknown)))
    return blocks
