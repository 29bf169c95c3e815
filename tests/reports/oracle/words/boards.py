"""Boards of clubs and their training, from the words."""

from tests.reports.oracle.registry import Oracle, Target, is_true, oracle
from tests.reports.oracle.tally import Parts, count, total
from tests.reports.oracle.truth import Truth


@oracle("board_members")
def _board(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.board))


@oracle("board_women")
def _women(now: Truth, _: Target | None) -> Parts:
    known = now.board[now.board["sex"].notna()]
    return Parts(count(known[known["sex"] == "female"]), count(known))


@oracle("board_chairwomen")
def _chairs(now: Truth, _: Target | None) -> Parts:
    known = now.board[is_true(now.board["chair"]) & now.board["sex"].notna()]
    return Parts(count(known[known["sex"] == "female"]), count(known))


def _trained(now: Truth, column: str) -> Parts:
    """Of a province without any training record nobody knows who was trained."""
    known = now.board[is_true(now.board["recorded"])]
    unknown = now.board[~is_true(now.board["recorded"])]
    return Parts(count(known[is_true(known[column])]), count(known), count(known),
                 count(now.board), remark=count(unknown))  # fmt: skip


@oracle("board_trained_initial")
def _initial(now: Truth, _: Target | None) -> Parts:
    return _trained(now, "initial")


@oracle("board_trained_refresher")
def _refresher(now: Truth, _: Target | None) -> Parts:
    return _trained(now, "refresher")


def _by_inspection(column: str) -> Oracle:
    """What inspectors were told of boards whose size they know too."""

    def share(now: Truth, _: Target | None) -> Parts:
        visits = now.inspected
        both = visits[visits[column].notna() & visits["board_count"].notna()]
        return Parts(total(both[both["board_count"] > 0], column), total(both, "board_count"))

    return share


oracle("board_trained_initial_inspections")(_by_inspection("board_trained_initial"))
oracle("board_trained_refresher_inspections")(_by_inspection("board_trained_refresher"))
