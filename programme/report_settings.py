"""Who issues a report at each level, and whom it goes to: ``[report…]`` of ``ishc.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programme.problem import Text
from programme.toml_reader import TomlReader

NO_TEXT = Text(vi="", en="")
LEVELS = ("country", "commune", "club")  # beside the province, which stands in [report] itself
_TEXTS = ("parent", "issuer", "sent_to", "place", "authority", "signer_title")


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """Who issues the reports of one level: the head block of Decree 30/2020, both languages.

    Texts may hold ``{area}``, ``{commune}`` and ``{province}``: what the report is about and
    where that lies (``{name}``, ``{commune_name}``, ``{province_name}`` without “xã”, “tỉnh”).

    Args:
        parent: the body above the issuer; empty where there is none.
        sent_to: whom the report is addressed to; the parent where it is empty.
        abbreviation: behind the number, ``BC-HNCT``.
        recipients: who gets a copy besides.
    """

    parent: Text = NO_TEXT
    issuer: Text = NO_TEXT
    sent_to: Text = NO_TEXT
    place: Text = NO_TEXT
    abbreviation: str = ""
    authority: Text = NO_TEXT
    signer_title: Text = NO_TEXT
    recipients: tuple[Text, ...] = ()


_CHAIR = Text(vi="Chủ tịch", en="Chairperson")
_COMMITTEE = Text(vi="TM. Ban Chấp hành", en="On behalf of the Executive Committee")
# what stands in a head block where ishc.toml says nothing of the level
USUAL = {
    "country": ReportSettings(
        issuer=Text(vi="Hội Người cao tuổi Việt Nam", en="Viet Nam Association of the Elderly"),
        sent_to=Text(vi="Thủ tướng Chính phủ", en="The Prime Minister"),
        place=Text(vi="Hà Nội", en="Hà Nội"),
        abbreviation="BC-HNCT",
        authority=Text(vi="TM. Ban Thường vụ", en="On behalf of the Standing Committee"),
        signer_title=_CHAIR,
    ),
    "commune": ReportSettings(
        parent=Text(
            vi="Hội Người cao tuổi {province}", en="Association of the Elderly of {province}"
        ),
        issuer=Text(vi="Hội Người cao tuổi {area}", en="Association of the Elderly of {area}"),
        place=Text(vi="{name}", en="{name}"),
        abbreviation="BC-HNCT",
        authority=_COMMITTEE,
        signer_title=_CHAIR,
        recipients=(Text(vi="UBND {area}", en="People's Committee of {area}"),),
    ),
    "club": ReportSettings(
        parent=Text(
            vi="Hội Người cao tuổi {commune}", en="Association of the Elderly of {commune}"
        ),
        issuer=Text(vi="{area}", en="{area}"),
        place=Text(vi="{commune_name}", en="{commune_name}"),
        abbreviation="BC-CLB",
        authority=Text(vi="TM. Ban Chủ nhiệm", en="On behalf of the board"),
        signer_title=Text(vi="Chủ nhiệm", en="Chairperson"),
    ),
}


def read_report(reader: TomlReader, raw: Mapping[str, Any]) -> ReportSettings:
    """Read ``[report]``: who issues the reports of a province."""
    return _read(reader, raw, "report", "report", set(LEVELS), ReportSettings())


def read_issuers(reader: TomlReader, raw: Mapping[str, Any]) -> dict[str, ReportSettings]:
    """Read ``[report.country]``, ``[report.commune]``, ``[report.club]``; each may be missing."""
    above = raw.get("report", {})
    if not isinstance(above, dict):  # told when [report] is read
        return dict(USUAL)
    return {
        level: _read(reader, above, level, f"report.{level}", set(), USUAL[level])
        for level in LEVELS
    }


def _read(
    reader: TomlReader,
    parent: Mapping[str, Any],
    key: str,
    place: str,
    more: set[str],
    usual: ReportSettings,
) -> ReportSettings:
    table = reader.table(parent, key, {*_TEXTS, "abbreviation", "recipients"} | more)
    texts = {
        name: reader.text(table, name, place) if name in table else getattr(usual, name)
        for name in _TEXTS
    }
    recipients = table.get("recipients", usual.recipients)
    if not isinstance(recipients, list | tuple):
        recipients = [recipients]
    return ReportSettings(
        **texts,
        abbreviation=reader.string(table, "abbreviation", place, usual.abbreviation),
        recipients=tuple(
            each
            if isinstance(each, Text)
            else reader.text({"recipients": each}, "recipients", place)
            for each in recipients
        ),
    )
