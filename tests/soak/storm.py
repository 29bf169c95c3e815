"""Nights in bad weather, while submissions arrive, change and go."""

from connectors.results import FormPull
from tests.soak.truth import assert_store_is_the_server, assert_tables_are_the_records
from tests.soak.village import Village

PATIENCE = 4  # nights until the last changes must have come through
EXPECTED = {
    "attachments-missing",
    "pull-moving",
    "pull-unfollowed",
    "server-busy",
    "server-error",
    "server-foreign",
    "server-html",
    "server-reset",
    "server-timeout",
    "server-token",
    "server-truncated",
}


def storm(village: Village) -> None:
    """Pull for some nights in bad weather while things happen; at the end all is equal."""
    village.send(village.scale.submissions)
    if village.scale.followed:
        settle(village)
    for _ in range(village.scale.nights):
        with village.busy():
            result = village.pull()
        assert {one.code for one in result.problems} <= EXPECTED, result.problems
    last = settle(village)
    assert last.kind == ("followed" if village.scale.followed else "proven")
    records = assert_store_is_the_server(village)
    assert_tables_are_the_records(village, records)
    assert set(village.weather.happened) == set(village.weather.kinds), village.weather.happened
    assert set(village.happened) == set(village.office.changes)
    assert len(records) > village.scale.submissions // 2


def settle(village: Village) -> FormPull:
    """Pull until everything has come through; the weather stays bad."""
    for _ in range(PATIENCE):
        result = village.pull()
        (form,) = result.forms
        if form.agreed and not result.problems:
            return form
    raise AssertionError(result.problems)
