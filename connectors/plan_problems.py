"""What is to be known before a deployment, and what keeps one from being made."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from forms.changes.change import Change
from programme.dates import moment
from programme.problem import Problem, ProblemError, Text
from programme.settings import SourceSettings


def archived(source: SourceSettings, form: str) -> Problem:
    """Tell of a form that phones are not offered any more."""
    return Problem(
        "form-archived",
        Text(
            vi="biểu mẫu đã được lưu trữ (ngừng thu); triển khai sẽ mở lại cho điện thoại",
            en="the form is archived; deploying opens it for phones again",
        ),
        Text(
            vi="nếu không muốn mở lại, hãy trả lời không, hoặc bỏ biểu mẫu khỏi ishc.toml",
            en="if it is to stay closed, answer no, or take the form out of ishc.toml",
        ),
        source.place(form),
        severity="warning",
    )


def draft_lost(source: SourceSettings, form: str, product: str) -> Problem:
    """Tell of an edit on the server that a deployment replaces.

    Args:
        product: what people call the server.
    """
    return Problem(
        "draft-lost",
        Text(
            vi=f"trên {product} có người đã sửa biểu mẫu này mà chưa triển khai; bảng tính sẽ "
            "thay bản sửa đó",
            en=f"somebody has edited this form on {product} without deploying it; the workbook "
            "takes the place of that edit",
        ),
        Text(
            vi=f"nếu cần giữ, hãy tải bản sửa trên trang {product} (XLS) và chép vào bảng tính "
            "trước",
            en=f"to keep it, download it on the page of {product} (XLS) and take it over into the "
            "workbook",
        ),
        source.place(form),
        severity="warning",
    )


def draft_stays(source: SourceSettings, form: str, product: str) -> Problem:
    """Tell of an edit on the server that nothing is done about.

    Args:
        product: what people call the server.
    """
    return Problem(
        "draft-stays",
        Text(
            vi=f"trên {product} có người đã sửa biểu mẫu này mà chưa triển khai; điện thoại chưa "
            "thấy",
            en=f"somebody has edited this form on {product} without deploying it; phones do not "
            "see it",
        ),
        Text(
            vi=f"hãy sửa trong bảng tính thay vì trên trang {product}, kẻo lần triển khai sau "
            "thay mất",
            en=f"edit the workbook, not the form on {product}, or the next deployment replaces it",
        ),
        source.place(form),
        severity="note",
    )


def draft_taken_up(source: SourceSettings, form: str, product: str) -> Problem:
    """Tell of a form on the server that phones never had.

    Args:
        product: what people call the server.
    """
    return Problem(
        "draft-taken-up",
        Text(
            vi=f"trên {product} đã có bản nháp mang mã này, chưa từng triển khai; bảng tính thay "
            "nội dung của nó",
            en=f"{product} has a draft with this id that was never deployed; the workbook takes "
            "its place",
        ),
        Text(
            vi="thường là lần triển khai trước bị ngắt giữa chừng; không cần làm gì",
            en="mostly a deployment was cut off before; nothing has to be done",
        ),
        source.place(form),
        severity="note",
    )


def not_compared(source: SourceSettings, form: str, error: ProblemError) -> Problem:
    """Tell that nobody knows what the new version does to data already collected."""
    why = error.problems[0]
    return Problem(
        "deploy-not-compared",
        Text(
            vi=f"không so được với bản đang chạy: {why.what.vi} [{why.code}]",
            en=f"it cannot be compared with what is deployed: {why.what.en} [{why.code}]",
        ),
        Text(
            vi="hãy tự xem bản mới làm gì với số liệu đã thu: ishc forms changes CŨ MỚI",
            en="see for yourself what it does to data already collected: ishc forms changes OLD "
            "NEW",
        ),
        source.place(form),
        severity="warning",
    )


def changed_meanwhile(source: SourceSettings, form: str) -> Problem:
    """Tell that the form on the server is not the one that was looked at."""
    return Problem(
        "deploy-changed-meanwhile",
        Text(
            vi="biểu mẫu trên máy chủ vừa được người khác triển khai",
            en="somebody else has just deployed this form",
        ),
        Text(
            vi="chưa gửi gì cho biểu mẫu này; hãy chạy lại: ishc deploy",
            en="nothing was sent for it; run again: ishc deploy",
        ),
        source.place(form),
    )


def not_from_here(source: SourceSettings, form: str, deployed: str, zone: ZoneInfo) -> Problem:
    """Tell that a deployment would take back what somebody else deployed.

    Args:
        deployed: when, ISO 8601; empty if nobody knows.
        zone: in which to tell it.
    """
    when = _when(deployed, zone)
    return Problem(
        "deploy-not-from-here",
        Text(
            vi=f"bản đang chạy trên máy chủ không do thư mục này đưa lên{when.vi}; triển khai sẽ "
            "thay nó, kể cả chỗ người khác đã sửa",
            en=f"what the server runs was not put there from this folder{when.en}; deploying takes "
            "its place, with whatever somebody else has changed",
        ),
        Text(
            vi="hãy hỏi người đã triển khai và chép bảng tính mới nhất của họ vào thư mục "
            "xlsforms; chỉ trả lời có khi đúng là muốn thay",
            en="ask who deployed it, and copy their newest workbook into the folder xlsforms; "
            "answer yes only if it is to be replaced",
        ),
        source.place(form),
        severity="warning",
    )


def _when(deployed: str, zone: ZoneInfo) -> Text:
    try:
        at = moment(deployed, zone)
    except ValueError:
        return Text(vi="", en="")
    return Text(vi=f" (triển khai lúc {at.vi})", en=f" (deployed at {at.en})")


def codes_gone(source: SourceSettings, form: str, name: str, gone: int, known: int) -> Problem:
    """Tell of a list that lacks codes which phones have now."""
    return Problem(
        "list-codes-gone",
        Text(
            vi=f"danh sách «{name}»: {gone} trong {known} mã đang có trên điện thoại không còn "
            "trong danh sách mới",
            en=f"the list “{name}”: {gone} of the {known} codes that phones have are not in the "
            "new list",
        ),
        Text(
            vi="hãy xem có đúng tệp không: mã mất đi thì điện thoại không chọn được nữa, phiếu đã "
            "thu mang mã đó không nối được; nếu cố ý, hãy trả lời có",
            en="see whether it is the right file: what is gone cannot be chosen any more, and what "
            "was collected with it joins nothing; if it is meant, answer yes",
        ),
        source.place(form),
        severity="warning",
    )


def breaking(changes: Iterable[Change]) -> Iterator[Problem]:
    """Tell each breaking change once, with what to type to accept it."""
    for change in dict.fromkeys(changes):
        yield Problem(
            "deploy-breaking",
            Text(
                vi=f"{change.what.vi}; {change.why.vi}",
                en=f"{change.what.en}; {change.why.en}",
            ),
            Text(
                vi=f"{change.do.vi}; nếu cố ý, hãy thêm vào lệnh: --accept {change.name}",
                en=f"{change.do.en}; if it is meant, add to the command: --accept {change.name}",
            ),
            change.place,
        )
