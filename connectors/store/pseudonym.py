"""Keyed pseudonyms: the same person has the same one everywhere, nobody can count back to a code.

HMAC-SHA256 with a key that never leaves ``data/``; the first 16 hex digits.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from programme.folder import Folder
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.writing import write_text

KEY_FILE = "pseudonym.key"
KEY_BYTES = 32
HEX_DIGITS = 16
_BLOCK_BYTES = 64  # of SHA-256


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Turns codes of people into pseudonyms.

    Args:
        key: the programme's secret, 32 bytes.
    """

    key: bytes = field(repr=False)

    def of(self, code: str) -> str:
        """Give the pseudonym of one code."""
        return hmac.digest(self.key, code.encode(), "sha256").hex()[:HEX_DIGITS]

    def pads(self) -> tuple[bytes, bytes]:
        """Give what HMAC-SHA256 puts before a text and before the hash of that, for SQL.

        RFC 2104: ``H(outer || H(inner || text))``.
        """
        block = self.key.ljust(_BLOCK_BYTES, b"\0")
        return bytes(each ^ 0x36 for each in block), bytes(each ^ 0x5C for each in block)

    def column(self, values: pa.ChunkedArray) -> pa.ChunkedArray:
        """Replace a column of codes, or of lists of codes; what is empty stays empty."""
        rows: list[Any]
        known = {code: self.of(code) for code in _codes(values)}
        if pa.types.is_list(values.type):
            rows = [row and [known[code] for code in row] for row in values.to_pylist()]
        else:
            rows = [code and known[code] for code in values.to_pylist()]
        return pa.chunked_array([pa.array(rows, type=values.type)])


def _codes(values: pa.ChunkedArray) -> set[str]:
    if pa.types.is_list(values.type):
        return {code for row in values.to_pylist() if row for code in row}
    return {code for code in values.to_pylist() if code}


def load_pseudonyms(folder: Folder) -> Pseudonyms:
    """Read the programme's key; make it once if there is none.

    Raises:
        ProblemError: ``pseudonym-key-damaged`` when the file is not such a key.
    """
    path = folder.private(folder.data) / KEY_FILE
    if not path.exists():
        write_text(path, secrets.token_hex(KEY_BYTES) + "\n")
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, UnicodeDecodeError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ProblemError(_damaged(path), Exit.STORE)
    return Pseudonyms(key)


def _damaged(path: Path) -> Problem:
    return Problem(
        "pseudonym-key-damaged",
        Text(
            vi="tệp khóa của mã ẩn danh bị hỏng",
            en="the file with the key of the pseudonyms is damaged",
        ),
        Text(
            vi="hãy lấy lại tệp này từ bản sao lưu; nếu không còn, xóa tệp để tạo khóa mới: "
            "khi đó mã ẩn danh trong các bảng mới sẽ khác các bảng cũ",
            en="restore the file from your backup; if there is none, delete it and a new key is "
            "made: pseudonyms in new tables will then differ from those in older ones",
        ),
        Place(file=str(path)),
    )
