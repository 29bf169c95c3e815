"""Rows that are gone, new, renamed or elsewhere; and what only looks like it."""

from collections.abc import Callable
from typing import Any

import pytest

Compare = Callable[..., Any]


def told(changes: Any) -> list[tuple[str, str | None]]:
    return [(each.code, each.question) for each in changes.all]


def worst(changes: Any) -> list[tuple[str, str | None]]:
    return [(each.code, each.question) for each in changes.of("breaking")]


def test_a_removed_question_is_told_at_its_row_in_the_old_workbook(
    form: Any, compare: Compare
) -> None:
    form.drop("rate")
    (change,) = compare(form).all
    assert (change.code, change.kind, change.question) == ("question-removed", "breaking", "rate")
    assert (change.place.file, change.place.row) == ("old.xlsx", 15)
    assert "relevant" in change.do.en


def test_a_disabled_question_is_a_removed_one(form: Any, compare: Compare, editor: Any) -> None:
    def with_column(text: str, disabled: str) -> str:
        lines = [
            line + " |" if line.startswith("|        ") else line for line in text.splitlines()
        ]
        lines[1] = lines[1][:-1] + " disabled |"
        at = next(at for at, line in enumerate(lines) if "| rate " in line)
        lines[at] = lines[at][:-1] + f" {disabled} |"
        return "\n".join(lines)

    old = editor(with_column(form.text, ""))
    new = editor(with_column(form.text, "yes")).set("monthly", "version", "3")
    assert told(compare(new, old)) == [("question-removed", "rate")]


def test_an_added_question_is_safe(form: Any, compare: Compare) -> None:
    form.insert("rate", "| | integer | term | Kỳ hạn | Term | plain | | | | | | | |")
    changes = compare(form)
    assert told(changes) == [("question-added", "term")]
    assert changes.of("safe") == changes.all


def test_other_the_text_question_of_or_other_goes_with_it(
    form: Any, compare: Compare, editor: Any
) -> None:
    old = editor(form.text).set("areas", "type", "select_multiple area or_other")
    changes = compare(form.set("monthly", "version", "3"), old)
    assert told(changes) == [("question-removed", "areas_other")]


def test_a_rename_is_guessed_and_said_as_a_guess(form: Any, compare: Compare) -> None:
    form.set("attendance", "name", "people_present").replace("${attendance}", "${people_present}")
    (change,) = compare(form).all
    assert (change.code, change.question) == ("question-renamed", "people_present")
    assert "attendance" in change.what.en
    assert "guess" in change.what.en
    assert "đoán" in change.what.vi


@pytest.mark.parametrize(
    ("name", "new", "cells"),
    [
        ("rate", "interest", {}),
        ("rate", "interest", {"vi": "Lãi suất mỗi tháng", "en": "Interest of a month"}),
        ("rate", "rates", {"en": "Interest, by month"}),
        ("rate", "Rate", {}),
        ("total", "sum_total", {}),
        ("today", "day", {}),
        ("joined_year", "birth_year", {}),
    ],
)
def test_renames_that_are_guessed(
    name: str, new: str, cells: dict[str, str], form: Any, compare: Compare
) -> None:
    form.set(name, "name", new)
    for column, text in cells.items():
        form.set(new, column, text)
    assert worst(compare(form)) == [("question-renamed", new)]


@pytest.mark.parametrize(
    ("name", "new", "cells"),
    [
        ("rate", "loss", {"vi": "Hao hụt mỗi năm", "en": "Loss a year"}),
        ("women", "men", {"vi": "Trong đó: nam", "en": "Of them men"}),
        ("rate", "interest", {"type": "integer"}),
        ("rate", "interest", {"type": "select_one yes_no"}),
        ("total", "half", {"calculation": "${opening} div 2"}),
        ("rate", "rate_year", {"en": "Interest a year"}),
    ],
)
def test_look_alikes_are_not_taken_for_renames(
    name: str, new: str, cells: dict[str, str], form: Any, compare: Compare
) -> None:
    form.set(name, "name", new)
    for column, text in cells.items():
        form.set(new, column, text)
    gone = "calculation-removed" if name == "total" else "question-removed"
    assert told(compare(form)) == [(gone, name), ("question-added", new)]


def test_the_same_words_on_two_pages_are_no_rename(form: Any, compare: Compare) -> None:
    # “of them women” stands beside each count: only one beside the same neighbours is the same
    line = "| | integer | {} | Trong đó: nữ | Of them women | plain | | | | | | | |"
    form.insert("areas", line.format("healthy"), line.format("helped"))
    form.drop("women")
    assert worst(compare(form)) == [("question-removed", "women")]


