"""The page of commands: every command with what it does, its arguments and options."""

from collections.abc import Iterator

import click

from ishc.language import say
from ishc.reference.markdown import cell, code, table


def commands_page(root: click.Group) -> str:
    """Write the page, in the language of the command line.

    Args:
        root: the command ``ishc``.
    """
    parts = [
        say("# Các lệnh\n\n", "# Commands\n\n"),
        say(
            "Gõ trong thư mục chương trình. `--help` sau lệnh nào cũng cho xem những điều này.\n\n",
            "Typed in the programme's folder. `--help` after any command shows the same.\n\n",
        ),
        _options(root),
    ]
    for path, command in walk(root):
        if len(path) == 1:
            parts.append(f"## {path[0]}\n\n")
        else:
            parts.append(f"### {' '.join(path)}\n\n")
        parts.append(_help(command))
        if not isinstance(command, click.Group):
            parts.append(f"```text\n{_usage(path, command)}\n```\n\n")
        parts.append(_options(command))
    return "".join(parts)


def walk(
    group: click.Group, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Give every command with its words after ``ishc``, a group before its commands."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        path = (*above, name)
        yield path, command
        if isinstance(command, click.Group):
            yield from walk(command, path)


def _usage(path: tuple[str, ...], command: click.Command) -> str:
    pieces = " ".join(command.collect_usage_pieces(click.Context(command)))
    return f"ishc {' '.join(path)} {pieces}"


def _help(command: click.Command) -> str:
    # in help texts a blank line parts paragraphs, \b keeps lines as they are
    paragraphs = (command.help or "").replace("\b\n", "").split("\n\n")
    return "".join(f"{cell(each)}\n\n" for each in paragraphs)


def _options(command: click.Command) -> str:
    context = click.Context(command, info_name="ishc")
    rows = [
        (code(", ".join(each.opts + each.secondary_opts)), cell(_said(each)), cell(_values(each)))
        for each in command.get_params(context)
        if isinstance(each, click.Option) and not each.hidden and "--help" not in each.opts
    ]
    head = say("tùy chọn|để làm gì|giá trị", "option|what for|value").split("|")
    return table(head, rows) if rows else ""


def _values(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return ", ".join(str(each) for each in option.type.choices)
    return option.metavar or option.type.name


def _said(option: click.Option) -> str:
    more = say(" (ghi được nhiều lần)", " (may be given several times)") if option.multiple else ""
    return (option.help or "") + more
