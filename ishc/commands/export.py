"""``ishc export``: the tables for Excel, Power BI and other programs."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from connectors.export.write import export
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.people_log import note_use


@click.command(
    "export",
    help=say(
        "Xuất các bảng của lần đối chiếu cuối: một tệp Excel, hoặc mỗi bảng một tệp CSV, Parquet. "
        "Tên tệp giữ nguyên ở lần sau, nên báo cáo Power BI hay bảng tổng hợp vẫn dùng được.",
        "Write the tables of the last reconcile: one Excel workbook, or a CSV or Parquet file a "
        "table. File names stay the same, so a Power BI report or a pivot table goes on working.",
    ),
)
@click.argument("tables", nargs=-1)
@click.option(
    "--to",
    "kind",
    required=True,
    type=click.Choice(["xlsx", "csv", "parquet"]),
    help=say("loại tệp", "kind of file"),
)
@click.option(
    "--labels",
    metavar="vi|en|none",
    help=say(
        "nhãn của biểu mẫu, bằng một ngôn ngữ của biểu mẫu, thay cho tên và mã "
        "(xlsx: theo ngôn ngữ đang dùng; khác: none)",
        "labels of the form, in a language of the form, instead of names and codes "
        "(xlsx: as the language; others: none)",
    ),
)
@click.option(
    "--identified",
    is_flag=True,
    help=say("kèm các cột có tên người", "with the columns that name people"),
)
@click.option(
    "--separator",
    type=click.Choice([",", ";", "tab"]),
    help=say(
        "giữa các cột của CSV (mặc định dấu phẩy); với «;» số lẻ viết bằng dấu phẩy",
        "between the columns of a CSV (a comma by default); with “;” decimals have a comma",
    ),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("thư mục đích (mặc định data/exports/…)", "folder (data/exports/… by default)"),
)
@pass_context
def command(
    context: Context,
    tables: tuple[str, ...],
    kind: Literal["xlsx", "csv", "parquet"],
    labels: str | None,
    identified: bool,
    separator: str | None,
    out: Path | None,
) -> None:
    """Export; the tables stay as they are."""
    if separator and kind != "csv":
        words = say("chỉ dùng với --to csv", "only with --to csv")
        raise click.BadOptionUsage("separator", f"--separator: {words}")
    asked = labels or (context.language if kind == "xlsx" else "none")
    made = export(
        context.folder,
        context.settings,
        kind,
        out=out or _own(context, kind, identified),
        language=context.language,
        names=tables,
        labels=None if asked == "none" else asked,
        identified=identified,
        separator="\t" if separator == "tab" else separator or ",",
        progress=context.progress,
    )
    context.result({"files": [str(path) for path in made.files], "rows": made.rows})
    for path in made.files:
        context.say(f"  {path}", f"  {path}")
    context.say(
        f"Đã xuất {made.tables} bảng, {made.rows} dòng, lần lập bảng {made.run}.",
        f"Exported tables: {made.tables}, rows: {made.rows}, run {made.run}.",
    )
    if identified:
        now = datetime.now(context.settings.timezone)
        note_use(context.folder, now, "export", "*", made.files[0])
        context.say(
            "Các tệp này có tên người: chỉ giao cho người được phép xem.",
            "These files name people: hand them only to those who may see them.",
        )


def _own(context: Context, kind: str, identified: bool) -> Path:
    private = context.folder.private
    exports = private(context.folder.exports)
    return private((private(exports / "identified") if identified else exports) / kind)
