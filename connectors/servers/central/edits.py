"""Named answers of named submissions, changed by sending each as a new version of itself."""

from collections.abc import Mapping

from connectors.servers.answer import parsed_xml
from connectors.servers.answer_paths import checked, find
from connectors.servers.central.fetching import fetch
from connectors.servers.central.forms import NOT_FOUND
from connectors.servers.central.rewrite import rewritten
from connectors.servers.central.urls import form, part
from connectors.servers.contract import Edited, Record, Server
from connectors.servers.edits_so_far import EditsSoFar
from connectors.servers.faults import UNCERTAIN, ServerFault
from connectors.servers.named import named

_XML = {"Content-Type": "text/xml"}
_CHANGED_MEANWHILE = 409


def edit_answers(
    server: Server, asset: str, edits: Mapping[int, Mapping[str, str | None]]
) -> Edited:
    """Change named answers of named submissions; run again it changes nothing more.

    What has these answers already is left alone, since every edit makes a new version. What
    somebody edits meanwhile is not overwritten: Central refuses an edit of a version that is no
    longer the newest. What stands afterwards is read back.

    Args:
        edits: for every number the new answers by path, ``group/question`` or
            ``repeat[2]/question``; None or an empty text clears. A row of a repeat must exist.

    Raises:
        ProblemError: ``edit-path``, ``edit-value``; nothing was sent.
        TypeError, ValueError: ids or answers that are none; nothing was sent.
        ServerFault: before anything was sent.
    """
    if not isinstance(edits, Mapping):
        raise TypeError("answers by id, please")
    wanted = {number: checked(edits[number], server.http.place) for number in named(tuple(edits))}
    wanted = {number: answers for number, answers in wanted.items() if answers}
    so_far = EditsSoFar()
    before = _records(server, asset, tuple(wanted))
    so_far.unknown += [number for number in wanted if number not in before]
    rest = [number for number in wanted if number in before]
    for position, number in enumerate(rest):
        try:
            _edit(server, asset, before[number], wanted[number], so_far)
        except ServerFault as error:
            so_far.problems += error.problems
            so_far.failed += rest[position:]
            break
    return so_far.edited()


def _records(server: Server, asset: str, ids: tuple[int, ...]) -> dict[int, Record]:
    pages = fetch(server, asset, ids, sorted(ids))
    return {record["_id"]: record for page in pages for record in page}


def _edit(
    server: Server, asset: str, record: Record, answers: Mapping[str, str], so_far: EditsSoFar
) -> None:
    number = record["_id"]
    found = {path: find(record, path) for path in answers}
    if not all(each.there for each in found.values()):
        so_far.failed.append(number)
    elif all(found[path].value == value for path, value in answers.items()):
        so_far.unchanged.append(number)
    else:
        _send(server, asset, record, answers, so_far)


def _send(
    server: Server, asset: str, record: Record, answers: Mapping[str, str], so_far: EditsSoFar
) -> None:
    number, url = record["_id"], form(server, asset, "submissions", part(record["meta/rootUuid"]))
    xml = server.http.request("GET", f"{url}.xml", parse=parsed_xml).data
    body, new = rewritten(
        xml, answers, str(record.get("meta/instanceID") or record["meta/rootUuid"])
    )
    try:
        put = server.http.request(
            "PUT", url, data=body, headers=dict(_XML), repeatable=False, allow={_CHANGED_MEANWHILE}
        )
    except ServerFault as error:
        if error.code == NOT_FOUND:
            so_far.unknown.append(number)
            return
        if error.code not in UNCERTAIN:
            raise
        if _records(server, asset, (number,)).get(number, {}).get("_uuid") != _bare(new):
            raise
        so_far.done[number] = _bare(new)
        return
    if put.status == _CHANGED_MEANWHILE:
        so_far.failed.append(number)  # somebody edited it since it was read
    else:
        so_far.done[number] = _bare(new)


def _bare(instance: str) -> str:
    return instance.removeprefix("uuid:")