def test_a_question_in_another_group_keeps_its_column_and_its_answers(
    form: Any, compare: Compare
) -> None:
    form.move("rate", after="women")
    (change,) = compare(form).all
    assert (change.code, change.kind, change.question) == ("question-moved", "safe", "rate")
    assert change.place.row == 11
    assert "“meeting”" in change.what.en


def test_another_order_within_the_group_is_nothing(form: Any, compare: Compare) -> None:
    assert told(compare(form.move("difficulty", after="held"))) == []


def test_a_renamed_group_is_told_once(form: Any, compare: Compare) -> None:
    (change,) = compare(form.set("meeting", "name", "gathering")).all
    assert (change.code, change.question) == ("group-renamed", "gathering")
    assert "4" in change.what.en
    assert change.place.row == 7


def test_a_group_around_a_group_moves_what_is_inside(form: Any, compare: Compare) -> None:
    form.insert("today", "| | begin_group | page | | | | | | | | | | |")
    at = form.at("areas")
    form.lines.insert(at, "| | end_group | | | | | | | | | | | |")
    moved = [each.question for each in compare(form).all]
    assert moved == ["club", "reporter", "held", "attendance", "women", "difficulty"]


def test_a_second_question_of_the_same_name_renames_the_column(form: Any, compare: Compare) -> None:
    row = "| | {} | {} | Số khác | Another number | plain | | | | | | | | |"
    form.insert("total", row.format("begin_group", "more"), row.format("decimal", "women"))
    form.lines.insert(form.at("more") + 2, row.format("end_group", ""))
    (change,) = compare(form).of("breaking")
    assert (change.code, change.question) == ("column-renamed", "women")
    assert "meeting__women" in change.what.en


def test_into_and_out_of_a_repeat(form: Any, compare: Compare) -> None:
    assert told(compare(form.move("rate", after="joined_name"))) == [
        ("question-into-repeat", "rate")
    ]
    form.move("rate", after="areas").move("joined_year", after="areas")
    assert told(compare(form)) == [("question-out-of-repeat", "joined_year")]


def test_a_repeat_turned_into_a_group_and_back(form: Any, compare: Compare, editor: Any) -> None:
    repeat = form.text
    form.replace("begin_repeat", "begin_group").replace("end_repeat", "end_group")
    assert told(compare(form)) == [("repeat-to-group", "joined")]
    back = editor(repeat).set("monthly", "version", "3")
    assert told(compare(back, form)) == [("group-to-repeat", "joined")]


def test_a_renamed_repeat_is_told_once(form: Any, compare: Compare) -> None:
    assert told(compare(form.set("joined", "name", "newcomer"))) == [("repeat-renamed", "newcomer")]


def test_a_question_in_another_repeat(form: Any, compare: Compare) -> None:
    row = "| | {} | {} | Số | Number | plain | | | | | | | |"
    form.insert(
        "total",
        row.format("begin_repeat", "left"),
        row.format("text", "left_why"),
        row.format("end_repeat", ""),
    )
    form.move("joined_year", after="left_why")
    assert worst(compare(form)) == [("question-other-repeat", "joined_year")]


def test_a_removed_repeat_is_told_once_and_so_is_a_new_one(
    form: Any, compare: Compare, editor: Any
) -> None:
    whole = editor(form.text).set("monthly", "version", "3")
    form.drop("joined", rows=4)
    assert told(compare(form)) == [("repeat-removed", "joined")]
    assert told(compare(whole, form)) == [("repeat-added", "joined")]


def test_labels_that_slipped_against_their_names(form: Any, compare: Compare) -> None:
    form.set("attendance", "vi", "Trong đó: nữ").set("attendance", "en", "Of them women")
    form.set("women", "vi", "Số người dự họp").set("women", "en", "People at the meeting")
    assert worst(compare(form)) == [
        ("question-took-meaning", "attendance"),
        ("question-took-meaning", "women"),
    ]


def test_choices_that_changed_places(form: Any, compare: Compare) -> None:
    form.set("yes", "vi", "Không").set("yes", "en", "No").set("no", "vi", "Có").set(
        "no", "en", "Yes"
    )
    assert worst(compare(form)) == [
        ("choice-took-meaning", "held"),
        ("choice-took-meaning", "held"),
    ]


def test_a_long_list_with_other_codes_is_compared_at_once(
    form: Any, compare: Compare, editor: Any
) -> None:
    def communes(text: str, first: int) -> Any:
        names = [f"| | area | c{first + at} | Xã {at} | Commune {at} |" for at in range(3000)]
        return editor(text).insert("rights", *names)

    old = communes(form.text, 0)
    new = communes(form.text, 5000).set("monthly", "version", "3")
    codes = [each.code for each in compare(new, old).all]
    assert codes == ["choice-renamed"] * 3000


