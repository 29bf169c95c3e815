"""What a server can do to us, told in both languages with what to do about it."""

from dataclasses import replace

from programme.problem import Exit, Place, Problem, ProblemError, Text

_LATER = Text(
    vi="hãy thử lại sau; nếu vẫn vậy, hãy báo người quản trị máy chủ",
    en="try again later; if it stays so, tell the administrator of the server",
)
_ADDRESS = Text(
    vi="hãy kiểm tra mạng và địa chỉ máy chủ trong ishc.toml",
    en="check the network and the server's address in ishc.toml",
)

_FAULTS: dict[str, tuple[Text, Text]] = {
    "server-unreachable": (
        Text(vi="không kết nối được với máy chủ", en="the server cannot be reached"),
        _ADDRESS,
    ),
    "server-name": (
        Text(vi="không tìm thấy tên máy chủ trên mạng", en="there is no server of that name"),
        _ADDRESS,
    ),
    "server-tls": (
        Text(
            vi="không kiểm được chứng chỉ bảo mật của máy chủ",
            en="the server's security certificate cannot be verified",
        ),
        Text(
            vi="hãy kiểm tra ngày giờ của máy này và địa chỉ trong ishc.toml",
            en="check this computer's date and time and the address in ishc.toml",
        ),
    ),
    "server-timeout": (
        Text(vi="máy chủ trả lời quá lâu", en="the server takes too long to answer"),
        _LATER,
    ),
    "server-reset": (
        Text(vi="kết nối với máy chủ bị đứt giữa chừng", en="the connection broke half-way"),
        Text(
            vi="hãy kiểm tra mạng rồi chạy lại; phần đã nhận vẫn còn",
            en="check the network and run it again; what has arrived is kept",
        ),
    ),
    "server-token": (
        Text(vi="máy chủ không nhận mã truy cập (token)", en="the server refuses the token"),
        Text(
            vi="với KoBo, hãy lấy mã mới ở trang tài khoản, mục Security, rồi chạy «ishc token»; "
            "với ODK Central, hãy hỏi người quản trị vì sao máy chủ không nhận phiên vừa đăng nhập",
            en="on KoBo, copy a new token from your account settings, under Security, and run "
            "“ishc token”; on ODK Central, ask its administrator why it refuses a session that it "
            "has just opened",
        ),
    ),
    "server-sign-in": (
        Text(
            vi="máy chủ không nhận địa chỉ thư điện tử và mật khẩu này",
            en="the server does not accept this e-mail address and password",
        ),
        Text(
            vi="hãy kiểm tra dòng user trong ishc.toml và mật khẩu, thử đăng nhập trên trang của "
            "máy chủ",
            en="check the line user in ishc.toml and the password; try them on the server's page",
        ),
    ),
    "server-permission": (
        Text(vi="tài khoản này không có quyền làm việc đó", en="this account may not do that"),
        Text(
            vi="hãy nhờ chủ biểu mẫu (ODK Central: người quản lý dự án) cấp quyền cho tài khoản",
            en="ask the owner of the form (ODK Central: a manager of the project) to give the "
            "account that permission",
        ),
    ),
    "server-not-found": (
        Text(
            vi="trên máy chủ không có mục này, hoặc tài khoản không được xem",
            en="the server does not have this, or the account may not see it",
        ),
        Text(
            vi="hãy kiểm tra asset trong ishc.toml và quyền của tài khoản",
            en="check the asset in ishc.toml and the account's permissions",
        ),
    ),
    "server-html": (
        Text(
            vi="máy chủ gửi một trang web thay vì dữ liệu",
            en="the server sent a web page instead of data",
        ),
        Text(
            vi="hãy kiểm tra url trong ishc.toml: phải là địa chỉ của KoBo hay ODK Central, không "
            "phải trang đăng nhập mạng; nếu đúng, hãy thử lại sau",
            en="check url in ishc.toml: it must be KoBo's or Central's, and no network log-in page "
            "in between; if it is right, try again later",
        ),
    ),
    "server-truncated": (
        Text(vi="câu trả lời của máy chủ bị cắt cụt", en="the server's answer is cut off"),
        _LATER,
    ),
    "server-answer": (
        Text(
            vi="câu trả lời của máy chủ không như KoBo hay ODK Central thường trả lời",
            en="the server's answer is not what KoBo or ODK Central answers",
        ),
        _LATER,
    ),
    "server-too-large": (
        Text(vi="câu trả lời của máy chủ quá lớn", en="the server's answer is too large"),
        Text(
            vi="đã dừng để không đầy bộ nhớ; hãy báo người quản trị máy chủ",
            en="stopped before it fills the memory; tell the administrator of the server",
        ),
    ),
    "server-error": (
        Text(vi="máy chủ gặp lỗi bên trong", en="the server has an error of its own"),
        _LATER,
    ),
    "server-busy": (
        Text(vi="máy chủ đang quá tải", en="the server is too busy"),
        Text(vi="hãy chạy lại sau ít lâu", en="run it again in a while"),
    ),
    "server-refused": (
        Text(vi="máy chủ từ chối yêu cầu", en="the server refuses the request"),
        _LATER,
    ),
    "server-foreign": (
        Text(
            vi="máy chủ chỉ sang một máy khác; mã truy cập không được gửi tới đó",
            en="the server points to another host; the token was not sent there",
        ),
        Text(
            vi="nếu máy chủ đã đổi địa chỉ, hãy sửa url và openrosa_url trong ishc.toml",
            en="if the server has a new address, change url and openrosa_url in ishc.toml",
        ),
    ),
    "server-redirect": (
        Text(
            vi="máy chủ chuyển hướng yêu cầu nên yêu cầu không tới nơi",
            en="the server redirects the request, and it never arrives",
        ),
        Text(
            vi="hãy kiểm tra url và openrosa_url trong ishc.toml (http hay https, có đúng tên "
            "máy chủ không); nếu đúng, hãy báo người quản trị máy chủ",
            en="check url and openrosa_url in ishc.toml (http or https, the right name); if they "
            "are right, tell the administrator of the server",
        ),
    ),
}

