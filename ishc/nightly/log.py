"""The night's log: lines for people or JSON for programs, in files that do not grow for ever."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from programme.nightly_settings import LogFormat

LARGEST = 1_000_000  # bytes
FILES = 9  # besides the newest
NAME = "nightly.log"


class NightLog:
    """Writes ``data/logs/nightly.log``.

    Args:
        folder: of the logs; it must exist.
        form: how a line looks.
        now: gives the local time.
    """

    def __init__(self, folder: Path, form: LogFormat, now: Callable[[], datetime]) -> None:
        self._form, self._now = form, now
        path = folder / NAME
        if not path.exists():
            path.touch(mode=0o600)
        self._handler = RotatingFileHandler(
            path, maxBytes=LARGEST, backupCount=FILES, encoding="utf-8"
        )
        self._handler.handleError = lambda record: None  # type: ignore[method-assign] # a full disk must not stop the night

    def write(self, step: str, text: str, **more: Any) -> None:
        """Write a line about a step; ``more`` stands in the JSON form only."""
        moment = self._now().isoformat(timespec="seconds")
        if self._form == "json":
            line = json.dumps(
                {"at": moment, "step": step, "text": text, **more}, ensure_ascii=False
            )
        else:
            line = f"{moment} {step}: {text}"
        self._handler.emit(logging.LogRecord("ishc", logging.INFO, "", 0, line, None, None))

    def close(self) -> None:
        """Let the file go."""
        self._handler.close()
