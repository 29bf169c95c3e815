"""A figure as a template sees it: ``{{ D11 }}`` prints its value, ``{{ D11.target }}`` its target.

Nothing else of a figure is open to a template: what it may ask for stands in ``ATTRIBUTES``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from programme.numbers import number
from programme.problem import Language, Text
from reports.content import show
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import Figure
from reports.indicators.precision import decimals_apart, decimals_of
from reports.indicators.rating import Rating

PLACES_CHART = "_places_chart"  # after a code: the chart of the figure over the areas inside
POINTS = Text(vi="điểm phần trăm", en="percentage points")
POINT = Text(vi="điểm phần trăm", en="percentage point")


@dataclass(frozen=True, slots=True)
class FigureText:
    """One figure in one language.

    Args:
        code: of the figure; known also where the period has no such figure.
        language: that it is printed in.
        figure: None where the period does not have it: it then reads “no data”.
        before: the same figure of the period before, None when it is not known; or what finds it
            by its code, and is asked only by a template that wants it.
        units: words of the units by their code.
        period, previous_period: how the periods are called in a sentence.
    """

    code: str
    language: Language
    figure: Figure | None = None
    before: Figure | Callable[[str], Figure | None] | None = None
    units: Mapping[str, Text] = field(default_factory=dict)
    period: str = ""
    previous_period: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.known

    @property
    def text(self) -> str:
        """The value as it is printed; “no data” where there is none."""
        if self.figure is None:
            return show.NO_DATA.in_(self.language)
        return show.measured(self.figure, self.language)

    @property
    def value(self) -> float | None:
        """The number itself, for comparing: ``{% if clubs.value > 10 %}``."""
        return self.figure.value if self.figure else None

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def hidden(self) -> bool:
        """Whether the public version holds it back."""
        return self.figure is not None and self.figure.hidden is not None

    @property
    def of(self) -> str:
        """What it is made of: ``52/2.400``."""
        if self.figure is None:
            return show.DASH
        return show.share_of(self.figure, self.language).replace("\n", "")

    @property
    def numerator(self) -> str:
        """What is counted."""
        return self._number(self.figure.numerator if self.figure else None)

    @property
    def denominator(self) -> str:
        """What it is counted of."""
        return self._number(self.figure.denominator if self.figure else None)

    @property
    def target(self) -> str:
        """What was to be reached: ``60%``, ``50 - 70%``."""
        if self.figure is None:
            return show.DASH
        return show.target(self.figure, self.figure.area_code, self.language).replace("\n", " ")

    @property
    def rating(self) -> str:
        """What is said of it: ``Đạt``."""
        rating = self.figure.rating if self.figure else Rating.NO_DATA
        return rating.value.in_(self.language)

    @property
    def judged(self) -> Rating:
        """The rating itself, for the tests of a template."""
        return self.figure.rating if self.figure else Rating.NO_DATA

    @property
    def note(self) -> str:
        """What a reader has to know: what is missing, what was carried; may be empty."""
        return self.figure.note.in_(self.language) if self.figure and self.figure.note else ""

    @property
    def label(self) -> str:
        """The name of the indicator."""
        return self.figure.label.in_(self.language) if self.figure else self.code

    @property
    def unit(self) -> str:
        """The unit in words."""
        if self.figure is None or self.figure.unit not in self.units:
            return ""
        return self.units[self.figure.unit].in_(self.language)

    @property
    def previous_figure(self) -> Figure | None:
        """The figure of the period before."""
        return self.before(self.code) if callable(self.before) else self.before

    @property
    def previous(self) -> str:
        """The value of the period before."""
        before = self.previous_figure
        if before is None:
            return show.NO_DATA.in_(self.language)
        return show.shown(before, self.language)

    @property
    def difference(self) -> float | None:
        """By how much it rose since the period before, as printed; negative if it fell."""
        before = self.previous_figure
        if self.figure is None or self.value is None or before is None or before.value is None:
            return None
        return apart_as_printed(self.value, before.value, decimals_of(self.figure.unit))

    @property
    def change(self) -> str:
        """By how much it rose or fell: ``+2,1 điểm phần trăm``."""
        if self.difference is None:
            return show.NO_DATA.in_(self.language)
        sign = "+" if self.difference > 0 else "−" if self.difference < 0 else ""
        return sign + self.amount(self.difference)

    @property
    def gap(self) -> str:
        """How far it is from its target, in its unit, without a sign."""
        apart = self.apart
        return show.DASH if apart is None else self.amount(apart)

    @property
    def apart(self) -> float | None:
        """Value less the limit it is held against, as both are printed; None without a limit."""
        target = self.figure.target if self.figure else None
        if self.figure is None or target is None or target.minimum is None or self.value is None:
            return None
        if self.by_clubs:
            return None  # each club is held against it, not what they have together
        limit, unit = target.minimum, self.figure.unit
        if target.maximum is not None and self.value > target.maximum:
            limit = target.maximum
        missed = self.figure.rating is Rating.NOT_MET
        decimals = decimals_apart(self.value, limit, unit) if missed else decimals_of(unit)
        return apart_as_printed(self.value, limit, decimals)

    @property
    def achieved(self) -> str:
        """Percent of the target."""
        if self.figure is None or not self.known:
            return show.DASH
        return show.achieved(self.figure, self.language).split("\n")[0]

    @property
    def baseline(self) -> str:
        """The published figure it is compared with, and its date."""
        if self.figure is None:
            return show.DASH
        return show.baseline(self.figure, self.language).replace("\n", " ")

    @property
    def clubs(self) -> str:
        """Clubs whose reports it rests on, of clubs expected: ``18/20``."""
        if self.figure is None or self.figure.clubs_expected is None:
            return show.DASH
        return f"{self.clubs_reported}/{self.clubs_expected}"

    @property
    def clubs_reported(self) -> str:
        """Clubs that reported in the period."""
        return self._number(self.figure.clubs_reported if self.figure else None)

    @property
    def clubs_expected(self) -> str:
        """Clubs that were to report in the period."""
        return self._number(self.figure.clubs_expected if self.figure else None)

    @property
    def meeting(self) -> str:
        """Clubs that meet a target set for each club, of clubs with data: ``12/20``."""
        met = self.figure.meeting if self.figure else None
        return f"{self._number(met.clubs)}/{self._number(met.of)}" if met else show.DASH

    @property
    def by_clubs(self) -> bool:
        """Whether it is rated by how many clubs meet the target."""
        found = self.figure
        by = found.target.rate_by if found and found.target else ""
        return by == "clubs" and found is not None and found.meeting is not None

    @property
    def source(self) -> str:
        """Where the data come from."""
        return self.figure.source.in_(self.language) if self.figure else ""

    def amount(self, amount: float) -> str:
        """Write an amount in the figure's unit without its sign: ``2,1 điểm phần trăm``."""
        assert self.figure is not None
        size, unit = abs(amount), self.figure.unit
        decimals = decimals_apart(size, 0, unit) if size else decimals_of(unit)
        if unit not in PERCENT_UNITS:
            return number(size, self.language, decimals if size % 1 else 0)
        written = number(size, self.language, decimals)
        words = POINT if size == 1 else POINTS
        return f"{written}\u00a0{words.in_(self.language)}"

    def _number(self, amount: float | None) -> str:
        if amount is None:
            return show.NO_DATA.in_(self.language)
        return number(amount, self.language, 1 if amount % 1 else 0)


