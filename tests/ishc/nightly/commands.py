"""Small commands that stand for the real ones in the order of a night."""

from pathlib import Path

import click

from ishc.context import Context, pass_context
from programme.problem import Exit, Problem, ProblemError, Text


def _note(context: Context, name: str) -> None:
    with (context.directory / "ran.txt").open("a") as file:
        file.write(f"{name}\n")


def _faults(context: Context) -> set[str]:
    """What is to go wrong, as a file beside the programme says it."""
    path = context.directory / "faults.txt"
    return set(path.read_text().split()) if path.exists() else set()


def made(name: str) -> click.Command:
    """Make a command that notes that it ran, and fails as ``faults.txt`` asks."""

    @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
    @pass_context
    def command(context: Context, rest: tuple[str, ...]) -> int:
        faults = _faults(context)
        _note(context, " ".join([name, *rest]))
        context.say("đang làm", "at work")
        if f"{name}:server" in faults:
            raise ProblemError(
                Problem(
                    "server-unreachable",
                    Text(vi="không tới được máy chủ", en="the server cannot be reached"),
                    Text(vi="kiểm tra mạng", en="check the network"),
                ),
                Exit.SERVER,
            )
        if f"{name}:fault" in faults:
            raise RuntimeError("Nguyễn Thị Bí Mật owes 5000000")
        if f"{name}:disk" in faults:
            raise OSError(28, "No space left on device", str(context.directory / "data" / "x"))
        if f"{name}:kill" in faults:
            raise KeyboardInterrupt
        if f"{name}:clock" in faults:
            wrong = Text(vi="đồng hồ sai", en="the clock is wrong")
            context.problems([Problem("clock-differs", wrong, wrong, severity="warning")])
        context.result({"files": [str(context.folder.root / "data" / f"{name}.docx")]})
        return Exit.DONE

    settings = {"ignore_unknown_options": True}
    return click.command(name, context_settings=settings)(command)


def ran(root: Path) -> list[str]:
    """Which commands ran, in order."""
    path = root / "ran.txt"
    return path.read_text().splitlines() if path.exists() else []
