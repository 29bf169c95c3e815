"""Who issues the report and whom it goes to, by the level of what it is about."""

from programme.problem import Text
from programme.report_settings import ReportSettings
from reports.content.data import ReportData


def issuer_of(data: ReportData) -> ReportSettings:
    """Give the head block of the report's level."""
    if data.place.level == "province":
        return data.settings.report
    return data.settings.issuers[data.place.level]


def head_texts(data: ReportData) -> dict[str, object]:
    """Give what stands at the head and foot of a report."""
    issuer = issuer_of(data)

    def words(text: Text) -> str:
        return _filled(data, text)

    parent, sent_to = words(issuer.parent), words(issuer.sent_to) or words(issuer.parent)
    # “- Như trên” in the template already stands for the body the report is sent to
    recipients = [each for each in map(words, issuer.recipients) if each != sent_to]
    inside = data.words(data.place.inside)
    return {
        "programme_name": data.words(data.settings.name),
        "parent": parent.upper(),
        "parent_name": parent,
        "issuer": words(issuer.issuer).upper(),
        "issuer_name": words(issuer.issuer),
        "sent_to": sent_to,
        "place": words(issuer.place),
        "number_code": issuer.abbreviation,
        "authority": words(issuer.authority).upper(),
        "signer_title": words(issuer.signer_title).upper(),
        "recipients": recipients,
        "area": inside,
        "area_upper": data.words(data.place.label).upper(),
        "area_code": data.place.code,
    }


def _filled(data: ReportData, text: Text) -> str:
    """Put the names of the report's area into a text of ``ishc.toml``."""
    found = data.words(text)
    if "{" not in found:
        return found
    place, areas = data.place, data.areas
    around = {
        "area": data.words(place.label),
        "name": place.name,
        "commune": areas.label(place.commune, data.language) if place.commune else "",
        "commune_name": areas.communes[place.commune].name if place.commune else "",
        "province": areas.label(place.province, data.language) if place.province else "",
        "province_name": areas.provinces[place.province].name if place.province else "",
    }
    for name, value in around.items():
        named = name.endswith("name") or (name == "area" and place.level == "club")
        inside = data.language == "vi" and not named
        found = found.replace(f"{{{name}}}", _inside(value) if inside else value)
    return found


def _inside(label: str) -> str:
    return label[:1].lower() + label[1:]
