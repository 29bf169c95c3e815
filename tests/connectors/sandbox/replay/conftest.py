"""Compares recorded answers with those of the sandbox.

Names that the server draws (uids, uuids, ids, hashes) are learned the first time they are seen
and must stay the same from then on. Moments may differ by a few seconds: the sandbox's clock is
set to the recorded one. Everything else must be equal.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?"
_NAMES = {
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "sha1": r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])",
    "md5": r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])",
    "moment": MOMENT,
    "uid": r"(?<![\w])(?:a|v|i|af|att|p|u|org)[2-9A-HJ-NP-Za-km-z]{21}(?![\w])",
    "number": r"(?<=/data/)\d+(?=/)|(?<=/forms/)\d+|(?<=/xformsManifest/)\d+"
    r"|(?<=/xformsMedia/)\d+/\d+",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _NAMES.items()))
_SECONDS_APART = 3
# keys of an asset that belong to parts of KoBoToolbox which the sandbox does not have
_NOT_KEPT = {
    "report_styles", "report_custom", "advanced_features", "map_styles", "map_custom",
    "downloads", "embeds", "analysis_form_json", "xform_link", "xls_link",
    "assignable_permissions", "permissions", "effective_permissions", "export_settings",
    "subscribers_count", "access_types", "project_ownership", "last_modified_by",
}  # fmt: skip
# values that tell of the machine and the account that were recorded
_OF_THE_RECORDING = {
    "source", "ip_address", "asset_id", "user_uid", "email", "gravatar", "date_joined",
    "last_login", "organization", "extra_details__uid", "validated_password", "accepted_tos",
    "$kuid",
}  # fmt: skip
_HEADERS_APART = {
    "WWW-Authenticate",  # the sandbox offers Basic to phones, KoBoToolbox Digest
    "ETag",
    "Last-Modified",
}


class DifferenceError(AssertionError):
    """An answer that is not as recorded."""


class Names:
    """What the sandbox calls the things that the recording names."""

    def __init__(self) -> None:
        self.ours: dict[str, str] = {}
        self.ids: dict[int, int] = {}

    def translate(self, text: str, *, ids: bool = False) -> str:
        def one(found: re.Match[str]) -> str:
            kind = found.lastgroup or ""
            return self.ours.get(f"{kind} {found[0]}", self.ours.get(found[0], found[0]))

        text = _TOKEN.sub(one, text)
        if ids:
            text = re.sub(r"\b\d+\b", lambda m: str(self.ids.get(int(m[0]), m[0])), text)
        return text

    def same_text(self, recorded: str, got: str, where: str) -> None:
        recorded = self.ours.get(recorded, recorded)
        if where in (".next", ".previous") and "?" in recorded:
            address, _, query = recorded.partition("?")
            recorded = f"{address}?{self.translate(query, ids=True)}"
        if recorded == got:
            return
        if _TOKEN.sub("\0", recorded) != _TOKEN.sub("\0", got):
            raise DifferenceError(
                f"{where}: {self.translate(recorded)!r} was recorded, not {got!r}"
            )
        for left, right in zip(_TOKEN.finditer(recorded), _TOKEN.finditer(got), strict=True):
            self._same_name(left.lastgroup or "", left[0], right[0], where)

    def _same_name(self, kind: str, recorded: str, got: str, where: str) -> None:
        if kind == "moment":
            apart = abs((_moment(recorded) - _moment(got)).total_seconds())
            if apart > _SECONDS_APART:
                raise DifferenceError(f"{where}: {got} is {apart} s from the recorded {recorded}")
            self.ours.setdefault(recorded, got)
            return
        known = self.ours.setdefault(f"{kind} {recorded}", got)
        if known != got:
            raise DifferenceError(f"{where}: {recorded} was {known} until now, not {got}")

    def same_id(self, recorded: int, got: int, where: str) -> None:
        known = self.ids.setdefault(recorded, got)
        self.ours.setdefault(f"number {recorded}", str(got))
        if known != got:
            raise DifferenceError(f"{where}: _id {recorded} was {known} until now, not {got}")


def _moments(text: str) -> list[datetime]:
    """Find the recording server's moments in an answer; answers of people have a zone."""
    found = [_moment(one) for one in re.findall(MOMENT + r"(?!\d|\+0?7)", text)]
    stamps = re.findall(r'"timestamp": (\d+)', text)
    return found + [datetime.fromtimestamp(int(one), UTC) for one in stamps]


