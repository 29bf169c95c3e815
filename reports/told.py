"""What a batch tells in the end: the same of many areas in one sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from programme.numbers import number
from programme.problem import Problem, Text

_NAMED = 5
_FEW = 2  # areas that are still told one by one
# what is told of single areas → what it means for several, and what to do
_OF_MANY: Mapping[str, tuple[Text, Text]] = {
    "report-area-empty": (
        Text(
            vi="{count} báo cáo là của địa bàn không có câu lạc bộ nào đang hoạt động vào ngày "
            "chốt số liệu, nên không có số liệu để đánh giá: {names}",
            en="{count} reports are of areas without a club in operation at the cut-off and have "
            "no figures to judge by: {names}",
        ),
        Text(
            vi="nếu ở đó có câu lạc bộ: kiểm tra phiếu đăng ký; nếu không có: không cần làm gì",
            en="where there is a club, check its registration; otherwise nothing needs to be done",
        ),
    ),
    "report-without-reports": (
        Text(
            vi="{count} báo cáo là của địa bàn chưa nhận được báo cáo tháng nào của kỳ, nên số "
            "liệu theo báo cáo tháng là “thiếu số liệu”: {names}",
            en="{count} reports are of areas from which no monthly report of the period was "
            "received; figures from monthly reports read “no data” in them: {names}",
        ),
        Text(
            vi="chạy «ishc pull» và «ishc reconcile», hoặc nhắc các câu lạc bộ gửi báo cáo",
            en="run “ishc pull” and “ishc reconcile”, or remind the clubs to report",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was told while a report was made, and of which area."""

    problem: Problem
    area: Text


def summed(told: Iterable[Told]) -> list[Problem]:
    """Tell the same of several areas once: how many, which, what it means.

    Args:
        told: in the order in which reports were made; what is equal is told once anyway.
    """
    every = list(told)
    areas: dict[str, dict[Text, None]] = {}
    for each in every:
        areas.setdefault(each.problem.code, {})[each.area] = None
    found: dict[Problem, None] = {}
    for each in every:
        problem, where = each.problem, list(areas[each.problem.code])
        if problem.code in _OF_MANY and len(where) > _FEW:
            problem = _of_many(problem, sorted(where, key=lambda area: area.vi))
        found[problem] = None
    return list(found)


def _of_many(problem: Problem, areas: Sequence[Text]) -> Problem:
    what, do = _OF_MANY[problem.code]
    names, count = named_few(areas), len(areas)
    return Problem(
        problem.code,
        Text(
            vi=what.vi.format(count=number(count, "vi"), names=names.vi),
            en=what.en.format(count=number(count, "en"), names=names.en),
        ),
        do,
        severity=problem.severity,
    )


def named_few(areas: Sequence[Text]) -> Text:
    """Name some areas, the first few of many."""
    shown, more = areas[:_NAMED], len(areas) - _NAMED
    vi, en = ", ".join(each.vi for each in shown), ", ".join(each.en for each in shown)
    if more <= 0:
        return Text(vi=vi, en=en)
    return Text(
        vi=f"{vi} và {number(more, 'vi')} nơi khác", en=f"{en} and {number(more, 'en')} others"
    )
