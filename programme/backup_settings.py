"""Which backups the night makes, as ``[nightly.backup]`` of ``ishc.toml`` has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programme.problem import Text
from programme.toml_reader import TomlReader

_KEYS = {"to", "recipient", "passphrase_file", "keep", "days", "every_days"}


@dataclass(frozen=True, slots=True)
class NightlyBackup:
    """A backup that the night makes.

    Args:
        to: folder, better on another disk; None for ``data/backups``.
        recipient: public key of age; empty for a passphrase.
        passphrase_file: its first line is the passphrase; None: ``ISHC_BACKUP_PASSPHRASE``.
        keep: so many of those that this programme made are kept in the folder.
        days: after so many a backup is to be destroyed.
        every_days: a backup once in so many days.
    """

    to: Path | None = None
    recipient: str = ""
    passphrase_file: Path | None = None
    keep: int = 14
    days: int = 180
    every_days: int = 1


def read_backup(reader: TomlReader, nightly: Mapping[str, Any]) -> NightlyBackup | None:
    """Read ``[nightly.backup]``; None where there is none. Mistakes go to the reader."""
    if "backup" not in nightly:
        return None
    place, usual = "nightly.backup", NightlyBackup()
    table = reader.table({place: nightly["backup"]}, place, _KEYS)
    found = NightlyBackup(
        to=_path(reader, table, "to"),
        recipient=reader.string(table, "recipient", place),
        passphrase_file=_path(reader, table, "passphrase_file"),
        keep=_one_or_more(reader, table, "keep", usual.keep),
        days=_one_or_more(reader, table, "days", usual.days),
        every_days=_one_or_more(reader, table, "every_days", usual.every_days),
    )
    if found.recipient and found.passphrase_file:
        reader.problem(
            "settings-backup-key",
            Text(
                vi="có cả recipient và passphrase_file; bản sao lưu chỉ khóa bằng một thứ",
                en="there are both a recipient and a passphrase_file; a backup is locked with one",
            ),
            Text(vi="hãy bỏ một trong hai dòng", en="take one of the two lines out"),
            place,
        )
    return found


def _path(reader: TomlReader, table: Mapping[str, Any], key: str) -> Path | None:
    written = reader.string(table, key, "nightly.backup")
    return reader.path.parent / Path(written).expanduser() if written else None


def _one_or_more(reader: TomlReader, table: Mapping[str, Any], key: str, usual: int) -> int:
    count = reader.count(table, key, "nightly.backup", usual)
    if count < 1:
        reader.wrong_type(f"nightly.backup.{key}", str(usual))
        return usual
    return count
