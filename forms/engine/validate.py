"""ODK Validate in this process: what the engine says when it opens a form and steps through."""

import re
from dataclasses import dataclass
from typing import Any

from forms.engine.jvm import engine_lock, implement, java, utf8
from forms.engine.media import Media, lists_problems
from forms.engine.refusals import engine_words
from forms.engine.session import FormSession
from forms.xform import XForm, parse_xform
from programme.problem import Place, Problem, ProblemError, Text

_PATH = re.compile(r"(?:/[\w.-]+(?:\[\d+\])?)+")
_JAVA = re.compile(r"(?:Bad node: )?\borg\.[\w.$]+@[0-9a-f]+|[\u0300-\u036f](?=[$(.\w])")
_VIETNAMESE = (
    (re.compile(r"cannot handle function '(.+?)'"), "không có hàm «{}»"),
    (re.compile(r"function '(.+?)' requires"), "hàm «{}» thiếu hoặc thừa tham số"),
    (re.compile(r"Cycle detected"), "các công thức tính lẫn nhau thành vòng"),
    (re.compile(r"mismatched brackets"), "ngoặc mở và đóng không khớp"),
    (re.compile(r"invalid (\w+) expression"), "biểu thức {} viết sai"),
    (
        re.compile(r"understand the expression starting at this point: (.+)"),
        "không hiểu công thức từ chỗ này: {}",
    ),
    (re.compile(r"no <translation>s|No default value"), "bản dịch không đủ"),
)
DO = Text(
    vi="hãy sửa công thức hoặc điều kiện đó trong tệp Excel",
    en="mend that formula or condition in the workbook",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint of the engine: its words, and the path of the question if it names one."""

    message: str
    path: str | None


def validate(xml: str, media: Media | None = None) -> list[Problem]:
    """Check an XForm as ODK Validate does, and open it with its real lists.

    Args:
        xml: the XForm.
        media: where its lists are; None leaves the lists out of the check.

    Returns:
        problems with the question in ``place``; empty when the form is valid.

    Raises:
        ProblemError: ``java-missing``, ``java-failed``.
    """
    try:
        xform = parse_xform(xml)
    except ProblemError as error:
        return list(error.problems)
    if found := findings(xform):
        return [_problem(xform, finding) for finding in found]
    if media is None:
        return []
    return list(lists_problems(xform, media)) or _opened(xform, media)


def findings(xform: XForm) -> list[Finding]:
    """Run ODK Validate; give what it complains about."""
    messages: list[str] = []

    def heard(*said: Any) -> None:
        messages.append(str(said[-1]))

    listener = implement(
        "org.opendatakit.validate.ErrorListener", {"error": heard, "info": lambda *_: None}
    )
    with engine_lock():
        manager = java("org.javarosa.core.reference.ReferenceManager").instance()
        manager.reset()
        try:
            validator = java("org.opendatakit.validate.FormValidator")()
            validator.setErrorListener(listener)
            validator.validate(utf8(xform.text))
        finally:
            manager.reset()  # it leaves its stand-in for lists behind
    return list(dict.fromkeys(_finding(xform, each) for each in messages if ">> X" not in each))


def _finding(xform: XForm, message: str) -> Finding:
    text = _JAVA.sub("", engine_words(message)).strip()
    paths = [found for found in _PATH.findall(text) if found.startswith(f"/{xform.root}/")]
    return Finding(text, re.sub(r"\[\d+\]", "", paths[0]) if paths else None)


def _problem(xform: XForm, finding: Finding) -> Problem:
    question = finding.path.removeprefix(f"/{xform.root}/") if finding.path else None
    return Problem(
        "form-invalid",
        Text(vi=_in_vietnamese(finding.message), en=f"ODK Validate: {finding.message}"),
        DO,
        Place(form=xform.form_id, question=question),
    )


def _in_vietnamese(message: str) -> str:
    for pattern, words in _VIETNAMESE:
        if found := pattern.search(message):
            return f"{words.format(*found.groups())} (ODK Validate: {message})"
    return f"ODK Validate báo: {message}"


def _opened(xform: XForm, media: Media) -> list[Problem]:
    """Open the form with its real lists; Validate uses a stand-in for every list."""
    try:
        session = FormSession(xform.text, media)
    except ProblemError as error:
        return list(error.problems)
    return [
        Problem(
            "pulldata-missing",
            Text(vi=f"pulldata không tìm thấy «{each}»", en=f"pulldata does not find “{each}”"),
            Text(
                vi="hãy sửa tên tệp hoặc tên cột trong công thức, hoặc thêm cột vào tệp",
                en="mend the name of the file or column in the formula, or add the column",
            ),
            Place(form=xform.form_id),
        )
        for each in sorted(session.pulldata.missing)
    ]
