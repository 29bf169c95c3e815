"""The design alone: strata, shares, chances. Weights are judged by what they are to add up to."""

from collections import Counter, defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.sample.design import (
    MIXED,
    FrameClub,
    allocate,
    draw,
    expected_margin,
    strata,
)


def club(number, members, province="20", kind="mountain"):
    code = f"{province}{number:03d}-01"
    people = tuple(f"{code}-M{each:03d}" for each in range(members))
    return FrameClub(code, code[:5], province, kind, people)


frames = st.lists(
    st.tuples(
        st.integers(0, 70), st.sampled_from(["20", "06"]), st.sampled_from(["mountain", "border"])
    ),
    max_size=40,
).map(lambda every: [club(number, *each) for number, each in enumerate(every)])


@given(frames, st.integers(1, 50), st.integers(1, 12), st.integers(0, 3), st.randoms())
def test_any_frame_gives_each_at_most_once_in_any_order(frame, wanted, take, reserves, order):
    drawn = draw(frame, wanted, take, reserves, "7")
    assert len({each.member for each in drawn}) == len(drawn)
    asked = [each for each in drawn if not each.reserve]
    members = {each.code: each.members for each in frame}
    for code, count in Counter(each.club for each in asked).items():
        assert count == min(take, len(members[code]))
    assert all(0 < each.club_chance <= 1 and 0 < each.member_chance <= 1 for each in drawn)
    there = [each for each in frame if each.members]
    shares = allocate(strata(there), wanted)
    assert len({each.club for each in asked}) == sum(shares.values())
    if wanted >= 2 * len(shares):
        assert sum(shares.values()) == min(wanted, len(there))
    shuffled = frame[:]
    order.shuffle(shuffled)
    assert draw(shuffled, wanted, take, reserves, "7") == drawn


def test_weights_add_up_to_the_members_of_each_stratum():
    frame = [club(number, 20 + number % 30) for number in range(60)]
    frame += [club(number, 45, "06", "border") for number in range(100, 120)]
    weights = defaultdict(float)
    for each in draw(frame, 20, 10, 2, "1"):
        if not each.reserve:
            weights[each.stratum] += each.weight
    for stratum, clubs in strata(frame).items():
        assert weights[stratum] == pytest.approx(sum(len(each.members) for each in clubs))


def test_chances_are_what_is_said_over_many_draws():
    frame = [club(number, members) for number, members in enumerate([10, 20, 30, 40, 200, 60])]
    rounds, met, said = 3000, Counter(), {}
    for seed in range(rounds):
        for each in draw(frame, 3, 5, 0, str(seed)):
            met[each.club] += 0.2
            met[each.member] += 1
            said[each.club] = each.club_chance
            said[each.member] = each.club_chance * each.member_chance
    assert said[frame[4].code] == 1.0  # larger than the step: always in
    for name, chance in said.items():
        # five standard errors
        assert (
            abs(met[name] / rounds - chance) <= 5 * (chance * (1 - chance) / rounds) ** 0.5 + 1e-9
        )


def test_a_sample_spreads_over_sex_and_age_in_the_order_of_the_list():
    (big,) = [club(1, 60)]
    for seed in range(20):
        places = [big.members.index(each.member) for each in draw([big], 1, 6, 0, str(seed))]
        assert [place // 10 for place in sorted(places)] == [0, 1, 2, 3, 4, 5]


def test_a_change_in_one_province_leaves_the_sample_of_another():
    north = [club(number, 30) for number in range(10)]
    south = [club(number, 30, "06") for number in range(10)]
    grown = [replace(each, members=(*each.members, f"{each.code}-new")) for each in south]
    before, after = (draw(north + some, 8, 5, 1, "3") for some in (south, grown))
    assert [each for each in before if each.stratum == "20-mountain"] == [
        each for each in after if each.stratum == "20-mountain"
    ]


def names(clubs):
    return {name: len(some) for name, some in strata(clubs).items()}


def test_small_strata_are_joined_within_their_province():
    few = [club(1, 5, kind="border"), club(2, 5, kind="island")]
    many = [club(number, 5) for number in range(3, 9)]
    assert names(few + many) == {"20-mountain": 6, f"20-{MIXED}": 2}
    assert names(few[:1] + many) == {f"20-{MIXED}": 7}
    assert names([*few[:1], club(9, 5, "06")]) == {"06-mountain": 1, "20-border": 1}


def test_shares_follow_the_members_and_every_stratum_gets_two():
    groups = strata(
        [club(number, 50) for number in range(40)]
        + [club(number, 25, "06") for number in range(40)]
        + [club(number, 1, "91") for number in range(3)]
    )
    assert allocate(groups, 32) == {"20-mountain": 20, "06-mountain": 10, "91-mountain": 2}
    assert allocate(groups, 1) == dict.fromkeys(groups, 2)
    assert allocate(groups, 10_000) == {"20-mountain": 40, "06-mountain": 40, "91-mountain": 3}


def test_nobody_there_gives_nobody():
    assert draw([], 5, 5, 1, "1") == draw([club(1, 0)], 5, 5, 1, "1") == []


def test_the_margin_of_the_usual_size():
    assert expected_margin(800, 80, 400_000, 8_000) == pytest.approx(4.8, abs=0.05)
    assert expected_margin(800, 800, 400_000, 8_000) == pytest.approx(3.4, abs=0.05)
    assert expected_margin(460, 46, 2_300, 46) == pytest.approx(3.9, abs=0.05)  # every club is in
    assert expected_margin(2_300, 46, 2_300, 46) == 0  # everybody is asked
