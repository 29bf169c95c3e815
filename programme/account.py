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
        kind: ``kobo``.
        url: address of the API, for example ``https://kf.kobotoolbox.org``.
        openrosa_url: address that phones send to, where it differs (``https://kc.…``).
        token_env: environment variable that holds the token.
        token_file: file that holds the token, readable by its owner only.
    """

    name: str
    kind: str
    url: str
    openrosa_url: str
    token_env: str | None = None
    token_file: Path | None = None


def token(server: ServerSettings, environ: Mapping[str, str]) -> str:
    """Read a server's token from the environment or from a file only its owner can read.

    Args:
        server: says where it is.
        environ: the environment, which goes before the file.

    Raises:
        ProblemError: ``token-missing``, ``token-file-open`` (others can read it),
            ``token-unreadable``, ``token-malformed``; the token itself is never in a message.
    """
    found = environ.get(server.token_env or "", "").strip() or _from_file(server)
    if not found:
        raise ProblemError(_missing(server))
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


def _open(server: ServerSettings, path: Path) -> Problem:
    return Problem(
        "token-file-open",
        Text(
            vi="người khác đọc được tệp chứa mã truy cập",
            en="other people can read the file that holds the token",
        ),
        Text(vi=f"hãy chạy: chmod 600 {path}", en=f"run: chmod 600 {path}"),
        Place(server=server.name, file=str(path)),
    )


def _unreadable(server: ServerSettings, path: Path) -> Problem:
    return Problem(
        "token-unreadable",
        Text(
            vi="không đọc được tệp chứa mã truy cập",
            en="the file that holds the token cannot be read",
        ),
        Text(
            vi="tệp chỉ chứa mã truy cập, lưu dạng văn bản UTF-8",
            en="it holds nothing but the token, as UTF-8 text",
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
