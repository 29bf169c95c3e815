"""``ishc report NAME``: a Word report of an area and a period."""

from datetime import date
from pathlib import Path

import click

from ishc.context import Context, Day, pass_context
from ishc.language import say
from programme.dates import today
from programme.problem import Language
from reports.evaluation import write_report


@click.command(
    "report",
    help=say(
        "Làm báo cáo Word, ví dụ: ishc report province_evaluation --area 20 --period 2026",
        "Make a Word report, for example: ishc report province_evaluation --area 20 --period 2026",
    ),
)
@click.argument("name")
@click.option("--area", required=True, help=say("mã tỉnh, ví dụ 20", "code of a province, as 20"))
@click.option(
    "--period",
    required=True,
    help=say("2026, 2025-11..2026-10 hoặc giai đoạn", "2026, 2025-11..2026-10 or a phase"),
)
@click.option(
    "--as-of", type=Day(), help=say("chốt số liệu đến ngày", "count events up to this day")
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    type=click.Choice(["vi", "en"]),
    help=say("ngôn ngữ; có thể lặp lại", "language; may be given twice"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục đích (mặc định data/reports)", "where to (data/reports by default)"),
)
@pass_context
def command(
    context: Context,
    name: str,
    area: str,
    period: str,
    as_of: date | None,
    languages: tuple[str, ...],
    out: Path | None,
) -> None:
    """Write one report for each language asked for."""
    day = as_of or today(context.settings.timezone)
    target = out or context.folder.private(context.folder.reports)
    made = []
    for asked in languages or (context.language,):
        language: Language = "vi" if asked == "vi" else "en"
        file = write_report(
            context.folder, context.settings, name, area, period, language, day, target
        )
        made.append(str(file))
        context.say(f"Đã làm báo cáo: {file}", f"Report made: {file}")
    context.result({"files": made})
