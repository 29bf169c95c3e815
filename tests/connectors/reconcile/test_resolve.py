"""From decisions about pairs to who is who, in whatever order they were made."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.reconcile.matching.decisions import Decision
from connectors.reconcile.matching.resolve import resolve

CODES = [f"06463-0{number}" for number in range(1, 7)]
ORDER = {code: place for place, code in enumerate(reversed(CODES))}  # the last was issued first
pairs = st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)).filter(
    lambda two: two[0] < two[1]
)
judgements = st.sampled_from(["same", "different", "not_sure", "undone"])
decided = st.dictionaries(pairs, judgements, max_size=8).map(
    lambda found: [Decision("club", *pair, judgement) for pair, judgement in found.items()]
)


def same(left, right, kind="club"):
    return Decision(kind, left, right, "same")


def test_the_code_issued_first_stays_whichever_stands_first():
    found = resolve([same("a", "b"), same("b", "c")], {"c": 0, "a": 1, "b": 2})
    assert found.decided.same_as == [("club", "a", "c"), ("club", "b", "c")]


def test_kinds_do_not_mix():
    found = resolve([same("a", "b"), same("b", "c", "loan")], {"a": 0, "b": 1, "c": 2})
    assert found.decided.same_as == [("club", "b", "a"), ("loan", "c", "b")]


def test_words_may_mean_two_clubs_that_are_one():
    meant = [same("w", "a", "words"), same("w", "b", "words")]
    assert len(resolve(meant, {}).contradictions) == 1
    assert resolve([*meant, same("a", "b")], {"a": 0, "b": 1}).contradictions == []


@given(decided, st.randoms())
def test_the_order_of_decisions_does_not_matter(decisions, random):
    shuffled = random.sample(decisions, len(decisions))
    assert resolve(decisions, ORDER) == resolve(shuffled, ORDER)


@given(decided)
def test_every_code_that_lost_leads_to_one_that_stays(decisions):
    same_as = resolve(decisions, ORDER).decided.same_as
    lost = [code for _, code, _ in same_as]
    assert len(lost) == len(set(lost))
    assert {stays for _, _, stays in same_as}.isdisjoint(lost)
    assert all(ORDER[stays] < ORDER[code] for _, code, stays in same_as)


@given(decided)
def test_nothing_is_merged_against_a_decision(decisions):
    found = resolve(decisions, ORDER)
    leads = {code: stays for _, code, stays in found.decided.same_as}
    for each in decisions:
        if each.judgement == "different":
            left, right = (leads.get(code, code) for code in (each.left, each.right))
            assert left != right


@given(decided, pairs)
def test_taking_a_decision_back_gives_the_picture_without_it(decisions, pair):
    others = [each for each in decisions if each.pair[1:] != pair]
    undone = Decision("club", *pair, "undone")
    assert resolve([*others, undone], ORDER) == resolve(others, ORDER)
