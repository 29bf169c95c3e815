"""Members, from the words."""

from tests.reports.oracle.registry import Target, is_true, oracle
from tests.reports.oracle.tally import Parts, Tally, count, total
from tests.reports.oracle.truth import VULNERABLE, Truth


@oracle("members")
def _members(now: Truth, _: Target | None) -> Parts:
    return Parts(total(now.people, "persons"))


def _unnamed(now: Truth) -> Tally:
    return total(now.people[~is_true(now.people["listed"])], "persons", else_0=True)


def _share_of_all(now: Truth) -> Parts:
    women = now.people[now.people["sex"] == "female"]
    return Parts(total(women, "persons", else_0=True), total(now.people, "persons"))


@oracle("women")
def _women(now: Truth, _: Target | None) -> Parts:
    both = _share_of_all(now)
    return Parts(both.numerator, both.denominator, remark=_unnamed(now))


@oracle("share_women")
def _share_women(now: Truth, _: Target | None) -> Parts:
    return _share_of_all(now)


def _share_of_ages(now: Truth, least: int, most: int) -> Parts:
    """Of members whose year of birth is known."""
    known = now.people[now.people["age"].notna()]
    wanted = known[known["age"].between(least, most)]
    return Parts(total(wanted, "persons", else_0=True), total(known, "persons"))


@oracle("share_middle_aged")
def _middle_aged(now: Truth, _: Target | None) -> Parts:
    return _share_of_ages(now, 31, 59)


@oracle("share_young")
def _young(now: Truth, _: Target | None) -> Parts:
    return _share_of_ages(now, 16, 30)


@oracle("share_teenage")
def _teenage(now: Truth, _: Target | None) -> Parts:
    return _share_of_ages(now, -1000, 15)


@oracle("older_60")
def _older_60(now: Truth, _: Target | None) -> Parts:
    known = now.people[now.people["older"].notna()]
    older = known[is_true(known["older"])]
    return Parts(
        total(older, "persons", else_0=True), total(known, "persons"), remark=_unnamed(now)
    )


@oracle("older_55")
def _older_55(now: Truth, _: Target | None) -> Parts:
    """Of those whose year of birth is known: of unnamed members only 60 and over is."""
    known = now.people[now.people["age"].notna()]
    return Parts(count(known[known["age"] >= 55]), count(known))


@oracle("older_members_new", "older_members_all")
def _older_members(now: Truth, _: Target | None) -> Parts:
    older = now.people[is_true(now.people["older"])]
    unknown = now.people[now.people["older"].isna()]
    return Parts(total(older, "persons", else_0=True),
                 remark=total(unknown, "persons", else_0=True))  # fmt: skip


def _older_women(now: Truth) -> Parts:
    older = now.people[is_true(now.people["older"])]
    return Parts(total(older[older["sex"] == "female"], "persons", else_0=True),
                 total(older, "persons"))  # fmt: skip


@oracle("older_women_new")
def _older_women_new(now: Truth, _: Target | None) -> Parts:
    return _older_women(now)


@oracle("older_women_all")
def _older_women_all(now: Truth, _: Target | None) -> Parts:
    both = _older_women(now)
    return Parts(both.numerator, both.denominator, remark=_unnamed(now))


@oracle("vulnerable")
def _vulnerable(now: Truth, _: Target | None) -> Parts:
    known = now.people[now.people["household"].notna()]
    return Parts(count(known[known["household"].isin(VULNERABLE)]), count(known))


@oracle("in_need")
def _in_need(now: Truth, _: Target | None) -> Parts:
    known = now.people[now.people["needs_support"].notna()]
    return Parts(count(known[is_true(known["needs_support"])]), count(known))


@oracle("volunteers", "care_network")
def _volunteers(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.people[is_true(now.people["volunteer"])]))


@oracle("men")
def _men(now: Truth, _: Target | None) -> Parts:
    men = now.people[now.people["sex"] == "male"]
    return Parts(total(men, "persons", else_0=True), total(now.people, "persons"))


@oracle("younger")
def _younger(now: Truth, _: Target | None) -> Parts:
    known = now.people[now.people["older"].notna()]
    return Parts(total(known[~is_true(known["older"])], "persons", else_0=True),
                 total(known, "persons"))  # fmt: skip


@oracle("unlisted")
def _not_named(now: Truth, _: Target | None) -> Parts:
    return Parts(_unnamed(now))


@oracle("poor")
def _poor(now: Truth, _: Target | None) -> Parts:
    known = now.people[now.people["household"].notna()]
    return Parts(count(known[known["household"].isin(["poor", "near_poor"])]), count(known))


@oracle("joined")
def _joined(now: Truth, _: Target | None) -> Parts:
    return Parts(total(now.joined, "persons", else_0=True))


@oracle("joined_vulnerable")
def _joined_vulnerable(now: Truth, _: Target | None) -> Parts:
    known = now.joined[now.joined["household"].notna()]
    return Parts(total(known[known["household"].isin(VULNERABLE)], "persons", else_0=True),
                 total(known, "persons"))  # fmt: skip


@oracle("left_clubs")
def _left(now: Truth, _: Target | None) -> Parts:
    return Parts(total(now.left, "persons", else_0=True))


@oracle("died")
def _died(now: Truth, _: Target | None) -> Parts:
    return Parts(total(now.left[now.left["how"] == "died"], "persons", else_0=True))
