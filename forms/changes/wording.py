"""How one kind of change is told: a template in both languages, filled for one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Postfix, Prefix

from forms.changes.change import Change, Kind
from programme.problem import Place, Text

LONG = 120  # characters of an expression that a person still takes in at a glance
AROUND = 20  # characters shown on both sides of what differs


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one kind of change; ``{}`` names in them are filled in.

    Args:
        code: its stable code.
        kind: what it does to the data.
        what: what has changed.
        why: what that does to the data.
        do: what to do about it.
    """

    code: str
    kind: Kind
    what: Text
    why: Text
    do: Text

    def change(self, place: Place, question: str | None = None, **words: str | Text) -> Change:
        """Say it of one place."""
        return Change(
            self.code,
            self.kind,
            place,
            _filled(self.what, question, words),
            _filled(self.why, question, words),
            _filled(self.do, question, words),
            question,
        )


def _filled(text: Text, question: str | None, words: Mapping[str, str | Text]) -> Text:
    def put(language: str, template: str) -> str:
        named = {
            key: (word if isinstance(word, str) else getattr(word, language))
            for key, word in words.items()
        }
        return template.format_map({"question": question or "", **named})

    return Text(vi=put("vi", text.vi), en=put("en", text.en))


def quoted(labels: Mapping[str, str]) -> Text:
    """Quote a label, each language of ours in its own words when it has them."""
    any_ = next(iter(labels.values()), "–")
    return Text(vi=f"«{labels.get('vi', any_)}»", en=f"“{labels.get('en', any_)}”")


def contrast(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Text, Text]:
    """Quote two labels, each language of ours in a language in which they differ."""
    differs = [each for each in before if each in after and before[each] != after[each]]
    shown = {each: each if each in differs or not differs else differs[0] for each in ("vi", "en")}
    old, new = (
        quoted({ours: labels[its] for ours, its in shown.items() if its in labels} or labels)
        for labels in (before, after)
    )
    return old, new


def shortened(before: str, after: str) -> tuple[str, str]:
    """Cut what two long expressions share at both ends, so that the difference can be seen."""
    if len(before) <= LONG and len(after) <= LONG:
        return before or "–", after or "–"
    start = Prefix.similarity(before, after)
    end = min(Postfix.similarity(before, after), min(len(before), len(after)) - start)
    return _part(before, start, end), _part(after, start, end)


def _part(text: str, start: int, end: int) -> str:
    first, last = max(start - AROUND, 0), min(len(text) - end + AROUND, len(text))
    part = text[first:last]
    if len(part) > LONG:
        part = f"{part[: LONG // 2]} … {part[-LONG // 2 :]}"
    return f"{'…' if first else ''}{part}{'…' if last < len(text) else ''}" or "–"


def listed(names: Sequence[str], most: int = 5) -> Text:
    """Name some things, and count the rest."""
    shown = ", ".join(names[:most])
    rest = len(names) - most
    if rest <= 0:
        return Text(vi=shown, en=shown)
    return Text(vi=f"{shown} và {rest} câu nữa", en=f"{shown} and {rest} more")
