"""``ishc forms``: check, compile, print and fill workbooks."""

from datetime import date
from pathlib import Path
from typing import IO

import click

from forms.check import check_forms
from forms.compile import compile_form
from ishc.commands.forms_changes import changes
from ishc.commands.forms_codebook import codebook
from ishc.commands.forms_paper import paper
from ishc.context import Context, Day, pass_context
from ishc.language import say
from ishc.lazy import PlainGroup
from ishc.named import missing_workbooks, unread_workbooks, workbook_of, workbooks_of
from programme.file_names import fit
from programme.problem import Exit
from programme.writing import write_text


@click.group(
    "forms",
    cls=PlainGroup,
    help=say("Kiểm tra, in, điền thử…", "Check, compile, print and fill forms."),
)
def command() -> None:
    """Hold what is done with workbooks."""


command.add_command(paper)
command.add_command(changes)
command.add_command(codebook)


@command.command(
    help=say(
        "Cho biết biểu mẫu sai ở đâu, trang tính nào, dòng nào, và sửa thế nào.",
        "Tell what is wrong with forms, by sheet and row, and what to do.",
    )
)
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@pass_context
def check(context: Context, forms: tuple[str, ...]) -> int:
    """Check the named forms, or all of the programme."""
    own, workbooks = workbooks_of(context, forms)
    problems = [] if forms else [*missing_workbooks(context), *unread_workbooks(context)]
    problems += check_forms(workbooks, context.folder.media if own else None, own=own)
    errors = sum(problem.severity == "error" for problem in problems)
    context.result({"problems": [problem.as_dict() for problem in problems]})
    context.problems(problems)
    context.say(
        f"{len(workbooks)} biểu mẫu, {errors} lỗi, {len(problems) - errors} lưu ý.",
        f"{len(workbooks)} forms, {errors} errors, {len(problems) - errors} warnings and notes.",
    )
    return Exit.INPUT if errors else Exit.DONE


@command.command(
    "compile",
    help=say("Biên dịch thành XForm (.xml) cho ODK.", "Compile to XForms (.xml) for ODK."),
)
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục đích (mặc định data/xforms)", "where to (data/xforms by default)"),
)
@pass_context
def compile_(context: Context, forms: tuple[str, ...], out: Path | None) -> None:
    """Write one XForm a workbook."""
    _, workbooks = workbooks_of(context, forms)
    target = out or context.folder.private(context.folder.data / "xforms")
    target.mkdir(parents=True, exist_ok=True)
    for workbook in workbooks:
        compiled = compile_form(workbook)
        context.problems(compiled.warnings)
        file = target / f"{fit(compiled.form_id)}.xml"
        write_text(file, compiled.xml, private=False)
        context.say(f"{workbook.name} → {file}", f"{workbook.name} → {file}")


@command.command(
    help=say(
        "Điền một biểu mẫu từ tệp JSON bằng bộ máy của ODK Collect; ghi ra phiếu (.xml).",
        "Fill a form from a JSON file with the engine of ODK Collect; writes the submission.",
    )
)
@click.argument("form")
@click.argument("answers", type=click.File("rb"))
@click.option("--today", type=Day(), help=say("ngày trên điện thoại", "the day on the phone"))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help=say("ghi phiếu vào tệp này thay vì màn hình", "write it to this file, not the screen"),
)
@click.option(
    "--send",
    "sending",
    is_flag=True,
    help=say(
        "gửi lên máy chủ tập (ishc sandbox) như điện thoại gửi",
        "send it to the sandbox (ishc sandbox), as a phone would",
    ),
)
@pass_context
def fill(
    context: Context,
    form: str,
    answers: IO[bytes],
    today: date | None,
    out: Path | None,
    sending: bool,
) -> int:
    """Fill, or say which answers the form refuses and why."""
    from forms.engine.fill import fill as fill_form  # noqa: PLC0415 - only with Java
    from ishc.answers import read_answers  # noqa: PLC0415

    compiled = compile_form(workbook_of(context, form))
    filled = fill_form(
        compiled,
        context.folder.media,
        read_answers(answers),
        today=today,
        language=context.language,
    )
    for problem in filled.refused:  # one by one: each names a question to mend
        context.problems([problem])
    if filled.refused:
        return Exit.INPUT
    if sending:
        from ishc.sending import send  # noqa: PLC0415 - only where it is asked for

        send(context, form, filled.xml)
        context.say("Đã gửi phiếu lên máy chủ tập.", "Sent to the sandbox.")
    if out is None and not sending:
        click.echo(filled.xml)
    elif out is not None:
        write_text(out, filled.xml, private=False)
        context.say(f"Đã ghi {out}", f"Written: {out}")
    return Exit.DONE
