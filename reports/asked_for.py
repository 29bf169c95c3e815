"""Which reports a person asked for: names, areas, every area of a level, languages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from programme.problem import Exit, Language, Problem, ProblemError, Severity, Text
from reports import registers
from reports.catalogue import Report, check_place, find_report
from reports.place import COUNTRY, LEVEL_NAMES, Level, Place, country, place_of, place_of_club
from reports.sources import Sources
from reports.told import named_few
from reports.write import Wanted

EVERY = "all"  # for --each: every area that the report can be of
_ENDED = frozenset({"merged", "split", "closed"})


def _nobody(_: Problem) -> None:
    """Tell nobody."""


def reports_asked(
    sources: Sources,
    names: Sequence[str],
    areas: Sequence[str],
    each: str | None,
    period_names: Sequence[str],
    languages: Sequence[Language],
    *,
    public: bool = False,
    empty: bool = False,
    tell: Callable[[Problem], object] = _nobody,
) -> list[Wanted]:
    """Give every report that is meant.

    Args:
        names: of reports.
        areas: codes or names; none means the country.
        each: a level, for every area of that level inside ``areas``; ``all``, for every area
            inside that the report can be of; None for the areas themselves.
        empty: with ``each``, also communes that never had a club.
        tell: is told of the communes that are left out.

    Raises:
        ProblemError: ``report-unknown``, ``area-unknown``, ``report-area`` and the like;
            ``report-without-area`` when a report needs one and none was given.
    """
    found: list[Wanted] = []
    for name in dict.fromkeys(names):
        report = find_report(name)
        places = _places(sources, report, areas, each)
        if each is not None and not (empty or report.of_empty):
            places = _with_clubs(sources, report, places, tell)
        found += [
            Wanted(report.name, place.code, period, language, public)
            for place, period, language in product(places, period_names, languages)
        ]
    return list(dict.fromkeys(found))


def _places(
    sources: Sources, report: Report, areas: Sequence[str], each: str | None
) -> list[Place]:
    if not areas and each is None and "country" not in report.levels:
        raise ProblemError(_without_area(report), Exit.USAGE)
    around = [sources.place(area) for area in areas or (COUNTRY,)]
    if each is None:
        for place in around:
            check_place(report, place)
        return around
    levels = report.levels if each == EVERY else (each,)
    found = [
        inside
        for place in around
        for level in levels
        for inside in _inside(sources, place, level)  # type: ignore[arg-type]
    ]
    if each != EVERY and each not in report.levels:
        raise ProblemError(_other_level(report, each), Exit.USAGE)
    if not found:
        raise ProblemError(_nothing_inside(report, around), Exit.USAGE)
    return found


def _with_clubs(
    sources: Sources, report: Report, places: Sequence[Place], tell: Callable[[Problem], object]
) -> list[Place]:
    """Leave out communes that never had a club: a report of one would be of nothing."""
    known = {club.commune for club in registers.clubs(sources.tables).values()}
    without = [each for each in places if each.level == "commune" and each.code not in known]
    if not without:
        return list(places)
    if len(without) == len(places):
        raise ProblemError(_without_clubs(report, without, "error"), Exit.USAGE)
    tell(_without_clubs(report, without, "note"))
    return [each for each in places if each not in without]


def _inside(sources: Sources, place: Place, level: Level) -> Iterator[Place]:
    """Give every area of a level inside a place, itself too, in the order of the lists."""
    codes: Iterable[Place]
    areas = sources.areas
    if level == "country":
        codes = [country()]
    elif level == "province":
        codes = (place_of(each, areas) for each in areas.provinces.values())
    elif level == "commune":
        codes = (place_of(each, areas) for each in areas.communes.values())
    else:
        clubs = sorted(registers.clubs(sources.tables).values(), key=lambda club: club.code)
        codes = (place_of_club(club) for club in clubs if club.status not in _ENDED)
    for each in codes:
        if place.code in (COUNTRY, each.code, each.commune, each.province):
            yield each


def _without_clubs(report: Report, places: Sequence[Place], severity: Severity) -> Problem:
    names = named_few([place.label for place in places])
    return Problem(
        "report-areas-without-clubs",
        Text(
            vi=f"không làm báo cáo «{report.name}» cho {len(places)} xã, phường chưa từng có câu "
            f"lạc bộ: {names.vi}",
            en=f"no report “{report.name}” of {len(places)} communes that never had a club: "
            f"{names.en}",
        ),
        Text(
            vi="không cần làm gì; muốn có cả báo cáo của các xã này: thêm --empty; danh sách các "
            "xã đó: ishc report without_club",
            en="nothing needs to be done; for reports of them, too, add --empty; for the list of "
            "them: ishc report without_club",
        ),
        severity=severity,
    )


def _without_area(report: Report) -> Problem:
    example = {"province": "20", "commune": "05977", "club": "05977-01"}
    level = report.levels[0]
    return Problem(
        "report-without-area",
        Text(
            vi=f"chưa ghi địa bàn của báo cáo «{report.name}»",
            en=f"the report “{report.name}” needs an area",
        ),
        Text(
            vi=f"hãy thêm --area, ví dụ --area {example[level]}; hoặc --each {level} để làm cho "
            "mọi địa bàn cấp đó",
            en=f"add --area, such as --area {example[level]}; or --each {level} for every area of "
            "that level",
        ),
    )


def _other_level(report: Report, each: str) -> Problem:
    levels = ", ".join(report.levels)
    named = LEVEL_NAMES[each]  # type: ignore[index]
    return Problem(
        "report-area",
        Text(
            vi=f"báo cáo «{report.name}» không lập cho {named.vi}",
            en=f"the report “{report.name}” is not made for {named.en}",
        ),
        Text(vi=f"hãy ghi --each {levels}", en=f"give one of these with --each: {levels}"),
    )


def _nothing_inside(report: Report, around: Sequence[Place]) -> Problem:
    named = ", ".join(place.code for place in around)
    levels = ", ".join(report.levels)
    return Problem(
        "report-area",
        Text(
            vi=f"trong {named} không có địa bàn nào để lập báo cáo «{report.name}»",
            en=f"there is no area in {named} that the report “{report.name}” can be of",
        ),
        Text(
            vi=f"báo cáo này lập cho: {levels}; hãy ghi --area khác",
            en=f"it is made for: {levels}; give another --area",
        ),
    )
