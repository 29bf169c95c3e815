"""What happened to submissions since some moment, by the two times that Central keeps of each.

``updatedAt`` moves with edits and reviews, ``deletedAt`` is there until the trash is purged. What
neither shows, a late photo or a restored submission, is found by the counts or the next proof.
"""

from datetime import datetime, timedelta

from connectors.servers.answer import clock_of
from connectors.servers.central.listing import filtered
from connectors.servers.central.urls import form
from connectors.servers.contract import History, Server
from connectors.servers.faults import fault

LIFE = timedelta(days=30)  # Central purges its trash after so many
# a change is seen a little after the time that it bears
OVERLAP = timedelta(minutes=10)
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def history(server: Server, asset: str, since: str | None) -> History:
    """Give what happened to submissions since a moment of the server's clock.

    Args:
        since: the ``until`` of an earlier answer; a stretch before it is read again. None asks
            only what time it is there.
    """
    now = _clock(server, asset)
    if since is None:
        return History(until=now, found=False, now=now, whole=True, roots=frozenset())
    start = datetime.fromisoformat(since) - OVERLAP
    told = start.strftime(_STAMP)
    changed = filtered(server, asset, f"__system/updatedAt ge {told}")
    deleted = filtered(server, asset, f"__system/deletedAt ge {told}")
    return History(
        until=now,
        found=False,  # nothing has to be met again: edited once more it bears a later time
        now=now,
        whole=datetime.fromisoformat(now) - start < LIFE,
        roots=frozenset(each.row().root_uuid for each in (*changed, *deleted)),
    )


def _clock(server: Server, asset: str) -> str:
    now = clock_of(server.http.request("GET", form(server, asset)), _STAMP)
    if not now:
        raise fault("server-answer", server.http.place, "Date")
    return now
