"""``ishc forms codebook``: what every question is, who may see it, where its answers lie."""

from pathlib import Path

import click

from connectors.store.deployed import kept_workbooks
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.named import workbooks_of

NAME = "codebook"


@click.command(
    NAME,
    help=say(
        "Làm sổ mã của các biểu mẫu (Word và Excel): từng câu hỏi, kiểu trả lời, khi nào hỏi, giới "
        "hạn, loại dữ liệu, bảng và cột chứa câu trả lời, có từ phiên bản nào.",
        "Make the codebook of the forms (Word and Excel): every question, type of answer, when it "
        "is asked, limits, class, table and column of the answers, since which version.",
    ),
)
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục đích (mặc định data/codebook)", "where to (data/codebook by default)"),
)
@pass_context
def codebook(context: Context, forms: tuple[str, ...], out: Path | None) -> None:
    """Write one document and one workbook of all forms, or of those named."""
    from forms.codebook import read_codebook  # noqa: PLC0415 - Word is slow to import
    from forms.codebook.document import write_document  # noqa: PLC0415
    from ishc.codebook_book import write_book  # noqa: PLC0415

    own, workbooks = workbooks_of(context, forms)
    data = context.folder.data
    books = [
        read_codebook(each, context.language, kept_workbooks(data, each.stem)[::-1] if own else ())
        for each in workbooks
    ]
    target = out or context.folder.private(data / "codebook")
    target.mkdir(parents=True, exist_ok=True)
    files = [target / f"{NAME}.{context.language}.{kind}" for kind in ("docx", "xlsx")]
    name = context.settings.name
    write_document(books, name, files[0])
    write_book(books, name, files[1], context.language)
    context.result({"files": [str(each) for each in files]})
    for file in files:
        context.say(f"Đã làm sổ mã: {file}", f"Codebook made: {file}")
