"""``ishc pull``: what is new, edited or deleted on the servers, into the store."""

from datetime import datetime

import click

from connectors.clocks import clocks
from connectors.pull import pull
from connectors.redeployed import redeployed
from connectors.results import FormPull, PullResult
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.pulls_shown import unreadable_words
from programme.numbers import counted, number
from programme.problem import Exit
from programme.tracked import tracked_data


@click.command(
    "pull",
    help=say(
        "Lấy phiếu mới, đã sửa, đã xóa từ máy chủ và chứng minh rằng không thiếu phiếu nào; nguồn "
        "lớn thì chứng minh theo kỳ, giữa hai lần chỉ lấy những gì máy chủ báo đã thay đổi.",
        "Fetch what is new, edited or deleted on the servers, and prove that nothing is missing; "
        "large sources now and then, and in between only what the server says has changed.",
    ),
)
@click.option(
    "--proven",
    is_flag=True,
    help=say("so toàn bộ, kể cả nguồn lớn", "compare everything, of large sources too"),
)
@pass_context
def command(context: Context, proven: bool) -> int:
    """Pull every form from every source; one failing source does not stop the others."""
    context.problems(tracked_data(context.folder))
    result = pull(
        context.settings,
        context.folder,
        environ=context.environ,
        now=datetime.now(context.settings.timezone),
        proven=proven,
        progress=context.progress,
    )
    context.result(result)
    context.problems(result.problems)
    for form in result.forms:
        context.say(*line(form))
    if result.exit_status != Exit.SERVER:
        context.problems(redeployed(context.settings, context.folder, environ=context.environ))
        now = datetime.now(context.settings.timezone)
        context.problems(clocks(context.settings, environ=context.environ, now=now))
    say_next(context, result)
    return result.exit_status


def line(form: FormPull) -> tuple[str, str]:
    """Sum up one source of a form, in both languages."""
    counts = (form.total, form.new, form.changed, form.deleted, form.attachments)
    vi = "{} phiếu; mới {}, sửa {}, xóa {}, tệp kèm {}".format(*(number(n, "vi") for n in counts))
    en = "{}; {} new, {} edited, {} deleted, {}".format(
        counted(form.total, "submission", "submissions"),
        *(number(n, "en") for n in counts[1:4]),
        counted(form.attachments, "file", "files"),
    )
    proof = ("CHƯA đủ", "NOT complete")
    if form.proven:
        proof = ("đã chứng minh đủ", "proven complete")
    elif form.agreed:
        proof = ("đã cập nhật theo nhật ký máy chủ", "followed")
    if form.agreed and form.unreadable:
        apart = unreadable_words(form.unreadable)
        rest = ("các phiếu khác đã đủ", "all others are here")
        proof = (f"{rest[0]}, {apart.vi}", f"{rest[1]}, {apart.en}")
    files = ("", "")
    if any(each.code == "attachments-missing" for each in form.problems):
        files = ("; CÒN THIẾU tệp kèm", "; files MISSING")
    return (
        f"  {form.form} ({form.source}): {vi}; {proof[0]}{files[0]}",
        f"  {form.form} ({form.source}): {en}; {proof[1]}{files[1]}",
    )


def say_next(context: Context, result: PullResult) -> None:
    """Tell what to do next."""
    if result.agreed:
        context.say("Tiếp theo: ishc reconcile", "Next: ishc reconcile")
    else:
        context.say(
            "Hãy xem các lỗi ở trên rồi chạy lại: ishc pull",
            "See the problems above, then run it again: ishc pull",
        )
