"""``ishc findings``: what looks wrong now, and answers that came back in workbooks."""

from collections import Counter
from pathlib import Path
from typing import Any

import click
import pyarrow.parquet as pq

from connectors.reconcile.check_sheet import read_checks
from connectors.reconcile.finding_life import STATES
from connectors.reconcile.finding_words import STATE_WORDS
from connectors.reconcile.returned import read_files
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from ishc.context import Context, pass_context
from ishc.language import say
from programme.areas import load_areas
from programme.problem import Exit, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest

SHOWN = 20


@click.group(
    "findings",
    invoke_without_command=True,
    help=say(
        "Cho biết những chỗ có vẻ sai (cho chương trình khác: --json); đọc bảng đã trả lời.",
        "Show what looks wrong (for programs: --json); read workbooks that were answered.",
    ),
)
@click.option(
    "--area",
    metavar="AREA",
    help=say("tỉnh hoặc xã: mã hoặc tên", "province or commune: code or name"),
)
@click.option("--check", metavar="CODE", help=say("mã kiểm tra", "code of a check"))
@click.option("--state", type=click.Choice(STATES), help=say("trạng thái", "state"))
@click.pass_context
def command(
    click_context: click.Context, area: str | None, check: str | None, state: str | None
) -> None:
    """Show the findings of the last run, unless a command follows."""
    if click_context.invoked_subcommand is None:
        _show(click_context.obj, area, check, state)


def _show(context: Context, area: str | None, check: str | None, state: str | None) -> None:
    tables = open_tables(context.folder)
    area = area and load_areas(context.folder.xlsforms).find(area).code
    if check:
        _known(check, [each.code for each in read_checks(context.folder.checks)])
    name = "finding_mended" if state == "mended" else "finding"
    rows = [
        row
        for row in pq.read_table(tables.path(name)).to_pylist()
        if (area is None or area in (row["province_code"], row["commune_code"]))
        and (check is None or row["check_code"] == check)
        and (state is None or row["state"] == state)
    ]
    context.result({"run": tables.run, "as_of": tables.as_of, "findings": rows})
    for row in rows[:SHOWN]:
        _say(context, row)
    if more := len(rows[SHOWN:]):
        context.say(f"… và {more} phát hiện nữa", f"… and {more} more")
    states = Counter(row["state"] for row in rows)
    vi = ", ".join(f"{STATE_WORDS[each].vi} {states[each]}" for each in STATES if states[each])
    en = ", ".join(f"{STATE_WORDS[each].en} {states[each]}" for each in STATES if states[each])
    context.say(
        f"Tất cả: {len(rows)} ({vi or 'không có'}). Bảng theo xã: {context.folder.findings}",
        f"In all: {len(rows)} ({en or 'none'}). Workbooks: {context.folder.findings}",
    )


def _known(check: str, codes: list[str]) -> None:
    if check not in codes:
        hint = did_you_mean(nearest(check, codes))
        raise ProblemError(
            Problem(
                "check-unknown",
                Text(
                    vi=f"không có phép kiểm tra «{check}»{hint.vi}",
                    en=f"there is no check “{check}”{hint.en}",
                ),
                Text(
                    vi=f"các mã kiểm tra: {', '.join(codes)}",
                    en=f"the codes of checks: {', '.join(codes)}",
                ),
            )
        )


def _say(context: Context, row: dict[str, Any]) -> None:
    context.say(
        f"{row['finding_id']}  {row['message_vi']}", f"{row['finding_id']}  {row['message_en']}"
    )


@command.command(
    help=say(
        "Đọc câu trả lời trong các bảng phát hiện đã gửi lại; có hiệu lực từ lần đối chiếu sau.",
        "Read the answers in workbooks that came back; they count from the next reconcile on.",
    )
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@pass_context
def read(context: Context, files: tuple[Path, ...]) -> int:
    """Read answered workbooks."""
    open_tables(context.folder)  # without findings there is nothing to answer
    with RawStore.open(context.folder.store) as store:
        taken = read_files(files, store)
    context.result(
        {"answers": taken.taken, "problems": [each.as_dict() for each in taken.problems]}
    )
    context.problems(taken.problems)
    context.say(
        f"Đã đọc {taken.files} bảng, {taken.taken} câu trả lời mới.",
        f"Read {taken.files} workbooks, {taken.taken} new answers.",
    )
    return Exit.INPUT if taken.problems else Exit.DONE