# what was asked may have been done all the same
UNCERTAIN = frozenset(
    {
        "server-timeout",
        "server-reset",
        "server-html",
        "server-truncated",
        "server-error",
        "server-busy",
        "server-too-large",
    }
)

_SHOWN = 300


class ServerFault(ProblemError):  # noqa: N818 - a fault of the server, told as a problem
    """A problem with a server; ``status`` is its HTTP status where it answered."""

    def __init__(self, problem: Problem, status: int | None = None) -> None:
        super().__init__(problem, Exit.SERVER)
        self.status = status

    @property
    def code(self) -> str:
        """The problem's code, for example ``server-too-large``."""
        return self.problems[0].code


def fault(code: str, place: Place, detail: str = "", status: int | None = None) -> ServerFault:
    """Make the exception for one kind of failure.

    Args:
        code: a key of the table above.
        place: the server, and the form where known.
        detail: what the server said, only where it cannot hold data of people.
        status: the HTTP status.
    """
    what, do = _FAULTS[code]
    said = shown(detail)
    tail = f" ({said})" if said else ""
    return ServerFault(Problem(code, Text(vi=what.vi + tail, en=what.en + tail), do, place), status)


def not_started(error: ServerFault) -> ServerFault:
    """Say what to do about a server on this computer that does not run: as a rule the sandbox."""
    do = Text(
        vi="máy chủ này ở ngay trên máy: nếu là máy chủ tập, hãy chạy «ishc sandbox» trong cửa sổ "
        "khác và để nguyên cửa sổ đó; nếu không, hãy sửa url trong ishc.toml",
        en="it is this computer itself: if it is the sandbox, run “ishc sandbox” in another window "
        "and leave that open; otherwise mend url in ishc.toml",
    )
    return ServerFault(replace(error.problems[0], do=do), error.status)


def of_variable(error: ServerFault, variable: str) -> ServerFault:
    """Say which environment variable a refused token or password came from, never what it holds.

    Args:
        variable: its name, empty where it came from a file.
    """
    if not variable or error.code not in ("server-token", "server-sign-in"):
        return error
    problem = error.problems[0]
    do = Text(
        vi=f"{problem.do.vi}; lần này lấy từ biến môi trường {variable}, được dùng trước "
        f"token_file: hãy sửa biến đó, hoặc xóa nó để dùng tệp (unset {variable}; Windows: set "
        f"{variable}=)",
        en=f"{problem.do.en}; this one came from the environment variable {variable}, which goes "
        f"before token_file: mend it, or take it away so that the file is used (unset "
        f"{variable}; on Windows: set {variable}=)",
    )
    return ServerFault(replace(problem, do=do), error.status)


def shown(text: str) -> str:
    """Make a stranger's text fit to print: one line, no control characters, not long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: _SHOWN * 4]).split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
