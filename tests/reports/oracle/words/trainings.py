"""Trainings, and what inspections recommended, from the words."""

from tests.reports.oracle.registry import Oracle, Target, is_true, oracle
from tests.reports.oracle.tally import Parts, count, total
from tests.reports.oracle.truth import Truth

EIGHT = set("income health home_care self_help rights awareness culture resources".split())


@oracle("trainings")
def _trainings(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.trainings))


@oracle("trainings_priority")
def _priority(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.trainings[is_true(now.trainings["priority"])]))


def _sum_of(column: str) -> Oracle:
    return lambda now, _: Parts(total(now.trainings, column))


for _code, _column in {
    "training_days": "days", "training_participants": "participants_total",
    "training_officials": "officials_total", "training_board": "board_total",
    "training_members": "members_total",
}.items():  # fmt: skip
    oracle(_code)(_sum_of(_column))


@oracle("training_women")
def _women(now: Truth, _: Target | None) -> Parts:
    rows = now.trainings
    both = rows[rows["participants_women"].notna() & rows["participants_total"].notna()]
    return Parts(total(both, "participants_women"), total(both, "participants_total"))


@oracle("training_cost")
def _cost(now: Truth, _: Target | None) -> Parts:
    known = now.trainings[now.trainings["cost_total"].notna()]
    unknown = now.trainings[now.trainings["cost_total"].isna()]
    return Parts(total(known, "cost_total"), known=count(known), expected=count(now.trainings),
                 remark=count(unknown))  # fmt: skip


@oracle("training_cost_person")
def _cost_of_one(now: Truth, _: Target | None) -> Parts:
    rows = now.trainings
    both = rows[rows["cost_total"].notna() & rows["participants_total"].notna()]
    somebody = both[both["participants_total"] > 0]
    return Parts(total(somebody, "cost_total"), total(both, "participants_total"))


def _theme(*themes: str) -> Oracle:
    def about(now: Truth, _: Target | None) -> Parts:
        told = now.trainings["themes"].map(
            lambda each: isinstance(each, list) and not set(themes).isdisjoint(each)
        )
        return Parts(count(now.trainings[told.astype(bool)]))

    return about


for _name in ("founding", "management", "inspection", "digital", "green"):
    oracle(f"training_{_name}")(_theme(_name))
oracle("training_areas")(_theme(*EIGHT))


@oracle("actions_made")
def _made(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.actions[now.actions["visit_date"] >= now.start]))


@oracle("actions_open")
def _open(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.actions[now.actions["stands"] != "done"]))


@oracle("actions_overdue")
def _overdue(now: Truth, _: Target | None) -> Parts:
    late = now.actions["by_date"].notna() & (now.actions["by_date"] < now.end)
    return Parts(count(now.actions[late & (now.actions["stands"] != "done")]))


@oracle("actions_done")
def _done(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.actions[now.actions["stands"] == "done"]), count(now.actions))
