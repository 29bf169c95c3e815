"""The record of processing names every personal question, its purpose and how long it stays."""

import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from forms.schema import read_schema
from ishc.cli import main
from ishc.processing_record.facts import places
from programme.folder import Folder, shipped
from programme.settings import load


@pytest.fixture
def programme(tmp_path: Path) -> Folder:
    """The programme as it is shipped, nothing pulled yet."""
    folder = Folder(tmp_path / "Hồ sơ")
    folder.root.mkdir()
    for name in ("xlsforms", "ishc.toml"):
        source = shipped() / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, folder.root / name)
    return folder


def add(folder: Folder, lines: str, below: str = "") -> None:
    text = folder.settings.read_text(encoding="utf-8")
    text = text.replace(below, below + "\n" + lines, 1) if below else text + lines
    folder.settings.write_text(text, encoding="utf-8")


def record(folder: Folder, language: str, out: Path) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(folder.root), "person", "record", "--lang", language, "--out", str(out)])
    assert not ended.value.code
    (path,) = out.glob(f"*.{language}.docx")
    document = docx.Document(str(path))
    lines = document.element.body.iter(qn("w:p"))
    return "\n".join("".join(each.text or "" for each in line.iter(qn("w:t"))) for line in lines)


def test_every_personal_or_sensitive_question_is_in_it_and_no_other(programme, tmp_path, capsys):
    text = record(programme, "vi", tmp_path / "out")
    for path in programme.xlsforms.glob("[!~]*.xlsx"):
        for table in read_schema(path).tables:
            for column in table.columns:
                label = " ".join(column.labels.get("vi", "").split())
                if column.data_class != "plain" and label and "$" not in label and "*" not in label:
                    assert label in text, column.name
    assert "Loại cuộc họp" not in text
    assert "chưa đặt thời hạn" in text and "HỒ SƠ HOẠT ĐỘNG XỬ LÝ" in text
    capsys.readouterr()


def test_terms_purposes_and_who_answers_come_from_the_settings(programme, tmp_path, capsys):
    add(programme, 'officer = "Bà Hoa, 0205 000 000"', "[people]")
    add(programme, 'purposes.loan_record = "To follow the loans of the poor"', "[people]")
    add(programme, "[retention.forms.member_survey]\nsensitive = 36\n", "list_held = false")
    text = record(programme, "en", tmp_path / "out")
    assert "Bà Hoa" in text and "To follow the loans of the poor" in text
    assert "36 months" in text and "below the age of 16 the guardian" in text
    assert "a transfer dossier is due" in text  # the public server is abroad
    capsys.readouterr()


@pytest.mark.parametrize(
    ("url", "country", "abroad"),
    [
        ("https://kf.kobotoolbox.org", "", True),
        ("https://kobo.example.vn", "VN", False),
        ("https://kobo.example.vn", "", None),
        ("https://kobo.example.sg", "SG", True),
        ("http://192.168.1.5", "", False),
    ],
)
def test_what_is_known_of_where_the_data_lie(programme, url, country, abroad):
    text = programme.settings.read_text(encoding="utf-8")
    text = text.replace("https://kf.kobotoolbox.org", url)
    line = f'country = "{country}"' if country else ""
    text = text.replace('kind = "kobo"\n', f'kind = "kobo"\n{line}\n', 1)
    programme.settings.write_text(text, encoding="utf-8")
    (place,) = places(load(programme))
    assert place.abroad is abroad
