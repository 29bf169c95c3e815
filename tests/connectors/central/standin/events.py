"""The order of submissions, and Central's own ETag over what happened to them."""

import hashlib
from collections.abc import Callable, Iterable

from flask import Response, g, request

from tests.connectors.central.standin.things import Form, Submission

_NOTHING = "0" * 32


def newest_first(form: Form, wanted: Callable[[Submission], bool]) -> list[Submission]:
    rows = [one for one in form.submissions.values() if wanted(one)]
    return sorted(rows, key=lambda one: (one.created, one.id), reverse=True)


def event_etag(rows: Iterable[Submission]) -> Response | None:
    """Note the ETag of rows for the answer; gives the 304 for whom has it already."""
    told = ",".join(f"{one.id}:{one.event}" for one in rows)
    digest = hashlib.md5(told.encode()).hexdigest() if told else _NOTHING
    g.etag = f'W/"eventhash:{digest}"'
    if request.headers.get("If-None-Match") == g.etag:
        return Response("", 304, {"ETag": g.etag})
    return None
