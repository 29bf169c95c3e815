"""Forms checked and complete with their lists, before a server hears of them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from connectors.servers.contract import Media
from forms.check import check_forms
from forms.compile import CompiledForm, compile_form
from programme.folder import Folder
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.settings import FormSettings, Settings


@dataclass(frozen=True, slots=True)
class Ready:
    """A form that may be sent.

    Args:
        digest: SHA-256 of the workbook's file.
    """

    settings: FormSettings
    workbook: Path
    compiled: CompiledForm
    media: tuple[Media, ...]
    digest: str


def ready_forms(settings: Settings, folder: Folder, names: Collection[str] | None) -> list[Ready]:
    """Check forms and find their lists; all problems of all forms at once.

    Args:
        names: form ids; all of ``ishc.toml`` when None.

    Raises:
        ProblemError: ``form-unknown``, ``workbook-missing``, ``form-id-differs``,
            and every error that ``ishc forms check`` finds without Java.
    """
    problems: list[Problem] = []
    ready: list[Ready] = []
    for name in dict.fromkeys(settings.forms if names is None else names):
        try:
            ready.append(_ready(settings, folder, name))
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(problems, Exit.INPUT)
    return ready


def _ready(settings: Settings, folder: Folder, name: str) -> Ready:
    if name not in settings.forms:
        raise ProblemError(_unknown(name, settings))
    workbook = folder.xlsforms / f"{name}.xlsx"
    if not workbook.is_file():
        raise ProblemError(_no_workbook(name))
    checked = check_forms([workbook], folder.media, java=False)
    errors = [problem for problem in checked if problem.severity == "error"]
    if errors:
        raise ProblemError(errors)
    compiled = compile_form(workbook)
    if compiled.form_id != name:
        raise ProblemError(_other_id(name, workbook, compiled))
    media = [Media(each, path) for each in compiled.media if (path := folder.media(each))]
    digest = hashlib.sha256(workbook.read_bytes()).hexdigest()
    return Ready(settings.forms[name], workbook, compiled, tuple(media), digest)


def _other_id(name: str, workbook: Path, compiled: CompiledForm) -> Problem:
    return Problem(
        "form-id-differs",
        Text(
            vi=f"form_id trong bảng tính là «{compiled.form_id}», tên tệp là «{name}»",
            en=f"form_id in the workbook is “{compiled.form_id}”, the file is “{name}”",
        ),
        Text(
            vi=f"hãy ghi form_id là {name} trong trang tính settings",
            en=f"write {name} as form_id on the sheet settings",
        ),
        Place(file=workbook.name, sheet="settings", column="form_id"),
    )


def _unknown(name: str, settings: Settings) -> Problem:
    return Problem(
        "form-unknown",
        Text(
            vi=f"không có biểu mẫu «{name}» trong ishc.toml",
            en=f"there is no form “{name}” in ishc.toml",
        ),
        Text(
            vi="các biểu mẫu có thể dùng: " + ", ".join(sorted(settings.forms)),
            en="forms to use: " + ", ".join(sorted(settings.forms)),
        ),
        Place(file="ishc.toml"),
    )


def _no_workbook(name: str) -> Problem:
    return Problem(
        "workbook-missing",
        Text(vi="không có bảng tính của biểu mẫu", en="the form has no workbook"),
        Text(
            vi=f"hãy đặt tệp {name}.xlsx vào thư mục xlsforms/, hoặc xóa mục [forms.{name}]",
            en=f"put {name}.xlsx into the folder xlsforms/, or remove [forms.{name}]",
        ),
        Place(file=f"xlsforms/{name}.xlsx", form=name),
    )
