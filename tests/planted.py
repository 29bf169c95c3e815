"""No secret and no member's name in what commands say and write down, whatever a test does.

Every made-up person carries «Mẫu-0123» in the name, every made-up telephone begins with 0000, and
every secret (tokens of servers, keys of pseudonyms) comes from ``secrets.token_hex``. After each
test everything that it captured, from commands and from processes that it started, is searched for
them, and so are logs, summaries and proofs below its folders. A test that asks for names
(``--identified``) is marked ``names_shown``.
"""

import re
import secrets
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from programme.folder import Folder

SECRETS: set[str] = set()
NAME = re.compile(r"Mẫu-[0-9]{4}|(?<![0-9])0000[0-9]{6}(?![0-9])")
WRITTEN = ("data/logs/*", "data/night.html", "data/nightly*.json*", "data/proofs/*", "*.log")
_LONGEST = 64  # letters of a secret
_SHORTEST = 32
_HEX = re.compile(f"[0-9a-f]{{{_SHORTEST},{_LONGEST}}}")
_heard: list[str] = []
_known: dict[Path, tuple[int, int]] = {}


def leaks(text: str, *, names: bool = True) -> list[str]:
    """Give what of a text is a secret, or a person's name or telephone number.

    Args:
        names: look for names, too.
    """
    found = [f"secret {word[:4]}…" for word in _HEX.findall(text) if word in SECRETS]
    return found + (NAME.findall(unicodedata.normalize("NFC", text)) if names else [])


def watch() -> None:
    """Hear of every secret that is made, and of everything that is captured."""
    secrets.token_hex = _noting(secrets.token_hex)
    pytest.CaptureFixture.readouterr = _hearing(pytest.CaptureFixture.readouterr)  # type: ignore[method-assign]
    subprocess.Popen.communicate = _hearing(subprocess.Popen.communicate)  # type: ignore[method-assign]


def _noting(make: Callable[..., str]) -> Callable[..., str]:
    def token_hex(nbytes: int | None = None) -> str:
        made = make(nbytes)
        if len(made) >= _SHORTEST:
            SECRETS.add(made)
        return made

    return token_hex


def _hearing(read: Callable[..., Any]) -> Callable[..., Any]:
    def heard(*words: Any, **more: Any) -> Any:
        both = read(*words, **more)
        _heard.extend(_text(each) for each in both if each)
        return both

    return heard


def _text(said: str | bytes) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known and begin to listen."""
    config.addinivalue_line("markers", "names_shown: the test asks for names and is shown them")
    watch()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Search what the test captured and wrote; its folders are still there."""
    names = item.get_closest_marker("names_shown") is None
    said = [*_heard, *(content for _, _, content in item._report_sections)]
    _heard.clear()
    found = {f"said: {each}" for text in said for each in leaks(text, names=names)}
    for path in _files(item):
        text = path.read_text(encoding="utf-8", errors="replace")
        found |= {f"{path.name}: {each}" for each in leaks(text, names=names)}
    yield
    if found:
        pytest.fail("planted words came out: " + ", ".join(sorted(found)[:5]), pytrace=False)


def _files(item: pytest.Item) -> Iterator[Path]:
    """Give the logs and summaries that are new or have changed since they were searched."""
    roots = {root for value in getattr(item, "funcargs", {}).values() for root in _roots(value)}
    for root in roots:
        for pattern in WRITTEN:
            for path in root.glob(pattern):
                if path.is_file():
                    state = path.stat()
                    now = (state.st_mtime_ns, state.st_size)
                    if _known.get(path) != now:
                        _known[path] = now
                        yield path


def _roots(value: object) -> Iterator[Path]:
    if isinstance(value, Path) and value.is_dir():
        yield from (value, *(each for each in value.iterdir() if each.is_dir()))
    elif isinstance(value, Folder):
        yield value.root
    elif isinstance(folder := getattr(value, "folder", None), Folder):
        yield folder.root
