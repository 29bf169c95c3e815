"""Records out of rows of OData, wherever that provably loses nothing."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from connectors.servers.answer import parsed_xml
from connectors.servers.central.clients import Clients
from connectors.servers.central.forms import NO_VERSION, NOT_FOUND, fields_of
from connectors.servers.central.instance import Answers
from connectors.servers.central.listing import Listed
from connectors.servers.central.pages import Row
from connectors.servers.central.records import record_of
from connectors.servers.central.rows import LosesError, answers_of_row
from connectors.servers.central.shape import Shape, Types, shape_of, types_of
from connectors.servers.central.urls import form, part
from connectors.servers.contract import Record, Server
from connectors.servers.faults import ServerFault

COMPARED = 3  # of a page, at least so many are read as XML too


class Quick:
    """Makes records of rows; what it leaves out has to be read as XML.

    A row serves where nobody has edited the submission, where ODK Collect sent it, and where its
    version of the form has a ``Shape``. It has to hold each of that version's questions and
    nothing besides, and its files to be all there or all missing.
    """

    def __init__(self, server: Server, asset: str) -> None:
        self._server, self._asset = server, asset
        self._published = self._types(None)
        self._clients = Clients(server, asset)
        self._sent: dict[str, str] = {}  # of this page, by which version of Collect
        self._shapes: dict[str, Shape | None] = {}
        self._compared: set[tuple[str, str]] = set()

    @property
    def possible(self) -> bool:
        """Tell whether any row may serve."""
        return self._published is not None

    @property
    def holds(self) -> bool:
        """Tell whether the published version still has the fields that it had in the beginning."""
        return self._types(None) == self._published

    def records(self, page: Sequence[tuple[Listed, Row]]) -> dict[str, Record]:
        """Give the records of those rows of a page that serve, by root instance id.

        Args:
            page: of pages that are given from the newest to the oldest.
        """
        untouched = [(found, row) for found, row in page if found.system.get("edits") == 0]
        if not untouched:
            return {}
        oldest = min(str(found.system.get("submissionDate")) for found, _ in untouched)
        sent = self._clients.of_collect([found.root for found, _ in untouched], oldest)
        self._sent = sent
        made = {
            found.root: self._record(found, row) for found, row in untouched if found.root in sent
        }
        return {root: record for root, record in made.items() if record is not None}

    def to_compare(self, made: Mapping[str, Record]) -> set[str]:
        """Choose some of a page's records that are read as XML too, always the same of a page.

        The first of each version of Collect and of the form is among them: what one version does
        it does always.
        """
        first: dict[tuple[str, str], str] = {}
        for root, record in made.items():
            first.setdefault((self._sent[root], record["__version__"]), root)
        fresh = {root for kind, root in first.items() if kind not in self._compared}
        self._compared.update(first)
        roots = list(made)
        chance = Random(roots[0] if roots else "")  # noqa: S311 - hides nothing
        return fresh.union(chance.sample(roots, min(COMPARED, len(roots))))

    def agrees(self, record: Record, read: Record) -> bool:
        """Tell whether a record made of a row and the XML differ in the spelling of numbers alone.

        Args:
            read: made of the XML; of a newer version of the submission it says nothing.
        """
        shape = self._shape(record["__version__"])
        if record["_uuid"] != read["_uuid"] or shape is None:
            return True
        try:
            return _plain(record, shape.numbers) == _plain(read, shape.numbers)
        except (ValueError, AttributeError):
            return False  # no number

    def _record(self, found: Listed, row: Mapping[str, Any]) -> Record | None:
        version = found.system.get("formVersion")
        if not isinstance(version, str) or found.system.get("status") is not None:
            return None  # encrypted ones have a status
        shape = self._shape(version)
        if shape is None:
            return None
        try:
            answers = answers_of_row(row, shape)
            files = _files(found, answers, shape)
        except LosesError:
            return None
        return record_of(found, version, answers, files, self._asset)

    def _shape(self, version: str) -> Shape | None:
        if version not in self._shapes:
            self._shapes[version] = self._shaped(version)
        return self._shapes[version]

    def _shaped(self, version: str) -> Shape | None:
        types = self._types(version)
        if types is None or self._published is None or not types.items() <= self._published.items():
            return None
        address = form(self._server, self._asset, "versions", f"{part(version) or NO_VERSION}.xml")
        asked = self._server.http.request("GET", address, parse=parsed_xml)
        return shape_of(types, asked.data)

    def _types(self, version: str | None) -> Types | None:
        try:
            return types_of(fields_of(self._server, self._asset, version))
        except ServerFault as error:
            if error.code != NOT_FOUND:
                raise
            return None  # a version that Central has no more


def _plain(answers: Mapping[str, Any], numbers: frozenset[str]) -> dict[str, Any]:
    """Give answers with what OData writes in its own way as numbers."""
    return {
        path: tuple(map(float, value.split()))
        if path in numbers
        else [_plain(each, numbers) for each in value]
        if isinstance(value, list) and not path.startswith("_")
        else value
        for path, value in answers.items()
    }


def _files(found: Listed, answers: Answers, shape: Shape) -> list[dict[str, Any]]:
    """Give the files as Central lists them: those named, which are all there or all missing."""
    expected = found.system.get("attachmentsExpected")
    present = found.system.get("attachmentsPresent")
    names = set(_named(answers, shape.files)) if shape.files else set()
    whole = len(names) == expected and present in (0, expected)
    if not whole or any(name != name.strip() for name in names):
        raise LosesError
    return [{"name": name, "exists": bool(present)} for name in names]


def _named(answers: Answers, files: frozenset[str]) -> list[str]:
    found = [answers[path] for path in files if path in answers]
    for value in answers.values():
        if isinstance(value, list):
            for row in value:
                found += _named(row, files)
    return found
