"""How one kind of change is told: a template in both languages, filled for one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.changes.change import Change, Kind
from programme.problem import Place, Text


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


def listed(names: Sequence[str], most: int = 5) -> Text:
    """Name some things, and count the rest."""
    shown = ", ".join(names[:most])
    rest = len(names) - most
    if rest <= 0:
        return Text(vi=shown, en=shown)
    return Text(vi=f"{shown} và {rest} câu nữa", en=f"{shown} and {rest} more")
