"""``ishc report NAME…``: Word reports of areas and periods, one or a whole province of them."""

import os
from datetime import date
from pathlib import Path

import click

from ishc.context import Context, Day, pass_context
from ishc.language import say
from programme.dates import today
from programme.problem import Exit, Language, Problem

EACH = ("club", "commune", "province", "all")


@click.command(
    "report",
    help=say(
        "Làm báo cáo Word. Ví dụ: ishc report evaluation --area 20 --period 2026; cho mọi xã của "
        "một tỉnh: ishc report commune_periodic --area 20 --each commune --period 2026-Q3. Các báo "
        "cáo có thể lập: ishc report --list.",
        "Make Word reports. For example: ishc report evaluation --area 20 --period 2026; for every "
        "commune of a province: ishc report commune_periodic --area 20 --each commune --period "
        "2026-Q3. The reports there are: ishc report --list.",
    ),
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--area",
    "areas",
    multiple=True,
    help=say(
        "mã hoặc tên tỉnh, xã, mã CLB, VN; có thể lặp lại",
        "code or name of a province or commune, code of a club, VN; may be given several times",
    ),
)
@click.option(
    "--each",
    type=click.Choice(EACH),
    help=say(
        "mọi địa bàn cấp này bên trong --area (all: mọi địa bàn lập được báo cáo)",
        "every area of this level inside --area (all: every one that the report can be of)",
    ),
)
@click.option(
    "--empty",
    is_flag=True,
    help=say(
        "với --each: cả những xã chưa từng có câu lạc bộ",
        "with --each: also communes that never had a club",
    ),
)
@click.option(
    "--period",
    "period_names",
    multiple=True,
    help=say(
        "2026-10, 2026-Q3, 2026-H1, 2026, 2025-11..2026-10 hoặc giai đoạn; có thể lặp lại",
        "2026-10, 2026-Q3, 2026-H1, 2026, 2025-11..2026-10 or a phase; may be given several times",
    ),
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
@click.option(
    "--public",
    is_flag=True,
    help=say(
        "bản công khai: số người thuộc nhóm cần bảo vệ dưới 5 không ghi rõ",
        "the version for everybody: counts of people in sensitive groups below 5 are hidden",
    ),
)
@click.option(
    "--annex",
    is_flag=True,
    help=say("kèm phụ lục số liệu Excel", "with the figures as an Excel annex"),
)
@click.option(
    "--pdf", is_flag=True, help=say("kèm bản PDF (cần LibreOffice)", "with PDFs (by LibreOffice)")
)
@click.option(
    "--replace",
    is_flag=True,
    help=say(
        "ghi đè cả tệp đã có người sửa (các đoạn viết ở chỗ dành sẵn được giữ lại)",
        "also files that somebody changed (what stands in the places for texts is kept)",
    ),
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help=say(
        "số tiến trình làm song song (mặc định: số nhân của máy)",
        "processes side by side (by default as many as the machine has cores)",
    ),
)
@click.option(
    "--list", "as_list", is_flag=True, help=say("liệt kê các báo cáo", "list the reports")
)
@click.option(
    "--texts",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say(
        "đọc các đoạn người viết trong báo cáo đã làm, để lần sau có sẵn",
        "read what people wrote in a finished report, so that the next one has it",
    ),
)
@click.option(
    "--placeholders",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say(
        "ghi danh sách chỗ điền của mẫu báo cáo ra .docx hoặc .xlsx",
        "write the list of a template's placeholders to a .docx or .xlsx",
    ),
)
@pass_context
def command(
    context: Context,
    names: tuple[str, ...],
    areas: tuple[str, ...],
    each: str | None,
    empty: bool,
    period_names: tuple[str, ...],
    as_of: date | None,
    languages: tuple[Language, ...],
    out: Path | None,
    public: bool,
    annex: bool,
    pdf: bool,
    replace: bool,
    workers: int | None,
    as_list: bool,
    texts: tuple[Path, ...],
    placeholders: Path | None,
) -> int:
    """Make reports; what one of them lacks does not stop the others."""
    # ruff: noqa: PLC0415 - `ishc report --help` comes through here and must not wait for DuckDB
    if as_list:
        from ishc.report_list import tell_reports

        tell_reports(context)
        return Exit.DONE
    if not names and not texts:
        raise click.MissingParameter(param_hint="NAME", param_type="argument")
    now = today(context.settings.timezone)
    if texts:
        from ishc.report_texts import take

        take(context, texts)
        if not names:
            return Exit.DONE
    if not period_names and placeholders is None:
        words = say("thiếu --period, ví dụ --period 2026-Q3", "--period is missing, as 2026-Q3")
        raise click.UsageError(str(words))
    from ishc.reports_made import tell_made
    from reports.asked_for import reports_asked
    from reports.catalogue import find_report
    from reports.sources import open_sources

    for name in names:
        find_report(name)  # a slip in the name is told before anything is read
    sources = open_sources(context.folder, context.settings, as_of or now, today=now)
    wanted_languages = tuple(dict.fromkeys(languages or (context.language,)))
    if placeholders is not None:
        from ishc.report_placeholders import write_list

        write_list(context, sources, names[0], areas, period_names, placeholders)
        return Exit.DONE
    left_out: list[Problem] = []
    wanted = reports_asked(
        sources,
        names,
        areas,
        each,
        period_names,
        wanted_languages,
        public=public,
        empty=empty,
        tell=left_out.append,
    )
    context.problems(left_out)
    target = out or context.folder.reports
    return tell_made(
        context,
        sources,
        wanted,
        target,
        annexes=annex,
        pdf=pdf,
        replace_edited=replace,
        workers=workers or os.cpu_count() or 1,
    )
