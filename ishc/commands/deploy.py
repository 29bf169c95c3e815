"""``ishc deploy [FORM…]``: forms and their lists onto the server."""

import click

from connectors.deploy import deploy
from ishc.context import Context, pass_context
from ishc.language import say


@click.command(
    "deploy",
    help=say(
        "Đưa biểu mẫu và danh sách lên máy chủ ghi trong ishc.toml. Chạy lại không làm gì thừa.",
        "Put forms and their lists on the server in ishc.toml. Running it again changes nothing.",
    ),
)
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@pass_context
def command(context: Context, forms: tuple[str, ...]) -> None:
    """Deploy all forms of the settings, or those named."""
    done = deploy(
        context.settings,
        context.folder,
        forms or None,
        environ=context.environ,
        progress=context.progress,
    )
    context.result([each.__dict__ for each in done])
