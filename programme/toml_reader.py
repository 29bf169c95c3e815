"""Reads a settings file key by key, and tells every mistake at once."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest

_SECRET = re.compile("token|pass[wp]|secret|api_?key|mat_?khau", re.IGNORECASE)


class TomlReader:
    """Collects problems while the settings are read, so that all are told at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def problem(self, code: str, what: Text, do: Text, key: str | None = None) -> None:
        """Note a problem at a key, such as ``servers.kobo.url``."""
        place = Place(file=self.path.name, setting=key)
        self.problems.append(Problem(code, what, do, place))

    def table(self, parent: Mapping[str, Any], key: str, allowed: set[str]) -> dict[str, Any]:
        """Take a table; a key that is not ``allowed`` is told with the nearest right name."""
        value = parent.get(key, {})
        if not isinstance(value, dict):
            self.wrong_type(key, "[table]")
            return {}
        for name in sorted(set(value) - allowed) if allowed else ():
            if _SECRET.search(name):
                self._secret(f"{key}.{name}")
                continue
            hint = did_you_mean(nearest(name, allowed))
            self.problem(
                "settings-unknown",
                Text(
                    vi=f"không có mục «{name}»{hint.vi}",
                    en=f"there is no setting “{name}”{hint.en}",
                ),
                Text(
                    vi="các mục có thể dùng: " + ", ".join(sorted(allowed)),
                    en="settings to use here: " + ", ".join(sorted(allowed)),
                ),
                f"{key}.{name}",
            )
        return value

    def _secret(self, key: str) -> None:
        self.problem(
            "settings-secret",
            Text(
                vi="mã truy cập (token) hay mật khẩu không bao giờ ghi vào tệp này",
                en="a token or password is never written here",
            ),
            Text(
                vi="hãy xóa dòng này; đặt mã vào biến môi trường mà token_env nêu tên "
                '(token_env = "ISHC_TOKEN"), hoặc vào tệp token_file chỉ mình đọc được. Nếu tệp '
                "ishc.toml này đã gửi cho ai, hãy đổi mã mới trên máy chủ",
                en="take this line out; put the token into the environment variable that "
                'token_env names (token_env = "ISHC_TOKEN"), or into the file token_file that '
                "only you can read. If anybody has got this ishc.toml, make a new token",
            ),
            key,
        )

    def string(self, table: Mapping[str, Any], key: str, place: str, default: str = "") -> str:
        """Take a string."""
        value = table.get(key, default)
        if not isinstance(value, str):
            self.wrong_type(f"{place}.{key}", '"…"')
            return default
        return value

    def count(self, table: Mapping[str, Any], key: str, place: str, default: int) -> int:
        """Take a whole number, nought or more."""
        value = table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.wrong_type(f"{place}.{key}", str(default))
            return default
        return value

    def text(self, table: Mapping[str, Any], key: str, place: str, default: str = "") -> Text:
        """Take a text: one sentence, or one in each language."""
        value = table.get(key, default)
        if isinstance(value, str):
            return Text(vi=value, en=value)
        if isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
            either = str(value.get("vi") or value.get("en") or default)
            return Text(vi=str(value.get("vi", either)), en=str(value.get("en", either)))
        self.wrong_type(f"{place}.{key}", '"…" / { vi = "…", en = "…" }')
        return Text(vi=default, en=default)

    def wrong_type(self, key: str, wanted: str) -> None:
        """Note that a value is of another type than wanted."""
        self.problem(
            "settings-type",
            Text(vi=f"giá trị của «{key}» không đúng kiểu", en=f"“{key}” has the wrong type"),
            Text(vi=f"hãy viết dạng {wanted}", en=f"write it as {wanted}"),
            key,
        )
