"""``ishc schedule``: what this machine needs to run the night by itself, written and explained."""

import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import click

from ishc.context import Context, pass_context
from ishc.language import say
from ishc.schedule import cron, systemd, windows
from ishc.schedule.asked import Asked, this_program
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.system_error import in_brackets
from programme.writing import replacing

Kind = Literal["systemd", "cron", "windows"]


@click.command(
    "schedule",
    help=say(
        "Viết và giải thích những gì máy này cần để mỗi đêm tự chạy ishc nightly: bộ hẹn giờ "
        "systemd, dòng cron, hoặc tác vụ Windows. Không tự cài; chỉ ghi tệp và nêu lệnh cần gõ.",
        "Write and explain what this machine needs to run ishc nightly by itself: a systemd timer, "
        "cron lines or a Windows task. Nothing is installed; files are written, commands shown.",
    ),
)
@click.option(
    "--at",
    type=click.DateTime(["%H:%M"]),
    default="21:30",
    metavar="HH:MM",
    help=say("giờ chạy (mặc định 21:30)", "when it runs (21:30 by default)"),
)
@click.option(
    "--hours",
    type=click.IntRange(1, 23),
    default=6,
    help=say("chạy quá chừng này giờ thì dừng (mặc định 6)", "stopped after so long (default 6)"),
)
@click.option(
    "--for",
    "kind",
    type=click.Choice(["systemd", "cron", "windows"]),
    help=say("loại máy; mặc định: máy này", "the kind of machine; by default this one"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=say(
        "thư mục ghi tệp (mặc định data/schedule)", "folder of the files (default data/schedule)"
    ),
)
@pass_context
def command(
    context: Context, at: datetime, hours: int, kind: Kind | None, out: Path | None
) -> None:
    """Write the files and say what to type."""
    root = context.folder.root
    asked = Asked(this_program(), root, at.time(), timedelta(hours=hours))
    chosen = kind or _this_machine()
    target = out or context.folder.private(context.folder.data / "schedule")
    made = _write(target, _files(chosen, asked))
    context.result({"kind": chosen, "files": [str(each) for each in made]})
    _explain(context, chosen, asked, target)


def _this_machine() -> Kind:
    if sys.platform == "win32":
        return "windows"
    return "systemd" if shutil.which("systemctl") else "cron"


def _files(kind: Kind, asked: Asked) -> dict[str, bytes]:
    if kind == "windows":
        return windows.files(asked)
    if kind == "systemd":
        return {name: text.encode() for name, text in systemd.files(asked).items()}
    lines = cron.lines(asked, limited=_has_timeout())
    return {f"{asked.name}.cron": "".join(f"{each}\n" for each in lines).encode()}


def _has_timeout() -> bool:
    return shutil.which("timeout") is not None


def _write(target: Path, files: dict[str, bytes]) -> list[Path]:
    made = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with replacing(target / name) as file:
                file.write(content)
            made.append(target / name)
    except OSError as error:
        raise ProblemError(_not_written(target, error), Exit.STORE) from error
    return made


def _explain(context: Context, kind: Kind, asked: Asked, target: Path) -> None:
    hours = int(asked.limit.total_seconds() // 3600)
    context.say(
        f"Mỗi đêm lúc {asked.at:%H:%M}: ishc nightly trong {asked.root}; quá {hours} giờ thì dừng, "
        "lần sau làm tiếp. Mỗi lúc chỉ một lần chạy. Máy tắt vào giờ đó thì chạy khi bật lại.",
        f"Every night at {asked.at:%H:%M}: ishc nightly in {asked.root}; stopped after {hours} "
        "hours, the next run goes on. One run at a time. If the machine was off then, it runs "
        "when it is on again.",
    )
    context.say(f"Tệp ở: {target}", f"Files in: {target}")
    if kind == "cron":
        context.say("Gõ «crontab -e» rồi thêm hai dòng:", "Type “crontab -e” and add two lines:")
        commands = cron.lines(asked, limited=_has_timeout())
        if not _has_timeout():
            context.say(
                "Máy này không có lệnh timeout nên không có giới hạn giờ.",
                "This machine has no command timeout, so there is no limit of hours.",
            )
    else:
        context.say("Gõ lần lượt trong thư mục đó:", "Type in that folder, one after the other:")
        commands = (systemd if kind == "systemd" else windows).steps(asked)
    for each in commands:
        context.say(f"  {each}", f"  {each}")
    context.say(
        "Token phải nằm ở tệp token_file (ishc.toml): tác vụ tự chạy không có biến môi trường của "
        "cửa sổ lệnh. Sáng hôm sau xem data/night.html.",
        "The token has to be in the file token_file (ishc.toml): a task has not the environment of "
        "your terminal. Look at data/night.html the next morning.",
    )


def _not_written(target: Path, error: OSError) -> Problem:
    why = in_brackets(error)
    return Problem(
        "schedule-not-written",
        Text(vi=f"không ghi được tệp{why.vi}", en=f"the files cannot be written{why.en}"),
        Text(vi="hãy chọn thư mục khác bằng --out", en="choose another folder with --out"),
        Place(file=str(target)),
    )
