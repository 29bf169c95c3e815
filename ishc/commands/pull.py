"""``ishc pull``: what is new, edited or deleted on the servers, into the store."""

from datetime import datetime

import click

from connectors.pull import pull
from connectors.results import FormPull, PullResult
from ishc.context import Context, pass_context
from ishc.language import say
from programme.tracked import tracked_data


@click.command(
    "pull",
    help=say(
        "Lấy phiếu mới, đã sửa, đã xóa từ máy chủ và chứng minh rằng không thiếu phiếu nào.",
        "Fetch what is new, edited or deleted on the servers, and prove that nothing is missing.",
    ),
)
@pass_context
def command(context: Context) -> int:
    """Pull every form from every server; one failing source does not stop the others."""
    context.problems(tracked_data(context.folder))
    result = pull(
        context.settings,
        context.folder,
        environ=context.environ,
        now=datetime.now(context.settings.timezone),
        progress=context.progress,
    )
    context.result(result)
    context.problems(result.problems)
    for form in result.forms:
        context.say(*line(form))
    say_next(context, result)
    return result.exit_status


def line(form: FormPull) -> tuple[str, str]:
    """Sum up one form from one source, in both languages."""
    counts = (form.total, form.new, form.changed, form.deleted, form.attachments)
    vi = "{} phiếu; mới {}, sửa {}, xóa {}, tệp kèm {}".format(*counts)
    en = "submissions {}; new {}, changed {}, deleted {}, files {}".format(*counts)
    proof = ("đã chứng minh đủ", "proven complete") if form.proven else ("CHƯA đủ", "NOT complete")
    return (
        f"  {form.form} ({form.source}): {vi}; {proof[0]}",
        f"  {form.form} ({form.source}): {en}; {proof[1]}",
    )


def say_next(context: Context, result: PullResult) -> None:
    """Tell what to do next."""
    if result.proven:
        context.say("Tiếp theo: ishc reconcile", "Next: ishc reconcile")
    else:
        context.say(
            "Hãy xem các lỗi ở trên rồi chạy lại: ishc pull",
            "See the problems above, then run it again: ishc pull",
        )
