"""Sources that ``ishc.toml`` names no more: kept, told of, counted nowhere."""

from dataclasses import replace

from programme.settings import FormSettings, SourceSettings


def called(programme, *names):
    """Give the settings as they are when every form has these sources."""
    sources = tuple(SourceSettings(name, "kobo") for name in names)
    forms = {name: FormSettings(name, sources) for name in programme.settings.forms}
    programme.settings = replace(programme.settings, forms=forms)


def noted(result):
    return [
        (each.place.form, each.place.source)
        for each in result.problems
        if each.code == "source-not-counted"
    ]


def test_registers_and_findings_after_a_source_was_renamed(programme):
    first = programme.club("r1", "CLB LTHTGN Nà Pàn")
    gone = programme.club("r2", "CLB LTHTGN Khòn Cuổi")
    programme.receive([first, gone])
    assert noted(programme.reconcile()) == []
    assert len(programme.rows("club")) == 2
    codes = {row["name"]: row["club_code"] for row in programme.rows("club")}
    called(programme, "renamed")
    edited = programme.club("r1", "CLB LTHTGN Nà Pàn mới")
    programme.receive([edited], "renamed")  # the second was deleted on the server meanwhile
    result = programme.reconcile()
    assert noted(result) == [("club_registration", "kobo")]
    (club,) = programme.rows("club")
    assert club["name"] == "CLB LTHTGN Nà Pàn mới"
    assert club["club_code"] == codes["CLB LTHTGN Nà Pàn"]
    (note,) = (each for each in result.problems if each.code == "source-not-counted")
    assert "2 submissions do not count" in note.what.en


def test_named_again_it_counts_again(programme):
    programme.receive([programme.club("r1")])
    called(programme, "renamed")
    programme.reconcile()
    assert programme.rows("club") == []
    called(programme, "renamed", "kobo")
    assert noted(programme.reconcile()) == []
    assert len(programme.rows("club")) == 1


def test_a_form_without_a_source_and_one_that_is_named_nowhere(programme):
    programme.receive([programme.club("r1"), programme.loan("l1", "r1", "disbursed")])
    forms = dict(programme.settings.forms)
    forms["club_registration"] = FormSettings("club_registration", ())
    programme.settings = replace(programme.settings, forms=forms)
    assert noted(programme.reconcile()) == [("club_registration", "kobo")]
    assert programme.rows("club_registration") == []
    assert len(programme.rows("loan_record")) == 1
