"""All figures of some areas and periods, computed in one pass."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from programme.dates import Month
from programme.problem import Text
from reports.indicators.applying import applies, concerns
from reports.indicators.area_tree import COUNTRY, AreaNode, Level
from reports.indicators.cells import Cells, number
from reports.indicators.definitions import Definitions, Target
from reports.indicators.figure import Figure, Meeting, Slice, share_of_nothing
from reports.indicators.lines import HISTORY, PARTS, Line, coverage_of
from reports.indicators.margins import about_estimate, too_few
from reports.indicators.notes import note_on
from reports.indicators.published import about_published, published_figure
from reports.indicators.rating import Rating, rate
from reports.indicators.written import read_value, written
from reports.periods import Period

__all__ = ["COUNTRY", "Figure", "Figures", "Level", "Meeting", "Slice"]

FILE = "figures.json"
TARGETS = "targets"  # the group of figures that are held against a target
_BEFORE = Text(
    vi="giai đoạn đã kết thúc trước khi có số liệu thu thập; chỉ dùng số liệu đã công bố",
    en="the phase ended before data were collected; only published figures count",
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What ``figures.json`` holds."""

    definitions: Definitions
    as_of: date
    periods: tuple[Period, ...]
    within: str
    nodes: tuple[AreaNode, ...]
    lines: tuple[tuple[str, str], ...]
    column_of: Mapping[str, str]
    begun: str


