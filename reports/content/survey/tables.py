"""Tables and the chart of the survey's results."""

from collections.abc import Callable, Iterator

from connectors.sample.design import MIXED
from connectors.store.labels import Labels
from programme.area_kind_rows import KINDS
from programme.numbers import number, percent
from programme.problem import Text
from programme.word.charts import WHOLE_PERCENT, ChartContent
from programme.word.tables import Row
from reports.content import show
from reports.content.data import ReportData
from reports.content.listing import TOTAL, Head, count, listing, share
from reports.content.survey.estimate import Estimate, Person, estimate
from reports.content.survey.questions import (
    EVERYBODY,
    FORM,
    GROUPS,
    QUESTIONS,
    TOLD,
    UNKNOWN,
    Group,
    Question,
    Told,
    counts_as,
    not_known,
    said,
)
from reports.content.survey.rows import SurveyRows
from reports.privacy_cells import Hidden
from reports.privacy_words import hidden_words
from reports.render import Block

RESPONSE = Text(vi="Người được chọn và kết quả phỏng vấn", en="Who was chosen, and what came of it")
RESULTS = Text(vi="Kết quả từng câu hỏi (ước lượng)", en="Results by question (estimates)")
GROUPED = Text(vi="Kết quả chính theo nhóm (ước lượng)", en="Main results by group (estimates)")
CHART = Text(
    vi="Biểu đồ các kết quả chính (% thành viên, ước lượng)",
    en="Main results (% of members, estimates)",
)
NO_SURVEY = Text(
    vi="Trong kỳ không có cuộc khảo sát thành viên nào trên địa bàn.",
    en="No member survey was made in the area in the period.",
)
NO_INTERVIEWS = Text(
    vi="Chưa có phỏng vấn nào: chưa có kết quả để ước lượng.",
    en="Nobody has been interviewed yet: there is nothing to estimate from.",
)
TOO_FEW = Text(vi="quá ít", en="too few")
_NO_MARGIN = Text(vi="không rõ", en="unknown")
_ANSWER = Text(vi="Câu hỏi, câu trả lời", en="Question, answer")
_SHARE = Text(vi="Tỷ lệ", en="Share")
_MARGIN = Text(vi="Sai số (± điểm %)", en="Margin (± points)")
_INTERVAL = Text(vi="Khoảng tin cậy", en="Interval")
_ASKED = Text(vi="Số phỏng vấn", en="Asked")
_BASE = Text(
    vi="{label} – {n} người trả lời, {unknown} người không rõ hoặc không nói",
    en="{label} – {n} answered, {unknown} did not know or say",
)
_STRATUM = Text(vi="Nhóm chọn mẫu", en="Stratum")
_GROUP = Text(vi="Nhóm", en="Group")
_ABOUT = Text(
    vi="Tỷ lệ ước lượng cho thành viên có tên trong danh sách, tính theo trọng số của mẫu. Với "
    "{confidence}% số mẫu cùng cách chọn, số đúng nằm trong khoảng tin cậy. Người trả lời không rõ "
    "hoặc không muốn nói không tính vào mẫu số. “Quá ít”: dưới {least} phỏng vấn hoặc chỉ ở một "
    "câu lạc bộ, không đưa ra tỷ lệ.",
    en="Shares are estimates for members listed by name, by the weights of the sample. In "
    "{confidence} of 100 samples drawn this way the true figure lies within the interval. Who did "
    "not know or would not say is left out. “Too few”: under {least} interviews or one club only, "
    "so that no share is given.",
)
_ABOUT_RESPONSE = Text(
    vi="Tỷ lệ trả lời: số phỏng vấn trên số người được chọn, không kể người đã mất, đã ra khỏi câu "
    "lạc bộ hoặc chuyển đi. Nhóm chọn mẫu: tỉnh và loại địa bàn.",
    en="Response: interviews of those chosen, without people who died, left the club or moved "
    "away. Strata: province by kind of area.",
)
_FEW = 5
_KIND_WORDS = {
    MIXED: Text(vi="các loại địa bàn", en="several kinds of area"),
    "unclassified": Text(vi="chưa phân loại", en="not classified"),
}


