"""What a person is told after states were pushed."""

from collections.abc import Iterator, Sequence
from datetime import date

from programme.numbers import counted
from programme.problem import Place, Problem, Text

_LISTED = 50


def left(ids: Sequence[int], product: str) -> Iterator[Problem]:
    """Tell of submissions whose state a person decided.

    Args:
        product: what people call the server.
    """
    if ids:
        yield Problem(
            "states-left",
            Text(
                vi=f"{len(ids)} phiếu giữ trạng thái do người đặt: {_named(ids)}",
                en=f"{counted(len(ids), 'submission keeps', 'submissions keep')} the state that a "
                f"person gave: {_named(ids)}",
            ),
            Text(
                vi="chương trình không đổi trạng thái do người đặt; nếu cần, hãy đổi trên trang "
                f"{product}",
                en="the program changes no state that a person set; if need be, change it on "
                f"{product}",
            ),
            severity="note",
        )


def failed(ids: Sequence[int]) -> Iterator[Problem]:
    """Tell of submissions that do not have the state that was asked for."""
    if ids:
        yield Problem(
            "states-failed",
            Text(
                vi=f"{len(ids)} phiếu chưa nhận được trạng thái mới: {_named(ids)}",
                en=f"{counted(len(ids), 'submission', 'submissions')} did not get the new state: "
                f"{_named(ids)}",
            ),
            Text(
                vi="hãy chạy lại; nếu vẫn vậy, hãy kiểm tra quyền duyệt phiếu của tài khoản",
                en="run it again; if it stays so, check that the account may validate submissions",
            ),
        )


def no_source(form: str, source: str) -> Problem:
    """Tell of a source that ``ishc.toml`` no longer names."""
    return Problem(
        "states-no-source",
        Text(
            vi=f"ishc.toml không còn nguồn «{source}» của biểu mẫu này",
            en=f"ishc.toml no longer has the source “{source}” of this form",
        ),
        Text(
            vi=f"hãy ghi lại nguồn đó vào mục [forms.{form}] nếu vẫn cần gửi trạng thái",
            en=f"put it back into [forms.{form}] if its states are still to be sent",
        ),
        Place(file="ishc.toml", source=source, form=form),
    )


def looks_back(as_of: date, last: str) -> Problem:
    """Tell that the tables were made for an earlier day than findings are known for."""
    day, newest = f"{as_of:%d/%m/%Y}", f"{date.fromisoformat(last):%d/%m/%Y}"
    return Problem(
        "push-looks-back",
        Text(
            vi=f"số liệu đang chốt đến {day}, trong khi đã đối chiếu đến {newest}; chưa gửi gì",
            en=f"the data are as of {day}, but there was a reconcile as of {newest}; "
            "nothing was sent",
        ),
        Text(
            vi="hãy chạy lại ishc reconcile --push, không có --as-of",
            en="run ishc reconcile --push without --as-of",
        ),
    )


def kept_on(checks: Sequence[str], states: int) -> Problem:
    """Tell that no state was taken away, because not every finding of a check is known."""
    return Problem(
        "states-kept-on",
        Text(
            vi=f"chưa gỡ trạng thái của {states} phiếu: có phép kiểm tra ra quá nhiều phát hiện, "
            f"không giữ hết ({', '.join(checks)})",
            en=f"the states of {counted(states, 'submission', 'submissions')} were not taken away: "
            f"more was found than is kept ({', '.join(checks)})",
        ),
        Text(
            vi="hãy sửa phép kiểm tra đó trong checks.xlsx hoặc tắt nó, rồi chạy lại",
            en="mend that check in checks.xlsx or switch it off, and run it again",
        ),
        severity="warning",
    )


def _named(ids: Sequence[int]) -> str:
    every = sorted(ids)
    return ", ".join(map(str, every[:_LISTED])) + (" …" if len(every) > _LISTED else "")