class Figures:
    """All figures of some areas and periods; nothing of it changes.

    Args:
        definitions: the workbook.
        as_of: only events up to this day count.
        periods: as asked.
        within: the area that all others lie in.
        nodes: the areas, the wider ones first.
        lines: of the figures, in the order of the workbook.
        cells: their numbers.
        column_of: code of a line and part → column of the numbers.
        begun: first month that any club had to report, None when there was none yet.
    """

    def __init__(
        self,
        definitions: Definitions,
        as_of: date,
        periods: Sequence[Period],
        within: str,
        nodes: Sequence[AreaNode],
        lines: Sequence[Line],
        cells: Cells,
        column_of: Mapping[tuple[str, str], str],
        begun: Month | None,
    ) -> None:
        self.definitions, self.as_of, self.within = definitions, as_of, within
        self.periods, self.begun = tuple(periods), begun
        self._nodes, self._lines, self._cells = tuple(nodes), tuple(lines), cells
        self._column_of = column_of
        self._place = {node.code: place for place, node in enumerate(self._nodes)}
        self._number = {period.name: place for place, period in enumerate(self.periods)}
        self._by_code: dict[str, list[Line]] = {}
        for line in self._lines:
            self._by_code.setdefault(line.code, []).append(line)

    def areas(self, level: Level | None = None) -> tuple[str, ...]:
        """Give the codes of the areas, of one level or of all, the wider ones first."""
        return tuple(node.code for node in self._nodes if level in (None, node.level))

    def knows(self, area_code: str) -> bool:
        """Tell whether an area was asked for."""
        return area_code in self._place

    def lines(self, code: str) -> Sequence[Line]:
        """Give what stands behind the figures of a code: an indicator, for a target or alone."""
        return self._by_code.get(code, ())

    def numbers(self, code: str, period: Period | str, part: str) -> dict[str, float]:
        """Give one part of a figure of every area, where it is known.

        Args:
            code: as for ``one``.
            period: or its name.
            part: ``numerator`` or ``denominator``.
        """
        asked = self._period(period)
        column = self._column_of.get((code, part))
        if column is None or not self.collected(asked):
            return {}
        values = self._cells.columns(self._number[asked.name])[column].tolist()
        return {
            node.code: value
            for node, value in zip(self._nodes, values, strict=True)
            if value == value  # noqa: PLR0124 - NaN is unlike itself
        }

    def around(self, area_code: str) -> tuple[str, ...]:
        """Give the areas that an area counts in, those asked for or not, itself last.

        Raises:
            KeyError: the area was not asked for.
        """
        return self._nodes[self._place[area_code]].inside

    def collected(self, period: Period | str) -> bool:
        """Tell whether reports had begun by a period's cut-off; else only published ones count."""
        cut_off = self._period(period).cut_off(self.as_of)
        return self.begun is None or self.begun <= Month.of(cut_off)

    def of(self, area_code: str, period: Period | str) -> list[Figure]:
        """Give every figure of an area and period, in the order of the workbook.

        Raises:
            KeyError: the area or the period was not asked for.
        """
        asked, place = self._period(period), self._place[area_code]
        applying = self._applying(area_code, asked)
        found = [
            self._figure(line, place, asked)
            for line in self._lines
            if line.target is None or line.target.code in applying
        ]
        closed = [target for target in applying.values() if target.closed]
        return found + [self._published(target, area_code, asked) for target in closed]

    def one(self, code: str, area_code: str, period: Period | str) -> Figure | None:
        """Give one figure; None where the period or area has no such figure.

        Args:
            code: of a target, with the line's name for a second line, or of an indicator.
            area_code: of the area.
            period: or its name.

        Raises:
            KeyError: the area or the period was not asked for.
        """
        asked, place = self._period(period), self._place[area_code]
        applying = self._applying(area_code, asked)
        for line in self._by_code.get(code, ()):
            if line.target is None or line.target.code in applying:
                return self._figure(line, place, asked)
        target = applying.get(code)
        return self._published(target, area_code, asked) if target and target.closed else None

    def below(
        self, code: str, area_code: str, period: Period | str, level: Level
    ) -> dict[str, Figure]:
        """Give a figure of every area of a level inside an area, those without data too."""
        self._place[area_code]  # a KeyError says that it was not asked for
        found = {
            node.code: self.one(code, node.code, period)
            for node in self._nodes
            if node.level == level and node.code != area_code and _inside(node, area_code)
        }
        return {each: figure for each, figure in found.items() if figure is not None}

    def slices(
        self, code: str, area_code: str, period: Period | str, breakdown: str
    ) -> list[Slice]:
        """Give the parts of a figure by a breakdown, in the order of its categories.

        A category that nobody is in is left out; what is not known stands last.
        """
        asked, place = self._period(period), self._place[area_code]
        lines = self._by_code.get(code, ())
        if not lines or breakdown not in self.definitions.breakdowns or not self.collected(asked):
            return []
        split, line = self.definitions.breakdowns[breakdown], lines[0]
        number_of = list(self.definitions.breakdowns).index(breakdown)
        rows = self._cells.parts(self._number[asked.name], number_of).of(place)
        found = []
        for row in sorted(rows, key=lambda row: split.place(row["category"])):
            category = row["category"]
            above, below = row.get(f"{code}.numerator"), row.get(f"{code}.denominator")
            value = line.value(above, below)
            found.append(Slice(category, split.named(category), above, below, value))
        return [each for each in found if each.numerator or each.denominator]

    def over_time(
        self, code: str, area_code: str, periods: Sequence[Period | str]
    ) -> list[Figure | None]:
        """Give a figure in several periods."""
        return [self.one(code, area_code, period) for period in periods]

    def save(self, folder: Path) -> None:
        """Write everything into a folder; the same figures give the same bytes.

        Args:
            folder: is made; it should be empty.
        """
        folder.mkdir(parents=True, exist_ok=True)
        kept = _Kept(
            self.definitions,
            self.as_of,
            self.periods,
            self.within,
            self._nodes,
            tuple(
                (line.indicator.code, line.target.code if line.target else "")
                for line in self._lines
            ),
            {f"{code}\n{part}": column for (code, part), column in self._column_of.items()},
            str(self.begun or ""),
        )
        text = json.dumps(written(kept), ensure_ascii=False, sort_keys=True, indent=0)
        (folder / FILE).write_text(text, encoding="utf-8")
        self._cells.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Figures":
        """Read what ``save`` wrote; numbers of a period are unpacked when they are asked for."""
        text = (folder / FILE).read_text(encoding="utf-8")
        kept = read_value(_Kept, json.loads(text))
        indicators = {each.code: each for each in kept.definitions.indicators}
        targets = kept.definitions.targets
        return cls(
            kept.definitions,
            kept.as_of,
            kept.periods,
            kept.within,
            kept.nodes,
            [Line(indicators[one], targets[other] if other else None) for one, other in kept.lines],
            Cells.load(folder, len(kept.periods), len(kept.definitions.breakdowns)),
            {
                (key.split("\n")[0], key.split("\n")[1]): each
                for key, each in kept.column_of.items()
            },
            Month.parse(kept.begun) if kept.begun else None,
        )

    def _period(self, period: Period | str) -> Period:
        name = period if isinstance(period, str) else period.name
        return self.periods[self._number[name]]

    def _applying(self, area_code: str, period: Period) -> dict[str, Target]:
        cut_off = period.cut_off(self.as_of)
        around = {*self._nodes[self._place[area_code]].inside, COUNTRY, area_code}
        # a commune inside a province, a kind of area in either
        around |= {code[:2] for code in around} if area_code[:2] != COUNTRY else set()
        around |= {area_code.partition("-")[0]}
        return {
            code: target
            for code, target in self.definitions.targets.items()
            if applies(target, period, cut_off) and concerns(target, around)
        }

    def _published(self, target: Target, area_code: str, period: Period) -> Figure:
        figure = published_figure(self.definitions, target, area_code)
        return replace(figure, area_code=area_code, period=period.name)

    def _figure(self, line: Line, place: int, period: Period) -> Figure:
        area, definitions = self._nodes[place], self.definitions
        cut_off = period.cut_off(self.as_of)
        values = self._cells.columns(self._number[period.name])
        # what was taken over from paper speaks of the time before collecting began
        collected = self.collected(period) or line.indicator.table == HISTORY

        def of(part: str, before: bool = False) -> float | None:
            column = self._column_of.get((line.code, part))
            named = f"before.{column}" if before and column else column
            return number(values, named, place) if collected else None

        parts = {part: of(part) for part in PARTS}
        value = None if parts["missing"] else line.value(parts["numerator"], parts["denominator"])
        before = line.value(of("numerator", True), of("denominator", True))
        trend = line.target is not None and line.target.rule == "trend"
        before = before if trend and not of("missing", True) else None
        coverage = coverage_of(parts)
        said = about_published(definitions, line.code, area.code, cut_off)
        interviews, margin = of("interviews"), of("margin")
        if interviews is not None:
            said = (*said, about_estimate(definitions, interviews, of("survey_clubs"), margin))
            if too_few(definitions, interviews, margin):
                value = margin = None
        met, known = of("met"), of("of")
        meeting = None
        if line.by_clubs and area.level != "club" and collected:
            meeting = Meeting(int(met or 0), int(known or 0))
        indicator, target = line.indicator, line.target
        nothing = share_of_nothing(value, parts["denominator"], coverage)
        rating = Rating.NO_DATA if value is None and not nothing else Rating.NOT_RATED
        if target is not None and indicator.rated and collected and not nothing:
            rating = rate(
                target,
                value,
                coverage,
                area.code,
                threshold=definitions.coverage_threshold,
                before=before,
                unit=indicator.unit,
                meeting=(meeting.clubs, meeting.of) if meeting else None,
            )
        note: Text | None = _BEFORE
        if collected:
            note = note_on(indicator, parts, coverage, definitions.coverage_threshold, said)
        return Figure(
            code=line.code,
            group=TARGETS if target else indicator.group,
            # an indicator that a plan's target borrows (measured_by) goes on under its own name
            label=target.label if target and indicator.group != TARGETS else indicator.label,
            unit=indicator.unit,
            numerator=parts["numerator"],
            denominator=parts["denominator"],
            value=value,
            target=target,
            rating=rating,
            rated=indicator.rated and target is not None,
            population=line.population,
            source=indicator.source,
            note=note,
            baseline=definitions.baseline(line.code, area.code, cut_off),
            before=before,
            coverage=coverage,
            indicator=indicator.code,
            area_code=area.code,
            period=period.name,
            clubs_expected=_whole(number(values, "clubs_expected", place)) if collected else None,
            clubs_reported=_whole(number(values, "clubs_reported", place)) if collected else None,
            meeting=meeting,
            margin=margin,
            interviews=_whole(interviews),
        )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _inside(node: AreaNode, area_code: str) -> bool:
    if area_code in node.inside:
        return True
    return node.level == "kind" and node.code.partition(":")[0] == area_code
