"""``ishc forms paper``: a form as a Word questionnaire to print."""

from pathlib import Path

import click

from ishc.context import Context, pass_context
from ishc.language import say
from ishc.named import workbook_of


@click.command(
    "paper",
    help=say(
        "Làm bản giấy của biểu mẫu (Word), để in và ghi bằng bút.",
        "Make the paper version of a form (Word), to print and fill in with a pen.",
    ),
)
@click.argument("form")
@click.option(
    "--lang",
    "language",
    default="vi",
    show_default=True,
    help=say("ngôn ngữ có trong biểu mẫu: vi, en…", "a language of the form: vi, en …"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục đích (mặc định data/paper)", "where to (data/paper by default)"),
)
@pass_context
def paper(context: Context, form: str, language: str, out: Path | None) -> None:
    """Write one document."""
    from forms.paper import write_paper  # noqa: PLC0415 - Word is slow to import

    workbook = workbook_of(context, form)
    target = out or context.folder.private(context.folder.data / "paper")
    file = write_paper(workbook, language, target)
    context.say(f"Đã làm bản giấy: {file}", f"Paper version made: {file}")
    context.result({"files": [str(file)]})
