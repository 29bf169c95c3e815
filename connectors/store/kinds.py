"""What a file is, by its first bytes; its name and the server's word are not asked."""

from dataclasses import dataclass

HEAD = 16  # bytes that tell
UNKNOWN = ".bin"


@dataclass(frozen=True, slots=True)
class _Kind:
    magic: bytes
    at: int
    suffix: str
    families: tuple[str, ...]


_IMAGE, _SOUND, _BOTH, _OTHER = ("image",), ("audio",), ("audio", "video"), ("application",)
_KINDS = (
    _Kind(b"\xff\xd8\xff", 0, ".jpg", _IMAGE),
    _Kind(b"\x89PNG\r\n\x1a\n", 0, ".png", _IMAGE),
    _Kind(b"GIF8", 0, ".gif", _IMAGE),
    _Kind(b"WEBP", 8, ".webp", _IMAGE),
    _Kind(b"ftyphei", 4, ".heic", _IMAGE),
    _Kind(b"ftypmif1", 4, ".heic", _IMAGE),
    _Kind(b"ftypM4A", 4, ".m4a", _BOTH),
    _Kind(b"ftyp3g", 4, ".3gp", _BOTH),
    _Kind(b"ftyp", 4, ".mp4", _BOTH),
    _Kind(b"\x1aE\xdf\xa3", 0, ".webm", _BOTH),
    _Kind(b"OggS", 0, ".ogg", _BOTH),
    _Kind(b"#!AMR", 0, ".amr", _SOUND),
    _Kind(b"ID3", 0, ".mp3", _SOUND),
    _Kind(b"\xff\xfb", 0, ".mp3", _SOUND),
    _Kind(b"\xff\xf1", 0, ".aac", _SOUND),
    _Kind(b"WAVE", 8, ".wav", _SOUND),
    _Kind(b"%PDF-", 0, ".pdf", _OTHER),
    _Kind(b"PK\x03\x04", 0, ".zip", _OTHER),
)
_RECOGNISED = frozenset({"image", "audio", "video"})  # formats that phones make are all above


def suffix_of(head: bytes) -> str:
    """Give the ending for a file's name here, ``.bin`` for what is not recognised.

    Args:
        head: its first ``HEAD`` bytes.
    """
    kind = _kind(head)
    return kind.suffix if kind else UNKNOWN


def fits(head: bytes, mimetype: str) -> bool:
    """Tell whether a file may be what the question asked for.

    Args:
        head: its first ``HEAD`` bytes, none for an empty file.
        mimetype: as the phone and the server say; of a picture, a recording or a film the bytes
            must agree, of other files only that there are any.
    """
    family = mimetype.partition("/")[0].strip().lower()
    kind = _kind(head)
    if family not in _RECOGNISED:
        return bool(head)
    return kind is not None and family in kind.families


def _kind(head: bytes) -> _Kind | None:
    return next(
        (kind for kind in _KINDS if head[kind.at : kind.at + len(kind.magic)] == kind.magic), None
    )
