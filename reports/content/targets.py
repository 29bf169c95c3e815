"""The table of targets against what was achieved, and its chart."""

from collections.abc import Sequence
from dataclasses import replace

from programme.numbers import number, percent
from programme.problem import Language, Text
from programme.word.charts import WHOLE_PERCENT, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import BASELINE, CHANGE, NUMBER, UNIT, Notes, described, draw
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import Figure
from reports.indicators.rating import Rating
from reports.render import Block

CAPTION = Text(
    vi="Bảng kết quả thực hiện các chỉ tiêu, mục tiêu", en="Targets and what was achieved"
)
CHART = Text(
    vi="Biểu đồ so sánh kết quả với mục tiêu (%)", en="Shares achieved, beside their targets (%)"
)
DONE, WANTED = Text(vi="Thực hiện", en="Achieved"), Text(vi="Mục tiêu", en="Target")
INDICATOR = Text(vi="Chỉ tiêu", en="Indicator")
HEADS = (
    (NUMBER, 8.0, "centre"),
    (INDICATOR, 68.0, "left"),
    (UNIT, 14.0, "centre"),
    (BASELINE, 25.0, "centre"),
    (WANTED, 20.0, "centre"),
    (Text(vi="Thực hiện (n/N)", en="Achieved (n/N)"), 25.0, "centre"),
    (Text(vi="% đạt (± điểm %)", en="% of target (± points)"), 19.0, "centre"),
    (CHANGE, 21.0, "centre"),
    (Text(vi="Đánh giá", en="Rating"), 24.0, "centre"),
    (Text(vi="Nguồn", en="Source"), 28.0, "left"),
)
MEETING = Text(vi="- Số CLB tự đạt mức này", en="- Clubs that reach it by themselves")
BAND = Text(
    vi="Quyết định {decision}, mục tiêu {years}", en="Decision {decision}, targets for {years}"
)
OTHER_BAND = Text(vi="{decision}, mục tiêu {years}", en="{decision}, targets for {years}")
NOTES = Text(vi="Ghi chú của bảng kết quả:", en="Notes to the table of targets:")
READING = Text(vi="Cách đọc bảng kết quả ở trang sau:", en="How to read the table that follows:")
NONE = Text(vi="Không có chỉ tiêu nào áp dụng cho kỳ này.", en="No target applies to this period.")
RECONSTRUCTED = Text(
    vi="* Câu chữ tiếng Việt của chỉ tiêu được soạn lại theo văn phong thường dùng, chưa đối chiếu "
    "với văn bản gốc của Quyết định.",
    en="* The Vietnamese wording of the target was put together from usual wording and not "
    "compared with the decision itself.",
)
CONTRIBUTION = Text(
    vi="“Đóng góp”: chỉ tiêu tính chung cho cả nước; số của địa bàn là phần đóng góp, không tính % "
    "so với mục tiêu của cả nước.",
    en="“Contribution”: the target is the country's; the area's figure is its contribution "
    "and not a percentage of the national target.",
)
RANGE = Text(
    vi="Mục tiêu là một khoảng (ví dụ 50 - 70%): đạt khi từ mức thấp nhất trở lên; “trong khoảng, "
    "ngoài khoảng” dùng cho cơ cấu thành viên.",
    en="A target that is a range (such as 50-70%) is met from its minimum on; “within, outside "
    "band” is said of the make-up of membership.",
)
UNFINISHED = Text(
    vi="Kỳ này mới tính đến ngày chốt số liệu, kỳ trước tính cả kỳ.",
    en="This period counts up to the cut-off only, the period before in full.",
)
INTERIM = Text(
    vi="Đánh giá so với mục tiêu cuối giai đoạn, theo số liệu chốt đến ngày nêu trên.",
    en="Rated against the target for the end of the phase, with figures up to the cut-off date.",
)


def targets_table(data: ReportData) -> list[Block]:
    """Make the table of targets: banded by decision and phase, with numbered notes."""
    figures = sorted(data.group("targets"), key=_order)
    if not figures:
        return [data.words(NONE)]
    notes = Notes(data)
    rows: list[Row] = []
    band, place = None, 0
    for figure, following in zip(figures, [*figures[1:], None], strict=True):
        assert figure.target is not None
        if band != _band(data, figure):
            band = _band(data, figure)
            rows.append(Row((band,), bold=True, band=True))
        place += figure.rated
        row = _row(data, figure, str(place) if figure.rated else "", notes)
        # a line for comparison stays with the line that is rated
        together = following is not None and not following.rated
        rows.append(replace(row, with_next=together or figure.meeting is not None))
        if figure.meeting is not None:
            rows.append(_meeting_row(data, figure, with_next=together))
    return [_without_empty(data, rows)]


