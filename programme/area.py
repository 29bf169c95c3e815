"""One province or commune."""

from dataclasses import dataclass

from programme.problem import Language

_ENGLISH = {
    "tỉnh": "Province",
    "thành phố": "City",
    "xã": "Commune",
    "phường": "Ward",
    "đặc khu": "Special Zone",
}
KINDS = tuple(_ENGLISH)


@dataclass(frozen=True, slots=True)
class Area:
    """A province or a commune.

    Args:
        code: official code, 2 digits for a province, 5 for a commune; a text, never a number.
        label: its name with the kind, "Xã Chi Lăng".
        kind: ``tỉnh``, ``thành phố``, ``xã``, ``phường`` or ``đặc khu``.
        province: code of the province it lies in; its own for a province.
    """

    code: str
    label: str
    kind: str
    province: str

    @property
    def name(self) -> str:
        """The name without the kind, "Chi Lăng"."""
        start = len(self.kind) + 1
        is_led = self.label.casefold().startswith(f"{self.kind} ")
        return self.label[start:] if is_led else self.label

    def in_(self, language: Language) -> str:
        """Write "Xã Chi Lăng" or "Chi Lăng Commune"."""
        return self.label if language == "vi" else f"{self.name} {_ENGLISH[self.kind]}"
