"""The code that sets up phones: read back from the picture and the page as a phone reads it."""

import base64
import io
import json
import zipfile
import zlib

import pytest
import zxingcpp
from PIL import Image

from connectors.phones.packed import packed
from ishc.cli import main

SETTINGS = """
[programme]
name = { vi = "Câu lạc bộ Lạng Sơn", en = "Clubs of Lạng Sơn" }
[servers.kobo]
url = "https://kf.example.org"
openrosa_url = "https://kc.example.org"
token_env = "ISHC_TOKEN"
[servers.trung_tam]
kind = "central"
url = "https://central.example.org"
user = "can.bo@example.org"
"""


def read(picture: bytes) -> dict:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return json.loads(zlib.decompress(base64.b64decode(found.text)))


@pytest.fixture
def qr(tmp_path, capsys, monkeypatch):
    (tmp_path / "ishc.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("ISHC_TOKEN", "a-token-that-is-nobodys")

    def run(*options, language="vi"):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(tmp_path), "--lang", language, "qr", *options])
        assert not ended.value.code
        return capsys.readouterr()

    return run


def test_phones_of_a_kobo_account_share_a_code_without_a_password(qr, tmp_path):
    said = qr("--username", "thu_thap")
    picture = (tmp_path / "data" / "qr" / "kobo.png").read_bytes()
    told = read(picture)
    assert told["general"]["server_url"] == "https://kc.example.org"
    assert told["general"]["username"] == "thu_thap"
    assert "password" not in told["general"]
    assert told["project"] == {"name": "Câu lạc bộ Lạng Sơn"}
    assert "a-token-that-is-nobodys" not in json.dumps(told) + said.out + said.err


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Cài đặt điện thoại"), ("en", "Set up a phone")]
)
def test_the_page_for_the_wall_holds_the_same_code(qr, tmp_path, language, words):
    qr(language=language)
    with zipfile.ZipFile(tmp_path / "data" / "qr" / f"kobo.{language}.docx") as page:
        (picture,) = (name for name in page.namelist() if name.endswith(".png"))
        assert read(page.read(picture))["general"]["server_url"] == "https://kc.example.org"
        document = page.read("word/document.xml").decode()
    assert words in document
    assert 'descr="' in document


def test_an_address_that_no_phone_reaches_is_told(qr, tmp_path):
    assert "qr-this-computer" not in qr().err
    settings = tmp_path / "ishc.toml"
    here = settings.read_text(encoding="utf-8").replace(
        "https://kc.example.org", "http://127.0.0.1:8010"
    )
    settings.write_text(here, encoding="utf-8")
    said = qr(language="en")
    assert "qr-this-computer" in said.err and "ishc sandbox --host 0.0.0.0" in said.err
    assert (tmp_path / "data" / "qr" / "kobo.png").is_file()


def test_each_phone_of_central_has_a_code_of_its_own(qr, tmp_path):
    assert "qr-no-phones" in qr().err
    code = packed({"server_url": "https://central.example.org/v1/key/abc/projects/1"}, "P")
    folder = tmp_path / "data" / "phones"
    folder.mkdir(parents=True)
    (folder / "trung_tam-7.txt").write_text(code, encoding="utf-8")
    assert "qr-no-phones" not in qr().err
    told = read((tmp_path / "data" / "qr" / "trung_tam-7.png").read_bytes())
    assert told["general"]["server_url"].endswith("/key/abc/projects/1")
    assert (tmp_path / "data" / "qr" / "trung_tam-7.png").stat().st_mode & 0o077 == 0
