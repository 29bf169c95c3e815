"""What there is to tell of entity lists, in both languages."""

from collections.abc import Iterator, Sequence

from connectors.servers.central.entities import Entity
from connectors.servers.contract import Server
from connectors.servers.faults import shown
from programme.problem import Place, Problem, Text
from programme.settings import SourceSettings

_MOST = 10  # named in one sentence
_VALUE = 60  # characters of a value


def by_name(source: SourceSettings, form: str, names: Sequence[str]) -> Problem:
    """Tell that a form keeps names of a list, which are uuids when it is one of entities."""
    listed = ", ".join(names)
    return Problem(
        "list-by-name",
        Text(
            vi=f"biểu mẫu lưu cột name của {listed}; khi phát dạng thực thể (entities), ở cột đó "
            "ODK Central để một mã riêng của nó, không phải mã CLB",
            en=f"the form keeps the column name of {listed}; handed out as entities, that column "
            "holds an id of Central's own, not the club's code",
        ),
        Text(
            vi="ở câu chọn từ tệp đó ghi value=code vào cột parameters, đổi 'name' thành 'code' "
            'trong pulldata, rồi chạy: ishc deploy; hoặc bỏ dòng lists = "entities"',
            en="write value=code into the column parameters of the questions that choose from it, "
            "'code' for 'name' in pulldata, and run: ishc deploy; or take lists = \"entities\" out",
        ),
        source.place(form),
    )


def no_rows(server: Server, name: str, there: int) -> Problem:
    """Tell that a list would be emptied."""
    return Problem(
        "entities-none",
        Text(
            vi=f"sổ đăng ký không có CLB nào, trong khi danh sách «{name}» trên máy chủ có {there}",
            en=f"the registers hold no club, the server's list “{name}” holds {there}",
        ),
        Text(
            vi="không xóa gì; hãy chạy ishc pull và ishc reconcile, rồi ishc publish",
            en="nothing was deleted; run ishc pull and ishc reconcile, then ishc publish",
        ),
        Place(server=server.name),
    )


def strange(server: Server, name: str, those: Sequence[Entity]) -> Problem:
    """Tell of entities that the registers know nothing of."""
    listed = "; ".join(f"“{shown(each.label)}”" for each in those[:_MOST])
    more = " …" if len(those) > _MOST else ""
    return Problem(
        "entities-unknown",
        Text(
            vi=f"danh sách «{name}» có {len(those)} dòng mà sổ đăng ký không biết: {listed}{more}",
            en=f"the list “{name}” has {len(those)} rows unknown to the registers: {listed}{more}",
        ),
        Text(
            vi="phiếu đăng ký mới gửi thì đợi lần lấy phiếu sau; nếu phiếu đó đã bị xóa hoặc dòng "
            "này do người thêm tay, hãy xóa dòng trên trang ODK Central",
            en="a registration just sent waits for the next pull; if it was deleted, or somebody "
            "added the row by hand, delete the row on Central's page",
        ),
        Place(server=server.name),
        severity="note",
    )


def not_made(server: Server, name: str, codes: Sequence[str]) -> Problem:
    """Tell of rows that Central does not take."""
    return Problem(
        "entities-taken",
        Text(
            vi=f"danh sách «{name}»: máy chủ không nhận CLB {_some(codes)}; mã thực thể đã bị "
            "dùng ở nơi khác",
            en=f"list “{name}”: the server does not take club {_some(codes)}; the entity's id is "
            "used elsewhere",
        ),
        Text(
            vi="điện thoại chưa thấy những CLB này; hãy báo cho người bảo trì ISHC Collect",
            en="phones do not see these clubs yet; tell the maintainers of ISHC Collect",
        ),
        Place(server=server.name),
    )


def conflict(server: Server, name: str, code: str) -> Problem:
    """Tell of a row that somebody else is changing."""
    return Problem(
        "entity-conflict",
        Text(
            vi=f"danh sách «{name}»: CLB {code} đang bị sửa ở nơi khác, chưa cập nhật được",
            en=f"list “{name}”: club {code} is being changed elsewhere and was not updated",
        ),
        Text(
            vi="hãy chạy lại: ishc publish; nếu vẫn vậy, xem ai đang sửa CLB này trên trang ODK "
            "Central",
            en="run again: ishc publish; if it stays so, see on Central's page who changes this "
            "club",
        ),
        Place(server=server.name),
        severity="warning",
    )


def edited(
    server: Server, name: str, code: str, values: Sequence[tuple[str, str, str]]
) -> Iterator[Problem]:
    """Tell what somebody had written on Central's page and the registers have replaced."""
    if not values:
        return
    listed = "; ".join(
        f"{each}: {shown(there)[:_VALUE] or '–'} → {ours[:_VALUE] or '–'}"
        for each, there, ours in values
    )
    yield Problem(
        "entity-edited",
        Text(
            vi=f"danh sách «{name}»: CLB {code} đã bị sửa trên ODK Central; nay ghi lại theo sổ "
            f"đăng ký ({listed})",
            en=f"list “{name}”: club {code} was edited on ODK Central; it says again what the "
            f"registers say ({listed})",
        ),
        Text(
            vi="nếu sổ đăng ký sai, hãy gửi phiếu đăng ký CLB (cập nhật), đừng sửa trên danh sách",
            en="if the registers are wrong, send a club registration (update); do not edit the "
            "list",
        ),
        Place(server=server.name),
        severity="warning",
    )


def _some(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_MOST]) + (" …" if len(codes) > _MOST else "")
