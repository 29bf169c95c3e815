"""Pages that are fetched while the one before is worked on."""

from threading import Event

import pytest

from connectors.ahead import ahead


def test_pages_come_in_their_order_the_next_one_early():
    asked = Event()

    def pages():
        yield 1
        asked.set()
        yield 2

    seen = []
    for page in ahead(pages()):
        assert asked.wait(10)
        seen.append(page)
    assert seen == [1, 2]


def test_what_goes_wrong_is_raised_after_the_pages_before_it():
    def pages():
        yield 1
        raise ValueError("no page")

    coming = ahead(pages())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="no page"):
        next(coming)


def test_whoever_stops_early_waits_for_nothing():
    asked, answered, ended = Event(), Event(), Event()

    def pages():
        try:
            yield 1
            asked.set()
            assert answered.wait(10)
            yield 2
        finally:
            ended.set()

    coming = ahead(pages())
    assert next(coming) == 1
    assert asked.wait(10)
    coming.close()  # while the second page is still on its way
    assert not ended.is_set()
    answered.set()
    assert ended.wait(10)
