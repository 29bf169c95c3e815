"""Small pictures that say SAMPLE, where a form asks for a photo."""

import struct
import zlib

LETTERS = {
    "S": "01111 10000 10000 01110 00001 00001 11110",
    "A": "01110 10001 10001 11111 10001 10001 10001",
    "M": "10001 11011 10101 10101 10001 10001 10001",
    "P": "11110 10001 10001 11110 10000 10000 10000",
    "L": "10000 10000 10000 10000 10000 10000 11111",
    "E": "11111 10000 10000 11110 10000 10000 11111",
}
SCALE = 4  # pixels a dot
MARGIN = 12  # pixels of paper around the word


def sample_png(number: int) -> bytes:
    """Draw the word SAMPLE on paper of a tint that depends on the number; an 8-bit PNG."""
    word = [" ".join(LETTERS[letter].split()[line] for letter in "SAMPLE") for line in range(7)]
    ink = ["".join("1" if dot == "1" else "0" for dot in line) for line in word]
    width = len(ink[0]) * SCALE + 2 * MARGIN
    paper = bytes([0]) + bytes([1]) * width
    rows = [paper] * MARGIN
    for line in ink:
        dots = b"".join(bytes([2 if dot == "1" else 1]) * SCALE for dot in line)
        rows += [bytes([0]) + bytes([1]) * MARGIN + dots + bytes([1]) * MARGIN] * SCALE
    rows += [paper] * MARGIN
    tint = bytes((200 + number * 7 % 50, 225, 200 + number * 13 % 50))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)),
            (b"PLTE", bytes((0, 0, 0)) + tint + bytes((60, 60, 60))),
            (b"IDAT", zlib.compress(b"".join(rows), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
