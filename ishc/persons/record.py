"""``ishc person record``: the record of processing, as an inspector asks for it."""

from pathlib import Path

import click

from connectors.reconcile.form_tables import read_forms
from ishc.context import Context, pass_context
from ishc.language import say
from programme.dates import today
from programme.norms import guardian_age
from programme.problem import Language


@click.command(
    "record",
    help=say(
        "Lập hồ sơ hoạt động xử lý dữ liệu cá nhân (Word) từ loại của từng câu hỏi và ishc.toml: "
        "thu gì, để làm gì, căn cứ, ai nhận, lưu ở đâu, bao lâu, bảo vệ thế nào.",
        "Make the record of processing of personal data (Word) from the class of every question "
        "and ishc.toml: what is collected, what for, on what basis, who gets it, where it lies, "
        "how long, how it is protected.",
    ),
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    type=click.Choice(["vi", "en"]),
    help=say("ngôn ngữ (mặc định cả hai)", "languages (both by default)"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục đích (mặc định data/reports)", "where to (data/reports by default)"),
)
@pass_context
def command(context: Context, languages: tuple[Language, ...], out: Path | None) -> None:
    """Write the document."""
    from ishc.processing_record import facts  # noqa: PLC0415 - Word is slow to import
    from ishc.processing_record.document import Record  # noqa: PLC0415

    settings, folder = context.settings, context.folder
    held = facts.held_in(folder)
    forms = [
        facts.form_facts(
            settings, each.schema, each.title, held.get(each.schema.form_id, 0) if held else None
        )
        for each in read_forms(settings, folder)
    ]
    target = out or folder.private(folder.reports)
    target.mkdir(parents=True, exist_ok=True)
    day = today(settings.timezone)
    made = []
    for language in languages or ("vi", "en"):
        path = target / f"processing_record-{day}.{language}.docx"
        Record(settings, language, day).write(
            path,
            forms,
            facts.places(settings),
            facts.people_in(folder),
            str(guardian_age(folder)),
        )
        made.append(path)
    context.result({"files": [str(each) for each in made]})
    for path in made:
        context.say(
            f"Đã lập hồ sơ xử lý dữ liệu cá nhân: {path}", f"Record of processing made: {path}"
        )