def _without_empty(data: ReportData, rows: Sequence[Row]) -> TableContent:
    """Leave out the baseline or change where no row has one; the names get their room."""
    full = [row for row in rows if not row.band]
    kept = [
        place
        for place, (head, *_) in enumerate(HEADS)
        if head not in (BASELINE, CHANGE) or any(row.cells[place] != show.DASH for row in full)
    ]
    spare = sum(width for place, (_, width, _) in enumerate(HEADS) if place not in kept)
    columns = tuple(
        Column(data.words(head), width + spare * (head == INDICATOR), align)  # type: ignore[arg-type]
        for head, width, align in (HEADS[place] for place in kept)
    )
    narrowed = (
        row if row.band else replace(row, cells=tuple(row.cells[place] for place in kept))
        for row in rows
    )
    return TableContent(data.words(CAPTION), columns, tuple(narrowed))


def targets_notes(data: ReportData) -> list[Block]:
    """Give all notes of the table of targets: how it is read, then the numbered ones."""
    lines = [*_general_notes(data), *_numbered_notes(data)]
    return [data.words(NOTES), *lines] if lines else []


def targets_reading(data: ReportData) -> list[Block]:
    """Give how the table of targets is read, for the page before it."""
    lines = _general_notes(data)
    return [data.words(READING), *lines] if lines else []


def targets_numbered_notes(data: ReportData) -> list[Block]:
    """Give the numbered notes of the table of targets, for the page after it."""
    lines = _numbered_notes(data)
    return [data.words(NOTES), *lines] if lines else []


def _order(figure: Figure) -> tuple[object, ...]:
    target = figure.target
    assert target is not None
    return (target.decision, target.start, target.end, target.row)


def _band(data: ReportData, figure: Figure) -> str:
    target = figure.target
    assert target is not None
    first, last = target.start.year, target.end.year
    years = Text(vi=f"{first} - {last}", en=f"{first}-{last}")
    if first == last:
        years = Text(vi=f"năm {first}", en=f"{first}")
    band = BAND if "QĐ" in target.decision else OTHER_BAND  # plans say themselves what they are
    return data.words(band).format(decision=target.decision, years=data.words(years))


def _row(data: ReportData, figure: Figure, place: str, notes: Notes) -> Row:
    language = data.language
    assert figure.target is not None
    star = "*" if figure.target.wording == "reconstructed" else ""
    return Row(
        (
            place,
            notes.mark(figure) + star,
            data.unit(figure.unit),
            show.baseline(figure, language),
            show.target(figure, data.place.code, language),
            _done(figure, language),
            show.achieved(figure, language),
            show.change(figure, data.before(figure.code), language),
            data.words(figure.rating.value),
            data.words(figure.source),
        )
    )


def _done(figure: Figure, language: Language) -> str:
    """Write the value, and below it what it is made of."""
    value, made_of = show.measured(figure, language), show.share_of(figure, language)
    return value if made_of == show.DASH else f"{value}\n({made_of})"


def _meeting_row(data: ReportData, figure: Figure, *, with_next: bool) -> Row:
    meeting = figure.meeting
    assert meeting is not None
    done = show.NO_DATA.in_(data.language)
    if meeting.of:
        share = percent(100 * meeting.clubs / meeting.of, data.language)
        counts = (number(each, data.language) for each in (meeting.clubs, meeting.of))
        done = f"{'/'.join(counts)}\n({share})"
    dashes = (show.DASH, show.DASH)
    cells = ("", data.words(MEETING), data.unit("clubs"), *dashes, done, *dashes)
    return Row((*cells, show.DASH, data.words(figure.source)), with_next=with_next)


def _numbered_notes(data: ReportData) -> list[str]:
    notes = Notes(data)
    for figure in sorted(data.group("targets"), key=_order):
        notes.mark(figure)
    return list(notes.lines())


def _general_notes(data: ReportData) -> list[str]:
    figures = data.group("targets")
    ratings = {figure.rating for figure in figures}
    running = any(figure.target and figure.target.end > data.cut_off for figure in figures)
    unfinished = data.cut_off < data.period.end
    compared = any(data.before(figure.code) for figure in figures)
    given = (
        (INTERIM, running),
        (UNFINISHED, unfinished and compared),
        (CONTRIBUTION, Rating.CONTRIBUTION in ratings),
        (RANGE, bool(ratings & {Rating.MET, Rating.EXCEEDED, Rating.NOT_MET, Rating.IN_BAND})),
        (RECONSTRUCTED, any(f.target and f.target.wording == "reconstructed" for f in figures)),
    )
    return [data.words(text) for text, said in given if said]


def targets_chart(data: ReportData) -> list[Block]:
    """Draw the rated shares beside the minimum that was to be reached."""
    figures = [
        figure
        for figure in data.group("targets")
        if figure.value is not None and figure.achieved is not None and figure.unit in PERCENT_UNITS
    ]
    wanted = [figure.target.minimum if figure.target else None for figure in figures]
    return draw(
        data,
        ChartContent(
            kind="bars",
            caption=data.words(CHART),
            alt=described(data, CHART, figures),
            categories=[data.words(figure.label) for figure in figures],
            series=[
                (data.words(DONE), [figure.value for figure in figures]),
                (data.words(WANTED), wanted),
            ],
            number_format=WHOLE_PERCENT,
            maximum=100,
            width=160,
            height=18 + 12 * len(figures),
        ),
    )
