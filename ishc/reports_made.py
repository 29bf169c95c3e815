"""Makes reports and tells what came of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ishc.context import Context
from programme.problem import Exit, Place, Problem, ProblemError, Text
from reports.batch import Batch, Failure, make_reports
from reports.made import LIST
from reports.pdf import to_pdf
from reports.sources import Sources
from reports.write import Wanted, write

SHOWN = 12  # files that are told one by one
_DOCX = ".docx"
# names of files, not of folders; a folder may be called v1.2
_FILES = frozenset(".doc .docm .dotx .odt .rtf .pdf .xlsx .xls .csv .txt .html .zip".split())


def tell_made(
    context: Context,
    sources: Sources,
    wanted: Sequence[Wanted],
    out: Path,
    *,
    annexes: bool,
    pdf: bool,
    replace_edited: bool,
    workers: int,
) -> Exit:
    """Make reports into a folder, or one into a file.

    Returns:
        The worst status of those that failed.

    Raises:
        ProblemError: ``report-one-file``, ``report-out-file``; a place that cannot be written to.
    """
    if out.suffix.lower() == _DOCX:
        batch = _one_file(sources, wanted, out)
    elif out.is_file() or out.suffix.lower() in _FILES:
        raise ProblemError(_no_docx(out), Exit.USAGE)
    else:
        batch = make_reports(
            sources,
            wanted,
            out,
            annexes=annexes,
            workers=workers,
            replace_edited=replace_edited,
            now=datetime.now(context.settings.timezone),
            progress=context.progress,
        )
    status = batch.exit_status
    pdfs: list[Path] = []
    if pdf and (files := [path for path in (*batch.made, *batch.kept) if path.suffix == _DOCX]):
        pdfs = _pdfs(files, batch)
        status = batch.exit_status
    _tell(context, batch, pdfs, out)
    return status


def _pdfs(files: Sequence[Path], batch: Batch) -> list[Path]:
    try:
        return to_pdf(files, files[0].parent)
    except ProblemError as error:
        batch.failed.append(Failure(None, tuple(error.problems), error.exit_status))
        return []


def _one_file(sources: Sources, wanted: Sequence[Wanted], out: Path) -> Batch:
    if len(wanted) > 1:
        raise ProblemError(_several(out, len(wanted)), Exit.USAGE)
    batch = Batch()
    batch.made = [write(sources, wanted[0], out, tell=batch.told.append)]
    return batch


def _tell(context: Context, batch: Batch, pdfs: Sequence[Path], out: Path) -> None:
    made = [*batch.made, *pdfs]
    if len(made) <= SHOWN:
        for file in made:
            context.say(f"Đã làm báo cáo: {file}", f"Report made: {file}")
    elif made:
        context.say(
            f"Đã làm {len(made)} tệp trong {out}; danh sách: {out / LIST}",
            f"Files made in {out}: {len(made)}; the list: {out / LIST}",
        )
    if batch.kept:
        context.say(
            f"Đã có sẵn, số liệu không đổi: {len(batch.kept)} tệp.",
            f"There already, from the same data: {len(batch.kept)}.",
        )
    context.problems(batch.told)
    for failure in batch.failed:
        if failure.wanted is not None and len(batch.failed) + len(made) > 1:
            each = failure.wanted
            name = f"{each.name} {each.area} {each.period} {each.language}"
            context.say(f"Chưa làm được: {name}", f"Not made: {name}")
        context.problems(failure.problems)
    problems = [*batch.told, *(each for one in batch.failed for each in one.problems)]
    context.result(
        {
            "files": [str(file) for file in made],
            "kept": [str(file) for file in batch.kept],
            "failed": [each.wanted for each in batch.failed],
            "problems": [each.as_dict() for each in problems],
        }
    )


def _no_docx(out: Path) -> Problem:
    pdf = out.suffix.lower() == ".pdf"
    name = out.with_suffix(_DOCX)
    return Problem(
        "report-out-file",
        Text(
            vi="báo cáo là tệp Word, không ghi được thành tệp loại này",
            en="reports are Word files and cannot be written as a file of this kind",
        ),
        Text(
            vi=f"hãy ghi --out {name}{' --pdf' if pdf else ''}, hoặc tên một thư mục",
            en=f"give --out {name}{' --pdf' if pdf else ''}, or the name of a folder",
        ),
        Place(file=str(out)),
    )


def _several(out: Path, count: int) -> Problem:
    return Problem(
        "report-one-file",
        Text(
            vi=f"{count} báo cáo không thể ghi vào cùng một tệp",
            en=f"{count} reports cannot be written to one file",
        ),
        Text(
            vi="hãy ghi một thư mục sau --out, hoặc làm từng báo cáo, từng ngôn ngữ",
            en="give a folder with --out, or make one report and language at a time",
        ),
        Place(file=str(out)),
    )
