"""The phone a form is filled on: its clock, its owner, and what it puts in by itself."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forms.engine.jvm import TIMEZONE, implement, java

ZONE = ZoneInfo(TIMEZONE)
# Names under which an opened form asks for the time. JavaRosa's own today() and now() read the
# machine's clock and cannot be replaced: a handler is asked only for names it does not know.
TODAY, NOW = "phone-today", "phone-now"
_CALL = re.compile(r"(?<![\w.:-])(today|now)\s*\(\s*\)")
_QUOTED = re.compile(r"'[^']*'|&quot;.*?&quot;|&apos;.*?&apos;")
_EXPRESSION = re.compile(
    r"(?<=\s)(calculate|relevant|constraint|readonly|required|value|nodeset|ref|jr:count)"
    r"=\"([^\"]*)\""
)


@dataclass(frozen=True, slots=True)
class Phone:
    """Who fills, when and on what.

    Args:
        started: when the form is opened; without a time zone it is Hanoi's; None is now.
            ``today()`` is its day, ``now()`` its time.
        ended: when it is finalised; None is five minutes later, or now.
        username: name set in the app, empty for none.
        deviceid: id of the phone, empty for none.
        instance_id: ``uuid:…`` of the submission; None draws one.
    """

    started: datetime | None = None
    ended: datetime | None = None
    username: str = ""
    deviceid: str = ""
    instance_id: str | None = None

    def opened(self) -> datetime:
        """Give the time at which the form is opened, in Hanoi."""
        return _in_zone(self.started) if self.started else datetime.now(ZONE)

    def closed(self) -> datetime:
        """Give the time at which the form is finalised, in Hanoi."""
        if self.ended:
            return _in_zone(self.ended)
        return self.opened() + timedelta(minutes=5) if self.started else datetime.now(ZONE)


def phone_on(day: date) -> Phone:
    """Give a phone whose clock stands at nine in the morning of a day."""
    if isinstance(day, datetime):
        return Phone(started=day)
    return Phone(started=datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))


def with_phone_clock(xform: str) -> str:
    """Let the expressions of an XForm ask the phone's clock instead of the machine's."""
    if not _CALL.search(xform):
        return xform
    return _EXPRESSION.sub(lambda at: f'{at.group(1)}="{_outside_quotes(at.group(2))}"', xform)


def java_date(moment: datetime) -> Any:
    """Give a moment as ``java.util.Date``."""
    return java("java.util.Date")(int(moment.timestamp() * 1000))


def java_day(day: date) -> Any:
    """Give a day as ``java.util.Date``, at its midnight in Hanoi."""
    return java_date(datetime(day.year, day.month, day.day, tzinfo=ZONE))


def preload_handlers(phone: Phone) -> list[Any]:
    """Give what fills start, end, today, username, deviceid and instanceID."""
    opened = phone.opened()
    date_data, time_data, text = (
        java(f"org.javarosa.core.model.data.{name}")
        for name in ("DateData", "DateTimeData", "StringData")
    )
    properties = {"username": phone.username, "deviceid": phone.deviceid}

    def timestamp(params: str) -> Any:
        return time_data(java_date(opened)) if params == "start" else None

    def at_the_end(node: Any, params: Any) -> bool:
        if str(params) != "end":
            return False
        node.setAnswer(time_data(java_date(phone.closed())))
        return True

    def owned(params: str) -> Any:
        value = properties.get(params.removeprefix("uri:"), "")
        return text(value) if value else None

    def drawn(_params: str) -> Any:
        return text(phone.instance_id or f"uuid:{uuid.uuid4()}")

    return [
        _preload("date", lambda params: date_data(java_day(opened.date()))),
        _preload("timestamp", timestamp, at_the_end),
        _preload("property", owned),
        _preload("uid", drawn),
    ]


def _preload(
    keyword: str,
    value: Callable[[str], Any],
    post: Callable[[Any, Any], bool] = lambda node, params: False,
) -> Any:
    return implement(
        "org.javarosa.core.model.utils.IPreloadHandler",
        {
            "preloadHandled": lambda: keyword,
            "handlePreload": lambda params: value(str(params or "")),
            "handlePostProcess": post,
        },
    )


def _outside_quotes(expression: str) -> str:
    """Rename calls in an expression, but not inside its string literals."""
    if not _CALL.search(expression):
        return expression
    parts, at = [], 0
    for quoted in _QUOTED.finditer(expression):
        parts += [_renamed(expression[at : quoted.start()]), quoted.group()]
        at = quoted.end()
    return "".join([*parts, _renamed(expression[at:])])


def _renamed(text: str) -> str:
    return _CALL.sub(lambda call: f"{TODAY if call.group(1) == 'today' else NOW}()", text)


def _in_zone(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
