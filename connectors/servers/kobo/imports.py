"""A workbook becomes the content of an asset; KoBo does it in the background."""

import time
from pathlib import Path
from typing import Any

from connectors.servers.contract import Server
from connectors.servers.faults import fault
from connectors.servers.kobo.urls import api
from forms.entities import without_entities
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.progress import Progress, silent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_READING = Text(vi="KoBo đang đọc biểu mẫu", en="KoBo is reading the form")
SOON, LATER = 0.05, 2.0  # seconds between questions, first and at most


def create(server: Server, workbook: Path, form_id: str, progress: Progress = silent) -> str:
    """Import a workbook as a new asset; give its uid.

    Raises:
        ProblemError: ``form-refused`` with what KoBo says, or a fault of the server.
    """
    # without library=false it becomes a question library, which cannot be deployed
    data = {"library": "false", "name": form_id}
    return _import(server, workbook, data, progress, repeatable=False)


def replace(
    server: Server, workbook: Path, form_id: str, asset: str, progress: Progress = silent
) -> None:
    """Replace an asset's content; what is deployed stays until it is deployed again.

    Raises:
        ProblemError: ``form-refused`` with what KoBo says; the asset is then as it was.
    """
    data = {
        "library": "false",
        "name": form_id,
        "destination": api(server, "assets", asset),
        "assetUid": asset,
    }
    if _import(server, workbook, data, progress, repeatable=True) != asset:
        raise fault("server-answer", server.http.place)


def _import(
    server: Server, workbook: Path, data: dict[str, str], progress: Progress, *, repeatable: bool
) -> str:
    started = server.http.json(
        "POST",
        api(server, "imports"),
        data=data,
        # KoBo has no entity lists; what it would make of them was not seen
        files={"file": (workbook.name, without_entities(workbook), XLSX)},
        repeatable=repeatable,
    )
    if not isinstance(started, dict):
        raise fault("server-answer", server.http.place)
    return _imported(_finished(server, str(started.get("uid")), progress), server, workbook)


def _finished(server: Server, uid: str, progress: Progress) -> dict[str, Any]:
    progress(_READING)
    until = time.monotonic() + server.limits.settle
    pause = SOON
    while True:
        task = server.http.json("GET", api(server, "imports", uid))
        if not isinstance(task, dict):
            raise fault("server-answer", server.http.place)
        if task.get("status") in ("complete", "error"):
            return task
        if time.monotonic() > until:
            raise fault("server-timeout", server.http.place)
        time.sleep(pause)
        pause = min(pause * 2, LATER)


def _imported(task: dict[str, Any], server: Server, workbook: Path) -> str:
    messages = task.get("messages")
    messages = messages if isinstance(messages, dict) else {}
    if task["status"] == "error":
        raise refused(server, workbook.name, str(messages.get("error") or ""))
    for each in (messages.get("created") or []) + (messages.get("updated") or []):
        if isinstance(each, dict) and each.get("kind") == "asset":
            return str(each.get("uid"))
    raise fault("server-answer", server.http.place)


def refused(server: Server, file: str, said: str) -> ProblemError:
    """Make the exception for a form that KoBo does not take."""
    said = server.told(said)
    return ProblemError(
        Problem(
            "form-refused",
            Text(vi=f"KoBo không nhận biểu mẫu: {said}", en=f"KoBo refuses the form: {said}"),
            Text(
                vi="hãy sửa bảng tính rồi triển khai lại; bản đang chạy trên điện thoại giữ nguyên",
                en="mend the workbook and deploy again; what phones have now stays as it is",
            ),
            Place(file=file, server=server.name),
        ),
        Exit.SERVER,
    )
