"""What a pull refuses of a source, and what it notes of this computer."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from connectors.compare import FEW
from connectors.work import Wanted
from programme.dates import moment
from programme.numbers import counted, number
from programme.problem import Problem, Text

SEVERAL = 5  # submissions; that all of so many go is told, too


def pulled_twice(first: Wanted, wanted: Wanted, asset: str) -> Problem:
    """Two accounts may see one asset: its submissions must not count twice."""
    return Problem(
        "asset-twice",
        Text(
            vi=f"nguồn «{first.source.name}» ({first.form}) đã lấy biểu mẫu {asset} này",
            en=f"source “{first.source.name}” ({first.form}) has this form {asset} already",
        ),
        Text(
            vi="mỗi phiếu sẽ bị đếm hai lần; hãy bỏ một trong hai nguồn trong ishc.toml, hoặc "
            f'ghi asset = "…" khác vào mục [{wanted.source.setting}]',
            en="every submission would count twice; remove one of the two sources from "
            f'ishc.toml, or write another asset = "…" into [{wanted.source.setting}]',
        ),
        wanted.source.place(wanted.form),
    )


def moved(wanted: Wanted, others: Sequence[str]) -> Problem:
    """Another server under the old name, or the form made anew: its data must not mix."""
    return Problem(
        "form-moved",
        Text(
            vi=f"dữ liệu đã có ở đây đến từ biểu mẫu khác trên máy chủ: {', '.join(others)}",
            en=f"the data here came from another form on the server: {', '.join(others)}",
        ),
        Text(
            vi="nếu dữ liệu cũ chỉ để thử, hãy dùng một thư mục chương trình mới; nếu biểu mẫu "
            f'được làm lại, hãy ghi asset = "…" vào mục [{wanted.source.setting}] trong ishc.toml',
            en="if the old data were for trying, use a new programme folder; if the form was "
            f'made anew, write asset = "…" into [{wanted.source.setting}] in ishc.toml',
        ),
        wanted.source.place(wanted.form),
    )


def clock_back(last: str, zone: ZoneInfo) -> Problem:
    """This computer's clock was set back since the last pull, at ``last`` (UTC)."""
    at = moment(last, zone)
    return Problem(
        "clock-back",
        Text(
            vi=f"đồng hồ máy này chậm hơn lần tải trước ({at.vi})",
            en=f"this computer's clock is behind the last pull ({at.en})",
        ),
        Text(
            vi="dữ liệu vẫn đầy đủ; hãy chỉnh lại ngày giờ của máy",
            en="the data are complete all the same; set the computer's date and time",
        ),
        severity="warning",
    )


def hardly_meant(gone: int, left: int) -> bool:
    """Tell whether so many submissions are gone that it may be a mistake: most, or all of several.

    Args:
        gone: found deleted by this pull, also what came and went while it ran.
        left: still there.
    """
    return gone > max(FEW, (gone + left) // 3) or (gone >= SEVERAL and not left)


def many_deleted(gone: int, left: int) -> Problem:
    """So many submissions are gone from the server that somebody may have deleted them by mistake.

    Args:
        gone: found deleted by this pull.
        left: still there.
    """
    return Problem(
        "many-deleted",
        Text(
            vi=f"{number(gone, 'vi')} phiếu đã bị xóa trên máy chủ từ lần lấy trước, chỉ còn "
            f"{number(left, 'vi')} phiếu",
            en=f"{counted(gone, 'submission was', 'submissions were')} deleted on the server since "
            f"the last pull, {number(left, 'en')} left",
        ),
        Text(
            vi="các phiếu đã xóa không còn được tính trong bảng và báo cáo, nhưng nội dung vẫn "
            "được giữ ở đây (bảng history của data/store.sqlite). Trước khi chạy «ishc publish», "
            "hãy hỏi người quản lý tài khoản có ai chủ ý xóa không; nếu xóa nhầm, đừng publish: "
            "danh sách trên điện thoại sẽ mất các câu lạc bộ, thành viên này; ODK Central giữ "
            "phiếu đã xóa 30 ngày trong thùng rác: hãy nhờ khôi phục ở đó rồi chạy lại «ishc "
            "pull» (KoBo không khôi phục được, chỉ còn nội dung giữ ở đây)",
            en="they no longer count in tables and reports, but their content is kept here (table "
            "history of data/store.sqlite). Before “ishc publish”, ask whoever runs the account "
            "whether this was meant; if not, do not publish, or the lists on the phones lose these "
            "clubs and members: ODK Central keeps what was deleted for 30 days: have it restored "
            "there, then run “ishc pull” again (KoBo cannot restore it; what is kept here is all "
            "that is left)",
        ),
        severity="warning",
    )
