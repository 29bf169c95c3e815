"""What some clients cannot show or do, from the table ``forms/features.csv``.

``yes``: works; ``part``: works otherwise, and nothing is lost; ``no``: does not work there.
The column ``enketo`` was read in its documentation and source, not run.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.rules.xpath import calls
from forms.workbook import Row
from programme.problem import Problem, Text

CLIENTS = {
    "collect": "ODK Collect",
    "web_forms": "ODK Web Forms",
    "enketo": "Enketo",
    "kobo": "KoboToolbox",
}
UNSUPPORTED = Fault(
    "feature-unsupported",
    Text(
        vi="«{written}» không dùng được trong {clients}",
        en="“{written}” does not work in {clients}",
    ),
    Text(
        vi="hãy đổi cách hỏi; nếu chỉ dùng ứng dụng khác thì ghi lý do vào cột waive",
        en="ask in another way; if only other clients are used, say so in the column waive",
    ),
    level="house",
)
_OF_ENKETO = ("compact", "horizontal", "horizontal-compact", "quickcompact", "no-collapse")
APPEARANCE = Fault(
    "appearance-unknown",
    Text(
        vi="không có kiểu hiển thị «{name}»{near_vi}",
        en="there is no appearance “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên; tên sai bị bỏ qua mà không báo",
        en="mend it; a wrong name is ignored in silence",
    ),
    level="house",
)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of XLSForm by client.

    Args:
        name: what it is.
        written: where and how it stands in a workbook: ``type audit``, ``appearance draw``.
        support: yes, part or no, by column of the table.
        source: where that is known from.
    """

    name: str
    written: str
    support: dict[str, str]
    source: str

    @property
    def lacking(self) -> str:
        """The clients that do not have it, in words."""
        return ", ".join(CLIENTS[each] for each in CLIENTS if self.support[each] == "no")


@cache
def features() -> dict[str, Feature]:
    """Read the table, by how a feature is written."""
    with files("forms").joinpath("features.csv").open(encoding="utf-8") as file:
        return {
            row["written"]: Feature(
                row["feature"],
                row["written"],
                {client: row[client] for client in CLIENTS},
                row["source"],
            )
            for row in csv.DictReader(file)
        }


def feature_unsupported(subject: Subject) -> Iterator[Problem]:
    """Everything that is asked works in every client."""
    for row, kind in subject.questions():
        for written, column in dict.fromkeys(_used(row, kind.name)):
            yield from _lacking(subject, written, row, column)
    for each in subject.expressions:
        used = [f"function {call.name}" for call in calls(each.text)]
        used += ["expression ${last-saved#"] if "last-saved#" in each.text else []
        for written in dict.fromkeys(used):
            yield from _lacking(subject, written, each.row, each.header, each.sheet)
    for row in subject.workbook.rows("settings")[:1]:
        for header, text in row.cells.items():
            for written in (f"setting {header}", f"setting {header}={text}"):
                yield from _lacking(subject, written, row, header, "settings")
    for row in subject.workbook.rows("entities")[:1]:
        yield from _lacking(subject, "sheet entities", row, None, "entities")


def appearance_unknown(subject: Subject) -> Iterator[Problem]:
    """An appearance that nearly has a known name is a slip of the finger."""
    known = tuple(
        written.removeprefix("appearance ")
        for written in features()
        if written.startswith("appearance ")
    )
    for row, _ in subject.questions():
        if "(" in row.get("appearance") or "${" in row.get("appearance"):
            continue
        for name in row.get("appearance").split():
            if name in known or _free(name):
                continue
            asked = near(name, known)
            if asked["near_en"]:
                yield subject.tell(APPEARANCE, row, "appearance", name=name, **asked)


def _used(row: Row, kind: str) -> Iterator[tuple[str, str]]:
    yield f"type {kind}", "type"
    appearance = row.get("appearance")
    if "search(" in appearance:
        yield "appearance search()", "appearance"
    else:
        for name in appearance.split():
            yield f"appearance {name.partition(':')[0]}", "appearance"
    for header in row.cells:
        yield f"column {header.rpartition('::')[0] or header}", header
        yield f"column {header}", header
    for parameter in row.get("parameters").replace(";", " ").replace(",", " ").split():
        yield f"parameter {parameter.partition('=')[0]}", "parameters"


def _lacking(
    subject: Subject, written: str, row: Row, column: str | None, sheet: str = "survey"
) -> Iterator[Problem]:
    feature = features().get(written)
    if feature and feature.lacking:
        name = written.partition(" ")[2]
        yield subject.tell(UNSUPPORTED, row, column, sheet, written=name, clients=feature.lacking)


def _free(name: str) -> bool:
    """Tell whether a name is open at its end (``columns-3``, ``w4``, ``ex:…``) or Enketo's own."""
    return name[-1:].isdigit() or ":" in name or name in _OF_ENKETO
