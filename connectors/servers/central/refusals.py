"""What Central says when it takes no form or list, told in both languages."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from connectors.servers.answer import Answer
from connectors.servers.contract import DeployedForm, Server
from connectors.servers.faults import shown
from programme.problem import Exit, Place, Problem, ProblemError, Text

_MEND = Text(
    vi="hãy sửa bảng tính rồi triển khai lại; bản đang chạy trên điện thoại giữ nguyên",
    en="mend the workbook and deploy again; what phones have now stays as it is",
)


def form_refused(server: Server, file: str, answer: Answer) -> ProblemError:
    """Make the exception for a form that Central does not take."""
    said = server.http.hiding(answer.body.decode("utf-8", "replace"))
    what, do = _told(said, answer.status)
    return ProblemError(
        Problem(
            "form-refused",
            Text(
                vi=f"ODK Central không nhận biểu mẫu: {what.vi}",
                en=f"ODK Central refuses the form: {what.en}",
            ),
            do,
            Place(file=file, server=server.name),
        ),
        Exit.SERVER,
    )


def media_missing(server: Server, form: str, names: list[str]) -> ProblemError:
    """Make the exception for lists and pictures that phones would not find."""
    listed = ", ".join(map(server.told, names))
    return ProblemError(
        Problem(
            "media-refused",
            Text(
                vi=f"biểu mẫu cần những tệp chưa có: {listed}",
                en=f"the form needs files that are not there: {listed}",
            ),
            Text(
                vi="hãy để các tệp đó vào thư mục xlsforms rồi triển khai lại",
                en="put them into the folder xlsforms and deploy again",
            ),
            Place(server=server.name, form=form),
        ),
        Exit.SERVER,
    )


def draft_there(server: Server, form: DeployedForm) -> ProblemError:
    """Make the exception for lists that would take somebody's draft along."""
    return ProblemError(
        Problem(
            "draft-there",
            Text(
                vi="trên ODK Central có bản nháp của biểu mẫu này; gửi danh sách lúc này sẽ xoá "
                "hoặc phát luôn bản nháp đó",
                en="there is a draft of this form on ODK Central; sending lists now would drop or "
                "publish it as well",
            ),
            Text(
                vi=f"hãy phát hành hoặc xoá bản nháp trên trang ODK Central, hoặc chạy: ishc "
                f"deploy {form.form_id}",
                en=f"publish or delete the draft on Central's page, or run: ishc deploy "
                f"{form.form_id}",
            ),
            Place(server=server.name, form=form.form_id),
        ),
        Exit.SERVER,
    )


def _told(said: str, status: int) -> tuple[Text, Text]:
    """Tell what Central says and what to do, by the codes that were seen."""
    try:
        told = orjson.loads(said)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict):
        return _as_said(str(status)), _MEND
    details = told.get("details")
    details = details if isinstance(details, dict) else {}
    code = told.get("code")
    if isinstance(code, float) and code in _KNOWN:
        return _KNOWN[code](details)
    return _as_said(str(told.get("message") or status)), _MEND


def _as_said(words: str) -> Text:
    return Text(vi=shown(words), en=shown(words))


def _invalid(details: Mapping[str, Any]) -> tuple[Text, Text]:
    return _as_said(str(details.get("error") or "XLSForm")), _MEND


def _warned(details: Mapping[str, Any]) -> tuple[Text, Text]:
    warnings = details.get("warnings")
    found = warnings if isinstance(warnings, dict) else {}
    workbook, work = found.get("xlsFormWarnings"), found.get("workflowWarnings")
    said = [str(each) for each in workbook] if isinstance(workbook, list) else []
    for each in work if isinstance(work, list) else []:
        if isinstance(each, dict):
            said.append(f"{each.get('type')}: {orjson.dumps(each.get('details')).decode()}")
    words = shown("; ".join(said))
    return Text(vi=f"có cảnh báo: {words}", en=f"it has warnings: {words}"), _MEND


def _other_type(details: Mapping[str, Any]) -> tuple[Text, Text]:
    path, before = shown(str(details.get("path"))), shown(str(details.get("type")))
    what = Text(
        vi=f"câu {path} đã phát hành với kiểu {before}, không bao giờ đổi sang kiểu khác được",
        en=f"{path} was published with the type {before}, which can never become another one",
    )
    do = Text(
        vi="hãy trả lại kiểu cũ, hoặc đặt cho câu một tên mới và ghi tên cũ vào cột former_name",
        en="give it its old type again, or give the question a new name with the old one in its "
        "column former_name",
    )
    return what, do


def _version_there(details: Mapping[str, Any]) -> tuple[Text, Text]:
    version = shown(str(details.get("version")))
    what = Text(
        vi=f"bản {version} của biểu mẫu này đã phát hành trước đó",
        en=f"version {version} of this form was published before",
    )
    do = Text(
        vi="hãy ghi một số bản mới vào cột version của trang tính settings rồi triển khai lại",
        en="write a new version into the column version of the sheet settings and deploy again",
    )
    return what, do


_KNOWN: Mapping[float, Callable[[Mapping[str, Any]], tuple[Text, Text]]] = {
    400.15: _invalid,
    400.16: _warned,
    400.17: _other_type,
    409.6: _version_there,
}
