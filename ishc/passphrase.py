"""Where the passphrase of a backup comes from: a file, the environment, or a person."""

import os
import sys
from pathlib import Path
from unicodedata import normalize

import click

from connectors.backup.locking import SHORTEST, Lock, lock_with_passphrase
from connectors.backup.problems import no_passphrase, weak_passphrase
from ishc.context import Context
from programme.problem import Exit, Place, Problem, ProblemError, Text

VARIABLE = "ISHC_BACKUP_PASSPHRASE"


def new_lock(context: Context, file: Path | None) -> Lock:
    """Ask for a passphrase, twice if somebody types it, and make a lock with it.

    Raises:
        ProblemError: ``backup-passphrase-missing``, ``backup-passphrase-short``.
    """
    words = passphrase(context, file, twice=True)
    if len(words) < SHORTEST:
        raise weak_passphrase(SHORTEST)
    return lock_with_passphrase(words)


def passphrase(context: Context, file: Path | None, *, twice: bool = False) -> str:
    """Find the passphrase.

    Raises:
        ProblemError: ``backup-passphrase-missing``, ``backup-passphrase-file``.
    """
    # the same letters typed on another system may come in pieces
    return normalize("NFC", _found(context, file, twice).strip())


def _found(context: Context, file: Path | None, twice: bool) -> str:
    if file is not None:
        return _read(file)
    if found := os.environ.get(VARIABLE, "").strip():
        return found
    if not sys.stdin.isatty():
        raise no_passphrase(VARIABLE)
    ask = Text(vi="Cụm mật khẩu (không hiện khi gõ)", en="Passphrase (not shown)")
    again = Text(vi="Gõ lại lần nữa", en="Once more")
    confirm: bool | str = again.in_(context.language) if twice else False
    typed: str = click.prompt(
        ask.in_(context.language), hide_input=True, confirmation_prompt=confirm
    )
    return typed


def _read(file: Path) -> str:
    try:
        first = file.read_text(encoding="utf-8-sig").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(_unreadable(file), Exit.INPUT) from error
    if not first:
        raise ProblemError(_unreadable(file), Exit.INPUT)
    return first


def _unreadable(file: Path) -> Problem:
    return Problem(
        "backup-passphrase-file",
        Text(
            vi="không đọc được cụm mật khẩu trong tệp này",
            en="there is no passphrase to read in this file",
        ),
        Text(
            vi="hãy ghi cụm mật khẩu ở dòng đầu, lưu dạng UTF-8, chỉ mình đọc được",
            en="write the passphrase in its first line, in UTF-8, readable by you only",
        ),
        Place(file=str(file)),
    )
