"""FORM on the command line: a name in ``xlsforms/``, or a path to a workbook."""

from collections.abc import Sequence
from pathlib import Path

from ishc.context import Context
from programme.problem import Place, Problem, ProblemError, Text
from programme.text import nearest


def workbook_of(context: Context, form: str) -> Path:
    """Find the workbook of one form.

    Raises:
        ProblemError: ``form-unknown``, with the nearest right name.
    """
    path = Path(form)
    if path.suffix:
        return context.directory / path
    workbook = context.folder.xlsforms / f"{form}.xlsx"
    if workbook.is_file():
        return workbook
    names = sorted(each.stem for each in context.folder.xlsforms.glob("*.xlsx"))
    near = nearest(form, names)
    raise ProblemError(
        Problem(
            "form-unknown",
            Text(vi=f"không có biểu mẫu «{form}»", en=f"there is no form “{form}”"),
            Text(
                vi=f"có phải «{near}»? Các biểu mẫu: {', '.join(names)}",
                en=f"did you mean “{near}”? There are: {', '.join(names)}",
            ),
            Place(file=str(context.folder.xlsforms)),
        )
    )


def workbooks_of(context: Context, forms: Sequence[str]) -> tuple[bool, list[Path]]:
    """Find workbooks, all of the programme when none is named.

    Returns:
        whether they are the programme's own, and their paths.
    """
    if not forms:
        found = sorted(context.folder.xlsforms.glob("*.xlsx"))
        return True, [path for path in found if not path.name.startswith("~$")]
    paths = [workbook_of(context, form) for form in forms]
    own = all(path.resolve().parent == _xlsforms(context) for path in paths)
    return own, paths


def _xlsforms(context: Context) -> Path | None:
    folder = context.directory / "xlsforms"
    return folder.resolve() if folder.is_dir() else None