def apart_as_printed(value: float, other: float, decimals: int) -> float:
    """Give the difference that a reader finds who takes one printed number from the other."""
    step = Decimal(1).scaleb(-decimals)
    one, two = (Decimal(str(each)).quantize(step, ROUND_HALF_UP) for each in (value, other))
    return float(one - two)


# what a template may ask of a figure; everything else is told as a mistake
ATTRIBUTES: Collection[str] = (
    "text value known hidden of numerator denominator target rating note label unit previous "
    "difference change gap achieved baseline clubs clubs_reported clubs_expected meeting source "
    "period previous_period code"
).split()


def figure_texts(
    figures: Iterable[Figure],
    language: Language,
    *,
    codes: Collection[str] = (),
    previous: Callable[[str], Figure | None] | None = None,
    units: Mapping[str, Text] | None = None,
    period: str = "",
    previous_period: str = "",
) -> dict[str, FigureText]:
    """Give every figure by its code, as a template prints it.

    Args:
        figures: of one area and period.
        language: of the report.
        codes: of figures that templates may name though this period has none of them.
        previous: finds the figure of the period before by its code.
        units: words of the units.
        period, previous_period: how the periods are called in a sentence: “tháng 9 năm 2026”.
    """
    words = units or {}
    found = {figure.code: figure for figure in figures}
    return {
        code: FigureText(
            code,
            language,
            found.get(code),
            previous,
            words,
            period,
            previous_period,
        )
        for code in dict.fromkeys([*codes, *found])
    }