def _moment(text: str) -> datetime:
    plain = datetime.fromisoformat(text.replace(" ", "T"))
    return plain if plain.tzinfo else plain.replace(tzinfo=UTC)


class Comparer:
    """Compares bodies: JSON, XML, text."""

    def __init__(self) -> None:
        self.names = Names()
        self.ignore: set[str] = set()  # keys and headers that may differ in this exchange

    moments = staticmethod(_moments)

    def same_headers(self, recorded: dict[str, str], got: Any) -> None:
        for name, value in recorded.items():
            if name not in _HEADERS_APART | self.ignore:
                self.names.same_text(value, got.get(name, "missing"), name)

    def same_page(self, recorded: str, got: str) -> None:
        if "<!DOCTYPE html>" in recorded:  # pages were cut to their title
            title = re.compile("<title>.*</title>")
            if title.findall(got) != title.findall(recorded):
                raise DifferenceError(got)
        elif recorded.lstrip().startswith("<"):
            self.same_xml(recorded, got, "")
        else:
            self.names.same_text(recorded, got, "text")

    def same(self, recorded: Any, got: Any, where: str) -> None:
        key = re.split(r"[./]", where)[-1]
        if key in _OF_THE_RECORDING or key in self.ignore:
            return
        if isinstance(recorded, dict) and isinstance(got, dict):
            self._same_object(recorded, got, where)
        elif isinstance(recorded, list) and isinstance(got, list):
            self._same_list(recorded, got, where)
        elif key == "_id" and isinstance(recorded, int):
            self.names.same_id(recorded, got, where)
        elif key == "timestamp" and isinstance(got, int):
            assert abs(recorded - got) <= _SECONDS_APART, f"{where}: {got}"
        elif isinstance(recorded, str) and isinstance(got, str):
            self.names.same_text(recorded, got, where)
        elif type(recorded) is not type(got) or recorded != got:
            raise DifferenceError(f"{where}: {recorded!r} was recorded, not {got!r}")

    def _same_object(self, recorded: dict[str, Any], got: dict[str, Any], where: str) -> None:
        asset = "asset_type" in recorded  # recorded assets are cut to what matters
        for key, value in recorded.items():
            if (asset and key in _NOT_KEPT) or key in _OF_THE_RECORDING:
                continue
            if key not in got:
                raise DifferenceError(f"{where}: {key} was recorded and is missing")
            self.same(value, got[key], f"{where}.{key}")
        if not asset and (more := set(got) - set(recorded) - _OF_THE_RECORDING):
            raise DifferenceError(f"{where}: {more} not recorded")

    def _same_list(self, recorded: list[Any], got: list[Any], where: str) -> None:
        if len(recorded) != len(got):
            raise DifferenceError(f"{where}: {len(recorded)} were recorded, not {len(got)}")
        for number, (left, right) in enumerate(zip(recorded, got, strict=True)):
            self.same(left, right, f"{where}.{number}")

    def same_xml(self, recorded: str, got: str, where: str) -> None:
        self._same_element(_parse(recorded), _parse(got), where)

    def _same_element(
        self, left: ElementTree.Element, right: ElementTree.Element, where: str
    ) -> None:
        place = f"{where}/{left.tag.rpartition('}')[2]}"
        self.names.same_text(left.tag, right.tag, place)
        # the space before a text that holds an output differs between two pyxform versions
        for one, other in ((left.text, right.text), (left.tail, right.tail)):
            self.names.same_text((one or "").strip(), (other or "").strip(), place)
        self.same(dict(left.attrib), dict(right.attrib), place)
        if len(left) != len(right):
            raise DifferenceError(f"{place}: {len(left)} children were recorded, not {len(right)}")
        for one, other in zip(left, right, strict=True):
            self._same_element(one, other, place)


def _parse(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())


@pytest.fixture
def difference() -> type[DifferenceError]:
    """What a comparer raises for an answer that is not as recorded."""
    return DifferenceError


@pytest.fixture
def comparer() -> Callable[[], Comparer]:
    """Make a comparer that has learned no names yet."""
    return Comparer
