"""Drafts: a form is uploaded as one, given its files, and published, or dropped again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from connectors.servers.answer import Answer
from connectors.servers.central.entities import ensure_list
from connectors.servers.central.forms import get_form
from connectors.servers.central.refusals import form_refused, media_missing
from connectors.servers.central.urls import form, part, project, rows_of
from connectors.servers.contract import Media, Server
from connectors.servers.faults import fault
from connectors.servers.openrosa import LINKED, held
from forms.lists import list_columns

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REFUSED, _MISSING, _EXISTS = 400, 404, 409


def upload(server: Server, workbook: Path, form_id: str, asset: str | None) -> None:
    """Make a draft of a workbook, of a new form or of one that is there.

    Raises:
        ProblemError: ``form-refused`` with what Central says, or a fault of the server.
    """
    headers = {"Content-Type": XLSX, "X-XlsForm-FormId-Fallback": quote(form_id, safe="")}
    # warnings are the check's before anything is sent, and the plan's for what is lost
    asked = {"ignoreWarnings": "true"}
    body = workbook.read_bytes()

    def post(url: str, more: Mapping[str, str]) -> Answer:
        return server.http.request(
            "POST",
            url,
            params={**asked, **more},
            data=body,
            headers=headers,
            allow={_REFUSED, _EXISTS},
            repeatable=True,
        )

    if asset is None:
        answer = post(project(server, "forms"), {"publish": "false"})
        if answer.status == _EXISTS:  # a cut-off run, or an answer that got lost, left it
            answer = post(form(server, form_id, "draft"), {})
    else:
        answer = post(form(server, asset, "draft"), {})
    if answer.status in (_REFUSED, _EXISTS):
        raise form_refused(server, workbook.name, answer)


def copy_published(server: Server, asset: str) -> None:
    """Make a draft of what phones have."""
    server.http.request("POST", form(server, asset, "draft"), repeatable=True)


def drop(server: Server, asset: str) -> None:
    """Drop the draft, where there is one and the form was published before."""
    server.http.request("DELETE", form(server, asset, "draft"), allow={_MISSING})


def has_draft(server: Server, asset: str) -> bool:
    """Tell whether there is a draft."""
    answer = server.http.request("GET", form(server, asset, "draft"), allow={_MISSING})
    return answer.status != _MISSING


def files(server: Server, asset: str, *draft: str) -> dict[str, str]:
    """Give the hash (``md5:…``) of each file that the form names, empty where it is not there."""
    url = form(server, asset, *draft, "attachments")
    found = {}
    for row in rows_of(server, server.http.json("GET", url)):
        digest, there = row.get("hash"), row.get("exists")
        found[str(row.get("name"))] = f"md5:{digest}" if digest else LINKED if there else ""
    return found


def bring(server: Server, asset: str, media: Sequence[Media]) -> tuple[str, ...]:
    """Send the files of the draft that differ, and link its entity lists; give their names.

    Raises:
        ProblemError: ``media-refused`` when the form names a file that is neither here nor there.
    """
    there = files(server, asset, "draft")
    # Central takes only files that the form names
    changed = [each for each in media if there.get(each.name) not in (None, held(each))]
    missing = [name for name, digest in there.items() if not digest]
    if lacking := sorted({*missing} - {each.name for each in media}):
        raise media_missing(server, asset, lacking)
    for each in changed:
        url = form(server, asset, "draft", "attachments", part(each.name))
        if each.linked:
            ensure_list(server, each.path.stem, list_columns(each.path))
            server.http.request("PATCH", url, json={"dataset": True}, repeatable=True)
            continue
        server.http.request(
            "POST",
            url,
            data=each.path.read_bytes(),
            headers={"Content-Type": "application/octet-stream"},
            repeatable=True,
        )
    return tuple(each.name for each in changed)


def publish(server: Server, asset: str, name: str, version: str | None = None) -> None:
    """Give the draft to phones.

    Args:
        name: of the workbook, for problems.
        version: another one than the draft says.

    Raises:
        ProblemError: ``form-refused`` when the version was there before.
    """
    answer = server.http.request(
        "POST",
        form(server, asset, "draft", "publish"),
        params={"version": version} if version else None,
        allow={_MISSING, _EXISTS},
        repeatable=True,
    )
    # published already: the answer to the first try was lost
    if answer.status == _EXISTS or (answer.status == _MISSING and has_draft(server, asset)):
        raise form_refused(server, name, answer)


def says_the_same(server: Server, asset: str) -> bool:
    """Tell whether the draft is the form that was published last, but for its files."""
    both = (form(server, asset), form(server, asset, "draft"))
    told = [server.http.json("GET", url) for url in both]
    if not all(isinstance(each, dict) and each.get("hash") for each in told):
        raise fault("server-answer", server.http.place, "hash")
    return bool(told[0]["hash"] == told[1]["hash"])


def open_again(server: Server, asset: str) -> None:
    """Give phones a form that somebody has closed."""
    server.http.json("PATCH", form(server, asset), json={"state": "open"}, repeatable=True)


def next_version(server: Server, asset: str) -> str:
    """Give a version for other files of the same form: ``2026110100~2`` after ``2026110100``."""
    rows = rows_of(server, server.http.json("GET", form(server, asset, "versions")))
    known = {str(row.get("version")) for row in rows}
    plain = get_form(server, asset).version.partition("~")[0]
    return next(each for n in range(2, len(known) + 3) if (each := f"{plain}~{n}") not in known)
