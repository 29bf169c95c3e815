"""Who has not consented is counted and never named, whatever a submission says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.servers.contract import ManifestRow
from connectors.store.consent import AGREED, GUARDIAN, with_consent
from connectors.store.erased import UNNAMED
from connectors.store.raw import RawStore
from connectors.store.versions import Incoming, Origin, put

ROSTER = "members/roster/member"
PLANTED = "Vi Thị Không Tên"


def row(name: str = PLANTED, born: str = "1950", **more: str) -> dict[str, str]:
    said = {"member_name": name, "member_birth_year": born, "member_sex": "female", **more}
    return {f"{ROSTER}/{question}": value for question, value in said.items()}


def record(*rows: dict[str, str]) -> dict:
    return {"_id": 1, "today": "2026-11-22", ROSTER: list(rows)}


def names(said: dict) -> list[str]:
    return [each[f"{ROSTER}/member_name"] for each in said[ROSTER]]


@pytest.mark.parametrize("consent", sorted(AGREED))
def test_who_agreed_is_named(consent):
    said = record(row(member_consent=consent))
    assert with_consent(said, 16) is said


@pytest.mark.parametrize("more", [{}, {"member_consent": "no"}, {"member_consent": ""}])
def test_silence_is_no_consent(more):
    (kept,) = with_consent(record(row(member_consent_number="12", **more)), 16)[ROSTER]
    assert kept[f"{ROSTER}/member_name"] == f"{UNNAMED} 1"
    assert kept[f"{ROSTER}/member_sex"] == "female"  # counts
    assert kept[f"{ROSTER}/member_birth_year"] == "1951"  # one for all of 70 to 79
    assert f"{ROSTER}/member_consent_number" not in kept


def test_a_child_needs_the_guardian():
    child = row(born="2012", member_consent="spoken")
    assert names(with_consent(record(child), 16)) == [f"{UNNAMED} 1"]
    assert names(with_consent(record(child), 14)) == [PLANTED]
    for said in GUARDIAN:
        guarded = row(born="2012", member_consent=said)
        assert names(with_consent(record(guarded), 16)) == [PLANTED]


def test_a_refused_interview_has_no_answers():
    said = {
        "consent_page/consent": "no",
        "consent_page/no_interview_reason": "refused",
        "sampled_page/sampled": "S-1",
        "sampled_page/member_words": PLANTED,
        "interview/household_page/sex": "female",
    }
    kept = with_consent(said, 16)
    assert set(kept) == {
        "consent_page/consent", "consent_page/no_interview_reason", "sampled_page/sampled",
    }  # fmt: skip


@given(st.lists(st.sampled_from(["paper", "no", "", "guardian_paper"]), max_size=6))
def test_rows_stay_in_place_and_twice_changes_nothing(consents):
    rows = [row(f"Lò Văn {number}", member_consent=said) for number, said in enumerate(consents)]
    once = with_consent(record(*rows), 16)
    assert len(once[ROSTER]) == len(rows)
    assert len(set(names(once))) == len(rows)
    assert with_consent(once, 16) == once


def test_no_byte_of_the_name_reaches_the_store(tmp_path: Path):
    (tmp_path / "data").mkdir()
    origin, path = Origin("kobo", "club_registration", "a1"), tmp_path / "data" / "store.sqlite"
    first = row("Hoàng Văn Đồng Ý", member_consent="paper")
    with RawStore.open(path) as store:
        for version, rows in enumerate(([first, row()], [first, row(born="1951")]), start=1):
            shown = ManifestRow(1, f"u{version}", "u1", None, None, ())
            put(store, origin, [Incoming(shown, record(*rows))], f"2026-11-2{version}")
    written = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert "Hoàng Văn".encode() in written
    assert PLANTED.encode() not in written
