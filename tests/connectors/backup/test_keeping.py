"""The oldest backups make room for new ones; nobody else's are touched."""

from pathlib import Path

from connectors.backup.keeping import let_go, note_made
from programme.folder import Folder


def make(folder: Folder, place: Path, name: str, keep: int) -> list[str]:
    path = place / name
    path.write_text("locked")
    note_made(folder, path)
    return let_go(folder, path, keep)


def test_so_many_are_kept_in_the_order_in_which_they_were_made(tmp_path):
    folder, place = Folder(tmp_path / "programme"), tmp_path / "ổ USB"
    place.mkdir()
    (place / "ishc-2020-01-01-000000-until-2020-06-01.backup").write_text("of another programme")
    assert make(folder, place, "ishc-2026-11-20.backup", keep=2) == []
    assert make(folder, place, "ishc-2026-11-21.backup", keep=2) == []
    # the clock is wrong: by its name the new one is the oldest
    assert make(folder, place, "ishc-1970-01-01.backup", keep=2) == ["ishc-2026-11-20.backup"]
    assert make(folder, place, "ishc-2026-11-22.backup", keep=1) == [
        "ishc-2026-11-21.backup",
        "ishc-1970-01-01.backup",
    ]
    assert sorted(each.name for each in place.iterdir()) == [
        "ishc-2020-01-01-000000-until-2020-06-01.backup",
        "ishc-2026-11-22.backup",
    ]


def test_those_in_another_folder_stay(tmp_path):
    folder = Folder(tmp_path / "programme")
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        assert make(folder, tmp_path / name, "ishc-2026-11-20.backup", keep=1) == []
    assert (tmp_path / "here" / "ishc-2026-11-20.backup").is_file()
