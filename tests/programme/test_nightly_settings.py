"""``[nightly]`` of ``ishc.toml``: what is done unasked, and what is refused with its key."""

import pytest

from programme.backup_settings import NightlyBackup
from programme.folder import Folder
from programme.nightly_settings import NightlySettings
from programme.problem import ProblemError
from programme.settings import load

BEGIN = '[programme]\nname = "Thử"\n'


def nightly(tmp_path, text: str) -> NightlySettings:
    folder = Folder(tmp_path)
    folder.settings.write_text(BEGIN + text, encoding="utf-8")
    return load(folder).nightly


def test_nothing_is_written_to_servers_or_disks_unasked(tmp_path):
    assert nightly(tmp_path, "") == NightlySettings()
    assert nightly(tmp_path, "[nightly]\n").backup is None


def test_a_backup_is_made_where_the_settings_say(tmp_path):
    assert nightly(tmp_path, "[nightly.backup]\n").backup == NightlyBackup()
    text = '[nightly.backup]\nto = "sao lưu"\npassphrase_file = "/khóa"\nkeep = 3\nevery_days = 7\n'
    found = nightly(tmp_path, text).backup
    assert found is not None
    assert (found.to, str(found.passphrase_file)) == (tmp_path / "sao lưu", "/khóa")
    assert (found.keep, found.every_days, found.days) == (3, 7, 180)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("[nightly]\nbackup = true", "settings-type", "nightly.backup"),
        ("[nightly.backup]\nkeep = 0", "settings-type", "nightly.backup.keep"),
        ("[nightly.backup]\nto = 3", "settings-type", "nightly.backup.to"),
        ("[nightly.backup]\nfolder = 'x'", "settings-unknown", "nightly.backup.folder"),
        ("[nightly.backup]\npassphrase = 'x'", "settings-secret", "nightly.backup.passphrase"),
        (
            "[nightly.backup]\nrecipient = 'age1'\npassphrase_file = 'x'",
            "settings-backup-key",
            "nightly.backup",
        ),
        ("[nightly]\nexports = ['csv']", "settings-unknown", "nightly.exports"),
        (
            "[[nightly.reports]]\nareas = ['20']",
            "settings-missing-value",
            "nightly.reports 1.report",
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_key(tmp_path, text, code, place):
    with pytest.raises(ProblemError) as refused:
        nightly(tmp_path, text + "\n")
    found = {each.code: each.place.setting for each in refused.value.problems}
    assert found[code] == place
