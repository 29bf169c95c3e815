import os
from unicodedata import normalize

import pytest

from programme.folder import Folder, find, shipped


def test_the_folder_is_found_where_the_settings_are(tmp_path):
    (tmp_path / "ishc.toml").write_text("[programme]\n", encoding="utf-8")
    assert find(tmp_path) == Folder(tmp_path.resolve())


def test_the_shipped_programme_is_complete():
    folder = Folder(shipped())
    assert folder.settings.is_file()
    assert (folder.xlsforms / "communes.csv").is_file()


def test_everything_collected_lies_under_data(tmp_path):
    folder = Folder(tmp_path)
    for path in (folder.store, folder.attachments, folder.tables, folder.identified,
                 folder.lists, folder.findings, folder.reports):  # fmt: skip
        assert path.is_relative_to(folder.data)


def test_published_lists_win_over_those_of_the_workbooks(tmp_path):
    folder = Folder(tmp_path)
    assert folder.media("clubs.csv") is None
    folder.xlsforms.mkdir()
    (folder.xlsforms / "clubs.csv").write_text("name\n", encoding="utf-8")
    assert folder.media("clubs.csv") == folder.xlsforms / "clubs.csv"
    folder.lists.mkdir(parents=True)
    (folder.lists / "clubs.csv").write_text("name\n", encoding="utf-8")
    assert folder.media("clubs.csv") == folder.lists / "clubs.csv"


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_what_is_collected_is_readable_by_its_owner_only(tmp_path):
    folder = Folder(tmp_path)
    made = folder.private(folder.identified)
    for each in (folder.data, made):
        assert each.stat().st_mode & 0o077 == 0


def test_a_list_is_found_however_a_system_writes_its_letters(tmp_path):
    folder = Folder(tmp_path)
    folder.xlsforms.mkdir()
    written = normalize("NFD", "xã điểm.csv")
    (folder.xlsforms / written).write_text("name,label", encoding="utf-8")
    found = folder.media(normalize("NFC", "xã điểm.csv"))
    assert found is not None and found.is_file()
    assert folder.media("xã.csv") is None
