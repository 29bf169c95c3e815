"""Two lines for ``crontab -e``: the night, and after the machine was off."""

import shlex

from ishc.schedule.asked import Asked

SETTLE = 300  # seconds after the start, for the network to come up


def lines(asked: Asked, *, limited: bool = True) -> list[str]:
    """Write the lines.

    ``%`` means a new line in a crontab and is escaped.

    Args:
        limited: this machine has the command ``timeout``; macOS has none.
    """
    seconds = int(asked.limit.total_seconds())
    program, root = shlex.quote(str(asked.program)), shlex.quote(str(asked.root))
    limit = f"timeout --signal=INT --kill-after=60 {seconds} " if limited else ""
    night = f"{limit}{program} -C {root} nightly"
    quiet = ">/dev/null 2>&1"
    return [
        _escaped(f"{asked.at.minute} {asked.at.hour} * * * {night} {quiet}"),
        _escaped(f"@reboot sleep {SETTLE}; {night} --missed {quiet}"),
    ]


def _escaped(line: str) -> str:
    return line.replace("%", "\\%")
