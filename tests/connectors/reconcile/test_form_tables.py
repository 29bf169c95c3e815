"""Reports of an earlier version of the form: in the registers where it matters, else beside."""

from dataclasses import replace

from connectors.store.labels import read_labels
from connectors.store.tables import open_tables

MONTH = "2026-09"
CLUB = "06463-01"


def as_an_earlier_version(sent, moved, gone):
    """Put a question outside its group, and add one that the form does not ask any more."""
    record = dict(sent.record)
    (path,) = [key for key in record if key.endswith(f"/{moved}")]
    record[moved] = record.pop(path)
    return replace(sent, record={**record, **gone})


def test_a_report_of_an_earlier_version_counts(programme):
    programme.receive([programme.club("club")])
    report = programme.month("report", CLUB, MONTH, attendance=31)
    programme.receive([as_an_earlier_version(report, "attendance", {"said_by": "Bà Nông Thị A"})])
    result = programme.reconcile()

    (month,) = programme.rows("club_month")
    assert (month["club_code"], month["attendance"]) == (CLUB, 31)
    assert [problem.code for problem in result.problems] == ["answers-unknown"]
    assert "said_by" in result.problems[0].what.en
    (answer,) = programme.rows("unknown_answers")
    assert (answer["key"], answer["value"]) == ("said_by", "Bà Nông Thị A")
    assert "value" not in programme.rows("unknown_answers", identified=False)[0]


def test_every_run_has_its_labels(programme):
    programme.receive([programme.club("club")])
    programme.reconcile()
    labels = read_labels(open_tables(programme.folder), "vi")
    form = "monthly_activity_report"
    assert labels.column(form, "attendance") != "attendance"
    assert labels.choices(form, "report_kind") == ("new", "replaces")
    assert labels.choice(form, "report_kind", "new") != "new"
    assert labels.choice("club_registration", "province", "20") == "Tỉnh Lạng Sơn"
