"""Python values as the answers that Collect's widgets give to JavaRosa."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any

from forms.engine.jvm import java
from forms.engine.phone import ZONE, java_date, java_day

# Collect's number field takes nine digits, its decimal field fifteen characters.
INTEGER_DIGITS = 9
DECIMAL_CHARACTERS = 15
# A time of day needs a day for its offset: in 1970 Vietnamese clocks stood at UTC+8.
A_DAY = date(2000, 1, 1)
POINT_PARTS = (2, 3, 4)  # latitude, longitude, altitude, accuracy


class WrongAnswerError(ValueError):
    """The widget would not let anybody enter this; says why, without repeating the value."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(en)


def answer_data(prompt: Any, value: Any) -> Any:
    """Make JavaRosa's answer out of a Python value.

    Args:
        prompt: JavaRosa's ``FormEntryPrompt`` of the question.
        value: text, number, date, time, datetime, (latitude, longitude[, altitude, accuracy]),
            choice name, list of choice names, True for an acknowledgement, file name; None and
            ``""`` clear the answer.

    Raises:
        WrongAnswerError: the widget refuses it: not a number, too long, no such choice.
    """
    if value is None or value in ("", []):
        return None
    constants = java("org.javarosa.core.model.Constants")
    control, kind = int(prompt.getControlType()), int(prompt.getDataType())
    if control == constants.CONTROL_SELECT_ONE:
        return _data("SelectOneData", _selections(prompt, [str(value)])[0])
    if control in (constants.CONTROL_SELECT_MULTI, constants.CONTROL_RANK):
        return _several(prompt, value)
    if control == constants.CONTROL_TRIGGER:
        return _data("StringData", "OK") if value is True or value == "OK" else None
    makers = {
        constants.DATATYPE_INTEGER: _integer,
        constants.DATATYPE_LONG: _integer,
        constants.DATATYPE_DECIMAL: _decimal,
        constants.DATATYPE_DATE: lambda each: _date(each, _appearance(prompt)),
        constants.DATATYPE_TIME: _time,
        constants.DATATYPE_DATE_TIME: _datetime,
        constants.DATATYPE_GEOPOINT: _geopoint,
        constants.DATATYPE_BINARY: _file,
    }
    if control == constants.CONTROL_RANGE:
        _on_the_range(prompt.getQuestion(), value)
    return makers.get(kind, _text)(value)


def _on_the_range(question: Any, value: Any) -> None:
    """A slider stops at its ends and on its steps only."""
    start, end, step = (
        Decimal(str(each))
        for each in (question.getRangeStart(), question.getRangeEnd(), question.getRangeStep())
    )
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise WrongAnswerError("không phải số", "not a number") from error
    low, high = sorted((start, end))
    if not low <= number <= high or (number - start) % step != 0:
        raise WrongAnswerError("nằm ngoài thang đo", "off the scale")


def _data(name: str, *arguments: Any) -> Any:
    return java(f"org.javarosa.core.model.data.{name}")(*arguments)


def _text(value: Any) -> Any:
    return _data("StringData", str(value))


def _file(value: Any) -> Any:
    return _data("StringData", PurePath(str(value)).name)


def _integer(value: Any) -> Any:
    try:
        number = int(str(value))
    except ValueError as error:
        raise WrongAnswerError("không phải số nguyên", "not a whole number") from error
    if len(str(abs(number))) > INTEGER_DIGITS:
        raise WrongAnswerError(
            f"dài quá {INTEGER_DIGITS} chữ số, điện thoại không nhận",
            f"longer than the {INTEGER_DIGITS} digits a phone takes",
        )
    return _data("IntegerData", java("java.lang.Integer")(number))


def _decimal(value: Any) -> Any:
    try:
        number = float(str(value))
    except ValueError as error:
        raise WrongAnswerError("không phải số", "not a number") from error
    if len(str(value)) > DECIMAL_CHARACTERS:
        raise WrongAnswerError(
            f"dài quá {DECIMAL_CHARACTERS} ký tự, điện thoại không nhận",
            f"longer than the {DECIMAL_CHARACTERS} characters a phone takes",
        )
    return _data("DecimalData", java("java.lang.Double")(number))


def _date(value: Any, appearance: str) -> Any:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise WrongAnswerError("không phải ngày năm-tháng-ngày", "not a date YYYY-MM-DD") from error
    if "month-year" in appearance:  # these pickers give the first day
        day = day.replace(day=1)
    elif "year" in appearance.split():
        day = day.replace(month=1, day=1)
    return _data("DateData", java_day(day))


def _time(value: Any) -> Any:
    try:
        clock = value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError as error:
        raise WrongAnswerError("không phải giờ:phút", "not a time HH:MM") from error
    return _data("TimeData", java_date(datetime.combine(A_DAY, clock, tzinfo=ZONE)))


def _datetime(value: Any) -> Any:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise WrongAnswerError("không phải ngày giờ", "not a date and time") from error
    return _data(
        "DateTimeData", java_date(moment if moment.tzinfo else moment.replace(tzinfo=ZONE))
    )


def _geopoint(value: Any) -> Any:
    import jpype  # noqa: PLC0415 - an extra; only who fills needs it

    parts = value.split() if isinstance(value, str) else value
    try:
        numbers = [float(each) for each in parts]
    except (TypeError, ValueError) as error:
        raise WrongAnswerError("không phải toạ độ", "not a point") from error
    if len(numbers) not in POINT_PARTS:
        raise WrongAnswerError("không phải toạ độ", "not a point")
    numbers += [0.0] * (4 - len(numbers))
    return _data("GeoPointData", jpype.JArray(jpype.JDouble)(numbers[:4]))


def _several(prompt: Any, value: Any) -> Any:
    names = value.split() if isinstance(value, str) else [str(each) for each in value]
    chosen = java("java.util.ArrayList")()
    for selection in _selections(prompt, names):
        chosen.add(selection)
    return _data("MultipleItemsData", chosen)


def _selections(prompt: Any, names: Iterable[str]) -> list[Any]:
    choices = {str(choice.getValue()): choice for choice in prompt.getSelectChoices()}
    found = []
    for name in names:
        if name not in choices:
            raise WrongAnswerError(
                "không có trong các lựa chọn đang hiện", "not among the choices shown"
            )
        found.append(choices[name].selection())
    return found


def _appearance(prompt: Any) -> str:
    return str(prompt.getQuestion().getAppearanceAttr() or "")
