"""One account on one server, and its token, which is read late and kept nowhere."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.problem import Place, Problem, ProblemError, Text

OTHERS_MAY = 0o077


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """One server and one account on it; the token is never kept here.

    Args:
        name: the programme's own name for it, as in ``[servers.NAME]``.
        kind: ``kobo`` or ``central``.
        url: address of the API, for example ``https://kf.kobotoolbox.org``.
        openrosa_url: address that phones send to, where it differs (``https://kc.…``).
        token_env: environment variable that holds the token, on Central the password.
        token_file: file that holds it, readable by its owner only.
        user: e-mail address of the account, on Central.
        project: number of the project on Central, None where the account has only one.
    """

    name: str
    kind: str
    url: str
    openrosa_url: str
    token_env: str | None = None
    token_file: Path | None = None
    user: str = ""
    project: int | None = None


def token(server: ServerSettings, environ: Mapping[str, str]) -> str:
    """Read a server's token or password from the environment, or from its owner's file.

    Args:
        server: says where it is.
        environ: the environment, which goes before the file.

    Raises:
        ProblemError: ``token-missing``, ``password-missing``, ``token-file-open`` (others can
            read it), ``token-unreadable``, ``token-malformed``; never with the token itself.
    """
    found = environ.get(server.token_env or "", "").strip() or _from_file(server)
    if not found:
        raise ProblemError(_no_password(server) if server.user else _missing(server))
    if server.user:  # a password may hold what no header can: it goes in a body
        return found
    # anything else would be refused by the HTTP library, with the token in its message
    if not re.fullmatch("[!-~]+", found):
        raise ProblemError(_malformed(server))
    return found


def _from_file(server: ServerSettings) -> str:
    path = server.token_file
    if path is None or not path.is_file():
        return ""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & OTHERS_MAY:
        raise ProblemError(_open(server, path))
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        # the error's own words would quote bytes of the file
        raise ProblemError(_unreadable(server, path)) from None


def _missing(server: ServerSettings) -> Problem:
    wanted = server.token_env or "ISHC_TOKEN"
    return Problem(
        "token-missing",
        Text(vi="chưa có mã truy cập (token)", en="there is no token"),
        Text(
            vi=f"hãy đặt biến môi trường {wanted}, hoặc ghi mã vào tệp token_file; "
            "mã lấy ở trang tài khoản KoBo, mục Security",
            en=f"set the environment variable {wanted}, or write the token into token_file; "
            "you find it in your KoBo account settings, under Security",
        ),
        Place(server=server.name),
    )


def _no_password(server: ServerSettings) -> Problem:
    wanted = server.token_env or "ISHC_PASSWORD"
    return Problem(
        "password-missing",
        Text(vi="chưa có mật khẩu", en="there is no password"),
        Text(
            vi=f"hãy đặt biến môi trường {wanted}, hoặc ghi mật khẩu của {server.user} vào tệp "
            "token_file",
            en=f"set the environment variable {wanted}, or write the password of {server.user} "
            "into token_file",
        ),
        Place(server=server.name),
    )


def _open(server: ServerSettings, path: Path) -> Problem:
    return Problem(
        "token-file-open",
        Text(
            vi="người khác đọc được tệp chứa mã truy cập hay mật khẩu",
            en="other people can read the file that holds the token or password",
        ),
        Text(vi=f"hãy chạy: chmod 600 {path}", en=f"run: chmod 600 {path}"),
        Place(server=server.name, file=str(path)),
    )


def _unreadable(server: ServerSettings, path: Path) -> Problem:
    return Problem(
        "token-unreadable",
        Text(
            vi="không đọc được tệp chứa mã truy cập hay mật khẩu",
            en="the file that holds the token or password cannot be read",
        ),
        Text(
            vi="tệp chỉ chứa mã truy cập hay mật khẩu, lưu dạng văn bản UTF-8",
            en="it holds nothing but the token or password, as UTF-8 text",
        ),
        Place(server=server.name, file=str(path)),
    )


def _malformed(server: ServerSettings) -> Problem:
    return Problem(
        "token-malformed",
        Text(
            vi="mã truy cập có dấu cách, xuống dòng hoặc chữ có dấu",
            en="the token holds a space, a line break or a letter that no token has",
        ),
        Text(
            vi="hãy chép lại đúng mã từ trang tài khoản, không thêm gì khác",
            en="copy it again from your account settings, and nothing else",
        ),
        Place(server=server.name),
    )
