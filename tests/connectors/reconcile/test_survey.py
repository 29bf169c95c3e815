"""The yearly sample on real registers: who is drawn, who is not, and what answers weigh."""

import csv
import shutil
from dataclasses import replace
from datetime import date

import pytest

from connectors.reconcile.lists import write_lists
from connectors.sample.draw import draw_sample, replace_sampled
from ishc.cli import main
from programme.field_settings import SampleSettings
from programme.folder import Folder
from programme.problem import ProblemError

CLUBS = [f"06463-{number:02d}" for number in range(1, 5)]
DAY = date(2026, 11, 2)


def roster(size, letter):
    return [
        {"member_name": f"Nông Thị {letter}{chr(65 + number)}",
         "member_sex": "female" if number % 3 else "male", "member_birth_year": 1950 + number}
        for number in range(size)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def reconciled(fresh, all_schemas, tmp_path_factory):
    """Four clubs: one of 20 members, two of 10, and one that closed."""
    programme = fresh(tmp_path_factory.mktemp("survey") / "programme", all_schemas)
    child = {"member_name": "Vi Em", "member_sex": "male", "member_birth_year": 2015}
    programme.receive(
        [
            programme.club("a", "CLB Nà Pàn", member=[*roster(20, "A"), child], unlisted_total=7),
            programme.club("b", "CLB Nà Lốc", founded_on="2020-01-01", member=roster(10, "B")),
            programme.club("c", "CLB Bản Chu", founded_on="2021-01-01", member=roster(10, "C")),
            programme.club("d", "CLB Bản Lù", founded_on="2022-01-01", member=roster(10, "D")),
            programme.form("club_registration", "x", action="close", club=CLUBS[3],
                           action_date="2026-01-01"),
            programme.month("m", CLUBS[1], "2026-09",
                            left_member=[{"left_code": f"{CLUBS[1]}-M001", "left_how": "moved"}]),
        ]
    )  # fmt: skip
    programme.settings = replace(
        programme.settings, sample=SampleSettings(clubs=2, members=4, reserves=1)
    )
    programme.reconcile()
    return programme


@pytest.fixture
def clubs(reconciled, tmp_path):
    """A copy of the clubs for one test."""
    root = shutil.copytree(reconciled.folder.root, tmp_path / "programme")
    return copy(reconciled, folder=Folder(root))


def copy(programme, **changes):
    new = replace(programme, **changes)
    new.settings = programme.settings
    return new


def drawn(programme, seed="1", **more):
    return draw_sample(programme.settings, programme.folder, 2026, seed=seed, today=DAY, **more)


def listed(programme):
    write_lists(programme.folder)
    with (programme.folder.lists / "sample.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answer(programme, root, one, **more):
    """Write an interview as a phone with the list sends it."""
    answers = {"sampled_in_list": "listed", "sampled": one.code, "member_code": one.member,
               "club": one.club, "interview_date": "2026-10-20", "consent": "spoken",
               "interviewed": "yes", "sex": "female", **more}  # fmt: skip
    return programme.form("member_survey", root, **answers)


def weights(programme):
    programme.reconcile()
    return {row["sample_code"]: row for row in programme.rows("survey_weight")}


def test_only_who_may_be_asked_is_drawn_and_nobody_twice(clubs):
    for seed in map(str, range(12)):
        result = drawn(clubs, seed, again=True)
        members = [each.member for each in result.people]
        assert len(set(members)) == len(members) == 10
        assert len(result.asked) == 8 and result.clubs == 2
        assert {each.club for each in result.people} <= set(CLUBS[:3])
        assert f"{CLUBS[1]}-M001" not in members and f"{CLUBS[0]}-M021" not in members
    assert (result.how.clubs, result.how.members, result.how.counted) == (3, 39, 7)


def test_a_second_run_changes_nothing_unless_told(clubs):
    first = drawn(clubs, "first")
    again = drawn(clubs, "second")
    assert first.new and not again.new
    assert (again.how, again.people) == (first.how, first.people)
    other = drawn(clubs, "second", again=True)
    assert other.new and other.how.seed == "second" and other.people != first.people
    assert drawn(clubs, "first", again=True).people == first.people  # the seed tells it all


def test_the_list_has_codes_and_initials(clubs):
    result = drawn(clubs)
    rows = listed(clubs)
    assert [row["name"] for row in rows] == [each.code for each in result.asked]
    assert rows[0].keys() == {
        "name", "label", "member", "club", "club_label", "commune", "stratum", "weight", "year",
        "list_date",
    }  # fmt: skip
    text = (clubs.folder.lists / "sample.csv").read_text(encoding="utf-8")
    assert "Nông Thị" not in text and "N.T." in text
    assert {(row["commune"], row["year"], row["list_date"]) for row in rows} == {
        ("06463", "2026", "2026-11-02")
    }
    assert sum(float(row["weight"]) for row in rows) == pytest.approx(39)


def test_without_a_sample_here_the_list_stays_as_it_is(clubs):
    path = clubs.folder.private(clubs.folder.lists) / "sample.csv"
    path.write_text("name,label\nof another computer,…\n", encoding="utf-8")
    write_lists(clubs.folder)
    assert "another computer" in path.read_text(encoding="utf-8")


def test_a_reserve_takes_the_place_in_a_fixed_order(clubs):
    result = drawn(clubs)
    gone = result.asked[0]
    before, instead = replace_sampled(clubs.folder, gone.code)
    assert before == gone and (instead.club, instead.state) == (gone.club, "reserve")
    names = [row["name"] for row in listed(clubs)]
    assert gone.code not in names and instead.code in names
    for code, problem in ((gone.code, "sample-unknown"), (result.asked[1].code, "no-reserve")):
        with pytest.raises(ProblemError, match=problem):
            replace_sampled(clubs.folder, code)
    assert weights(clubs)[gone.code]["weight"] is None


def test_answers_get_weights_that_make_up_for_missing_ones(clubs):
    asked = drawn(clubs).asked
    first, second, third, fourth = asked[:4]
    sent = [
        answer(clubs, "s0", first, consent="not_met", interviewed="no",
               end="2026-10-30T09:00:00.000+07:00"),
        answer(clubs, "s1", first, end="2026-10-20T09:00:00.000+07:00"),
        answer(clubs, "s2", second, consent="no", interviewed="no"),
        answer(clubs, "s3", third, consent="not_met", interviewed="no",
               no_interview_reason="died"),
        # the code of the fourth, on a list from before another draw
        answer(clubs, "s4", replace(fourth, member=f"{CLUBS[2]}-M999")),
        *(answer(clubs, f"t{number}", one) for number, one in enumerate(asked[4:])),
    ]  # fmt: skip
    clubs.receive(sent)
    found = weights(clubs)
    outcomes = [found[each.code]["outcome"] for each in asked]
    assert outcomes == ["interviewed", "refused", "out_of_population", "none"] + 4 * ["interviewed"]
    assert found[first.code]["_root_uuid"] == "s1"  # an interview, though it was tried again
    answered = [row for row in found.values() if row["outcome"] == "interviewed"]
    assert all(row["weight"] > row["design_weight"] for row in answered)
    assert sum(row["weight"] for row in answered) == pytest.approx(39 - third.weight)
    assert {row["weight"] for row in found.values() if row not in answered} == {None}
    for name in ("survey_sample", "survey_weight"):
        text = str(clubs.rows(name, identified=False))
        assert first.member not in text and first.code not in text and first.club in text
    with pytest.raises(ProblemError, match="sample-answered"):
        drawn(clubs, "other", again=True)


def test_the_command_draws_shows_and_replaces(clubs, capsys):
    clubs.folder.settings.write_text(
        '[programme]\nname = "Thử"\n[sample]\nclubs = 2\nmembers = 4\nreserves = 1\n',
        encoding="utf-8",
    )

    def ishc(*arguments, status=0):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(clubs.folder.root), "--lang", "en", "sample", *arguments])
        assert ended.value.code == status
        return "".join(capsys.readouterr())

    first = ishc("--year", "2026", "--seed", "5")
    assert "Sample of 2026, drawn now (seed 5): 8 people in 2 clubs." in first
    assert "20-unclassified: 8 people, 2 clubs" in first
    assert "39 members listed by name in 3 active clubs; 7 members are only counted" in first
    assert "as it was (seed 5)" in ishc("--year", "2026")
    code = drawn(clubs).asked[0].code
    assert f"({code}) is asked no more; instead:" in ishc("--replace", code)
    assert "sample-unknown" in ishc("--replace", "2026-9999", status=1)
    assert "Nông" not in first
