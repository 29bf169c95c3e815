"""How the nights went, for ``ishc status``: the same as the page of the night, in the terminal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ishc.nightly.history import MARKS, Day, days_of, good_words, last_good, legend
from ishc.nightly.ledger import A_DAY, NAME, Ledger, Night
from ishc.nightly.plan import steps_of
from ishc.nightly.run import summary_value
from programme.dates import moment
from programme.folder import Folder
from programme.folding import folded
from programme.problem import SEVERITY_WORDS, Problem, Text
from programme.settings import Settings

SHOWN = 5  # problems


@dataclass(frozen=True, slots=True)
class Nights:
    """How the nights went.

    Args:
        last: the night that began last.
        missed: no night began in the last day.
        good: day of the last good one.
        days: a mark a day, for the last thirty.
        problems: of the last night, each once, errors first; notes left out.
    """

    last: Night
    missed: bool
    good: date | None
    days: list[Day]
    problems: list[Problem]


def nights_of(folder: Folder, now: datetime) -> Nights | None:
    """Read how the nights went; None where no night ever began."""
    ledger = Ledger(folder.data / NAME)
    last = ledger.last
    if last is None:
        return None
    told = (problem for each in last.outcomes.values() for problem in each.problems)
    found = [each for each in folded(dict.fromkeys(told)) if each.severity != "note"]
    return Nights(
        last,
        now - datetime.fromisoformat(last.started) > A_DAY,
        last_good(ledger.nights),
        days_of(ledger.nights, now.date()),
        sorted(found, key=lambda each: each.severity != "error"),
    )


def nights_value(nights: Nights | None) -> dict[str, object] | None:
    """Give it to programs (``--json``)."""
    if nights is None:
        return None
    return {
        "last": summary_value(nights.last),
        "missed": nights.missed,
        "last_good": nights.good,
        "days": [{"day": each.day, "state": each.state} for each in nights.days],
        "problems": [each.as_dict() for each in nights.problems],
    }


def nights_lines(nights: Nights, settings: Settings) -> Iterable[Text]:
    """Write it for the screen: how the last one went, what to do, a line of marks."""
    began = moment(nights.last.started, settings.timezone)
    went = _went(nights.last, settings)
    yield Text(vi=f"Đêm {began.vi}: {went.vi}", en=f"The night of {began.en}: {went.en}")
    for each in nights.problems[:SHOWN]:
        weight = SEVERITY_WORDS[each.severity]
        yield Text(vi=f"  {weight.vi}: {each.in_('vi')}", en=f"  {weight.en}: {each.in_('en')}")
    if (rest := len(nights.problems) - SHOWN) > 0:
        page = "data/night.html"
        yield Text(vi=f"  và {rest} điều khác: {page}", en=f"  and {rest} more: {page}")
    if nights.days:
        marks = "".join(MARKS[each.state] for each in nights.days)
        yield Text(vi=f"30 đêm gần đây: {marks}", en=f"Last 30 nights: {marks}")
        yield Text(*(f"  {words}" for words in (legend(nights.days).vi, legend(nights.days).en)))
    yield good_words(nights.good)
    if nights.missed:
        yield Text(
            vi="Hơn một ngày nay không có đêm nào chạy. Hãy chạy: ishc nightly; để máy tự chạy, "
            "xem: ishc schedule",
            en="No night has run for more than a day. Run: ishc nightly; to have this machine run "
            "it by itself, see: ishc schedule",
        )


def _went(night: Night, settings: Settings) -> Text:
    if night.ended is None:
        return Text(
            vi="bị ngắt giữa chừng, hoặc còn đang chạy",
            en="cut off, or still running",
        )
    if night.good:
        return Text(vi="mọi việc đã xong.", en="everything was done.")
    day = datetime.fromisoformat(night.started).date()
    titles = {each.name: each.title for each in steps_of(settings, day, ())}
    parts = (
        ("failed", Text(vi="CHƯA được", en="NOT done")),
        ("skipped", Text(vi="Vì thế bỏ qua", en="Left out because of it")),
    )
    vi, en = [], []
    for state, words in parts:
        names = [name for name, each in night.outcomes.items() if each.state == state]
        found = [titles.get(name, Text(vi=name, en=name)) for name in names]
        if found:
            vi.append(f"{words.vi}: {', '.join(each.vi for each in found)}.")
            en.append(f"{words.en}: {', '.join(each.en for each in found)}.")
    return Text(vi=" ".join(vi), en=" ".join(en))
