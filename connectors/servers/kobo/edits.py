"""Named answers of named submissions, changed on the server."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from connectors.servers.answer_paths import Found, checked, find
from connectors.servers.contract import Edited, Record, Server
from connectors.servers.edits_so_far import EditsSoFar
from connectors.servers.faults import UNCERTAIN, ServerFault, fault
from connectors.servers.kobo.data import fetch
from connectors.servers.kobo.urls import api
from connectors.servers.named import named

TOGETHER = 50  # KoBo makes a new version of each before it answers
_NONE_OF_THEM = 400  # also when all were deleted meanwhile
_Answers = Mapping[str, str]


def edit_answers(
    server: Server, asset: str, edits: Mapping[int, Mapping[str, str | None]]
) -> Edited:
    """Change named answers of named submissions; run again it changes nothing more.

    What has these answers already is left alone, since every edit makes a new version.
    Submissions that get the same answers go in one request. What stands afterwards is read back,
    also when an answer of the server gets lost. A path that the form lacks is for the caller to
    find: KoBo would make it.

    Args:
        edits: for every id the new answers by path, ``group/question`` or
            ``repeat[2]/question``; None or an empty text clears. A row of a repeat must exist.

    Raises:
        ProblemError: ``edit-path``, ``edit-value``; nothing was sent.
        TypeError, ValueError: ids or answers that are none; nothing was sent.
        ServerFault: before anything was sent.
    """
    if not isinstance(edits, Mapping):
        raise TypeError("answers by id, please")
    so_far = EditsSoFar()
    groups = list(_groups(server, edits))
    for position, (ids, answers) in enumerate(groups):
        try:
            lost = _edit(server, asset, ids, answers, so_far)
        except ServerFault as error:
            if not position:
                raise
            lost = error
            so_far.failed += ids
        if lost:
            so_far.problems += lost.problems
            so_far.failed += [each for rest, _ in groups[position + 1 :] for each in rest]
            break
    return so_far.edited()


def _groups(
    server: Server, edits: Mapping[int, Mapping[str, str | None]]
) -> Iterator[tuple[Sequence[int], _Answers]]:
    same: dict[tuple[tuple[str, str], ...], list[int]] = defaultdict(list)
    for number in named(tuple(edits)):
        answers = checked(edits[number], server.http.place)
        if answers:
            same[tuple(sorted(answers.items()))].append(number)
    for answers_of, ids in same.items():
        for start in range(0, len(ids), TOGETHER):
            yield ids[start : start + TOGETHER], dict(answers_of)


def _edit(
    server: Server, asset: str, ids: Sequence[int], answers: _Answers, so_far: EditsSoFar
) -> ServerFault | None:
    before = _records(server, asset, ids)
    so_far.unknown += [each for each in ids if each not in before]
    wanted = []
    for number, record in before.items():
        found = _found(record, answers)
        if not all(each.there for each in found.values()):
            so_far.failed.append(number)
        elif all(found[path].value == value for path, value in answers.items()):
            so_far.unchanged.append(number)
        else:
            wanted.append(number)
    if not wanted:
        return None
    lost = _send(server, asset, wanted, answers)
    after = _records(server, asset, wanted)
    for number in wanted:
        _judge(number, before[number], after.get(number), answers, so_far)
    short = any(number in so_far.failed for number in wanted)
    return lost if short else None


def _judge(
    number: int, before: Record, after: Record | None, answers: _Answers, so_far: EditsSoFar
) -> None:
    if after is None:
        so_far.unknown.append(number)
        return
    found = _found(after, answers)
    known = _found(before, answers)
    if any(found[path].rows > known[path].rows for path in answers):
        # a row without any answer stands before it, which the record does not show
        so_far.misplaced.append(number)
    elif all(
        # a row that lost its last answer is shown no more, and those behind it move up
        found[path].value == value or (not value and found[path].rows < known[path].rows)
        for path, value in answers.items()
    ):
        so_far.done[number] = str(after["_uuid"])
    else:
        so_far.failed.append(number)


def _found(record: Record, answers: _Answers) -> dict[str, Found]:
    return {path: find(record, path) for path in answers}


def _records(server: Server, asset: str, ids: Sequence[int]) -> dict[int, Record]:
    pages = fetch(server, asset, ids, sorted(ids))
    return {record["_id"]: record for page in pages for record in page}


def _send(server: Server, asset: str, ids: Sequence[int], answers: _Answers) -> ServerFault | None:
    payload = {"submission_ids": list(ids), "data": dict(answers)}
    url = api(server, "assets", asset, "data", "bulk")
    try:
        answer = server.http.json("PATCH", url, json={"payload": payload}, repeatable=False)
    except ServerFault as error:
        if error.code not in UNCERTAIN and error.status != _NONE_OF_THEM:
            raise
        return error
    counted = isinstance(answer, dict) and answer.get("failures") == 0
    # which of them failed is not said; the records tell
    return None if counted else fault("server-refused", server.http.place)
