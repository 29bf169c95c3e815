"""Looks for words in everything under ``data/``, in packed files too: the proof of an erasure."""

import gzip
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.store.casts import identifier
from programme.folder import Folder

_PACKED = frozenset({".xlsx", ".docx", ".zip"})
_PIECE = 1 << 22
_WORD = re.compile(r"[\w-]+")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"[0-9]{7,}")  # longer than any part of a date or of a moment


def files_with(
    folder: Folder, words: Sequence[str], places: Sequence[Path] | None = None
) -> list[Path]:
    """Name the files under ``data/`` that hold one of the words.

    The store with its log, tables, lists, workbooks, reports, exports, logs and whatever else
    lies there. Backups are locked and cannot be looked into.

    Args:
        words: as they are written, composed or decomposed letters alike.
        places: folders to look into; ``data`` if None.
    """
    wanted = _spelt(words)
    if not wanted:
        return []
    return [
        path
        for place in places or [folder.data]
        for path in sorted(place.rglob("*"))
        if path.is_file() and _ours(path.relative_to(folder.data)) and _holds(path, wanted)
    ]


def _ours(path: Path) -> bool:
    """Leave out locked backups, and the sandbox, which stands for a server."""
    return path.suffix != ".backup" and path.parts[0] != "sandbox"


def _spelt(words: Iterable[str]) -> tuple[bytes, ...]:
    forms = {
        spelling
        for word in words
        if word.strip()
        for form in ("NFC", "NFD")
        for spelling in (
            unicodedata.normalize(form, word).encode(),
            # as JSON and XML may write it
            unicodedata.normalize(form, word).encode("ascii", "backslashreplace"),
            unicodedata.normalize(form, word).encode("ascii", "xmlcharrefreplace"),
            unicodedata.normalize(form, word).encode("utf-16-le"),
        )
    }
    return tuple(forms)


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    if path.suffix == ".parquet":
        return _in_table(path, wanted)
    if path.suffix.lower() in _PACKED and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return any(_among(packed.read(name), wanted) for name in packed.namelist())
    if path.suffix == ".gz":
        with gzip.open(path) as file:
            return _among(file.read(), wanted)
    return any(_among(piece, wanted) for piece in _pieces(path, wanted))


def _pieces(path: Path, wanted: Sequence[bytes]) -> Iterator[bytes]:
    """Read a file piece by piece, each with the end of the one before."""
    longest = max(map(len, wanted), default=1)
    before = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield before + piece
            before = piece[-longest:]


def _among(content: bytes, wanted: Sequence[bytes]) -> bool:
    return any(each in content for each in wanted)


def _in_table(path: Path, wanted: Sequence[bytes]) -> bool:
    texts = _with_their_words(path, [each.decode() for each in wanted if _is_text(each)])
    if not texts:
        return False
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        columns = " || ' ' || ".join(
            f"coalesce(CAST({identifier(name)} AS VARCHAR), '')" for name in relation.columns
        )
        found = relation.project(f"{columns} AS line").filter(
            " OR ".join(f"contains(line, '{_quoted(each)}')" for each in texts)
        )
        return bool(found.limit(1).fetchall())


def _with_their_words(path: Path, texts: Iterable[str]) -> list[str]:
    """Keep the texts whose longest word stands in a table's texts: few tables have to be asked.

    A word with a letter is in no number and no date; a telephone number is in no date, and whole
    numbers are written in one way only.
    """
    contents: list[bytes] = []
    with pq.ParquetFile(path) as file:
        leaves = (file.schema.column(place) for place in range(len(file.schema)))
        whole = not any(each.physical_type in ("FLOAT", "DOUBLE") for each in leaves)
        longest = {text: _longest_word(text, numbers=whole) for text in texts}
        for batch in file.iter_batches():
            contents += [content for column in batch.columns for content in _texts_of(column)]
    return [
        text
        for text, word in longest.items()
        if not word or any(word.encode() in content for content in contents)
    ]


def _longest_word(text: str, *, numbers: bool) -> str:
    """Give the longest word that a table surely spells as the text does, empty if none."""
    words = _WORD.findall(text)
    sure = (each for each in words if _LETTER.search(each) or (numbers and _NUMBER.fullmatch(each)))
    return max(sure, key=len, default="")


def _texts_of(column: pa.Array) -> Iterator[bytes]:
    if pa.types.is_nested(column.type):
        children = column.flatten()
        for child in children if isinstance(children, list) else [children]:
            yield from _texts_of(child)
    elif pa.types.is_dictionary(column.type):
        yield from _texts_of(column.dictionary)
    elif pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        written = column.buffers()[2]
        yield written.to_pybytes() if written else b""
    else:
        yield from _texts_of(column.cast(pa.string()))


def _is_text(spelt: bytes) -> bool:
    try:
        return "\0" not in spelt.decode()
    except UnicodeDecodeError:
        return False


def _quoted(text: str) -> str:
    return text.replace("'", "''")
