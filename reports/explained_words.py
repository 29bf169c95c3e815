"""A figure explained in sentences, for a person who asks where it comes from."""

from collections import Counter
from collections.abc import Iterator, Mapping

from programme.dates import short
from programme.numbers import number, percent
from programme.problem import Language, Text
from reports.content import show
from reports.explained import Explained, Submitted
from reports.figure_text import FigureText
from reports.indicators.figures import Figure
from reports.indicators.rating import Rating
from reports.sentences import verdict

FORMS: Mapping[str, Text] = {
    "club_registration": Text("phiếu đăng ký CLB", "registration form"),
    "monthly_activity_report": Text("báo cáo tháng", "monthly report"),
    "loan_record": Text("phiếu vay vốn", "loan record"),
    "inspection_checklist": Text("phiếu kiểm tra", "inspection"),
    "training_record": Text("phiếu tập huấn", "training record"),
    "member_survey": Text("phiếu khảo sát", "survey"),
}
SHOWN, FEW = 15, 5  # of clubs and findings, of submissions; a workbook has all of them
_UNRATED = (Rating.NOT_RATED, Rating.REPORTED)
_MORE = Text("  … và {n} dòng khác (--out TỆP.xlsx ghi đủ)", "  … and {n} more (--out FILE.xlsx)")


def lines(explained: Explained, language: Language) -> Iterator[str]:
    """Say everything there is to know of a figure, line by line."""
    yield from (
        *_head(explained, language),
        *_definition(explained, language),
        *_judged(explained, language),
        *_parts(explained, language),
        *_submissions(explained, language),
        *_left_out(explained, language),
        *_findings(explained, language),
    )


def figure_words(figure: Figure, language: Language) -> str:
    """Write a figure with what it is made of: ``47,8% (22/46)``."""
    made_of = show.share_of(figure, language).replace("\n", "")
    value = show.measured(figure, language)
    return value if made_of == show.DASH else f"{value} ({made_of})"


def _head(explained: Explained, of: Language) -> Iterator[str]:
    figure = explained.figure
    day = short(explained.period.cut_off(explained.as_of), of)
    label = figure.label.in_(of)
    yield f"{figure.code}: {label}: {figure_words(figure, of)}"
    place, period = explained.place.label.in_(of), explained.period.label.in_(of)
    yield _in(of, f"{place}, {period}, số liệu đến {day}.", f"{place}, {period}, data up to {day}.")
    if explained.closing is not None:
        on = short(explained.closing.closed, of)
        yield _in(
            of,
            f"Kỳ này đã chốt ngày {on}: số trên là số đã chốt.",
            f"This period was closed on {on}: the figure is the closed one.",
        )


def _definition(explained: Explained, of: Language) -> Iterator[str]:
    figure, indicator = explained.figure, explained.indicator
    if indicator is None:
        yield _in(
            of,
            "Giai đoạn đã kết thúc trước khi thu thập số liệu: chỉ có số đã công bố.",
            "The phase ended before data were collected: there are published figures only.",
        )
        yield _in(of, f"Nguồn: {figure.source.vi}", f"Source: {figure.source.en}")
        return
    yield _in(of, "Cách tính:", "How it is computed:")
    for text in dict.fromkeys((indicator.definition.in_(of), indicator.definition.vi)):
        if text:
            yield f"  {text}"
    other = indicator.definition.en
    if of == "vi" and other:
        yield f"  (English: {other})"
    yield _in(
        of,
        f"  indicators.xlsx, trang indicators, dòng {indicator.row} ({indicator.code})",
        f"  indicators.xlsx, sheet indicators, row {indicator.row} ({indicator.code})",
    )
    if explained.asked is not None:
        yield f"  SQL: {explained.asked.sql}"
    source = figure.source.in_(of)
    yield _in(of, f"  Nguồn: {source}", f"  Source: {source}")


