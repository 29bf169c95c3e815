"""A click group that imports a command only when it is run, so that ``--help`` is instant."""

import importlib
from collections.abc import Mapping
from gettext import gettext
from typing import Any

import click

from ishc.language import say
from programme.text import did_you_mean, nearest


def _first_sentence(help_: str) -> str:
    return help_.strip().split("\n\n")[0].split(". ")[0].rstrip(".")


class PlainGroup(click.Group):
    """Commands with the first sentence of their help, whole."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; a long sentence goes on in the next line instead of being cut."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl(
                [
                    (name, _first_sentence(self.commands[name].help or ""))
                    for name in self.list_commands(ctx)
                ]
            )


class LazyGroup(click.Group):
    """Commands as a table of name → (module, one line of help).

    The module ``ishc.commands.NAME`` has a click command called ``command``.
    """

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table: the order of the work."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command that was asked for."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(self.lazy[cmd_name][0])
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or ask whether the nearest right name was meant."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            hint = did_you_mean(nearest(args[0], self.list_commands(ctx)))
            ctx.fail(
                say(
                    f"không có lệnh «{args[0]}»{hint.vi}",
                    f"there is no command “{args[0]}”{hint.en}",
                )
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, help_) for name, (_, help_) in self.lazy.items()])
