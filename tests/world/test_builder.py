"""The fast builder of records says what the engine of ODK Collect says, answer by answer."""

import csv
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.reconcile.lists import COLUMNS
from forms.compile import compile_form
from forms.engine.fill import fill
from forms.engine.phone import Phone
from ishc.demo.answers import training_answers
from ishc.demo.filling import USERNAME
from ishc.demo.history import histories
from ishc.demo.world import demo_plan
from programme.folder import shipped
from tests.world.builder import build, issue_codes
from tests.world.phone import ClubLists
from tests.world.records import answers_of, stored_answers

NOT_ANSWERED = ("temporary_code", "meta/entity/label")  # drawn by chance, and for the server


@pytest.fixture(scope="module")
def built() -> dict[str, dict[str, Any]]:
    """Fill the demo's plan without the engine: answers by root uuid."""
    plan = demo_plan()
    made = list(histories(plan))
    codes = issue_codes(made)
    return {
        each.root: each.answers for history in made for each in build(history, codes, plan.calendar)
    }


def test_the_demo_is_filled_as_the_engine_filled_it(built: dict[str, dict[str, Any]]) -> None:
    by_engine = {root: answers for _, _, root, answers in stored_answers()}
    assert len(by_engine) == 999
    for answers in (*by_engine.values(), *built.values()):
        for path in NOT_ANSWERED:
            answers.pop(path, None)
    assert built == by_engine


def test_trainings_too(tmp_path: Path) -> None:
    """The demo has none, so the engine fills one in here."""
    plan = replace(demo_plan(), trainings=46)
    history = next(histories(plan))
    codes = issue_codes([history])
    club, training = history.club, history.trainings[0]
    answers = training_answers(club, training, codes)
    day = training.starts_on.replace(day=1) - timedelta(days=1)
    write_lists(tmp_path, ClubLists(history, codes), codes.club(club), day)
    form = compile_form(shipped() / "xlsforms" / "training_record.xlsx")
    sent = training.sent
    phone = Phone(
        started=sent.end - timedelta(minutes=sent.minutes),
        ended=sent.end,
        username=USERNAME,
        deviceid=sent.device,
    )
    xml = fill(form, tmp_path, answers, phone=phone).accepted()
    by_engine = answers_of("training_record", xml)
    by_engine.pop("meta/instanceID")
    built = (each for each in build(history, codes, plan.calendar) if each.root == sent.root)
    assert next(built).answers == by_engine


def write_lists(folder: Path, lists: ClubLists, code: str, day: date) -> None:
    for name in ("provinces.csv", "communes.csv", "norms.csv"):
        shutil.copy(shipped() / "xlsforms" / name, folder)
    board = [
        {"name": f"{code}-B{number:02d}", "label": f"B{number:02d}", "club": code}
        for number in range(1, 6)
    ]
    told: dict[str, list[Mapping[str, str]]] = {
        "clubs.csv": [lists.club(day)],
        "boards.csv": [*board],
    }
    for name, rows in told.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name])
            writer.writeheader()
            writer.writerows(rows)
