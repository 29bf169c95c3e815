"""From decisions about pairs to who is who: the code issued first stays."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from connectors.reconcile.decided import Decided
from connectors.reconcile.matching.decisions import Decision

MERGED = ("club", "member", "loan")  # the others say who is meant


@dataclass(frozen=True, slots=True)
class Resolved:
    """What follows from decisions.

    Args:
        decided: for the register files.
        contradictions: decisions that do not go together; none of the merges among them counts.
    """

    decided: Decided
    contradictions: Sequence[Sequence[Decision]]


def resolve(decisions: Iterable[Decision], order: Mapping[str, int]) -> Resolved:
    """Join everything that was decided to be the same; the order of decisions does not matter.

    Args:
        decisions: the last one about each pair.
        order: of issued codes; those issued first stay.
    """
    valid = sorted(
        (each for each in decisions if each.judgement != "undone"), key=lambda each: each.pair
    )
    same_as: list[tuple[str, str, str]] = []
    wrong: list[Sequence[Decision]] = []
    for kind in MERGED:
        of_kind = [each for each in valid if each.kind == kind]
        for codes in _groups(of_kind):
            inside = [each for each in of_kind if each.left in codes and each.right in codes]
            if any(each.judgement == "different" for each in inside):
                wrong.append([each for each in inside if each.judgement != "not_sure"])
                continue
            stays = min(codes, key=lambda code: (order.get(code, len(order)), code))
            same_as += [(kind, code, stays) for code in sorted(codes - {stays})]
    leads = {code: stays for _, code, stays in same_as}
    doubtful = _several_meant(valid, leads)
    wrong += doubtful
    left_out = {each.pair for group in doubtful for each in group}
    rows = [(*each.pair, each.judgement) for each in valid if each.pair not in left_out]
    return Resolved(Decided(same_as=same_as, decisions=rows), wrong)


def _groups(decisions: Sequence[Decision]) -> list[set[str]]:
    """Give the codes that hang together by «same»."""
    groups: dict[str, set[str]] = {}
    for each in decisions:
        if each.judgement != "same":
            continue
        joined = groups.get(each.left, {each.left}) | groups.get(each.right, {each.right})
        groups |= dict.fromkeys(joined, joined)
    return [group for code, group in sorted(groups.items()) if code == min(group)]


def _several_meant(
    decisions: Sequence[Decision], leads: Mapping[str, str]
) -> list[Sequence[Decision]]:
    """Give decisions by which the same words mean two clubs, or two members."""
    meant: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
    for each in decisions:
        if each.kind not in MERGED and each.judgement == "same":
            meant[each.kind, each.left].append(each)
    return [
        found
        for found in meant.values()
        if len({leads.get(each.right, each.right) for each in found}) > 1
    ]