def response_table(data: ReportData, found: SurveyRows) -> list[Block]:
    """Make one row a stratum: chosen, interviewed, why not."""
    language = data.language
    if found.year is None:
        return [NO_SURVEY.in_(language)]
    columns = ("clubs", "asked", "interviewed", "refused", "not_met", "out_of_it", "waiting")
    lines = []
    for row in found.strata:
        cells = (count(row[each], language) for each in columns)
        rate = share(row["interviewed"], row["asked"] - row["out_of_it"], language)
        lines.append(Row((stratum_name(row["stratum"], data), *cells, rate)))
    sums = [found.total(each) for each in columns]
    rate = share(
        found.total("interviewed"), found.total("asked") - found.total("out_of_it"), language
    )
    cells = (count(each, language) for each in sums)
    lines.append(Row((TOTAL.in_(language), *cells, rate), bold=True))
    heads: list[Head] = [
        (_STRATUM, 38, "left"),
        (Text(vi="CLB", en="Clubs"), 13, "centre"),
        (Text(vi="Được chọn", en="Chosen"), 16, "centre"),
        (Text(vi="Đã phỏng vấn", en="Inter-viewed"), 17, "centre"),
        (Text(vi="Không đồng ý", en="Refused"), 17, "centre"),
        (Text(vi="Không gặp", en="Not met"), 15, "centre"),
        (Text(vi="Không còn là thành viên", en="No longer a member"), 18, "centre"),
        (Text(vi="Chưa có phiếu", en="No form yet"), 15, "centre"),
        (Text(vi="Tỷ lệ trả lời", en="Rate"), 16, "centre"),
    ]
    return [listing(language, RESPONSE, heads, lines, [_ABOUT_RESPONSE.in_(language)])]


def stratum_name(code: str, data: ReportData) -> str:
    """Write a stratum: its province and kind of area."""
    province, _, kind = code.partition("-")
    area = data.areas.provinces.get(province)
    words = _KIND_WORDS.get(kind) or KINDS.get(kind)
    name = area.name if area else province
    return f"{name}, {words.in_(data.language) if words else kind}" if kind else name


def results_table(data: ReportData, found: SurveyRows, labels: Labels) -> list[Block]:
    """Make one row an answer of every question, with margin and interval."""
    language = data.language
    if not found.people:
        return [(NO_SURVEY if found.year is None else NO_INTERVIEWS).in_(language)]
    lines: list[Row] = []
    for question in QUESTIONS:
        lines += _question(data, found, question, labels)
    heads: list[Head] = [
        (_ANSWER, 73, "left"),
        (_SHARE, 24, "centre"),
        (_MARGIN, 24, "centre"),
        (_INTERVAL, 40, "centre"),
    ]
    return [listing(language, RESULTS, heads, lines, [about(data)])]


def about(data: ReportData) -> str:
    """Say how estimates are to be read."""
    settings = data.definitions
    return data.words(_ABOUT).format(
        confidence=number(settings.survey_confidence, data.language),
        least=settings.survey_least,
    )


def _question(
    data: ReportData, found: SurveyRows, question: Question, labels: Labels
) -> Iterator[Row]:
    language = data.language
    answers = [each for each in labels.choices(FORM, question.code) if each != UNKNOWN]
    estimates = {answer: _estimate(data, found, question, answer) for answer in answers}
    known = next(iter(estimates.values())).interviews if estimates else 0
    unknown = sum(not_known(question, person) for person in found.people)
    label = question.label.in_(language)
    # how many borrowed is not for everybody where they are few
    few = data.public and question.only is not None and 0 < known < _FEW
    base = _BASE.in_(language).format(
        label=label,
        n=hidden_words(Hidden.SMALL).in_(language) if few else number(known, language),
        unknown=number(unknown, language),
    )
    yield Row((base,), band=True)
    if not known or next(iter(estimates.values())).share is None:
        nothing = TOO_FEW.in_(language)
        yield Row((f"({nothing})", nothing, show.DASH, show.DASH))
        return
    for answer, each in estimates.items():
        text = labels.choice(FORM, question.code, answer)
        yield Row((text, *_printed(each, data)))


