"""Where an opened form finds its lists and pictures: ``jr://file-csv/clubs.csv`` in a folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from forms.engine.jvm import engine_lock, implement, java
from forms.lists import list_problems
from forms.xform import XForm
from programme.problem import Place, Problem, ProblemError, Text

# A folder, or a function that finds a file by name (``Folder.media``).
Media = Path | Callable[[str], Path | None]


def find_medium(media: Media | None, name: str) -> Path | None:
    """Find a form's file by name; None when it is not there."""
    if media is None:
        return None
    if isinstance(media, Path):
        path = media / PurePosixPath(name).name  # a name never leads out of the folder
        return path if path.is_file() else None
    return media(name)


def lists_problems(xform: XForm, media: Media | None) -> Sequence[Problem]:
    """Give a problem for every list that the form needs to open and that cannot be read."""
    problems: list[Problem] = []
    for name in xform.lists:
        path = find_medium(media, name)
        if path is None:
            problems.append(_missing(xform, name))
        elif name.endswith(".csv"):
            problems += list_problems(path)
    return problems


def _missing(xform: XForm, name: str) -> Problem:
    return Problem(
        "media-missing",
        Text(
            vi=f"thiếu tệp «{name}» mà biểu mẫu cần",
            en=f"the file “{name}” that the form needs is missing",
        ),
        Text(
            vi="hãy đặt tệp đó cạnh biểu mẫu (thư mục xlsforms), hoặc sửa tên trong biểu mẫu",
            en="put it beside the form (folder xlsforms), or mend its name in the form",
        ),
        Place(form=xform.form_id, file=name),
    )


@contextmanager
def media_open(xform: XForm, media: Media | None) -> Iterator[None]:
    """Let JavaRosa find a form's files while the form is parsed.

    Raises:
        ProblemError: ``media-missing``, ``list-empty``, ``list-not-utf8``, ``list-column-twice``.
    """
    if problems := lists_problems(xform, media):
        raise ProblemError(problems)
    with engine_lock():  # JavaRosa keeps one list of factories per process
        manager = java("org.javarosa.core.reference.ReferenceManager").instance()
        manager.reset()
        manager.addReferenceFactory(_factory(media))
        try:
            yield
        finally:
            manager.reset()


def _factory(media: Media | None) -> Any:
    def derive(uri: Any, _context: Any = None) -> Any:
        name = str(uri).rsplit("/", 1)[-1]
        return _reference(str(uri), find_medium(media, name))

    return implement(
        "org.javarosa.core.reference.ReferenceFactory",
        {"derives": lambda uri: str(uri).startswith("jr://"), "derive": derive},
    )


def _reference(uri: str, path: Path | None) -> Any:
    def stream() -> Any:
        return java("java.io.FileInputStream")(str(path))

    return implement(
        "org.javarosa.core.reference.Reference",
        {
            "getURI": lambda: uri,
            "getLocalURI": lambda: str(path or ""),
            "getStream": stream,
            "doesBinaryExist": lambda: path is not None,
            "isReadOnly": lambda: True,
            "getOutputStream": lambda: None,
            "remove": lambda: None,
            "probeAlternativeReferences": lambda: None,
        },
    )
