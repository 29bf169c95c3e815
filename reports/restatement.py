"""What later data would change in the figures of a closed period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from connectors.store.tables import TableSet
from programme.folder import Folder
from programme.problem import Language, Text
from programme.word.tables import Column, Row, TableContent
from reports.closed import Closing, definitions_hash
from reports.content import show
from reports.indicators.figures import Figure, Figures
from reports.later import HOW_WORDS, Later, later_than

_SHOWN = 3  # submissions named for one figure; the others are counted
_CAPTION = Text(
    vi="Bảng số liệu sẽ thay đổi nếu tính lại theo số liệu đến sau ngày chốt",
    en="Figures that later data would change",
)
_HEADS = (
    (Text(vi="Chỉ tiêu", en="Indicator"), 50, "left"),
    (Text(vi="Đã chốt", en="As closed"), 24, "right"),
    (Text(vi="Tính lại", en="Now"), 24, "right"),
    (Text(vi="Chênh lệch", en="Difference"), 20, "right"),
    (Text(vi="Do phiếu", en="Because of"), 46, "left"),
)
_OTHER_DEFINITIONS = Text(
    vi="tệp indicators.xlsx đã được sửa sau ngày chốt",
    en="indicators.xlsx was edited after the closing",
)
_NO_SUBMISSION = Text(
    vi="không do phiếu mới: danh sách, quyết định ghép hoặc số liệu nhập đã thay đổi",
    en="no submission: lists, decisions on doubles or imported data changed",
)
_UNCHANGED = Text(
    vi="Tính lại theo số liệu hiện có, không số nào thay đổi so với số đã chốt.",
    en="Computed again from the data of today, no figure differs from the closed ones.",
)
_MORE = Text(vi="và {n} phiếu khác", en="and {n} more")


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that would be another if its period were not closed.

    Args:
        then, now: as closed and as of today; None where there is no such figure.
        because: submissions that came, changed or went since and touch it.
        definitions_changed: the workbook is another than then.
    """

    then: Figure | None
    now: Figure | None
    because: tuple[Later, ...]
    definitions_changed: bool

    @property
    def figure(self) -> Figure:
        """One of the two, for its names."""
        found = self.then or self.now
        assert found is not None
        return found

    @property
    def difference(self) -> float | None:
        """The value of now less that of then; None where one of them has none."""
        then = self.then.value if self.then else None
        now = self.now.value if self.now else None
        return None if then is None or now is None else now - then

    def reasons(self) -> Text:
        """Say which submissions it comes from."""
        if not self.because:
            return _OTHER_DEFINITIONS if self.definitions_changed else _NO_SUBMISSION
        named = [_named(each) for each in self.because[:_SHOWN]]
        if len(self.because) > _SHOWN:
            count = str(len(self.because) - _SHOWN)
            named.append(Text(_MORE.vi.format(n=count), _MORE.en.format(n=count)))
        if self.definitions_changed:
            named.append(_OTHER_DEFINITIONS)
        return Text("; ".join(each.vi for each in named), "; ".join(each.en for each in named))


@dataclass(frozen=True, slots=True)
class Since:
    """What is other than when a period was closed."""

    closing: Closing
    later: tuple[Later, ...]
    definitions_changed: bool


def since(folder: Folder, tables: TableSet, closing: Closing) -> Since:
    """Look up what changed since a closing."""
    later = later_than(folder, tables, closing.pulled)
    return Since(closing, later, definitions_hash(folder) != closing.definitions)


def restated(
    then: Figures, now: Figures, area_codes: Iterable[str], since: Since
) -> list[Restated]:
    """Compare the figures of some areas as closed and as of today; equal ones are left out.

    Args:
        then: of the closing; where it knows the clubs of an area, only the submissions of clubs
            with another figure are named.
        now: computed again, with the same period and areas.
    """
    period = since.closing.period
    found = []
    for area in area_codes:
        if area not in then.areas() or area not in now.areas():
            continue
        before = {each.code: each for each in then.of(area, period)}
        after = {each.code: each for each in now.of(area, period)}
        for code in dict.fromkeys([*before, *after]):
            old, new = before.get(code), after.get(code)
            if _parts(old) != _parts(new):
                because = tuple(_because(then, now, old or new, since))
                found.append(Restated(old, new, because, since.definitions_changed))
    return found


def restatement_blocks(changes: Sequence[Restated], language: Language) -> list[TableContent | str]:
    """Show what would change, or say that nothing would."""
    if not changes:
        return [_UNCHANGED.in_(language)]
    return [restatement_table(changes, language)]


def restatement_table(changes: Sequence[Restated], language: Language) -> TableContent:
    """Show what would change in a report's table."""
    columns = tuple(Column(head.in_(language), width, align) for head, width, align in _HEADS)  # type: ignore[arg-type]
    rows = tuple(
        Row(
            (
                each.figure.label.in_(language),
                _value(each.then, language),
                _value(each.now, language),
                _difference(each, language),
                each.reasons().in_(language),
            )
        )
        for each in changes
    )
    return TableContent(_CAPTION.in_(language), columns, rows, ())


def _because(then: Figures, now: Figures, figure: Figure | None, since: Since) -> Iterable[Later]:
    assert figure is not None
    known = {each.code: each for each in now.definitions.indicators}
    indicator = known.get(figure.indicator)
    table = indicator.table if indicator else ""
    days = next(each for each in then.periods if each.name == since.closing.period)
    here = [
        each for each in since.later
        if each.may_change(table)
        and each.in_time(table, days.start, days.end)
        and each.concerns(figure.area_code)
    ]  # fmt: skip
    other = _other_clubs(then, now, figure, since.closing.period)
    named = [each for each in here if each.clubs & other]
    return named or here


def _other_clubs(then: Figures, now: Figures, figure: Figure, period: str) -> set[str]:
    """Give the clubs of an area whose own figure is another."""
    if not then.areas("club") or not now.areas("club"):
        return set()
    code, area = figure.code, figure.area_code.partition(":")[0]
    old = then.below(code, area, period, "club")
    new = now.below(code, area, period, "club")
    return {club for club in {*old, *new} if _parts(old.get(club)) != _parts(new.get(club))}


def _parts(figure: Figure | None) -> tuple[float | None, ...]:
    return (figure.value, figure.numerator, figure.denominator) if figure else ()


def _named(later: Later) -> Text:
    clubs = ", ".join(sorted(later.clubs)) or later.commune
    where = f"{later.source} {later.id}" + (f" ({clubs})" if clubs else "")
    how = HOW_WORDS[later.how]
    return Text(f"{where}: {how.vi}", f"{where}: {how.en}")


def _value(figure: Figure | None, language: Language) -> str:
    """Write a figure with what it is made of below it."""
    if figure is None:
        return show.DASH
    made_of = show.share_of(figure, language).replace("\n", "")
    value = show.shown(figure, language)
    return value if made_of == show.DASH else f"{value}\n({made_of})"


def _difference(each: Restated, language: Language) -> str:
    return show.DASH if each.now is None else show.change(each.now, each.then, language)
