"""Everything that is wrong with a programme's forms, with sheet and row: ``ishc forms check``."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from forms.compile import CompiledForm, compile_workbook
from forms.engine import jvm
from forms.engine.media import Media
from forms.rules.catalogue import LIST_RULES, RULES, codes
from forms.rules.defaults import excel_dates
from forms.rules.subject import Subject
from forms.rules.waivers import waive
from forms.schema import examine
from forms.told import is_told
from forms.workbook import Workbook, read_workbook
from programme.collector import without_collector
from programme.problem import Problem, ProblemError, Severity, Text

# what only our own tables need: for a workbook from elsewhere it is no error
_SOFTER: dict[str, Severity] = {
    "class-missing": "note",
    "class-unknown": "note",
    "unit-unknown": "note",
    "unit-not-number": "note",
    "value-type-unknown": "note",
    "survey-name-twice": "warning",
    "survey-name-reserved": "warning",
    "survey-repeat-twice": "warning",
}
_ORDER = {"error": 0, "warning": 1, "note": 2}


def check_forms(
    workbooks: Iterable[Path], media: Media | None = None, *, own: bool = True, java: bool = True
) -> list[Problem]:
    """Check workbooks: what they say, what pyxform says, our rules, then ODK Validate.

    Args:
        workbooks: the ``.xlsx`` files.
        media: where their lists are (``Folder.media``); None leaves lists unchecked.
        own: they lie in a programme's own folder: classes and both languages are required;
            elsewhere their absence is a note.
        java: run ODK Validate too; where Java is missing a note says that it was skipped.

    Returns:
        every problem, form by form, in the order of sheets and rows.
    """
    problems: list[Problem] = []
    # ODK Validate works on one form while the next one is read and compiled
    with ThreadPoolExecutor(max_workers=1) as engine:
        begun = [_begin(path, media, own, engine if java else None) for path in workbooks]
        checked = [(each.path, each.problems(), each.form_id) for each in begun]
    forms = _by_id((path, form_id) for path, _, form_id in checked if form_id)
    for path, found, form_id in checked:
        if form_id and forms[form_id] != path:  # what is wrong in it is told of the form itself
            problems.append(_same_id(path, forms[form_id], form_id))
        else:
            problems += found
    if java and (lacking := jvm.missing()):
        problems.append(_skipped(lacking))
    return list(dict.fromkeys(problems))  # a list that several forms use is told once


@dataclass(frozen=True, slots=True)
class _Begun:
    """One workbook: what is known without Java, and what ODK Validate is asked meanwhile."""

    path: Path
    told: Sequence[Problem]
    subject: Subject | None = None
    asked: Future[list[Problem]] | None = None

    @property
    def form_id(self) -> str | None:
        return self.subject.schema.form_id if self.subject else None

    def problems(self) -> list[Problem]:
        """Give everything that is wrong, in the order of sheets and rows."""
        if self.subject is None:
            return list(self.told)
        problems = list(self.told)
        for each in self.asked.result() if self.asked else ():
            said = _at_row(self.subject.workbook, each)
            if not is_told(self.told, said):
                problems.append(said)
        return sorted(waive(self.subject, problems, codes()), key=_position)


@without_collector()  # pyxform makes a tree of many small things
def _begin(path: Path, media: Media | None, own: bool, engine: Executor | None) -> _Begun:
    try:
        workbook = read_workbook(path)
    except ProblemError as error:
        return _Begun(path, error.problems)
    schema, said = examine(workbook)
    problems = [_softer(each, own) for each in said]
    if "class" not in workbook.sheets["survey"].headers:
        problems = _without_column(problems, workbook)
    if not own:
        problems = _once(problems, "class-missing")
    subject = Subject(workbook, schema, media, own)
    for rule in (*RULES, *LIST_RULES) if media is not None else RULES:
        problems += rule(subject)
    compiled, refused = _compiled(workbook)
    problems += [each for each in refused if not is_told(problems, each)]
    if compiled is None:
        return _Begun(path, problems, subject)
    problems += excel_dates(subject, compiled.xml)
    if engine is None or jvm.missing() is not None:
        return _Begun(path, problems, subject)
    jvm.start()  # here: a process does not end while another thread is Java's first
    return _Begun(path, problems, subject, engine.submit(_validated, compiled, problems, media))


def _compiled(workbook: Workbook) -> tuple[CompiledForm | None, Sequence[Problem]]:
    try:
        compiled = compile_workbook(workbook)
    except ProblemError as error:
        return None, error.problems
    return compiled, compiled.warnings


def _validated(
    compiled: CompiledForm, problems: Sequence[Problem], media: Media | None
) -> list[Problem]:
    from forms.engine.validate import validate  # noqa: PLC0415 - only with Java

    # lists that are known to be wrong are told with their rows already
    known = any(each.code.startswith(("media-", "list-")) for each in problems)
    return validate(compiled.xml, None if known else media)


def _at_row(workbook: Workbook, problem: Problem) -> Problem:
    """Turn the question that the engine names into the row that the author edits."""
    name = (problem.place.question or "").rpartition("/")[2]
    for row in workbook.rows("survey"):
        if name and row.get("name") == name:
            place = workbook.place("survey", row.number)
            return replace(problem, place=replace(place, question=name))
    return replace(problem, place=replace(problem.place, file=workbook.path.name))


def _softer(problem: Problem, own: bool) -> Problem:
    """Ask less of a workbook from elsewhere: its columns may mean other things than ours."""
    if own or problem.code not in _SOFTER:
        return problem
    return replace(problem, severity=_SOFTER[problem.code])


def _once(problems: Sequence[Problem], code: str) -> list[Problem]:
    """Keep the first of a kind: a workbook from elsewhere lacks every class, which is one fact."""
    same = [each for each in problems if each.code == code]
    return [each for each in problems if each not in same[1:]]


def _without_column(problems: Sequence[Problem], workbook: Workbook) -> list[Problem]:
    """Tell that the column ``class`` is not there, in place of one problem for every question."""
    same = [each for each in problems if each.code == "class-missing"]
    what = Text(
        vi=f"không có cột «class»: {len(same)} câu chưa được xếp loại dữ liệu",
        en=f"there is no column “class”: {len(same)} questions have no class of data",
    )
    place = workbook.place("survey", None, "class")
    others = [each for each in problems if each not in same]
    return [*others, *(replace(each, what=what, place=place) for each in same[:1])]


def _position(problem: Problem) -> tuple[str, int, int]:
    return (problem.place.sheet or "", problem.place.row or 0, _ORDER[problem.severity])


def _by_id(forms: Iterable[tuple[Path, str]]) -> dict[str, Path]:
    """Give the workbook of each form id: the one of that name, else the first that has it."""
    found: dict[str, Path] = {}
    for path, form_id in forms:
        if form_id not in found or path.stem == form_id:
            found[form_id] = path
    return found


def _same_id(path: Path, other: Path, form_id: str) -> Problem:
    return Problem(
        "form-id-twice",
        Text(
            vi=f"mã biểu mẫu «{form_id}» đã dùng trong {other.name}; tệp này có phải bản sao?",
            en=f"the form id “{form_id}” is already used in {other.name}; is this a copy of it?",
        ),
        Text(
            vi="bản sao thì hãy chuyển ra khỏi thư mục xlsforms; biểu mẫu mới thì đổi form_id "
            "trên trang settings",
            en="move a copy out of the folder xlsforms; give a new form its own form_id on the "
            "sheet settings",
        ),
        replace(read_workbook(path).place("settings"), column="form_id"),
    )


def _skipped(lacking: Problem) -> Problem:
    return Problem(
        "validate-skipped",
        Text(
            vi=f"chưa kiểm tra bằng ODK Validate: {lacking.what.vi}",
            en=f"not checked by ODK Validate: {lacking.what.en}",
        ),
        lacking.do,
        severity="note",
    )
