"""``ishc publish``: the lists for the phones, made from the registers, onto the server."""

from datetime import UTC, datetime

import click

from connectors.publish import publish
from connectors.publish_ready import check_ready
from connectors.reconcile.lists import write_lists
from ishc.commands.deploy import show
from ishc.context import Context, pass_context
from ishc.language import say
from programme.dates import today


@click.command(
    "publish",
    help=say(
        "Làm danh sách câu lạc bộ, thành viên, khoản vay từ sổ đăng ký và đưa lên điện thoại.\n\n"
        "Chỉ gửi danh sách nào đã đổi; câu hỏi trên điện thoại giữ nguyên.",
        "Make the lists of clubs, members and loans from the registers, and hand them to phones."
        "\n\nOnly lists that have changed are sent; the questions on phones stay as they are.",
    ),
)
@click.option(
    "--due",
    is_flag=True,
    help=say(
        "chỉ biểu mẫu đã tới hạn (every_days ở mục [publish] trong ishc.toml), để chạy theo lịch",
        "only forms that are due (every_days in [publish] of ishc.toml), for a schedule",
    ),
)
@pass_context
def command(context: Context, due: bool) -> int:
    """Write the lists, then hand out those that differ."""
    check_ready(context.settings, context.folder, today(context.settings.timezone))
    write_lists(context.folder)
    done = publish(
        context.settings,
        context.folder,
        environ=context.environ,
        now=datetime.now(UTC),
        due=due,
        progress=context.progress,
    )
    context.result(done)
    sources = sum(len(form.sources) for form in context.settings.forms.values())
    if due and (rest := sources - len(done)):
        days = context.settings.publish.every_days
        context.say(
            f"Chưa tới hạn ({days} ngày một lần): {rest} biểu mẫu.",
            f"Not yet due (every {days} days): forms {rest}.",
        )
    return show(context, done)
