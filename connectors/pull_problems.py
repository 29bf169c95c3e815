"""What a pull refuses of a source, and what it notes of this computer."""

from collections.abc import Sequence

from connectors.work import Wanted
from programme.problem import Problem, Text


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


def clock_back(last: str) -> Problem:
    """This computer's clock was set back since the last pull, at ``last``."""
    return Problem(
        "clock-back",
        Text(
            vi=f"đồng hồ máy này chậm hơn lần tải trước ({last})",
            en=f"this computer's clock is behind the last pull ({last})",
        ),
        Text(
            vi="dữ liệu vẫn đầy đủ; hãy chỉnh lại ngày giờ của máy",
            en="the data are complete all the same; set the computer's date and time",
        ),
        severity="warning",
    )
