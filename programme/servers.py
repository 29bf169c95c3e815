"""``[servers.NAME]`` of ``ishc.toml``: which accounts on which servers."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from programme.account import ServerSettings
from programme.problem import Text
from programme.toml_reader import TomlReader

_VARIABLE = re.compile("[A-Za-z_][A-Za-z0-9_]{0,63}")
_TOKEN = re.compile("(?=.*[0-9])[A-Za-z0-9]{20,}")  # KoBo's are 40 letters and digits
LISTS = ("attachments", "entities")  # how phones get the clubs from Central
_COMMON = {"kind", "url", "token_env", "token_file", "country"}
_KEYS = {"kobo": _COMMON | {"openrosa_url"}, "central": _COMMON | {"user", "project", "lists"}}


def read_servers(
    reader: TomlReader, raw: Mapping[str, Any], root: Path
) -> dict[str, ServerSettings]:
    """Read every ``[servers.NAME]``; mistakes go to the reader.

    Args:
        raw: the whole of the file.
        root: the programme's folder, where ``token_file`` is looked for.
    """
    tables = reader.table(raw, "servers", set())
    return {name: _server(reader, tables, name, root) for name in tables}


def _server(reader: TomlReader, tables: Mapping[str, Any], name: str, root: Path) -> ServerSettings:
    place = f"servers.{name}"
    any_kind = reader.table({place: tables[name]}, place, set())
    kind = reader.string(any_kind, "kind", place, "kobo")
    table = reader.table({place: tables[name]}, place, _KEYS.get(kind, set()))
    if kind not in _KEYS:
        _unknown_kind(reader, kind, place)
    url = reader.string(table, "url", place).rstrip("/")
    openrosa = reader.string(table, "openrosa_url", place, url).rstrip("/")
    _check_url(reader, url, f"{place}.url")
    if "openrosa_url" in table:
        _check_url(reader, openrosa, f"{place}.openrosa_url")
    user = reader.string(table, "user", place)
    if kind == "central" and not user.strip():
        _no_user(reader, place)
    token_file = reader.string(table, "token_file", place)
    lists = reader.string(table, "lists", place, LISTS[0])
    if lists not in LISTS:
        _unknown_lists(reader, lists, f"{place}.lists")
    return ServerSettings(
        name=name,
        kind=kind,
        url=url,
        openrosa_url=openrosa,
        token_env=_variable(reader, table, place),
        token_file=root / Path(token_file).expanduser() if token_file else None,
        user=user.strip(),
        project=reader.count(table, "project", place, 1) if "project" in table else None,
        lists=lists,
        country=_country(reader, table, place),
    )


def _country(reader: TomlReader, table: Mapping[str, Any], place: str) -> str:
    value = reader.string(table, "country", place).strip()
    if not value or re.fullmatch("[A-Za-z]{2}", value):
        return value.upper()
    reader.problem(
        "settings-country",
        Text(vi=f"«{value}» không phải mã nước", en=f"“{value}” is not the code of a country"),
        Text(vi='hãy viết mã hai chữ cái: country = "VN"', en='write two letters: country = "VN"'),
        f"{place}.country",
    )
    return ""


def _variable(reader: TomlReader, table: Mapping[str, Any], place: str) -> str | None:
    """Take the name of the variable; a token written here is refused and not repeated."""
    name = reader.string(table, "token_env", place).strip()
    if not name or (_VARIABLE.fullmatch(name) and not _TOKEN.fullmatch(name)):
        return name or None
    reader.problem(
        "settings-token-env",
        Text(
            vi="đây không phải tên của một biến môi trường",
            en="this is not the name of an environment variable",
        ),
        Text(
            vi='hãy viết tên biến: token_env = "ISHC_TOKEN"; mã truy cập (token) hay mật khẩu nằm '
            "trong biến đó, không bao giờ ghi vào đây",
            en='write the name: token_env = "ISHC_TOKEN"; the token or password is in that '
            "variable and never written here",
        ),
        f"{place}.token_env",
    )
    return None


def _unknown_kind(reader: TomlReader, kind: str, place: str) -> None:
    reader.problem(
        "settings-server-kind",
        Text(vi=f"không có loại máy chủ «{kind}»", en=f"there is no server kind “{kind}”"),
        Text(
            vi='hãy viết kind = "kobo" hoặc kind = "central"',
            en='write kind = "kobo" or kind = "central"',
        ),
        f"{place}.kind",
    )


def _unknown_lists(reader: TomlReader, value: str, place: str) -> None:
    reader.problem(
        "settings-lists",
        Text(
            vi=f"không có cách phát danh sách «{value}»",
            en=f"there is no way “{value}” of handing out lists",
        ),
        Text(
            vi='hãy viết lists = "attachments" hoặc lists = "entities"',
            en='write lists = "attachments" or lists = "entities"',
        ),
        place,
    )


def _no_user(reader: TomlReader, place: str) -> None:
    reader.problem(
        "settings-server-user",
        Text(
            vi="máy chủ ODK Central cần địa chỉ thư điện tử của tài khoản",
            en="an ODK Central server needs the e-mail address of the account",
        ),
        Text(
            vi='hãy thêm dòng user = "…"; mật khẩu để trong biến môi trường token_env hoặc tệp '
            "token_file, không ghi vào đây",
            en='add a line user = "…"; the password goes into the environment variable token_env '
            "or the file token_file, not here",
        ),
        place,
    )


def _check_url(reader: TomlReader, value: str, key: str) -> None:
    try:
        parts = urlsplit(value)
        right = parts.scheme in ("http", "https") and bool(parts.hostname)
        right = right and not parts.username and (parts.port is None or parts.port > 0)
    except ValueError:
        right = False
    if not right:
        reader.problem(
            "settings-url",
            Text(vi="địa chỉ máy chủ không đúng", en="this is not the address of a server"),
            Text(
                vi='hãy viết địa chỉ đầy đủ, không kèm tên hay mật khẩu: "https://…"',
                en='write the whole address, without name or password: "https://…"',
            ),
            key,
        )
