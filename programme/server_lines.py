"""The servers of an ``ishc.toml`` put in the place of others, the rest of the file as it is."""

import re

_SERVERS = re.compile(r"^\[servers\.\w+\]\n(?:(?!\[|# asset).*\n)+", re.MULTILINE)


def with_server(text: str, name: str, table: str) -> str:
    """Replace the servers of the shipped ``ishc.toml``; every form goes to the new one.

    Args:
        text: the whole file.
        name: of the server, as the forms name it.
        table: ``[servers.NAME]`` and its lines, with the remarks that belong to them.
    """
    text = _SERVERS.sub(lambda _: f"{table.rstrip()}\n\n", text, count=1)
    return re.sub(r"^server = .*$", f'server = "{name}"', text, flags=re.MULTILINE)
