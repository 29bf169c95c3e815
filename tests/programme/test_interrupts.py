"""Ctrl+C ends work as KeyboardInterrupt, whatever a library makes of it."""

import signal
import sys
import threading

import pytest

from programme.interrupts import heed, heeding, kept_handler


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def as_duckdb_does() -> None:
    """Hide Ctrl+C behind an error of its own."""
    try:
        press()
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted") from None


def as_a_destructor_does() -> None:
    """Forget that Ctrl+C was pressed."""
    with pytest.raises(KeyboardInterrupt):
        press()


class Stubborn:
    def __del__(self) -> None:
        press()


def test_what_a_library_makes_of_it_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), heeding():
        as_duckdb_does()


def test_an_interrupt_that_was_forgotten_ends_the_block() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), heeding():
        with heeding():
            as_a_destructor_does()
        done.append("the next step")
    assert done == []


def test_a_loop_stops_at_its_next_turn() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), heeding():
        for turn in range(3):
            heed()
            as_a_destructor_does()
            done.append(turn)
    assert done == [0]


def test_an_interrupt_in_a_destructor_is_neither_lost_nor_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(KeyboardInterrupt), heeding():
        stubborn = Stubborn()
        del stubborn
    assert capsys.readouterr().err == ""


def test_other_errors_stay_and_python_has_its_own_way_back() -> None:
    with pytest.raises(KeyboardInterrupt), heeding():
        press()
    hook = sys.unraisablehook
    with pytest.raises(RuntimeError, match="of another kind"), heeding():
        raise RuntimeError("of another kind")
    with heeding():
        pass
    heed()  # what was pressed before counts no more
    assert sys.unraisablehook is hook
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_library_with_a_way_of_its_own_does_not_keep_it() -> None:
    with pytest.raises(KeyboardInterrupt), heeding():
        with kept_handler():
            signal.signal(signal.SIGINT, lambda *_: None)
        as_a_destructor_does()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_another_way_to_handle_it_and_other_threads_are_left_alone() -> None:
    seen = []
    before = signal.signal(signal.SIGINT, lambda *_: seen.append("pressed"))
    try:
        with heeding():
            press()
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen == ["pressed"]

    def work() -> None:
        with heeding():
            seen.append("worked")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["pressed", "worked"]
