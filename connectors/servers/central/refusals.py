"""What Central says when it takes no form or list, told in both languages."""

import orjson

from connectors.servers.answer import Answer
from connectors.servers.contract import DeployedForm, Server
from connectors.servers.faults import shown
from programme.problem import Exit, Place, Problem, ProblemError, Text


def form_refused(server: Server, file: str, answer: Answer) -> ProblemError:
    """Make the exception for a form that Central does not take."""
    said = shown(_said(answer))
    return ProblemError(
        Problem(
            "form-refused",
            Text(
                vi=f"ODK Central không nhận biểu mẫu: {said}",
                en=f"ODK Central refuses the form: {said}",
            ),
            Text(
                vi="hãy sửa bảng tính rồi triển khai lại; bản đang chạy trên điện thoại giữ nguyên",
                en="mend the workbook and deploy again; what phones have now stays as it is",
            ),
            Place(file=file, server=server.name),
        ),
        Exit.SERVER,
    )


def media_missing(server: Server, form: str, names: list[str]) -> ProblemError:
    """Make the exception for lists and pictures that phones would not find."""
    listed = ", ".join(names)
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


def _said(answer: Answer) -> str:
    try:
        told = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return str(answer.status)
    if not isinstance(told, dict):
        return str(answer.status)
    details = told.get("details")
    error = details.get("error") if isinstance(details, dict) else None
    return str(error or told.get("message") or answer.status)