def _judged(explained: Explained, of: Language) -> Iterator[str]:
    figure = explained.figure
    if figure.coverage is not None:
        share = percent(figure.coverage, of)
        yield _in(of, f"Mức đầy đủ của số liệu: {share}", f"Coverage: {share}")
    if figure.clubs_expected:
        reported, expected = figure.clubs_reported or 0, figure.clubs_expected
        yield _in(
            of,
            f"CLB có báo cáo: {reported}/{expected}",
            f"Clubs that reported: {reported}/{expected}",
        )
    target = figure.target
    if target is not None:
        wanted = show.target(figure, figure.area_code, of).replace("\n", " ")
        row = _in(of, f"trang targets, dòng {target.row}", f"sheet targets, row {target.row}")
        yield _in(
            of,
            f"Mục tiêu: {wanted} ({target.decision}; {row})",
            f"Target: {wanted} ({target.decision}; {row})",
        )
    if figure.rating not in _UNRATED:
        rating = figure.rating.value.in_(of)
        why = verdict(FigureText(figure.code, of, figure)).removeprefix("which ")
        said = f"{rating}: {why}" if why and why.lower() != rating.lower() else rating
        yield _in(of, f"Đánh giá: {said}", f"Rating: {said}")
    if figure.baseline is not None or figure.before is not None:
        known = show.baseline(figure, of).replace("\n", " ")
        source = figure.baseline.source.in_(of) if figure.baseline else ""
        tail = f"; {source}" if source else ""
        yield _in(of, f"Số nền: {known}{tail}", f"Baseline: {known}{tail}")
    if figure.note is not None:
        note = figure.note.in_(of)
        yield _in(of, f"Ghi chú: {note}", f"Note: {note}")


def _parts(explained: Explained, of: Language) -> Iterator[str]:
    parts = explained.parts
    if not parts:
        return
    count = len(parts)
    yield _in(of, f"Gồm ({count}):", f"Made of ({count}):")
    for part in sorted(parts, key=lambda each: (-(each.numerator or 0), each.code))[:SHOWN]:
        yield f"  {part.code} {part.name}: {_made_of(part.numerator, part.denominator, of)}"
    yield from _more(count, of)
    if not explained.adds_up:
        yield _in(
            of,
            "  Cộng các dòng không ra số trên: số này không phải tổng của các câu lạc bộ.",
            "  The rows do not add up to it: it is no sum over clubs.",
        )


def _submissions(explained: Explained, of: Language) -> Iterator[str]:
    by_form: dict[str, list[Submitted]] = {}
    for each in explained.submissions:
        by_form.setdefault(each.form, []).append(each)
    for form, found in by_form.items():
        named, count = FORMS.get(form, Text(form, form)).in_(of), len(found)
        addresses = {each.address for each in found if each.address}
        where = f" → {addresses.pop()}" if len(addresses) == 1 else ""
        yield _in(of, f"Từ {named}, {count} phiếu{where}:", f"From {named}s, {count}{where}:")
        for each in found[:FEW]:
            yield f"  {_submission(each, of, with_address=not where)}"
        yield from _more(count, of, FEW)


def _submission(each: Submitted, of: Language, *, with_address: bool) -> str:
    day = f" {short(each.on, of)}" if each.on else ""
    gives = ""
    if each.numerator is not None or each.denominator is not None:
        gives = f": {_made_of(each.numerator, each.denominator, of)}"
    where = f" → {each.address}" if each.address and with_address else ""
    return f"{each.club}{day} {each.source} {each.id}, {each.root_uuid}{gives}{where}"


def _left_out(explained: Explained, of: Language) -> Iterator[str]:
    if explained.left_out:
        yield _in(of, "Không tính:", "Left out:")
    for each in explained.left_out:
        yield f"  {each.what.in_(of)}: {number(each.count, of)}"


def _findings(explained: Explained, of: Language) -> Iterator[str]:
    found = explained.findings
    if not found:
        yield _in(of, "Không có phát hiện nào về các phiếu này.", "No finding touches these.")
        return
    yield _in(of, f"Phát hiện có liên quan ({len(found)}):", f"Findings about them ({len(found)}):")
    counted = Counter((each.check, each.title.in_(of)) for each in found)
    for (check, title), count in counted.most_common(SHOWN):
        yield f"  {title} ({check}): {count}"
    yield from _more(len(counted), of)


def _more(count: int, of: Language, shown: int = SHOWN) -> Iterator[str]:
    if count > shown:
        yield _MORE.in_(of).format(n=count - shown)


def _made_of(numerator: float | None, denominator: float | None, of: Language) -> str:
    over = show.DASH if numerator is None else number(numerator, of, _decimals(numerator))
    if denominator is None:
        return over
    return f"{over}/{number(denominator, of, _decimals(denominator))}"


def _decimals(value: float) -> int:
    return 1 if value % 1 else 0


def _in(of: Language, vi: str, en: str) -> str:
    return vi if of == "vi" else en
