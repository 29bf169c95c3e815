"""``ishc doctor``: what is wrong here, and what to do about it."""

from collections.abc import Iterator
from datetime import datetime

import click

from ishc.context import Context, pass_context
from ishc.doctor import machine, place, programme_files, servers
from ishc.doctor.seen import Seen
from ishc.language import say
from programme.problem import Exit


@click.command(
    "doctor",
    help=say(
        "Xem máy này, chương trình và máy chủ có gì không ổn: Java, ổ đĩa, quyền đọc, biểu mẫu, "
        "token, quyền trên máy chủ, đồng hồ, nơi đặt máy chủ. Không sửa gì.",
        "Look at this machine, the programme and its servers: Java, disk, who may read, forms, "
        "token, rights on the server, clocks, where servers stand. Nothing is changed.",
    ),
)
@click.option("--offline", is_flag=True, help=say("không hỏi máy chủ", "do not ask the servers"))
@pass_context
def command(context: Context, offline: bool) -> int:
    """Look at everything; exit 1 if something has to be mended."""
    seen = []
    for each in _look(context, offline=offline):
        seen.append(each)
        mark = "✓" if not each.problems else "·" if each.well else "✗"
        context.say(f"{mark} {each.what.vi}", f"{mark} {each.what.en}")
        context.problems(each.problems)
    bad = [each for each in seen if not each.well]
    context.result(
        {
            "seen": [
                {"what": each.what.in_(context.language), "problems": each.problems}
                for each in seen
            ]
        }
    )
    if bad:
        context.say(f"Cần xem: {len(bad)} mục.", f"To look at: {len(bad)}.")
        errors = any(problem.severity == "error" for each in bad for problem in each.problems)
        return Exit.INPUT if errors else Exit.DONE
    context.say("Mọi thứ đều ổn.", "All is well.")
    return Exit.DONE


def _look(context: Context, *, offline: bool) -> Iterator[Seen]:
    now = datetime.now(context.settings.timezone)
    yield from place.look(context.folder)
    yield from machine.look(context.folder)
    yield from programme_files.look(context.folder, context.settings, now)
    if not offline:
        yield from servers.look(context.folder, context.settings, context.environ, now)
