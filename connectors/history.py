"""What the server's history says, and what to tell when it says nothing."""

from connectors.servers.contract import History
from connectors.servers.faults import ServerFault
from connectors.store.ledger import note_closed, position
from connectors.work import Work
from programme.problem import Problem, Text

CLOSED = frozenset({"server-permission", "server-not-found"})
# the history may be out of order where the submissions are not
UNREADABLE = frozenset({"server-error", "server-answer", "server-refused", "server-too-large"})
# what each kind of server calls the right to read it
_RIGHTS = {"kobo": "Manage project", "central": "Project Manager"}


def read_history(work: Work, since: str | None) -> History | None:
    """Read the history, None where that cannot be done; the tally is told why.

    Args:
        since: as for the verb; None asks only until when it reaches.
    """
    known = position(work.store, work.origin.source, work.origin.form)
    closed = known.history_closed if known and known.asset == work.origin.asset else None
    try:
        found = work.verbs.history(work.server, work.origin.asset, since)
    except ServerFault as error:
        if error.code in CLOSED:
            if closed is None:  # told once, not every night
                work.tally.problems.append(_closed(work.server.kind))
                note_closed(work.store, work.origin, work.moment)
        elif error.code in UNREADABLE:
            work.tally.problems.append(unfollowed(error.problems[0].what))
        else:
            raise
        work.tally.unreadable = True
        return None
    if closed is not None:
        note_closed(work.store, work.origin, None)
    return found


def _closed(kind: str) -> Problem:
    right = _RIGHTS[kind]
    return Problem(
        "history-closed",
        Text(
            vi="tài khoản này không được xem nhật ký của biểu mẫu, nên lần nào cũng phải so "
            "toàn bộ",
            en="this account may not read the form's history, so every pull compares everything",
        ),
        Text(
            vi=f"dữ liệu vẫn đầy đủ; muốn tải nhanh hơn, hãy nhờ chủ biểu mẫu cho quyền «{right}»",
            en="the data are complete all the same; for quicker pulls ask the owner of the form "
            f"for the right “{right}”",
        ),
        severity="note",
    )


def unfollowed(why: Text) -> Problem:
    """Tell that a pull compared everything because it could not just follow the changes."""
    return Problem(
        "pull-unfollowed",
        Text(
            vi=f"không theo được nhật ký của máy chủ ({why.vi})",
            en=f"the server's history could not be followed ({why.en})",
        ),
        Text(
            vi="không cần làm gì: lần này đã so toàn bộ",
            en="nothing to do: this pull compared everything instead",
        ),
        severity="note",
    )
