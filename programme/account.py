"""One account on one server, and its token, which is read late and kept nowhere."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from programme.problem import Place, Problem, ProblemError, Text

OTHERS_MAY = 0o077
# what people call each kind of server
PRODUCTS: Mapping[str, str] = {"kobo": "KoBo", "central": "ODK Central"}


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
        lists: how phones get the clubs on Central: ``attachments`` or ``entities``.
        country: where it stands, two letters such as ``VN``; empty where nobody said.
    """

    name: str
    kind: str
    url: str
    openrosa_url: str
    token_env: str | None = None
    token_file: Path | None = None
    user: str = ""
    project: int | None = None
    lists: str = "attachments"
    country: str = ""


def token(server: ServerSettings, environ: Mapping[str, str]) -> str:
    """Read a server's token or password from the environment, or from its owner's file.

    Args:
        server: says where it is.
        environ: the environment, which goes before the file.

    Raises:
        ProblemError: ``token-missing``, ``password-missing``, ``token-file-open`` (others can
            read it), ``token-unreadable``, ``token-malformed``; never with the token itself.
    """
    found = environ.get(token_variable(server, environ), "").strip() or _from_file(server)
    if not found:
        raise ProblemError(_no_password(server) if server.user else _missing(server))
    if server.user:  # a password may hold what no header can: it goes in a body
        return found
    # anything else would be refused by the HTTP library, with the token in its message
    if not re.fullmatch("[!-~]+", found):
        raise ProblemError(_malformed(server))
    return found


def token_variable(server: ServerSettings, environ: Mapping[str, str]) -> str:
    """Name the environment variable that ``token`` reads, empty where it reads the file."""
    name = server.token_env or ""
    return name if environ.get(name, "").strip() else ""


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
    where = _where(server, "ISHC_TOKEN")
    return Problem(
        "token-missing",
        Text(vi="chưa có mã truy cập (token)", en="there is no token"),
        Text(
            vi=f"{where.vi}; mã lấy ở trang tài khoản KoBo, mục Security",
            en=f"{where.en}; you find the token in your KoBo account settings, under Security",
        ),
        Place(server=server.name),
    )


def _where(server: ServerSettings, usual: str) -> Text:
    """Say where the token or password is looked for, as ``ishc.toml`` has it."""
    variable, path = server.token_env, server.token_file
    file = _shown(path) if path else ""
    ways = [
        Text(
            vi=f"đặt biến môi trường {_name(variable).vi}",
            en=f"set the environment variable {_name(variable).en}",
        )
        if variable
        else None,
        Text(
            vi=f"chạy «ishc token» để ghi vào tệp {file} mà chỉ mình đọc được (nay chưa có tệp "
            "này, hoặc tệp trống)",
            en=f"run “ishc token”, which writes it into the file {file} that only you can read "
            "(it is missing or empty now)",
        )
        if path
        else None,
    ]
    told = [each for each in ways if each]
    if not told:
        place = f"[servers.{server.name}]"
        told = [
            Text(
                vi=f'thêm token_env = "{usual}" vào mục {place} rồi đặt biến môi trường {usual}',
                en=f'add token_env = "{usual}" to {place} and set the environment variable {usual}',
            )
        ]
    return Text(
        vi="hãy " + ", hoặc ".join(each.vi for each in told),
        en=", or ".join(each.en for each in told),
    )


def _name(variable: str) -> Text:
    # somebody may have written the password itself in place of the variable's name
    if re.fullmatch("[A-Z_][A-Z0-9_]*", variable):
        return Text(vi=variable, en=variable)
    return Text(vi="mà token_env nêu tên", en="that token_env names")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _no_password(server: ServerSettings) -> Problem:
    where = _where(server, "ISHC_PASSWORD")
    return Problem(
        "password-missing",
        Text(vi="chưa có mật khẩu", en="there is no password"),
        Text(
            vi=f"{where.vi}: mật khẩu của {server.user}",
            en=f"{where.en}: the password of {server.user}",
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
