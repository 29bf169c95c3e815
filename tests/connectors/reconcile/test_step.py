"""A register that cannot be built says what is wrong, and what helps."""

from pathlib import Path

import pytest

from connectors.reconcile.step import Step, Tables
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from programme.problem import ProblemError
from programme.sql import open_guarded

ROWS = "range(2_000_000)"


@pytest.mark.parametrize(
    ("sql", "advice"),
    [
        ("SELECT asked_no_more FROM (SELECT 1 AS asked)", "names of questions may not be changed"),
        (f"SELECT list(hash(range)) FROM {ROWS}", "make room on the disk and in memory"),
    ],
)
def test_what_helps_depends_on_what_is_wrong(sql: str, advice: str, tmp_path: Path) -> None:
    connection = open_guarded({}, memory_limit="10MB")
    tables = Tables(connection, Pair(tmp_path, tmp_path, Pseudonyms(b"k" * 32)), {})
    step = Step("20_monthly.sql", "monthly", sql, frozenset())
    with pytest.raises(ProblemError, match="register-failed") as told:
        tables.run(step)
    (problem,) = told.value.problems
    assert advice in problem.do.en
    assert problem.place.file == "20_monthly.sql"
