"""The folder of a new programme, with the answers in it."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from ishc.beginning.chosen import Chosen
from ishc.beginning.written import settings_text
from programme.copying import copy_programme, refuse_taken
from programme.folder import Folder, shipped
from programme.settings import Settings, load
from programme.writing import replacing, write_text


def make_programme(target: Path, chosen: Chosen) -> tuple[int, Settings]:
    """Make the programme; give back how many files it has, and its settings.

    Raises:
        ProblemError: ``folder-not-empty``, or what is wrong with the answers, before anything
            is written.
    """
    refuse_taken(target)
    text = settings_text(shipped_settings(), chosen)
    _try(text)
    files = copy_programme(target)
    folder = Folder(target.resolve())
    with replacing(folder.settings, private=False) as file:  # old editors of Windows want its ends
        file.write(text.replace("\n", os.linesep).encode())
    if chosen.secret.typed:
        write_text(folder.private(folder.data) / "token", chosen.secret.typed)
    return files, load(folder)


def shipped_settings() -> str:
    """Give the ``ishc.toml`` that comes with the product."""
    return Folder(shipped()).settings.read_text(encoding="utf-8")


def _try(text: str) -> None:
    with TemporaryDirectory(prefix="ishc-") as place:
        folder = Folder(Path(place))
        folder.settings.write_text(text, encoding="utf-8")
        load(folder)
