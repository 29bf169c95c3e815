"""``[people]`` and ``[retention]`` of ``ishc.toml``: by when people are answered, what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from programme.problem import Text
from programme.toml_reader import TomlReader

RetainedClass = Literal["personal", "sensitive"]
_MOST_DECIMALS = 7
_NO_TEXT = Text(vi="", en="")
_NUMBERS = ("answer_days", "access_days", "correct_days", "restrict_days", "erase_days",
            "point_decimals")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """By when a person who asks is answered, and how exactly exports tell a place.

    The days are those of Law 91/2025/QH15 and Decree 356/2025/NĐ-CP as secondary sources have
    them; the texts themselves were not read, so they are settings.

    Args:
        answer_days: working days until somebody who asks hears that it was received.
        access_days: days until what is held is handed over.
        correct_days: days until it is corrected.
        restrict_days: days until its use is restricted.
        erase_days: days until it is erased.
        point_decimals: decimals of latitude and longitude in exports; 3 are about 100 metres.
        officer: whom people ask, and who answers for the record of processing.
        basis: what allows the processing, where it is not the consent the forms ask for.
        purposes: what each form is for, where it is not what the product says.
    """

    answer_days: int = 2
    access_days: int = 10
    correct_days: int = 10
    restrict_days: int = 15
    erase_days: int = 20
    point_decimals: int = 3
    officer: Text = _NO_TEXT
    basis: Text = _NO_TEXT
    purposes: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """After how many months answers are removed here; 0 means never.

    No number is given by the law: it asks that data be kept no longer than the purpose needs. So
    nothing is removed until the office writes a number.

    Args:
        personal: months after which answers that identify somebody are removed; of people on a
            list counted from the day they left.
        sensitive: months after which sensitive answers are removed where no total rests on them.
        list_held: write down which submissions the servers still have in full.
        forms: other numbers of single forms, by form and class.
    """

    personal: int = 0
    sensitive: int = 0
    list_held: bool = False
    forms: Mapping[str, Mapping[RetainedClass, int]] = field(default_factory=dict)

    def months(self, form: str, data_class: RetainedClass) -> int:
        """Give the months for a class of answers of a form."""
        usual = self.personal if data_class == "personal" else self.sensitive
        return self.forms.get(form, {}).get(data_class, usual)

    @property
    def asked(self) -> bool:
        """Whether anything is ever to be removed."""
        several = (months for form in self.forms.values() for months in form.values())
        return bool(self.personal or self.sensitive or any(several))


def read_people(reader: TomlReader, raw: Mapping[str, Any]) -> PeopleSettings:
    """Read ``[people]``; mistakes go to the reader."""
    table = reader.table(raw, "people", {each.name for each in fields(PeopleSettings)})
    usual = PeopleSettings()
    read = {name: reader.count(table, name, "people", getattr(usual, name)) for name in _NUMBERS}
    listed = {"people.purposes": table.get("purposes", {})}
    purposes = reader.table(listed, "people.purposes", set())
    if read["point_decimals"] > _MOST_DECIMALS:
        reader.problem(
            "settings-number",
            Text(vi="nhiều số lẻ quá", en="so many decimals mean nothing"),
            Text(
                vi=f"hãy viết một số từ 0 đến {_MOST_DECIMALS}",
                en=f"write a number from 0 to {_MOST_DECIMALS}",
            ),
            "people.point_decimals",
        )
    return PeopleSettings(
        **read,
        officer=reader.text(table, "officer", "people"),
        basis=reader.text(table, "basis", "people"),
        purposes={name: reader.text(purposes, name, "people.purposes") for name in purposes},
    )


def read_retention(reader: TomlReader, raw: Mapping[str, Any]) -> RetentionSettings:
    """Read ``[retention]``; mistakes go to the reader."""
    table = reader.table(raw, "retention", {"personal", "sensitive", "list_held", "forms"})
    listed = table.get("list_held", False)
    if not isinstance(listed, bool):
        reader.wrong_type("retention.list_held", "true / false")
    forms = reader.table({"retention.forms": table.get("forms", {})}, "retention.forms", set())
    return RetentionSettings(
        personal=reader.count(table, "personal", "retention", 0),
        sensitive=reader.count(table, "sensitive", "retention", 0),
        list_held=listed is True,
        forms={name: _form(reader, name, forms[name]) for name in forms},
    )


def _form(reader: TomlReader, name: str, table: object) -> dict[RetainedClass, int]:
    place = f"retention.forms.{name}"
    read = reader.table({place: table}, place, {"personal", "sensitive"})
    several: tuple[RetainedClass, ...] = ("personal", "sensitive")
    return {each: reader.count(read, each, place, 0) for each in several if each in read}
