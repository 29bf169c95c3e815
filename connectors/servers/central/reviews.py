"""Review states set, one submission after the other: Central takes them no other way."""

from collections.abc import Collection

from connectors.servers.central.forms import NOT_FOUND
from connectors.servers.central.listing import named as listed_by_number
from connectors.servers.central.states import REVIEW, STATES
from connectors.servers.central.urls import form, part
from connectors.servers.contract import ManifestRow, Server, StateName, StatesSet
from connectors.servers.faults import UNCERTAIN, ServerFault
from connectors.servers.named import named


def set_states(
    server: Server, asset: str, ids: Collection[int], state: StateName | None
) -> StatesSet:
    """Set the state of the named submissions, whatever state they have, or take it away.

    What has it already is left alone, since Central would take that for a new review. What
    stands afterwards is read back.

    Args:
        ids: none means that nothing is sent.
        state: None takes it away.

    Raises:
        TypeError, ValueError: ids or a state that are none; nothing was sent.
        ServerFault: nothing is known to have been set.
    """
    wanted = named(ids)
    if state is not None and state not in REVIEW:
        raise ValueError("no state that Central knows")
    if not wanted:
        return StatesSet({}, {}, ())
    shown = STATES[state] if state else None
    lost = None
    for found in listed_by_number(server, asset, wanted):
        if found.row().validation == shown:
            continue
        try:
            _review(server, asset, found.root, REVIEW[state] if state else None)
        except ServerFault as error:
            lost = error
            break
    rows = _rows(server, asset, wanted, lost)
    stands = StatesSet.read_back(wanted, rows, shown)
    if lost and not stands.standing:
        raise lost
    return stands


def _review(server: Server, asset: str, root: str, review: str | None) -> None:
    url = form(server, asset, "submissions", part(root))
    try:
        server.http.json("PATCH", url, json={"reviewState": review}, repeatable=False)
    except ServerFault as error:
        if error.code not in UNCERTAIN | {NOT_FOUND}:  # those show when they are read back
            raise


def _rows(
    server: Server, asset: str, wanted: Collection[int], lost: ServerFault | None
) -> dict[int, ManifestRow]:
    try:
        return {each.number: each.row() for each in listed_by_number(server, asset, wanted)}
    except ServerFault as error:
        raise (lost or error) from None
