"""The next page is asked for while this one is worked on."""

from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

Page = TypeVar("Page")


def ahead(pages: Iterator[Page]) -> Iterator[Page]:
    """Give pages, the next one being fetched meanwhile in another thread.

    Whoever stops early does not wait for it; meanwhile nothing else may be asked of the server.

    Args:
        pages: ends or raises; what it raises is raised here, in its turn.
    """
    waiting: Queue[tuple[Page] | BaseException | None] = Queue(1)
    stopped = Event()

    def work() -> None:
        end: BaseException | None = None
        try:
            for page in pages:
                waiting.put((page,))
                if stopped.is_set():
                    return
        except BaseException as error:  # raised again where the pages are wanted
            end = error
        waiting.put(end)

    # a daemon: the end of the program does not wait for an answer that nobody wants any more
    Thread(target=work, name="ahead", daemon=True).start()
    try:
        while (found := waiting.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found[0]
    finally:
        stopped.set()
        with suppress(Empty):
            waiting.get_nowait()
