"""``ishc deploy [FORM…]``: forms and their lists onto the server."""

import click

from connectors.deploy import Deployed, deploy
from ishc.context import Context, pass_context
from ishc.language import say
from programme.problem import Exit, Text

DONE = {
    "created": Text(vi="đã tạo mới", en="created"),
    "replaced": Text(vi="đã thay bản mới", en="replaced"),
    "unchanged": Text(vi="không đổi", en="unchanged"),
}


@click.command(
    "deploy",
    help=say(
        "Đưa biểu mẫu và danh sách lên máy chủ ghi trong ishc.toml. Chạy lại không làm gì thừa.",
        "Put forms and their lists on the server in ishc.toml. Running it again changes nothing.",
    ),
)
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@pass_context
def command(context: Context, forms: tuple[str, ...]) -> int:
    """Deploy all forms of the settings, or those named."""
    done = deploy(
        context.settings,
        context.folder,
        forms or None,
        environ=context.environ,
        progress=context.progress,
    )
    context.result(done)
    status = show(context, done)
    context.say(
        "Tiếp theo: điền thử bằng KoboCollect, rồi ishc pull",
        "Next: fill some forms in KoboCollect, then ishc pull",
    )
    return status


def show(context: Context, done: list[Deployed]) -> int:
    """Tell what came of each form; give the exit status."""
    for each in done:
        what, sent = DONE[each.done], len(each.media)
        head = f"  {each.form} ({each.source})"
        context.say(
            f"{head}: {what.vi}; {sent} danh sách đã gửi", f"{head}: {what.en}; {sent} lists sent"
        )
        context.problems(each.problems)
    failed = any(problem.severity == "error" for each in done for problem in each.problems)
    return Exit.SERVER if failed else Exit.DONE
