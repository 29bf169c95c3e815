"""The demo's filled forms, kept compressed in the package, and the mark of what they fit."""

import base64
import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forms.workbook import read_workbook
from programme.writing import replacing

STORED = Path(__file__).with_name("submissions.jsonl.xz")
FORMS = ("club_registration", "monthly_activity_report", "loan_record", "inspection_checklist")


@dataclass(frozen=True, slots=True)
class Submission:
    """One filled form.

    Args:
        stage: when it is sent: ``registrations``, ``loans``, or a month (``2026-10``).
        form: form id.
        root: root uuid, without ``uuid:``.
        xml: the instance as Collect would send it, made with our own XForm.
        files: attachments by the name that the XML gives them.
    """

    stage: str
    form: str
    root: str
    xml: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def contents_digest(xlsforms: Path) -> str:
    """Give the mark of what the stored forms were filled with: cells of the workbooks, lists."""
    sha = hashlib.sha256()
    workbooks = [read_workbook(xlsforms / f"{form}.xlsx") for form in FORMS]
    said = "\n".join(
        text
        for workbook in workbooks
        for row in workbook.rows("survey")
        for text in row.cells.values()
    )
    for workbook in workbooks:
        sha.update(workbook.digest.encode())
    for medium in sorted(xlsforms.glob("*.csv")):
        sha.update(_used(medium, said).encode())
    return sha.hexdigest()


def _used(medium: Path, said: str) -> str:
    """Give what these forms read of a list: all of it, or only the rows whose keys they name."""
    text = medium.read_text(encoding="utf-8-sig")
    if medium.name in said:
        return f"{medium.name}\n{text}"
    if f"'{medium.stem}'" not in said:
        return ""
    header, *rows = text.splitlines()
    keyed = [row for row in rows if f"'{row.partition(',')[0]}'" in said]
    return "\n".join((medium.name, header, *keyed))


def store(submissions: Iterable[Submission], digest: str, path: Path = STORED) -> int:
    """Write all submissions into one compressed file; give back how many there are.

    Args:
        submissions: in the order in which they are sent.
        digest: see ``contents_digest``.
        path: the file, replaced only when it is whole.
    """
    count = 0
    best = 9 | lzma.PRESET_EXTREME
    with (
        replacing(path, private=False) as whole,
        lzma.open(whole, "wb", preset=best) as file,
    ):
        file.write(json.dumps({"digest": digest}).encode() + b"\n")
        for submission in submissions:
            file.write(json.dumps(_line(submission), ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def stored_digest(path: Path = STORED) -> str:
    """Give the mark of the contents that the stored submissions were filled with."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return str(json.loads(file.readline())["digest"])


def stored_submissions(path: Path = STORED) -> Iterator[Submission]:
    """Read the stored submissions, in the order in which they are sent."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        file.readline()
        for line in file:
            values = json.loads(line)
            files = {name: base64.b64decode(each) for name, each in values["files"].items()}
            yield Submission(**{**values, "files": files})


def _line(submission: Submission) -> dict[str, object]:
    return {
        "stage": submission.stage,
        "form": submission.form,
        "root": submission.root,
        "xml": submission.xml,
        "files": {name: base64.b64encode(data).decode() for name, data in submission.files.items()},
    }
