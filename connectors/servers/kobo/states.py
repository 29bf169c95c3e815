"""Validation states of submissions."""

from collections.abc import Collection, Iterable, Mapping

from connectors.servers.contract import ManifestRow, Server, StateName, StatesSet
from connectors.servers.faults import UNCERTAIN, ServerFault
from connectors.servers.kobo.data import manifest
from connectors.servers.kobo.urls import api
from connectors.servers.named import named

STATES: Mapping[StateName, str] = {
    "on_hold": "validation_status_on_hold",
    "not_approved": "validation_status_not_approved",
    "approved": "validation_status_approved",
}
_KEY = "validation_status.uid"


def set_states(
    server: Server, asset: str, ids: Collection[int], state: StateName | None
) -> StatesSet:
    """Set the state of the named submissions, whatever state they have, or take it away.

    KoBo answers 200 to a state that it does not know and resets, and passes over ids that it
    does not have: so what stands afterwards is read back. Asked once only; when the answer gets
    lost, reading back tells too.

    Args:
        ids: none means that nothing is sent.
        state: None takes it away.

    Raises:
        TypeError, ValueError: ids or a state that are none; nothing was sent.
        ServerFault: nothing is known to have been set.
    """
    wanted = named(ids)
    if state is not None and state not in STATES:
        raise ValueError("no state that KoBo knows")
    if not wanted:
        return StatesSet({}, {}, ())
    lost = _send(server, asset, wanted, state)
    try:
        found = _rows(manifest(server, asset, wanted[-1], ids=wanted))
    except ServerFault as error:
        raise (lost or error) from None
    shown = STATES[state] if state else None
    stands = StatesSet.read_back(wanted, found, shown)
    if lost and not stands.standing:
        raise lost
    return stands


def _send(
    server: Server, asset: str, ids: tuple[int, ...], state: StateName | None
) -> ServerFault | None:
    payload = {"submission_ids": list(ids), _KEY: STATES[state] if state else ""}
    try:
        server.http.json(
            "PATCH" if state else "DELETE",
            api(server, "assets", asset, "data", "validation_statuses"),
            json={"payload": payload},
            repeatable=False,
        )
    except ServerFault as error:
        if error.code not in UNCERTAIN:
            raise
        return error
    return None


def _rows(pages: Iterable[list[ManifestRow]]) -> dict[int, ManifestRow]:
    return {row.id: row for page in pages for row in page}
