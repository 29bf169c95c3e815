"""``ishc publish``: the lists for the phones, made from the registers, onto the server."""

import click

from connectors.publish import publish
from connectors.reconcile.lists import write_lists
from ishc.commands.deploy import show
from ishc.context import Context, pass_context
from ishc.language import say


@click.command(
    "publish",
    help=say(
        "Làm danh sách câu lạc bộ, thành viên, khoản vay từ sổ đăng ký và đưa lên điện thoại.\n\n"
        "Chỉ gửi danh sách nào đã đổi; câu hỏi trên điện thoại giữ nguyên.",
        "Make the lists of clubs, members and loans from the registers, and hand them to phones."
        "\n\nOnly lists that have changed are sent; the questions on phones stay as they are.",
    ),
)
@pass_context
def command(context: Context) -> int:
    """Write the lists, then hand out those that differ."""
    write_lists(context.folder)
    done = publish(
        context.settings,
        context.folder,
        environ=context.environ,
        progress=context.progress,
    )
    context.result(done)
    return show(context, done)
