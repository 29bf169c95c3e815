"""What each kind of server can do: the one table that the tests assert and the READMEs show.

``python -m tests.connectors.contract.capabilities`` writes it into both READMEs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.account import PRODUCTS
from programme.problem import Language, Text

REPOSITORY = Path(__file__).parents[3]
READMES: Mapping[Language, Path] = {
    "en": REPOSITORY / "README.md",
    "vi": REPOSITORY / "README.vi.md",
}
_START, _END = "<!-- servers -->", "<!-- /servers -->"


@dataclass(frozen=True)
class How:
    """What one kind of server does.

    Args:
        can: whether it does it at all; the tests hold it to either.
        told: for the table.
    """

    can: bool
    told: Text


@dataclass(frozen=True)
class Capability:
    """One row of the table; ``on`` says it for each kind of server."""

    key: str
    what: Text
    on: Mapping[str, How]


def _yes(vi: str = "", en: str = "") -> How:
    return How(True, Text(vi=vi or "có", en=en or "yes"))


def _no(vi: str = "không", en: str = "no") -> How:
    return How(False, Text(vi=vi, en=en))


CAPABILITIES = (
    Capability(
        "forms",
        Text(
            vi="Biểu mẫu, danh sách, ảnh từ Excel lên điện thoại",
            en="Forms, lists, pictures from Excel to phones",
        ),
        {"kobo": _yes(), "central": _yes()},
    ),
    Capability(
        "own-version",
        Text(
            vi="Số phiên bản trên máy chủ là số trong bảng tính", en="Versions are the workbook's"
        ),
        {
            "kobo": _no("không, KoBo tự đánh số", "no, KoBo numbers them itself"),
            "central": _yes(
                "có; chỉ thay danh sách thì thành `V~2`", "yes; lists alone make it `V~2`"
            ),
        },
    ),
    Capability(
        "other-type",
        Text(vi="Câu hỏi được đổi kiểu trả lời", en="A question may get another type"),
        {
            "kobo": _yes(),
            "central": _no(
                "chỉ thành chữ; được báo trước khi gửi", "only text; told before it is tried"
            ),
        },
    ),
    Capability(
        "submissions",
        Text(
            vi="Lấy đủ phiếu, ảnh, chỗ sửa, xóa và chứng minh là đủ",
            en="Submissions, photos, edits, deletions pulled and proven complete",
        ),
        {
            "kobo": _yes(),
            "central": _yes(
                "có; riêng ảnh bị thay bằng ảnh cùng tên thì không thấy",
                "yes, but for a photo replaced by another of its name",
            ),
        },
    ),
    Capability(
        "history-looking",
        Text(
            vi="Theo được thay đổi giữa hai lần chứng minh với tài khoản chỉ được xem",
            en="Changes between proofs are followed with an account that may only look",
        ),
        {
            "kobo": _no(
                "không, cần quyền «Manage project»; nếu thiếu thì lần nào cũng so toàn bộ",
                "no, it needs “Manage project”; without it every pull compares everything",
            ),
            "central": _yes(),
        },
    ),
    Capability(
        "restore",
        Text(vi="Khôi phục phiếu xóa nhầm trên máy chủ", en="A deleted submission can be restored"),
        {
            "kobo": _no(),
            "central": _yes("có, 30 ngày cho đến khi dọn thùng rác", "yes, for 30 days"),
        },
    ),
    Capability(
        "sent-again",
        Text(
            vi="Phiếu đã xóa, điện thoại gửi lại, thành phiếu mới",
            en="A deleted submission that a phone sends again is taken as new",
        ),
        {
            "kobo": _yes(),
            "central": _no(
                "không, chừng nào còn trong thùng rác", "no, as long as it is in the trash"
            ),
        },
    ),
    Capability(
        "writing",
        Text(
            vi="Ghi trạng thái duyệt và sửa câu trả lời từ đây, không đè lên việc của người",
            en="Review states and corrections set from here, never over a person's",
        ),
        {"kobo": _yes(), "central": _yes()},
    ),
    Capability(
        "state-after-edit",
        Text(vi="Sửa phiếu giữ nguyên trạng thái duyệt", en="An edit leaves the state"),
        {
            "kobo": _yes(),
            "central": _no("không, thành «đã sửa»", "no, it becomes “edited”"),
        },
    ),
    Capability(
        "entity-list",
        Text(
            vi="Danh sách câu lạc bộ trên điện thoại đổi mà không phải phát lại biểu mẫu",
            en="Clubs on phones change without every phone loading the form again",
        ),
        {
            "kobo": _no(),
            "central": _yes(
                'có, với `lists = "entities"` trong `ishc.toml`',
                'yes, with `lists = "entities"` in `ishc.toml`',
            ),
        },
    ),
    Capability(
        "phone-keys",
        Text(
            vi="Mỗi điện thoại một khóa riêng, thu lại được khi mất máy",
            en="Each phone has a key of its own, taken away when it is lost",
        ),
        {
            "kobo": _no(
                "không, mọi máy đăng nhập bằng tài khoản", "no, phones sign in with an account"
            ),
            "central": _yes("có, `ishc phones`", "yes, `ishc phones`"),
        },
    ),
    Capability(
        "password",
        Text(vi="Đăng nhập bằng thư điện tử và mật khẩu", en="Signs in by e-mail and password"),
        {
            "kobo": _no("không, bằng mã truy cập (token)", "no, by a token"),
            "central": _yes("có, phiên không lưu lại", "yes, the session is stored nowhere"),
        },
    ),
)
BY_KEY = {each.key: each for each in CAPABILITIES}


def can(kind: str, key: str) -> bool:
    """Tell what the table says."""
    return BY_KEY[key].on[kind].can


def table(language: Language) -> str:
    """Write the table as Markdown."""
    head = ["", *PRODUCTS.values()]
    rows = [
        [each.what.in_(language), *(each.on[kind].told.in_(language) for kind in PRODUCTS)]
        for each in CAPABILITIES
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)


def with_table(text: str, language: Language) -> str:
    """Put the table between its marks."""
    before, rest = text.split(_START)
    _, after = rest.split(_END)
    return f"{before}{_START}\n{table(language)}\n{_END}{after}"


if __name__ == "__main__":
    for tongue, path in READMES.items():
        told = with_table(path.read_text(encoding="utf-8"), tongue)
        path.write_text(told, encoding="utf-8")
