"""``ishc person export``: everything that is held on a person, to be handed to them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from connectors.persons.give import held_on
from connectors.persons.rows import rows_of
from connectors.store.raw import RawStore
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.persons.common import ALSO, ASKED, CODE, note, who
from programme.dates import short
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.writing import write_text


@click.command(
    "export",
    help=say(
        "Ghi ra một tệp mọi điều đang giữ về một người, để giao cho người đó.",
        "Write everything that is held on a person to a file, to be handed to them.",
    ),
)
@CODE
@ALSO
@ASKED
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("tệp .json (mặc định data/people)", "a .json file (data/people by default)"),
)
@pass_context
def command(
    context: Context, code: str, also: tuple[str, ...], asked: date | None, out: Path | None
) -> int:
    """Write what is held."""
    request = who(context, code, also, asked, ask=False)
    held: list[dict[str, Any]] = []
    count = 0
    with RawStore.read(context.folder.store) as store:
        for person in request.people:
            rows = rows_of(store, request.schemas, person)
            held.append(held_on(store, request.tables, request.schemas, person, rows))
            count += len(rows)
    name = f"{request.people[0].code}.json"
    target = out or context.folder.private(context.folder.data / "people") / name
    whole = held[0] if len(held) == 1 else held
    try:
        write_text(target, json.dumps(whole, ensure_ascii=False, indent=1, default=str) + "\n")
    except OSError as error:
        raise ProblemError(_not_written(target), Exit.STORE) from error
    note(context, "export", request.codes, target)
    due = request.due(context.settings.people.access_days)
    context.result({"file": str(target), "rows": count, "due": due.isoformat()})
    context.say(
        f"Đã ghi: {target} ({count} chỗ trong các phiếu). Giao trước ngày {short(due, 'vi')}; giao "
        "xong thì xóa tệp này.",
        f"Written: {target} (places in submissions: {count}). Hand it over by "
        f"{short(due, 'en')} and delete it then.",
    )
    return Exit.DONE


def _not_written(target: Path) -> Problem:
    return Problem(
        "person-not-written",
        Text(vi="không ghi được tệp này", en="this file cannot be written"),
        Text(vi="hãy chọn nơi khác bằng --out", en="choose another place with --out"),
        Place(file=str(target)),
    )
