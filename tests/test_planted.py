"""The watch over secrets and names sees what it is to see."""

import secrets
import unicodedata
from random import Random

import pytest

from ishc.demo.names import person_name, phone
from tests import planted


def test_names_telephones_and_tokens_are_seen_and_nothing_else():
    name = person_name(Random(1), "female", 123)
    token = secrets.token_hex(20)
    for said in (name, unicodedata.normalize("NFD", name), f"tel {phone(77)}.", f"?key={token}&"):
        assert planted.leaks(f"Error: {said} cannot be read")
    assert planted.leaks(name, names=False) == []
    assert planted.leaks("club 06313-01 (mẫu 01), 00000123456, " + "0" * 40) == []
    assert token not in str(planted.leaks(token))


def test_what_is_captured_is_heard(capsys: pytest.CaptureFixture[str]):
    print("a word")
    capsys.readouterr()
    assert any("a word" in each for each in planted._heard)
