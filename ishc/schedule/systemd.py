"""A systemd service and timer for one person's account (no administrator needed)."""

from ishc.schedule.asked import Asked


def files(asked: Asked) -> dict[str, str]:
    """Write the unit files: name → content."""
    return {f"{asked.name}.service": _service(asked), f"{asked.name}.timer": _timer(asked)}


def steps(asked: Asked) -> list[str]:
    """Give the commands that put them to work."""
    return [
        "mkdir -p ~/.config/systemd/user",
        f"cp {asked.name}.service {asked.name}.timer ~/.config/systemd/user/",
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {asked.name}.timer",
        'loginctl enable-linger "$USER"',
        f"systemctl --user list-timers {asked.name}.timer",
    ]


def _service(asked: Asked) -> str:
    seconds = int(asked.limit.total_seconds())
    return (
        "[Unit]\n"
        f"Description=ISHC Collect: nightly ({_literal(asked.root.name)})\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        # the shell starts it: systemd refuses programs whose path has quotes or a backslash
        f'ExecStart=/bin/sh -c "exec \\"$$0\\" \\"$$@\\"" {_quoted(str(asked.program))} '
        f"-C {_quoted(str(asked.root))} nightly\n"
        f"TimeoutStartSec={seconds}\n"
        "KillSignal=SIGINT\n"
        "UMask=0077\n"
        "Nice=10\n"
    )


def _timer(asked: Asked) -> str:
    return (
        "[Unit]\n"
        f"Description=ISHC Collect: every night at {asked.at:%H:%M}\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* {asked.at:%H:%M}:00\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def _literal(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """Quote a word of ExecStart: blanks, quotes, ``$`` and ``%`` mean themselves."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{_literal(inner)}"'
