"""How the last thirty days went: one mark a day, also for days without a night."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ishc.nightly.ledger import Night
from programme.dates import short
from programme.problem import Text

State = Literal["good", "failed", "cut", "none"]
DAYS = 30
MARKS: Mapping[State, str] = {"good": "✓", "failed": "✗", "cut": "!", "none": "·"}
WORDS: Mapping[State, Text] = {
    "good": Text(vi="xong", en="done"),
    "failed": Text(vi="có việc chưa xong", en="something not done"),
    "cut": Text(vi="bị ngắt giữa chừng", en="cut off"),
    "none": Text(vi="không chạy", en="did not run"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and how the night that began on it went.

    Args:
        day: local.
        state: of the last night of that day.
    """

    day: date
    state: State


def days_of(nights: Iterable[Night], until: date, many: int = DAYS) -> list[Day]:
    """Give a mark for each of the last days, from the first night on.

    Args:
        nights: in the order in which they began; the clock may have been set back in between.
        until: the last day; nights that began later, by a clock that was ahead, are left out.
    """
    states: dict[date, State] = {}
    for night in nights:
        day = datetime.fromisoformat(night.started).date()
        if states.get(day) != "good":  # a night that was run again and ended well is good
            states[day] = _state(night)
    known = [day for day in states if day <= until]
    if not known:
        return []
    first = max(min(known), until - timedelta(days=many - 1))
    days = (first + timedelta(days=place) for place in range((until - first).days + 1))
    return [Day(each, states.get(each, "none")) for each in days]


def last_good(nights: Sequence[Night]) -> date | None:
    """Give the day of the last night in which everything was done."""
    good = (datetime.fromisoformat(each.started).date() for each in reversed(nights) if each.good)
    return next(good, None)


def legend(days: Sequence[Day]) -> Text:
    """Say what the marks mean and how often each stands there."""
    counts = Counter(each.state for each in days)
    return Text(
        vi=", ".join(f"{MARKS[s]} {WORDS[s].vi} {counts[s]}" for s in MARKS if counts[s]),
        en=", ".join(f"{MARKS[s]} {WORDS[s].en} {counts[s]}" for s in MARKS if counts[s]),
    )


def good_words(found: date | None) -> Text:
    """Say when the last good night was."""
    if found is None:
        return Text(vi="Chưa có đêm nào xong trọn vẹn.", en="No night has done everything yet.")
    return Text(
        vi=f"Đêm gần nhất xong trọn vẹn: {short(found, 'vi')}.",
        en=f"The last night that did everything: {short(found, 'en')}.",
    )


def _state(night: Night) -> State:
    if night.ended is None:
        return "cut"
    return "good" if night.good else "failed"
