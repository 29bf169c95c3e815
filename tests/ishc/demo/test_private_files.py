"""What a programme makes lies open to its owner only; pseudonyms' key goes with nothing."""

import os
import shutil
import stat
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from connectors.persons.search import files_with
from ishc.cli import main
from ishc.demo.run import DemoResult
from programme.folder import Folder

WORDS = "con trâu đi cày đồng xa"
PICTURES = (".jpg", ".jpeg", ".png")


@pytest.fixture(scope="module")
def made(finished_demo: DemoResult, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A copy of the demo in which every command has written its files."""
    root = tmp_path_factory.mktemp("private") / "demo"
    shutil.copytree(finished_demo.folder.root, root)
    club = next((root / "data" / "lists").glob("clubs.csv")).read_text("utf-8").splitlines()[1]
    sheet = ["report", "club_sheet", "--area", club.split(",")[0], "--period", "2026-10"]
    os.environ["ISHC_BACKUP_PASSPHRASE"] = WORDS
    try:
        for words in (
            ["export", "--to", "csv"],
            ["export", "--to", "csv", "--identified", "member"],
            [*sheet, "--lang", "vi"],
            ["person", "record"],
            ["qr"],
            ["backup"],
        ):
            with pytest.raises(SystemExit) as ended:
                main(["-C", str(root), *words])
            assert not ended.value.code, words
    finally:
        del os.environ["ISHC_BACKUP_PASSPHRASE"]
    return Folder(root)


@pytest.mark.skipif(os.name != "posix", reason="Windows has the rights of the user's folder")
def test_every_folder_and_file_under_data_is_its_owners_only(made: Folder):
    paths = [made.data, *made.data.rglob("*")]
    assert len(paths) > 100
    open_to_others = [
        str(path.relative_to(made.root))
        for path in paths
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


def test_the_key_of_pseudonyms_and_the_token_are_in_no_other_file(made: Folder):
    key = (made.data / "pseudonym.key").read_text("ascii").strip()
    token = (made.data / "token").read_text("utf-8").strip()
    found = files_with(made, [key, token])  # of everything, packed files too
    assert [path.name for path in found] == ["pseudonym.key", "token"]


def test_shared_tables_and_exports_without_identified_name_nobody(made: Folder):
    places = [made.tables, made.exports / "csv", made.lists]
    assert files_with(made, ["Mẫu-"], places) == []


def test_photos_in_documents_tell_neither_place_nor_phone(made: Folder):
    documents = list(made.reports.rglob("*.docx"))
    assert documents
    for document in documents:
        with zipfile.ZipFile(document) as packed:
            for name in packed.namelist():
                # the thumbnail of an empty document comes with python-docx
                if name.startswith("word/media/") and name.lower().endswith(PICTURES):
                    with Image.open(BytesIO(packed.read(name))) as image:
                        assert not image.getexif()
