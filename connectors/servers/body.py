"""Answers read in pieces, decompressed by ourselves, never larger than allowed."""

import time
import zlib
from collections.abc import Iterator

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

PIECE = 64 * 1024
AUTOMATIC = zlib.MAX_WBITS | 32  # gzip or zlib header, whichever comes


class TooLargeError(Exception):
    """More than allowed came, counted after decompression."""


class StalledError(Exception):
    """Nothing came for too long, or the whole took too long."""


class BrokenError(Exception):
    """The answer ended before it was complete, or cannot be decompressed."""


def pieces(response: requests.Response, most: int, until: float) -> Iterator[bytes]:
    """Give an answer's body piece by piece.

    Args:
        response: asked for with ``stream=True``.
        most: bytes allowed after decompression; a small answer can be a bomb.
        until: moment on the monotonic clock when patience ends.

    Raises:
        TooLargeError, StalledError, BrokenError.
    """
    seen = 0
    plain = not response.headers.get("Content-Encoding")
    if plain and (response.raw.length_remaining or 0) > most:
        raise TooLargeError
    for piece in _decoded(_raw(response, until), response.headers.get("Content-Encoding", "")):
        seen += len(piece)
        if seen > most:
            raise TooLargeError
        yield piece


def _raw(response: requests.Response, until: float) -> Iterator[bytes]:
    while True:
        if time.monotonic() > until:
            raise StalledError
        try:
            piece = response.raw.read1(PIECE, decode_content=False)
        except ReadTimeoutError as error:
            raise StalledError from error
        except (HTTPError, OSError) as error:
            raise BrokenError from error
        if not piece:
            return
        yield piece


def _decoded(raw: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding.strip().lower() in ("", "identity"):
        yield from raw
        return
    decoder = zlib.decompressobj(AUTOMATIC)
    try:
        for piece in raw:
            if decoder.eof:  # whatever follows would pile up unseen
                raise BrokenError
            yield from _inflate(decoder, piece)
        yield decoder.flush()
    except zlib.error as error:
        raise BrokenError from error
    if not decoder.eof or decoder.unused_data:
        raise BrokenError


def _inflate(decoder: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
    while piece:
        yield decoder.decompress(piece, PIECE)
        piece = decoder.unconsumed_tail
