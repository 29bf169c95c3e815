"""The reports there are. One more: an entry here, a module of content, a template a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from programme.problem import Problem, ProblemError, Text
from programme.text import did_you_mean, nearest
from reports.place import LEVEL_NAMES, Place
from reports.place import Level as PlaceLevel

Compared = Literal["previous", "years"]


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report.

    Args:
        name: as it is asked for; its templates are ``NAME.vi.docx`` and ``NAME.en.docx``.
        title: what people call it.
        levels: what it can be about.
        compared: further periods whose figures it prints.
        below: areas inside its own whose figures it prints, by the level of its own.
        names: it names people to those who may know them, so there is no public version.
        internal: it is not for everybody for another reason, so there is no public version either.
        of_empty: it has something to say of areas without a club.
        most_rows: of a table of figures, in the order of the workbook; None for all of them.
        module: where ``contents(data)`` gives its values and blocks.
    """

    name: str
    title: Text
    levels: tuple[PlaceLevel, ...]
    module: str
    compared: tuple[Compared, ...] = ()
    below: Mapping[PlaceLevel, tuple[str, ...]] | None = None
    names: bool = False
    internal: bool = False
    of_empty: bool = False
    most_rows: int | None = None


_BELOW: Mapping[PlaceLevel, tuple[str, ...]] = {
    "country": ("kind", "province"),
    "province": ("kind", "commune"),
    "commune": ("club",),
}
_AREAS: tuple[PlaceLevel, ...] = ("commune", "province", "country")
_ALL = (
    Report(
        "club_sheet",
        Text(vi="phiếu tổng hợp hoạt động của câu lạc bộ", en="the club's sheet"),
        ("club",),
        "reports.content.club_sheet",
        compared=("previous",),
        names=True,
    ),
    Report(
        "commune_periodic",
        Text(vi="báo cáo định kỳ của xã, phường", en="periodic report of a commune"),
        ("commune",),
        "reports.content.periodic",
        compared=("previous",),
        below=_BELOW,
        most_rows=12,
    ),
    Report(
        "province_periodic",
        Text(vi="báo cáo định kỳ của tỉnh, thành phố", en="periodic report of a province"),
        ("province",),
        "reports.content.periodic",
        compared=("previous",),
        below=_BELOW,
    ),
    Report(
        "national_periodic",
        Text(vi="báo cáo định kỳ của cả nước", en="periodic report of the country"),
        ("country",),
        "reports.content.periodic",
        compared=("previous",),
        below=_BELOW,
    ),
    Report(
        "evaluation",
        Text(
            vi="báo cáo tổng hợp đánh giá của tỉnh hoặc cả nước",
            en="evaluation summary of a province or the country",
        ),
        ("province", "country"),
        "reports.content.evaluation",
        compared=("previous", "years"),
        below=_BELOW,
    ),
    Report(
        "inspection_visit",
        Text(vi="báo cáo một lần kiểm tra câu lạc bộ", en="report of a visit to a club"),
        ("club",),
        "reports.content.inspection_visit",
    ),
    Report(
        "inspection_round",
        Text(vi="báo cáo đợt kiểm tra, giám sát", en="report of a round of inspections"),
        _AREAS,
        "reports.content.inspection_round",
    ),
    Report(
        "training_overview",
        Text(vi="báo cáo công tác tập huấn", en="training overview"),
        ("province", "country"),
        "reports.content.training_overview",
    ),
    Report(
        "survey_results",
        Text(vi="báo cáo kết quả khảo sát thành viên", en="results of the member survey"),
        ("province", "country"),
        "reports.content.survey_results",
    ),
    Report(
        "data_quality",
        Text(vi="báo cáo chất lượng số liệu", en="data quality report"),
        _AREAS,
        "reports.content.data_quality",
    ),
    Report(
        "without_club",
        Text(
            vi="báo cáo xã, phường và thôn chưa có câu lạc bộ",
            en="communes and villages without a club",
        ),
        _AREAS,
        "reports.content.without_club",
        of_empty=True,
    ),
    Report(
        "award_shortlist",
        Text(vi="danh sách đề xuất xét khen thưởng", en="award shortlist"),
        _AREAS,
        "reports.content.award_shortlist",
        internal=True,
    ),
)
REPORTS: Mapping[str, Report] = {report.name: report for report in _ALL}


def find_report(name: str) -> Report:
    """Give a report by its name.

    Raises:
        ProblemError: ``report-unknown`` with the nearest right name.
    """
    if name not in REPORTS:
        raise ProblemError(_unknown(name))
    return REPORTS[name]


def check_place(report: Report, place: Place) -> None:
    """Refuse a report of something that it cannot be about.

    Raises:
        ProblemError: ``report-area``.
    """
    if place.level not in report.levels:
        raise ProblemError(_other_level(report, place))


def _unknown(name: str) -> Problem:
    near = did_you_mean(nearest(name, REPORTS))
    return Problem(
        "report-unknown",
        Text(vi=f"không có báo cáo «{name}»{near.vi}", en=f"there is no report “{name}”{near.en}"),
        Text(
            vi="các báo cáo có thể lập: " + ", ".join(REPORTS),
            en="reports to write: " + ", ".join(REPORTS),
        ),
    )


_EXAMPLES = {"country": "VN", "province": "20", "commune": "05977", "club": "05977-01"}


def _other_level(report: Report, place: Place) -> Problem:
    levels = [LEVEL_NAMES[level] for level in report.levels]
    others = ", ".join(name for name, each in REPORTS.items() if place.level in each.levels)
    vi, en = " hoặc ".join(each.vi for each in levels), " or ".join(each.en for each in levels)
    example = place.province if report.levels[0] == "province" else None
    area = example or _EXAMPLES[report.levels[0]]
    instead = (
        Text(vi=f"; cho «{place.label.vi}» có: {others}", en=f"; of “{place.label.en}”: {others}")
        if others
        else Text(vi="", en="")
    )
    return Problem(
        "report-area",
        Text(
            vi=f"báo cáo «{report.name}» lập cho {vi}, không phải cho «{place.label.vi}»",
            en=f"the report “{report.name}” is made for {en}, not for “{place.label.en}”",
        ),
        Text(
            vi=f"hãy ghi --area khác, ví dụ --area {area}{instead.vi}",
            en=f"give another area, such as --area {area}{instead.en}",
        ),
    )
