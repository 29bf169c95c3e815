"""Zip archives whose bytes follow from their content alone: one order, no clock, no system."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_DEFLATED, _STORED = 8, 0
_VERSION = 20
_UTF8_NAME = 0x800
_FIRST_DAY = (1 << 5) | 1  # 1 January 1980, the first that a zip archive knows
_LEVEL = 6
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".xlsx")


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it lies in the archive; made once where many archives hold the same file."""

    data: bytes
    size: int
    checksum: int
    method: int


def pack(content: bytes, name: str = "") -> Packed:
    """Compress a file; what is compressed already (by its name) is stored as it is."""
    if name.lower().endswith(_PACKED_ALREADY):
        return Packed(content, len(content), zlib.crc32(content), _STORED)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(content) + packer.flush()
    return Packed(data, len(content), zlib.crc32(content), _DEFLATED)


def archive(files: Mapping[str, bytes | Packed] | Iterable[tuple[str, bytes | Packed]]) -> bytes:
    """Write a zip archive with the files in the order given."""
    listed = files.items() if isinstance(files, Mapping) else files
    local: list[bytes] = []
    central: list[bytes] = []
    place = 0
    for name, content in listed:
        packed = content if isinstance(content, Packed) else pack(content, name)
        written = name.encode()
        flag = 0 if name.isascii() else _UTF8_NAME
        shared = (_VERSION, flag, packed.method, 0, _FIRST_DAY, packed.checksum)
        sizes = (len(packed.data), packed.size, len(written), 0)
        head = _LOCAL.pack(b"PK\x03\x04", *shared, *sizes) + written
        # not an owner, not a right: only what every system writes alike
        entry = _CENTRAL.pack(b"PK\x01\x02", _VERSION, *shared, *sizes, 0, 0, 0, 0, place)
        central.append(entry + written)
        local += (head, packed.data)
        place += len(head) + len(packed.data)
    index = b"".join(central)
    count = len(central)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(index), place, 0)
    return b"".join((*local, index, end))
