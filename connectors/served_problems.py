"""Whether phones see what was deployed, and where the server's form is not ours."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from connectors.same_form import Aspect, Difference, UnreadableFormError, differences
from programme.problem import Problem, Severity, Text
from programme.settings import SourceSettings

SHOWN = 20  # differences; --json tells no more either: the first ones name the cause
LONG = 160  # characters of what each form has
# other columns or other values in them: what is collected would not fit the tables
_BREAKS_DATA = frozenset({"only-ours", "only-served", "type", "choices"})
_WORDS: Mapping[Aspect, Text] = {
    "only-ours": Text(vi="trên máy chủ không có câu này", en="the server's form lacks it"),
    "only-served": Text(vi="chỉ có trên máy chủ", en="only the server's form has it"),
    "type": Text(vi="loại", en="its type"),
    "required": Text(vi="bắt buộc", en="whether it is required"),
    "constraint": Text(vi="điều kiện trả lời", en="its constraint"),
    "relevant": Text(vi="điều kiện được hỏi", en="when it is asked"),
    "calculation": Text(vi="phép tính hoặc giá trị điền sẵn", en="its calculation or default"),
    "choices": Text(vi="các lựa chọn", en="its choices"),
    "label": Text(vi="lời hỏi hoặc gợi ý", en="its label or hint"),
    "order": Text(vi="thứ tự trong phiếu", en="its place in the submission"),
    "other": Text(vi="cách hiện hoặc thuộc tính khác", en="how it is shown, or an attribute"),
}


def served_problems(
    source: SourceSettings, form: str, ours: str, served: bytes
) -> Iterator[Problem]:
    """Compare what the server compiled for itself with what we compiled, question by question."""
    try:
        found = differences(ours, served)
    except UnreadableFormError:
        yield _unreadable(source, form)
        return
    for each in found[:SHOWN]:
        yield _differs(source, form, each)
    if len(found) > SHOWN:
        rest = Difference("", "other", served=f"… {len(found) - SHOWN}")
        yield _differs(source, form, rest)


def not_seen(source: SourceSettings, form: str) -> Problem:
    """Tell that phones do not see a deployment yet."""
    return Problem(
        "deploy-not-seen",
        Text(
            vi="máy chủ đã nhận nhưng điện thoại chưa thấy biểu mẫu hoặc danh sách mới",
            en="the server has it, but phones are not offered the new form or lists yet",
        ),
        Text(
            vi="hãy đợi vài phút rồi chạy lại lệnh này",
            en="wait some minutes and run this command again",
        ),
        source.place(form),
        severity="warning",
    )


def _differs(source: SourceSettings, form: str, difference: Difference) -> Problem:
    severity: Severity = "error" if difference.aspect in _BREAKS_DATA else "warning"
    what = _WORDS[difference.aspect]
    both = Text(vi="", en="")
    if difference.ours or difference.served:
        ours, served = (each[:LONG] or "–" for each in (difference.ours, difference.served))
        both = Text(
            vi=f": bảng tính ra {ours}, máy chủ ra {served}",
            en=f": the workbook gives {ours}, the server {served}",
        )
    return Problem(
        "served-form-differs",
        Text(
            vi=f"máy chủ biên dịch khác bảng tính: {what.vi}{both.vi}",
            en=f"the server compiled something else than the workbook says: {what.en}{both.en}",
        ),
        _DO_STOP if severity == "error" else _DO_TRY,
        replace(source.place(form), question=difference.question or None),
        severity,
    )


_DO_STOP = Text(
    vi="đừng thu số liệu bằng bản này: hãy viết lại câu đó đơn giản hơn, triển khai lại, và báo "
    "cho người bảo trì ISHC Collect",
    en="do not collect data with it: write that question in a simpler way, deploy again, and tell "
    "the maintainers of ISHC Collect",
)
_DO_TRY = Text(
    vi="hãy điền thử câu này trên điện thoại (KoboCollect, ODK Collect) trước khi thu thật",
    en="try that question on a phone (KoboCollect, ODK Collect) before data are collected",
)


def _unreadable(source: SourceSettings, form: str) -> Problem:
    return Problem(
        "served-form-unreadable",
        Text(
            vi="biểu mẫu mà máy chủ đưa cho điện thoại không đọc được",
            en="what the server gives phones as the form cannot be read",
        ),
        Text(
            vi="hãy mở biểu mẫu trên điện thoại; nếu không mở được, chạy lại: ishc deploy",
            en="open the form on a phone; if it does not open, run again: ishc deploy",
        ),
        source.place(form),
    )
