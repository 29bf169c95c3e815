"""``ishc close PERIOD``: the figures of a period are kept as they stand."""

from datetime import date

import click

from ishc.context import Context, Day, pass_context
from ishc.language import say
from programme.dates import short, today
from programme.problem import Problem
from programme.word.tables import TableContent
from reports.close import Closed, close_period, unproven
from reports.periods import Period
from reports.place import Place
from reports.restatement import restatement_table
from reports.sources import open_sources


@click.command(
    "close",
    help=say(
        "Chốt số liệu của một kỳ (2026-10, 2026-Q3, 2026): mọi báo cáo của kỳ đó về sau in số đã "
        "chốt, kèm bảng những gì số liệu đến sau làm thay đổi. Chốt lần thứ hai giữ nguyên lần "
        "đầu, chỉ cho biết điều gì sẽ khác.",
        "Keep the figures of a period (2026-10, 2026-Q3, 2026) as they stand: every later report "
        "of it prints them, with a table of what later data would change. Closing it a second time "
        "leaves the first as it is and tells what would differ.",
    ),
)
@click.argument("period")
@click.option(
    "--area",
    default="VN",
    help=say(
        "mã tỉnh hoặc xã chốt riêng (mặc định cả nước)",
        "a province or commune that closes on its own (the country by default)",
    ),
)
@click.option(
    "--again",
    metavar="REASON",
    default="",
    help=say(
        "chốt lại, ghi lý do; lần chốt trước vẫn được giữ",
        "close it once more, with the reason; the earlier closing is kept",
    ),
)
@click.option(
    "--early",
    is_flag=True,
    help=say("chốt cả khi kỳ chưa hết", "also when the period is not over yet"),
)
@click.option(
    "--as-of",
    type=Day(),
    help=say(
        "chỉ tính sự việc đến ngày này (mặc định hôm nay)",
        "count events up to this day (today by default)",
    ),
)
@pass_context
def command(
    context: Context, period: str, area: str, again: str, early: bool, as_of: date | None
) -> None:
    """Close a period."""
    now = today(context.settings.timezone)
    sources = open_sources(context.folder, context.settings, as_of or now, today=now)
    span, place = sources.period(period), sources.place(area)
    told: list[Problem] = []
    closed = close_period(sources, span, place, early=early, again=again.strip(), tell=told.append)
    if closed.made and (doubt := unproven(span, sources)):
        told.append(doubt)
    _tell(context, closed, place, span)
    context.problems(told)
    context.result(
        {
            "made": closed.made,
            "period": closed.closing.period,
            "area": closed.closing.area,
            "number": closed.closing.number,
            "as_of": closed.closing.as_of,
            "closed": closed.closing.closed,
            "run": closed.closing.run,
            "folder": str(closed.closing.path),
            "changes": [
                {
                    "code": each.figure.code,
                    "then": each.then.value if each.then else None,
                    "now": each.now.value if each.now else None,
                    "submissions": [later.root_uuid for later in each.because],
                }
                for each in closed.changes
            ],
            "problems": [each.as_dict() for each in told],
        }
    )


def _tell(context: Context, closed: Closed, place: Place, period: Period) -> None:
    closing = closed.closing
    cut_off = period.cut_off(closing.as_of)  # as the reports of the period print it
    day_vi, day_en = short(cut_off, "vi"), short(cut_off, "en")
    if closed.made:
        context.say(
            f"Đã chốt kỳ {closing.period} của {place.inside.vi}, số liệu đến ngày {day_vi} "
            f"(lần {closing.number}): {closing.path}",
            f"Closed {closing.period} of {place.inside.en} with data up to {day_en} "
            f"(closing {closing.number}): {closing.path}",
        )
        return
    context.say(
        f"Kỳ {closing.period} của {place.inside.vi} đã được chốt ngày "
        f"{short(closing.closed, 'vi')}, số liệu đến ngày {day_vi}; giữ nguyên lần chốt đó. Muốn "
        "chốt lại: --again «lý do».",
        f"{closing.period} of {place.inside.en} was closed on {short(closing.closed, 'en')} with "
        f"data up to {day_en}; that closing stays. To close it once more: --again “reason”.",
    )
    if not closed.changes:
        context.say("Tính lại không có gì khác.", "Computed again nothing differs.")
        return
    context.say(
        f"Tính lại, {len(closed.changes)} số liệu sẽ khác:",
        f"Computed again, figures that would differ: {len(closed.changes)}",
    )
    vi, en = (_lines(restatement_table(closed.changes, of)) for of in ("vi", "en"))
    for line_vi, line_en in zip(vi, en, strict=True):
        context.say(line_vi, line_en)


def _lines(table: TableContent) -> list[str]:
    return [
        f"  {name}: {then} → {now} ({apart}); {because}"
        for name, then, now, apart, because in (_on_a_line(row.cells) for row in table.rows)
    ]


def _on_a_line(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell.replace("\n", " ") for cell in cells)
