"""FORM on the command line: a name in ``xlsforms/``, or a path to a workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ishc.context import Context
from programme.problem import Place, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest

# forms that other programs read, or Excel in other formats; a list beside a form is a .csv too
_OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods")


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
    hint = did_you_mean(nearest(form, names))
    raise ProblemError(
        Problem(
            "form-unknown",
            Text(
                vi=f"không có biểu mẫu «{form}»{hint.vi}",
                en=f"there is no form “{form}”{hint.en}",
            ),
            Text(
                vi=f"các biểu mẫu hiện có: {', '.join(names)}",
                en=f"the forms that are there: {', '.join(names)}",
            ),
            Place(file=str(context.folder.xlsforms)),
        )
    )


def missing_workbooks(context: Context) -> Iterator[Problem]:
    """Name the forms of ``ishc.toml`` that have no workbook, and what may lie there instead."""
    folder = context.folder.xlsforms
    for form in context.settings.forms:
        if (folder / f"{form}.xlsx").is_file():
            continue
        others = sorted(each.name for each in folder.glob(f"{form}.*"))
        there = Text(vi=f"; chỉ có {', '.join(others)}", en=f"; there is only {', '.join(others)}")
        hint = there if others else did_you_mean(None)
        yield Problem(
            "workbook-missing",
            Text(
                vi=f"thiếu bảng tính {form}.xlsx{hint.vi}",
                en=f"the workbook {form}.xlsx is missing{hint.en}",
            ),
            Text(
                vi="trong Excel hãy lưu lại (Save As) dạng .xlsx vào thư mục xlsforms, "
                "hoặc bỏ biểu mẫu khỏi ishc.toml",
                en="save it in Excel (Save As) as .xlsx in the folder xlsforms, "
                "or take the form out of ishc.toml",
            ),
            Place(file=str(folder), form=form),
        )


def unread_workbooks(context: Context) -> Iterator[Problem]:
    """Name what lies among the forms and looks like one, but is no ``.xlsx``."""
    folder = context.folder.xlsforms
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        told = path.stem in context.settings.forms and not path.with_suffix(".xlsx").is_file()
        if path.suffix.lower() not in _OTHER_WORKBOOKS or path.name.startswith("~$") or told:
            continue
        yield Problem(
            "workbook-not-read",
            Text(
                vi=f"tệp {path.name} không được đọc: ở đây chỉ đọc biểu mẫu dạng .xlsx",
                en=f"{path.name} is not read: only forms saved as .xlsx are",
            ),
            Text(
                vi="trong Excel hãy lưu lại (Save As) dạng .xlsx, hoặc chuyển tệp ra khỏi "
                "thư mục xlsforms",
                en="save it in Excel (Save As) as .xlsx, or move it out of the folder xlsforms",
            ),
            Place(file=str(path)),
            "warning",
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
