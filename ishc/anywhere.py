"""Options of ``ishc`` itself that were written after a command: ``ishc pull --json``."""

_VALUES = {"--json": 0, "--lang": 1, "-C": 1}  # how many words follow each


def forward(arguments: list[str], option: str) -> list[str] | None:
    """Move the last use of an option before the command.

    Args:
        arguments: as they were written.
        option: what the command did not know.

    Returns:
        None when it is no option of ``ishc``, or does not stand after a command.
    """
    if option not in _VALUES:
        return None
    end = arguments.index("--") if "--" in arguments else len(arguments)
    for place in range(end - 1, -1, -1):
        word = arguments[place]
        joined = word.startswith(f"{option}=")
        if word == option or joined:
            stop = place + 1 + (0 if joined else _VALUES[option])
            taken = arguments[place:stop]
            return [*taken, *arguments[:place], *arguments[stop:]] if place else None
    return None
