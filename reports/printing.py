"""Ways to print a value in a template: ``{{ total | number }}``, ``{{ names | words }}``."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from programme import dates, numbers
from programme.problem import Language, Text
from programme.text import first_lower
from reports.content import show
from reports.figure_text import FigureText
from reports.sentences import figure_of, reporting, sentence, trend, verdict
from reports.template_faults import TemplateFault

DECIMALS_AT_MOST = 6
_LAST = Text(vi="và", en="and")


def filters(language: Language) -> dict[str, Callable[..., Any]]:
    """Give the ways to print: ``{{ total | number }}``, ``{{ D11 | sentence }}``."""

    def of_figure(say: Callable[[FigureText], str]) -> Callable[[Any], str]:
        return lambda value: say(figure_of(value))

    def of_amount(write: Callable[..., str], usual: int) -> Callable[..., str]:
        def printed(value: Any, decimals: int = usual) -> str:
            amount = _amount(value)
            if amount is None:
                return show.NO_DATA.in_(language)
            return write(amount, language, _decimals(decimals))

        return printed

    def words(value: Any, last: str = "") -> str:
        return joined([shown(each, language) for each in _list(value)], last, language)

    def plural(value: Any, one: str, many: str = "") -> str:
        amount = _amount(value)
        if amount is None:
            return show.NO_DATA.in_(language)
        word = one if amount == 1 or language == "vi" or not many else many
        return f"{numbers.number(amount, language, 1 if amount % 1 else 0)}\u00a0{word}"

    def text(change: Callable[[str], str]) -> Callable[[Any], str]:
        return lambda value: change(shown(value, language))

    return {
        "sentence": of_figure(sentence),
        "verdict": of_figure(verdict),
        "trend": of_figure(trend),
        "reporting": of_figure(reporting),
        "number": of_amount(numbers.number, 0),
        "percent": of_amount(numbers.percent, 1),
        "money": lambda value: _money(value, language),
        "millions": of_amount(lambda v, lang, d: numbers.number(v / show.MILLION, lang, d), 1),
        "date": lambda value: dates.short(_date(value), language),
        "long_date": lambda value: dates.official(_date(value), language),
        "month": lambda value: dates.Month.of(_date(value)).in_(language),
        "words": words,
        "plural": plural,
        "count": lambda value: len(_list(value)),
        "upper": text(str.upper),
        "lower": text(str.lower),
        "first_upper": text(lambda words: words[:1].upper() + words[1:]),
        "first_lower": text(first_lower),
    }


def joined(words: Sequence[str], last: str, language: Language) -> str:
    """Join words as a sentence does: “a, b và c”; English “a, b and c”.

    Args:
        last: before the last one, instead of “và”, “and”.
    """
    if len(words) < 2:  # noqa: PLR2004 nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {last or _LAST.in_(language)} {words[-1]}"


def shown(value: Any, language: Language) -> str:
    """Print a value as it is: texts, figures, numbers, days."""
    if value is None:
        return show.NO_DATA.in_(language)
    if isinstance(value, bool):
        return Text(vi="có" if value else "không", en="yes" if value else "no").in_(language)
    if isinstance(value, int | float | Decimal):
        return numbers.number(value, language, 1 if value % 1 else 0)
    if isinstance(value, dates.Month):
        return value.in_(language)
    if isinstance(value, date):
        return dates.short(value, language)
    if isinstance(value, str | FigureText):
        return str(value)
    raise TemplateFault(Text(vi="giá trị này không in được", en="this cannot be printed"))


def _amount(value: Any) -> float | None:
    if isinstance(value, FigureText):
        return value.value
    if value is None:
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value if isinstance(value, int) else float(value)
    raise TemplateFault(Text(vi="đây không phải là số", en="this is not a number"))


def _money(value: Any, language: Language) -> str:
    amount = _amount(value)
    return show.NO_DATA.in_(language) if amount is None else numbers.money(amount, language)


def _decimals(wanted: Any) -> int:
    if isinstance(wanted, int) and 0 <= wanted <= DECIMALS_AT_MOST:
        return wanted
    raise TemplateFault(
        Text(
            vi=f"số chữ số thập phân phải từ 0 đến {DECIMALS_AT_MOST}",
            en=f"decimals are from 0 to {DECIMALS_AT_MOST}",
        )
    )


def _date(value: Any) -> date:
    if isinstance(value, dates.Month):
        return value.first
    if isinstance(value, date):
        return value
    raise TemplateFault(Text(vi="đây không phải là ngày", en="this is not a date"))


def _list(value: Any) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    raise TemplateFault(Text(vi="đây không phải là danh sách", en="this is not a list"))
