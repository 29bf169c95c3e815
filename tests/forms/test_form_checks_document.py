"""The documentation of the checks is written from the rules, and kept with them."""

from pathlib import Path

from forms.rules.document import FILE, document
from forms.rules.features import CLIENTS, features

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_the_one_the_rules_write() -> None:
    assert (DOCS / FILE).read_text(encoding="utf-8") == document()


def test_every_feature_is_known_for_every_client() -> None:
    for feature in features().values():
        assert set(feature.support) == set(CLIENTS)
        assert set(feature.support.values()) <= {"yes", "part", "no"}, feature
        assert feature.source and feature.name
        kind, _, written = feature.written.partition(" ")
        assert kind in ("type", "appearance", "parameter", "column", "function", "setting") or (
            kind in ("expression", "sheet") and written
        )
