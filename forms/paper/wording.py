"""Conditions in words, Vietnamese and English."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal as OneOf

from forms.paper.conditions import clear, condition
from forms.paper.expression import Answer, Call, Literal, Node, Operation, names
from forms.paper.facts import Facts
from forms.paper.joining import Blank, Compare, Condition, Fixed, Is, Months, Several, unclear
from forms.paper.texts import printable
from programme.dates import short
from programme.numbers import number
from programme.problem import Language

_COMPARED: dict[Language, Mapping[str, str]] = {
    "vi": {
        "=": "{} bằng {}",
        "!=": "{} khác {}",
        "<": "{} nhỏ hơn {}",
        "<=": "{} không quá {}",
        ">": "{} lớn hơn {}",
        ">=": "{} từ {} trở lên",
    },
    "en": {
        "=": "{} is {}",
        "!=": "{} is not {}",
        "<": "{} is less than {}",
        "<=": "{} is at most {}",
        ">": "{} is more than {}",
        ">=": "{} is {} or more",
    },
}
_DAYS: dict[Language, Mapping[str, str]] = {
    "vi": {
        "=": "{} là {}",
        "!=": "{} không phải {}",
        "<": "{} trước {}",
        "<=": "{} không sau {}",
        ">": "{} sau {}",
        ">=": "{} từ {} trở đi",
    },
    "en": {
        "=": "{} is {}",
        "!=": "{} is not {}",
        "<": "{} is before {}",
        "<=": "{} is not after {}",
        ">": "{} is after {}",
        ">=": "{} is {} or later",
    },
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "div": "÷"}
What = OneOf["question", "section", "note"]
_LONGEST = 300  # letters of a condition; nobody reads a longer one
_MANY = 4  # questions named one by one


class Wording:
    """Words conditions of one form in one language."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts = facts
        self.language = language

    def say(self, vi: str, en: str) -> str:
        """Give one of two sentences."""
        return vi if self.language == "vi" else en

    def only_if(self, source: str, what: What = "question") -> str:
        """Say when something is answered or read; empty means always.

        Where the expression cannot be worded the questions that it rests on are named.
        """
        found = condition(source, self.facts)
        if isinstance(found, Fixed):
            return ""
        known, rest = self._known_and_rest(found, source)
        if what == "note":
            rest = rest and self.say(f"tùy {rest}", f"depending on {rest}")
            said = ", ".join(each for each in (known, rest) if each)
            return f"{self.say('Nếu', 'If')} {said}:" if known else f"{said[:1].upper()}{said[1:]}:"
        rest = rest and self.say(f"còn tùy {rest}", f"it depends on {rest}")
        part = what == "section"
        if known:
            only = self.say(
                "Chỉ trả lời phần này nếu" if part else "Chỉ trả lời nếu",
                "Answer this part only if" if part else "Only if",
            )
            return f"{only} {'; '.join(each for each in (known, rest) if each)}."
        # better an answer too many than a gap that nobody can fill later
        unsure = self.say("Không chắc thì cứ trả lời", "If in doubt, answer")
        return f"{unsure} ({rest})."

    def never(self, source: str) -> bool:
        """Tell that a question is never asked."""
        return condition(source, self.facts) == Fixed(False)

    def clear(self, source: str) -> bool:
        """Tell whether all of a condition can be said in words."""
        return clear(condition(source, self.facts))

    def decided_on_paper(self, source: str) -> bool:
        """Tell whether a reader of the paper can decide a condition himself."""
        return not source or self.clear(source) or not self.facts.on_phone(source)

    def node(self, node: Node) -> str:  # noqa: PLR0911 - one return a case
        """Write a number, a day, a question or a sum of them; only of what is ``sayable``."""
        match self.facts.simple(node):
            case Literal(value):
                return self._literal(value)
            case Answer(name):
                return self._answer(name)
            case Call("today" | "now", ()):
                return self.say("ngày ghi phiếu này", "the day of filling this in")
            case Call("date", (inner,)):
                return self.node(inner)
            case Call("count-selected", (Answer(name),)):
                return self.say("số mục chọn ở ", "the number ticked in ") + self.question(name)
            case Call("count", (Answer(name),)):
                return self.say("số dòng ở ", "the number of rows in ") + self.question(name)
            case Operation(sign, left, right) if sign in _SIGNS:
                return f"{self.node(left)} {_SIGNS[sign]} {self.node(right)}"
        return ""

    def question(self, name: str) -> str:
        """Name a question by its number."""
        return f"{self.say('câu', 'question')} {self.facts.asked[name].number}"

    def _answer(self, name: str) -> str:
        """Name what is written at a question: the day, the number."""
        match self.facts.asked[name].kind:
            case "date" | "datetime":
                return self.say("ngày ở ", "the day in ") + self.question(name)
            case "integer" | "decimal":
                return self.say("số ở ", "the number in ") + self.question(name)
        return self.question(name)

    def _words(self, found: Condition) -> str:  # noqa: PLR0911 - one return a case
        match found:
            case Is():
                return self._is(found)
            case Blank(name, blank):
                named = self.question(name)
                if blank:
                    return self.say(f"{named} bỏ trống", f"{named} is left blank")
                return self.say(f"{named} có trả lời", f"{named} is answered")
            case Months(name, months):
                listed = self._listed([str(month) for month in months])
                named = self.question(name)
                return self.say(f"tháng ở {named} là {listed}", f"the month in {named} is {listed}")
            case Compare(left, operator, right):
                return self._compared(left, operator, right)
            case Several(operator, parts):
                return self._joined(operator, parts)
        return ""

    def _is(self, found: Is) -> str:
        asked = self.facts.asked[found.name]
        quoted = [f"“{printable(asked.choices.get(value, value))}”" for value in found.values]
        if self.language == "vi":
            quoted = [f"«{each[1:-1]}»" for each in quoted]
        listed, named = self._listed(quoted), self.question(found.name)
        if asked.kind == "select_multiple":
            if found.among:
                return self.say(f"{named} có chọn {listed}", f"{named} includes {listed}")
            return self.say(f"{named} không chọn {listed}", f"{named} does not include {listed}")
        if found.among:
            return self.say(f"{named} là {listed}", f"{named} is {listed}")
        return self.say(f"{named} không phải {listed}", f"{named} is not {listed}")

    def _compared(self, left: Node, operator: str, right: Node) -> str:
        words = _DAYS if self.is_day(left) or self.is_day(right) else _COMPARED
        return words[self.language][operator].format(self.node(left), self.node(right))

    def _joined(self, operator: str, parts: Sequence[Condition]) -> str:
        word = self.say("và", "and") if operator == "and" else self.say("hoặc", "or")
        said = [
            f"({self._words(part)})" if isinstance(part, Several) else self._words(part)
            for part in parts
        ]
        # a pause where a part lists several choices itself
        either = f" {self.say('hoặc', 'or')} "
        pause = "; " if any(either in each for each in said if each[0] != "(") else " "
        return f"{pause}{word} ".join(said)

    def _known_and_rest(self, found: Condition, source: str) -> tuple[str, str]:
        """Give what can be worded, and what the rest depends on."""
        words = self._words(found) if clear(found) else ""
        if 0 < len(words) <= _LONGEST:
            return words, ""
        parts: list[Condition] = []
        if isinstance(found, Several) and found.operator == "and":
            parts = [p for p in found.parts if clear(p) and not isinstance(p, Blank)]
        known = self._joined("and", parts) if parts and not words else ""
        known = known if len(known) <= _LONGEST else ""
        rests_on = unclear(found) if known else names(source)
        numbers = self.facts.questions(rests_on)
        listed = self._numbers(numbers)
        phone = self.say("danh sách đã có", "the lists there are")
        if not self.facts.on_phone(source):
            phone = ""
        rests = self.say(" và ", " and ").join(each for each in (listed, phone) if each)
        return known, rests or self.say("danh sách đã có", "the lists there are")

    def _numbers(self, numbers: Sequence[str]) -> str:
        if len(numbers) > _MANY:
            return self.say(
                f"các câu từ {numbers[0]} đến {numbers[-1]}",
                f"questions {numbers[0]} to {numbers[-1]}",
            )
        labels = {each.number: each.label for each in self.facts.asked.values()}
        quoted = [
            f"{self.say('câu', 'question')} {each}" + (f" ({labels[each]})" if labels[each] else "")
            for each in numbers
        ]
        return ", ".join(quoted)

    def _listed(self, texts: Sequence[str]) -> str:
        *first, last = texts
        return f"{', '.join(first)} {self.say('hoặc', 'or')} {last}" if first else last

    def is_day(self, node: Node) -> bool:
        """Tell whether something is a day, so that it is before or after, not less or more."""
        match self.facts.simple(node):
            case Answer(name) if name in self.facts.asked:
                return self.facts.asked[name].kind in ("date", "datetime")
            case Call("today" | "now" | "date", _):
                return True
        return False

    def _literal(self, value: str) -> str:
        try:
            return short(date.fromisoformat(value), self.language)
        except ValueError:
            pass
        try:
            exact = Decimal(value)
            exponent = exact.normalize().as_tuple().exponent
            decimals = max(0, -exponent) if isinstance(exponent, int) else 0
            return number(exact, self.language, decimals)
        except (ArithmeticError, ValueError):
            value = printable(value)
            return self.say(f"«{value}»", f"“{value}”")
