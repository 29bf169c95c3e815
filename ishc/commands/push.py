"""``ishc push``: states on the servers, by the findings of the last reconcile."""

import click

from connectors.reconcile.check_sheet import read_checks
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.states_pushed import push_states_of


@click.command(
    "push",
    help=say(
        "Ghi lên máy chủ phiếu nào đang chờ xem lại, theo các phát hiện của lần đối chiếu cuối "
        "(mục [states] trong ishc.toml). Không đè lên trạng thái do người đặt.",
        "Show on the server which submissions are on hold, by the findings of the last reconcile "
        "([states] in ishc.toml). What a person set stays.",
    ),
)
@click.option("--yes", is_flag=True, help=say("không hỏi", "do not ask"))
@pass_context
def command(context: Context, yes: bool) -> int:
    """Set and take away states."""
    titles = {each.code: each.title for each in read_checks(context.folder.checks)}
    return push_states_of(context, titles, yes=yes)
