"""Ctrl+C ends long work as ``KeyboardInterrupt``, whatever the libraries on the way make of it.

DuckDB turns it into ``RuntimeError: Query interrupted`` or an error of its own, a half-open file
into ``ValueError``, and one that falls into a ``__del__`` is forgotten.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_pressed = threading.Event()


@contextmanager
def heeding() -> Iterator[None]:
    """End a block with ``KeyboardInterrupt`` if Ctrl+C was pressed in it.

    Blocks may lie in each other; put one around each call that may run long, so that the work
    ends there. Other ways to handle the signal, and other threads, are left alone.

    Raises:
        KeyboardInterrupt: instead of whatever else came of Ctrl+C, also of nothing.
    """
    with _noting():
        try:
            yield
        except BaseException as error:
            if _pressed.is_set() and not isinstance(error, KeyboardInterrupt):
                raise KeyboardInterrupt from error
            raise
        heed()


@contextmanager
def kept_handler() -> Iterator[None]:
    """Undo what a library does in the block to how Ctrl+C is handled; it would stay for good."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is not before:
            signal.signal(signal.SIGINT, before)


def heed() -> None:
    """Stop here if Ctrl+C was pressed in a block around; for the turns of a loop.

    Raises:
        KeyboardInterrupt: it was.
    """
    if _pressed.is_set():
        raise KeyboardInterrupt


@contextmanager
def _noting() -> Iterator[None]:
    if not _may_note():
        yield
        return
    _pressed.clear()
    told = sys.unraisablehook
    sys.unraisablehook = lambda lost: None if _pressed.is_set() else told(lost)
    signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = told
        _pressed.clear()


def _may_note() -> bool:
    """Only the outermost block of the main thread does, and only in place of Python's own way."""
    if threading.current_thread() is not threading.main_thread():
        return False
    return signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _note(number: int, frame: FrameType | None) -> NoReturn:
    _pressed.set()
    raise KeyboardInterrupt
