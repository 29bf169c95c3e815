"""``ishc explain``: who said what, and where a figure comes from."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from connectors.explain.club import explain_club
from connectors.store.labels import read_labels
from connectors.store.tables import open_tables
from ishc.club_explained import lines
from ishc.context import Context, Day, pass_context
from ishc.language import say
from ishc.lazy import PlainGroup
from ishc.people_log import note_use
from programme.dates import today

FIGURE = "figure"


class _Explain(PlainGroup):
    """``ishc explain CODE`` explains a figure, without a word more."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no command for the code of a figure."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return FIGURE, self.commands[FIGURE], args
        return super().resolve_command(ctx, args)


@click.group(
    "explain",
    cls=_Explain,
    subcommand_metavar="CODE | club CODE",
    help=say(
        "Giải thích. Một số liệu trong báo cáo: ishc explain D11 --area 20 --period 2026. Một câu "
        "lạc bộ: ishc explain club 05977-01.",
        "Where things come from. A figure of a report: ishc explain D11 --area 20 --period 2026. A "
        "club: ishc explain club 05977-01.",
    ),
)
def command() -> None:
    """Explain what the registers and figures say."""


@command.command(
    FIGURE,
    help=say(
        "Một số liệu: cách tính, dòng trong indicators.xlsx, câu SQL, tử số và mẫu số, mức đầy đủ, "
        "đánh giá và vì sao, từng câu lạc bộ, từng phiếu, những gì không tính, phát hiện có liên "
        "quan. Mã là mã mục tiêu (D11) hoặc mã ở cột code.",
        "A figure: its definition, row in indicators.xlsx, SQL, numerator and denominator, "
        "coverage, rating and why, club by club, submission by submission, what was left out, "
        "findings about them. The code is that of a target (D11) or of the column code.",
    ),
)
@click.argument("code", metavar="CODE")
@click.option(
    "--area",
    default="VN",
    help=say("mã tỉnh, xã, CLB (mặc định VN)", "province, commune, club (VN by default)"),
)
@click.option(
    "--period",
    "period_name",
    required=True,
    help=say("2026-10, 2026-Q3, 2026 hoặc giai đoạn", "2026-10, 2026-Q3, 2026 or a phase"),
)
@click.option(
    "--as-of",
    type=Day(),
    help=say(
        "chỉ tính đến ngày này (mặc định hôm nay)", "events up to this day (today by default)"
    ),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("ghi đầy đủ ra tệp Excel", "write all of it to an Excel workbook"),
)
@pass_context
def figure(
    context: Context, code: str, area: str, period_name: str, as_of: date | None, out: Path | None
) -> None:
    """Explain a figure."""
    # ruff: noqa: PLC0415 - `ishc explain club` needs nothing of reports
    from reports.explain import explain
    from reports.explained_book import write_explained
    from reports.explained_words import lines as figure_lines
    from reports.sources import open_sources

    now = today(context.settings.timezone)
    sources = open_sources(context.folder, context.settings, as_of or now, today=now)
    place, period = sources.place(area), sources.period(period_name)
    explained = explain(sources, code.strip(), place, period)
    if out is not None:
        private = out.resolve().is_relative_to(context.folder.data.resolve())
        if private:
            context.folder.private(out.resolve().parent)
        write_explained(out, explained, context.language, private=private)
    context.result([asdict(each) for each in explained])
    if out is None:
        for each in explained:
            for line in figure_lines(each, context.language):
                context.say(line, line)
    else:
        context.say(f"Đã ghi: {out}", f"Written: {out}")


@command.command(
    "club",
    help=say(
        "Mọi phiếu nói về một câu lạc bộ: ngày, máy, chức vụ người báo; phiếu nào được dùng, phiếu "
        "nào không và vì sao. Không ghi tên người, trừ khi thêm --identified.",
        "Every submission that speaks of a club: day, phone, role of who reported; which count, "
        "which do not and why. Names nobody, unless with --identified.",
    ),
)
@click.argument("code", metavar="CODE")
@click.option(
    "--identified",
    is_flag=True,
    help=say("kèm tên người báo cáo và số máy", "with the names of reporters and ids of phones"),
)
@pass_context
def club(context: Context, code: str, identified: bool) -> None:
    """Explain one club."""
    explained = explain_club(context.folder, code.strip(), identified=identified)
    if identified:
        now = datetime.now(context.settings.timezone)
        note_use(context.folder, now, "explain club", explained.code)
    context.result(explained)
    labels = read_labels(open_tables(context.folder, identified=True), context.language)
    for text in lines(explained, labels):
        context.say(text.vi, text.en)
