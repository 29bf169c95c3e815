"""``ishc indicators``: the figures of the night, computed once for its page and its reports."""

import click

from connectors.store.tables import open_tables
from ishc.context import Context, pass_context
from ishc.language import say
from programme.dates import today
from programme.numbers import counted, number


@click.command(
    "indicators",
    help=say(
        "Tính một lần số liệu của giai đoạn hiện tại và của các báo cáo tới hạn (mục [nightly] "
        "trong ishc.toml), giữ ở data/figures. Trang đêm và ishc report dùng lại số liệu đó nếu "
        "mọi thứ chúng dựa vào chưa đổi.",
        "Compute once the figures of the running phase and of the reports that are due ([nightly] "
        "in ishc.toml), and keep them in data/figures. The page of the night and ishc report take "
        "them from there while all that they come from is still the same.",
    ),
)
@pass_context
def command(context: Context) -> None:
    """Compute and keep."""
    # ruff: noqa: PLC0415 - `ishc indicators --help` must not wait for DuckDB
    from ishc.nightly.figures import night_extent
    from reports.kept_figures import keep_figures
    from reports.sources import open_sources

    day = today(context.settings.timezone)
    open_tables(context.folder)  # before anything was reconciled that is what to tell
    sources = open_sources(context.folder, context.settings, day)
    extent = night_extent(context.folder, sources)
    if extent is None:
        context.result({"areas": 0, "periods": []})
        context.say(
            "Không có giai đoạn nào đang chạy, không có báo cáo nào tới hạn.",
            "No phase is running and no report is due.",
        )
        return
    figures = keep_figures(sources, extent)
    areas, periods = len(figures.areas()), [each.name for each in extent.periods]
    context.result({"areas": areas, "periods": periods})
    named = ", ".join(periods)
    context.say(
        f"Đã tính số liệu của {number(areas, 'vi')} địa bàn, các kỳ: {named}.",
        f"Figures of {counted(areas, 'area', 'areas')} computed, periods: {named}.",
    )
