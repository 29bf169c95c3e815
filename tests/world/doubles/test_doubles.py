"""What is there twice is written otherwise, and the truth about it can be relied on."""

import unicodedata
from collections import Counter
from random import Random
from typing import Any

import orjson
import pytest

from tests.world.doubles import judged, spelling
from tests.world.doubles.truth import DoublesWorld
from tests.world.doubles.world import doubles_world


@pytest.fixture(scope="module")
def world() -> DoublesWorld:
    return doubles_world(clubs=80)


@pytest.fixture(scope="module")
def records(world: DoublesWorld) -> dict[str, dict[str, Any]]:
    return {record.root: orjson.loads(record.body) for record in world.records}


def test_there_are_doubles_and_look_alikes_enough(world: DoublesWorld) -> None:
    assert Counter(pair.same for pair in world.clubs) == {True: 40, False: 20}
    assert Counter(pair.same for pair in world.members) == {True: 160, False: 160}
    assert sum(meant.key is None for meant in world.clubs_meant) > 10
    assert len(world.borrowers_meant) > 50


def test_every_key_is_a_registration_or_a_row_of_its_roster(
    world: DoublesWorld, records: dict[str, dict[str, Any]]
) -> None:
    for pair in world.clubs:
        assert "founding_page/club_name" in records[pair.left]
        assert "founding_page/club_name" in records[pair.right]
    for pair in world.members:
        left, right = (name_of(records, key) for key in (pair.left, pair.right))
        assert left and right


def name_of(records: dict[str, dict[str, Any]], key: str) -> str:
    root, _, row = key.partition("/")
    name: str = records[root]["members/roster/member"][int(row) - 1][
        "members/roster/member/member_name"
    ]
    return name


def test_words_are_in_the_forms_as_the_truth_has_them(
    world: DoublesWorld, records: dict[str, dict[str, Any]]
) -> None:
    for meant in world.clubs_meant:
        assert records[meant.root]["club_page/club_words"] == meant.words
    for meant in world.borrowers_meant:
        assert records[meant.root]["borrower_page/borrower_words"] == meant.words


def test_a_guess_is_judged_by_the_truth(world: DoublesWorld) -> None:
    same = [(pair.left, pair.right) for pair in world.clubs if pair.same]
    alike = next((pair.right, pair.left) for pair in world.clubs if not pair.same)
    told = judged.clubs(world, [*same[1:], alike])
    assert (told.right, len(told.missed), len(told.false)) == (39, 1, 1)
    assert told.recall == 39 / 40
    assert told.false[0][1] == "numbered villages"


def test_people_of_clubs_that_are_the_same_are_not_judged(world: DoublesWorld) -> None:
    double = next(pair for pair in world.clubs if pair.same)
    told = judged.members(world, [(f"{double.left}/1", f"{double.right}/1")])
    assert (told.right, told.false) == (0, ())


def test_words_are_judged_by_what_they_mean(world: DoublesWorld) -> None:
    understood = {one.root: one.key for one in world.clubs_meant if one.key is not None}
    assert judged.words(world.clubs_meant, understood).recall == 1
    nobodys = next(one for one in world.clubs_meant if one.key is None)
    wrong = {nobodys.root: next(iter(understood.values()))}
    assert judged.words(world.clubs_meant, wrong).precision == 0


@pytest.mark.parametrize(
    ("way", "name", "written"),
    [
        (spelling.without_prefix, "CLB LTHTGN thôn Đon", "thôn Đon"),
        (spelling.without_marks, "Đoàn Kết", "Doan Ket"),
        (spelling.other_tone_place, "thôn Cốc Hòa", "thôn Cốc Hoà"),
        (spelling.other_tone_place, "Thuỷ", "Thủy"),
        (spelling.plain_d, "Đồng Én", "Dồng Én"),
        (spelling.capitals, "bản Mạ", "BẢN MẠ"),
        (spelling.spaced, "CLB bản Mạ", " CLB  bản Mạ ."),
    ],
)
def test_one_name_in_many_spellings(way: spelling.Respell, name: str, written: str) -> None:
    assert way(Random(1), name) == written


def test_letters_come_apart_and_together_again() -> None:
    apart = spelling.decomposed(Random(1), "Hòa")
    assert apart != "Hòa"
    assert unicodedata.normalize("NFC", apart) == "Hòa"