def _estimate(data: ReportData, found: SurveyRows, question: Question, answer: str) -> Estimate:
    return estimate(
        found.people,
        said(question, answer),
        least=data.definitions.survey_least,
        confidence=data.definitions.survey_confidence,
    )


def _printed(each: Estimate, data: ReportData) -> tuple[str, str, str]:
    language = data.language
    if each.share is None:
        return TOO_FEW.in_(language), show.DASH, show.DASH
    if each.margin is None or each.interval is None:
        return percent(each.share, language), _NO_MARGIN.in_(language), show.DASH
    low, high = each.interval
    interval = f"{percent(low, language)} - {percent(high, language)}"
    return percent(each.share, language), number(each.margin, language, 1), interval


def groups_table(data: ReportData, found: SurveyRows) -> list[Block]:
    """Make one row a group of people: the main results with their margins."""
    language = data.language
    if not found.people:
        return [(NO_SURVEY if found.year is None else NO_INTERVIEWS).in_(language)]
    lines: list[Row] = []
    for group in (EVERYBODY, *GROUPS, *_strata(data, found)):
        if len(group.names) > 1:
            lines.append(Row((group.title.in_(language),), band=True))
        for part, name in group.names.items():
            holds = group.holds(part)
            if inside := sum(holds(person) for person in found.people):
                hidden = group.sensitive and data.public
                size = show.DASH if hidden else number(inside, language)
                cells = (_cell(_told(data, found, told, holds), data) for told in TOLD)
                row = (name.in_(language), size, *cells)
                lines.append(Row(row, bold=group is EVERYBODY))
    heads: list[Head] = [
        (_GROUP, 36, "left"),
        (_ASKED, 15, "centre"),
        *((told.label, 19, "centre") for told in TOLD),
    ]
    return [listing(language, GROUPED, heads, lines, [about(data)])]


def _told(
    data: ReportData, found: SurveyRows, told: Told, inside: Callable[[Person], bool]
) -> Estimate:
    return estimate(
        found.people,
        counts_as(told, inside),
        least=data.definitions.survey_least,
        confidence=data.definitions.survey_confidence,
    )


def _strata(data: ReportData, found: SurveyRows) -> Iterator[Group]:
    strata = sorted({person.stratum for person in found.people})
    if len(strata) > 1:  # one group would repeat the whole
        words = {code: stratum_name(code, data) for code in strata}
        names = {code: Text(vi=name, en=name) for code, name in words.items()}
        yield Group(_STRATUM, lambda person: person.stratum, names)


def _cell(each: Estimate, data: ReportData) -> str:
    language = data.language
    if each.share is None:
        few = TOO_FEW.in_(language)
        return few if data.public else f"{few}\n(n={each.interviews})"
    if each.margin is None:
        return percent(each.share, language)
    return f"{percent(each.share, language)}\n±{number(each.margin, language, 1)}"


def main_chart(data: ReportData, found: SurveyRows) -> list[Block]:
    """Draw the main results of everybody; nothing where too few were asked."""
    language = data.language
    everybody = EVERYBODY.holds("all")
    estimates = [(told.label.in_(language), _told(data, found, told, everybody)) for told in TOLD]
    known = [(label, each) for label, each in estimates if each.share is not None]
    if not known:
        return []
    caption = CHART.in_(language)
    told = "; ".join(f"{label} {percent(each.share or 0, language)}" for label, each in known)
    return [
        ChartContent(
            kind="bars",
            caption=caption,
            alt=f"{caption}: {told}.",
            categories=[label for label, _ in known],
            series=[(_SHARE.in_(language), [each.share for _, each in known])],
            number_format=WHOLE_PERCENT,
            maximum=100,
            height=20 + 9 * len(known),
        )
    ]