def test_what_differs_is_quoted_and_not_the_whole(form: Any, compare: Compare) -> None:
    long = " + ".join("${opening}" for _ in range(60))
    form.set("total", "calculation", f"{long} + 1").set("areas", "en", "Areas of work")
    label, calculation = compare(form).all
    assert len(calculation.what.en) < 300
    assert "Areas of work" in label.what.vi  # only the English differs


def test_a_removed_choice_stands_in_the_old_workbook(form: Any, compare: Compare) -> None:
    form.drop("health")
    (change,) = compare(form).all
    assert (change.code, change.place.file, change.place.sheet, change.place.row) == (
        "choice-removed",
        "old.xlsx",
        "choices",
        4,
    )


def test_choices_that_nothing_collected_may_go(form: Any, compare: Compare, editor: Any) -> None:
    old = editor(form.text).insert("rights", "| | unused | a | A | A |")
    assert told(compare(form.set("monthly", "version", "3"), old)) == []


def test_a_list_under_another_name_is_the_same_list(form: Any, compare: Compare) -> None:
    form.replace(" yes_no ", " asked ")
    assert told(compare(form)) == []


def test_choices_in_another_order_are_nothing(form: Any, compare: Compare) -> None:
    assert told(compare(form.move("health", after="rights"))) == []


def test_people_that_are_no_pseudonyms_any_more(form: Any, compare: Compare) -> None:
    form.set("reporter", "type", "text")
    assert ("pseudonym-lost", "reporter") in worst(compare(form))
    form.set("reporter", "class", "personal")
    assert worst(compare(form)) == []


def test_choices_from_a_file_that_come_from_the_workbook(form: Any, compare: Compare) -> None:
    form.set("club", "type", "select_one yes_no")
    assert told(compare(form)) == [("list-changed", "club"), ("media-dropped", None)]


def test_another_column_of_the_same_file(form: Any, compare: Compare, editor: Any) -> None:
    def with_parameters(text: str, value: str) -> Any:
        return editor(
            text.replace("choice_filter |", "parameters |").replace("commune = '1'", value)
        )

    old = with_parameters(form.text, "value=name")
    new = with_parameters(form.text, "value=code").set("monthly", "version", "3")
    assert told(compare(new, old)) == [("list-changed", "club")]


def test_a_file_that_a_calculation_reads(form: Any, compare: Compare) -> None:
    form.insert(
        "total",
        "| | calculate | norm | | | plain | | | | | | pulldata('norms', 'value', 'name', 'a') | |",
    )
    assert told(compare(form)) == [("media-added", None), ("question-added", "norm")]


def test_a_phone_learns_of_a_change_by_the_version(form: Any, compare: Compare) -> None:
    form.set("monthly", "version", "1").set("rate", "constraint", ". < 5")
    assert told(compare(form)) == [
        ("version-not-raised", None),
        ("constraint-tightened", "rate"),
    ]


def test_what_phones_never_see_needs_no_new_version(form: Any, compare: Compare) -> None:
    form.set("monthly", "version", "1").set("women", "class", "sensitive")
    assert told(compare(form)) == [("class-raised", "women")]


def test_a_language_that_is_gone(form: Any, compare: Compare) -> None:
    form.replace("label::English (en)", "note")
    assert [code for code, _ in told(compare(form))] == ["language-removed"]


def test_languages_and_classes_that_are_new_are_nothing(
    form: Any, compare: Compare, editor: Any
) -> None:
    old = editor(
        form.text.replace("label::Tiếng Việt (vi)", "label").replace("label::English (en)", "x")
    )
    old.replace("| class ", "| y ")
    assert told(compare(form.set("monthly", "version", "3"), old)) == []


def test_submissions_that_go_elsewhere_or_come_encrypted(form: Any, compare: Compare) -> None:
    form.replace("| form_title |", "| public_key |")
    assert ("submissions-encrypted", None) in worst(compare(form))
    form.replace("| public_key |", "| submission_url |")
    assert ("submission-elsewhere", None) in worst(compare(form))


def test_the_worst_comes_first_and_the_order_never_changes(form: Any, compare: Compare) -> None:
    form.drop("rate")
    form.set("women", "required", "yes").set("areas", "en", "Areas which took place")
    form.set("attendance", "class", "sensitive").set("attendance", "relevant", "")
    changes = compare(form)
    assert [each.kind for each in changes.all] == ["breaking", "careful", "careful", "safe", "safe"]
    assert compare(form).all == changes.all


def test_a_column_that_is_gone_is_told_once(form: Any, compare: Compare) -> None:
    changes = compare(form.replace("| relevant ", "| điều kiện "))
    assert told(changes) == [("column-gone", None)]
    (change,) = changes.all
    assert (change.kind, change.place.column) == ("careful", "relevant")
    assert "2 questions lose what it said (attendance, women)" in change.what.en
