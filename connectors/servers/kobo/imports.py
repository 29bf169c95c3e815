"""A workbook becomes the content of an asset; KoBo does it in the background."""

import time
from pathlib import Path
from typing import Any

from connectors.servers.contract import Server
from connectors.servers.faults import fault, shown
from connectors.servers.kobo.urls import api
from programme.problem import Exit, Place, Problem, ProblemError, Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SOON, LATER = 0.2, 2.0  # seconds between questions, first and at most


def create(server: Server, workbook: Path, form_id: str) -> str:
    """Import a workbook as a new asset; give its uid.

    Raises:
        ProblemError: ``form-refused`` with what KoBo says, or a fault of the server.
    """
    # without library=false it becomes a question library, which cannot be deployed
    return _import(server, workbook, {"library": "false", "name": form_id}, repeatable=False)


def replace(server: Server, workbook: Path, form_id: str, asset: str) -> None:
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
    if _import(server, workbook, data, repeatable=True) != asset:
        raise fault("server-answer", server.http.place)


def _import(server: Server, workbook: Path, data: dict[str, str], repeatable: bool) -> str:
    started = server.http.json(
        "POST",
        api(server, "imports"),
        data=data,
        files={"file": (workbook.name, workbook.read_bytes(), XLSX)},
        repeatable=repeatable,
    )
    if not isinstance(started, dict):
        raise fault("server-answer", server.http.place)
    return _imported(_finished(server, str(started.get("uid"))), server, workbook)


def _finished(server: Server, uid: str) -> dict[str, Any]:
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
        raise refused(server, workbook, str(messages.get("error") or ""))
    for each in (messages.get("created") or []) + (messages.get("updated") or []):
        if isinstance(each, dict) and each.get("kind") == "asset":
            return str(each.get("uid"))
    raise fault("server-answer", server.http.place)


def refused(server: Server, workbook: Path, said: str) -> ProblemError:
    """Make the exception for a form that KoBo does not take."""
    said = shown(said)
    return ProblemError(
        Problem(
            "form-refused",
            Text(vi=f"KoBo không nhận biểu mẫu: {said}", en=f"KoBo refuses the form: {said}"),
            Text(
                vi="hãy sửa bảng tính rồi triển khai lại; bản đang chạy trên điện thoại giữ nguyên",
                en="mend the workbook and deploy again; what phones have now stays as it is",
            ),
            Place(file=workbook.name, server=server.name),
        ),
        Exit.SERVER,
    )
