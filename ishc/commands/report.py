"""``ishc report NAME``: a Word report of an area and a period."""

from datetime import date
from pathlib import Path

import click

from ishc.context import Context, Day, pass_context
from ishc.language import say
from programme.dates import today
from programme.problem import Exit, Language, Place, Problem, ProblemError, Text
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
    "--as-of",
    type=Day(),
    help=say(
        "chốt số liệu đến ngày (mặc định hôm nay); ghi vào tên tệp nếu kỳ chưa hết ngày đó",
        "count events up to this day (today by default); part of the file's name if the period "
        "ends later",
    ),
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
    type=click.Path(path_type=Path),
    help=say(
        "thư mục đích, hoặc một tệp .docx (mặc định data/reports)",
        "a folder, or one .docx file (data/reports by default)",
    ),
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
    now = today(context.settings.timezone)
    wanted = dict.fromkeys(languages or (context.language,))
    target = out or context.folder.reports
    if target.suffix.lower() == ".docx" and len(wanted) > 1:
        raise ProblemError(_one_file(target), Exit.USAGE)
    made: list[str] = []
    told: list[Problem] = []
    for asked in wanted:
        language: Language = "vi" if asked == "vi" else "en"
        file = write_report(
            context.folder,
            context.settings,
            name,
            area,
            period,
            language,
            as_of or now,
            target,
            today=now,
            tell=told.append,
        )
        made.append(str(file))
        context.say(f"Đã làm báo cáo: {file}", f"Report made: {file}")
    problems = list(dict.fromkeys(told))  # both languages are told the same
    context.problems(problems)
    context.result({"files": made, "problems": [each.as_dict() for each in problems]})


def _one_file(out: Path) -> Problem:
    return Problem(
        "report-one-file",
        Text(
            vi="hai ngôn ngữ không thể ghi vào cùng một tệp",
            en="two languages cannot be written to one file",
        ),
        Text(
            vi="hãy ghi một thư mục sau --out, hoặc làm từng ngôn ngữ",
            en="give a folder with --out, or make one language at a time",
        ),
        Place(file=str(out)),
    )
