"""``ishc checks``: try the checks, list the columns they may use."""

import click

from connectors.reconcile.check_columns import SHEET, write_columns
from connectors.reconcile.check_try import try_checks
from connectors.store.tables import open_tables
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.lazy import PlainGroup

SHOWN = 5  # findings of a check


@click.group(
    "checks",
    cls=PlainGroup,
    help=say("Thử phép kiểm tra, liệt kê các cột.", "Try checks, list columns."),
)
def command() -> None:
    """Hold what is done with checks.xlsx."""


@command.command(
    "try",
    help=say(
        "Chạy thử checks.xlsx trên các bảng của lần đối chiếu cuối, không ghi gì.",
        "Run the checks of checks.xlsx over the tables of the last reconcile; nothing is written.",
    ),
)
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@pass_context
def try_(context: Context, codes: tuple[str, ...]) -> None:
    """Try the named checks, or all of them."""
    found = try_checks(context.settings, context.folder, codes, progress=context.progress)
    context.result({"findings": found.rows, "counts": found.counts})
    context.problems(found.problems)
    for code, count in found.counts.items():
        context.say(f"{count:>6}  {code}", f"{count:>6}  {code}")
        rows = [row for row in found.rows if row["check_code"] == code] if codes else []
        for row in rows[:SHOWN]:
            context.say(f"          {row['message_vi']}", f"          {row['message_en']}")


@command.command(
    help=say(
        f"Ghi lại trang «{SHEET}» của checks.xlsx: các bảng, các cột dùng được và nghĩa của chúng.",
        f"Write the sheet “{SHEET}” of checks.xlsx anew: tables, columns and what they mean.",
    )
)
@pass_context
def columns(context: Context) -> None:
    """List what checks may use."""
    count = write_columns(context.folder.checks, open_tables(context.folder))
    context.result({"columns": count})
    context.say(
        f"Đã ghi {count} cột vào trang «{SHEET}».", f"Wrote {count} columns to the sheet “{SHEET}”."
    )
