import stat
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.distinct import distinct

KINDS = {
    "integer": [("12", 12), ("-3", -3), ("5.0", 5), (" 7 ", 7), ("999999999999999999", 10**18 - 1)],
    "decimal": [("7.50", Decimal("7.5")), ("66.66666666666667", Decimal("66.666667")),
                ("1.0E-3", Decimal("0.001"))],
    "date": [("2026-10-31", date(2026, 10, 31))],
    "time": [("08:30:00.000+07:00", time(8, 30))],
    "datetime": [("2026-10-31T20:00:00.500+07:00", datetime(2026, 10, 31, 20, 0, 0, 500000)),
                 ("2026-10-31T20:00:00Z", datetime(2026, 11, 1, 3)),
                 ("2026-10-31T20:00:00", datetime(2026, 10, 31, 20))],
    "select_multiple": [("income health", ["income", "health"])],
    "text": [(" giữ nguyên ", " giữ nguyên "), ("1e3", "1e3")],
}  # fmt: skip
WRONG = {
    "integer": ["3.7", "1e3", "abc", "12 000", "1.234.567", "9" * 30, "0x1F", "½"],
    "decimal": ["1,5", "NaN", "Infinity", "1_000", "9" * 30],
    "date": ["31/10/2026", "2026-02-30", "2026-10-31T00:00:00", "20261031"],
    "time": ["8 giờ", "25:61"],
    "datetime": ["hôm qua", "2026-13-01T00:00:00"],
    "geopoint": ["21", "91 105", "21 181", "bắc đông"],
}


@pytest.mark.parametrize(
    ("kind", "text", "value"), [(kind, *each) for kind, pairs in KINDS.items() for each in pairs]
)
def test_an_answer_becomes_its_type(build, run, kind, text, value):
    result = run(build.form(build.column("q", kind)), [build.submission(1, {"q": text})])
    assert result.rows("visit")[0]["q"] == value
    assert result.rejects() == []


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in WRONG.items() for text in texts]
)
def test_what_does_not_fit_is_empty_and_in_the_ledger_never_rounded(build, run, kind, text):
    result = run(build.form(build.column("q", kind)), [build.submission(1, {"q": text})])
    row = result.rows("visit")[0]
    assert all(row[name] is None for name in row if name.startswith("q"))
    assert result.rejects() == [("visit", 1, None, "q", text)]


def test_money_typed_in_thousands_is_kept_in_dong(build, run):
    money = build.column("m", "integer", unit="thousand_vnd")
    rate = build.column("d", "decimal", unit="thousand_vnd")
    answers = [{"m": "5000"}, {"m": "12.5"}, {"d": "12.5"}, {"d": "0.0005"}, {"m": "9" * 16}]
    result = run(build.form(money, rate), [build.submission(*each) for each in enumerate(answers)])
    assert [row["m"] for row in result.rows("visit")] == [5_000_000, None, None, None, None]
    assert [row["d"] for row in result.rows("visit")] == [None, None, 12_500, None, None]
    assert [each[3:] for each in result.rejects()] == [
        ("m", "12.5"), ("d", "0.0005"), ("m", "9" * 16)
    ]  # fmt: skip
    assert result.types("visit")["m"] == result.types("visit")["d"] == "int64"


def test_a_point_is_four_numbers(build, run):
    schema = build.form(build.column("p", "geopoint"))
    points = [{"p": "21.85 106.76 250.5 4.9"}, {"p": "21.85 106.76"}]
    rows = run(schema, [build.submission(*each) for each in enumerate(points)]).rows("visit")
    names = ("p_latitude", "p_longitude", "p_altitude", "p_accuracy")
    assert [[row[name] for name in names] for row in rows] == [
        [21.85, 106.76, 250.5, 4.9], [21.85, 106.76, None, None]
    ]  # fmt: skip


def test_group_paths_become_question_names_and_system_columns_come_first(build, run):
    schema = build.form(build.column("cash", "integer", path="page one/sổ quỹ/cash"))
    result = run(schema, [build.submission(7, {"page one/sổ quỹ/cash": "3"}, root="r7")])
    assert result.rows("visit") == [
        {
            "_source": "kobo",
            "_id": 7,
            "_root_uuid": "r7",
            "_uuid": "u7",
            "_submission_time": datetime(2026, 11, 21, 19, 36, 16),
            "_submitted_local": datetime(2026, 11, 22, 2, 36, 16),
            "_submitted_month": "2026-11",
            "_submitted_by": "owner",
            "_form_version": "v1",
            "_validation": None,
            "cash": 3,
        }
    ]


@pytest.fixture
def families(build):
    age = build.column("age", "integer", path="house/family/child/age")
    name = build.column("name", path="house/family/name")
    child = build.table("visit__child", "house/family/child", "visit__family", (age,))
    family = build.table("visit__family", "house/family", "visit", (name,))
    return build.form(build.column("village"), repeats=(family, child))


def test_repeats_become_child_tables_that_know_their_parent(build, run, families):
    kids = [{"house/family/child/age": age} for age in ("1", "x", "3")]
    answers = {
        "village": "Bản Khoai",
        "house/family": [
            {"house/family/name": "A", "house/family/child": kids[:2]},
            {"house/family/name": "B"},
            {"house/family/name": "C", "house/family/child": kids[2:]},
        ],
    }
    result = run(families, [build.submission(1, answers), build.submission(2, {"village": "Nà"})])
    assert [(row["_id"], row["_row"], row["name"]) for row in result.rows("visit__family")] == [
        (1, 1, "A"), (1, 2, "B"), (1, 3, "C")
    ]  # fmt: skip
    assert [
        (row["_id"], row["_parent_row"], row["_row"], row["age"])
        for row in result.rows("visit__child")
    ] == [(1, 1, 1, 1), (1, 1, 2, None), (1, 3, 3, 3)]
    assert result.rejects() == [("visit__child", 1, 2, "age", "x")]


def test_a_form_without_submissions_has_typed_empty_tables(run, families):
    result = run(families, [])
    assert result.rows("visit") == result.rows("visit__child") == []
    assert result.types("visit__child") == {
        "_source": "string", "_id": "int64", "_root_uuid": "string",
        "_parent_row": "int64", "_row": "int64", "age": "int64",
    }  # fmt: skip
    assert result.types("visit")["_submission_time"] == "timestamp[us]"


def test_records_that_make_no_sense_are_in_the_ledger_and_stop_nothing(build, run, families):
    broken = [
        build.stored("kobo", 1, "a", "a", '{"village": "half'),
        build.stored("kobo", 2, "b", "b", '["no", "record"]'),
        build.stored("kobo", 3, "c", "c", b'{"village": {"is": ["a", "tree"]}}'),
        build.stored("kobo", 4, "d", "d", '{"house/family": "a text", "village": "Nà"}'),
        build.stored("kobo", 5, "e", "e", '{"village": "\\ud800 half a letter"}'),
        build.submission(6, {"village": "Bản Khoai"}),
    ]
    result = run(families, broken)
    assert [row["_id"] for row in result.rows("visit")] == [3, 4, 6]
    assert {each[:4] for each in result.rejects()} == {
        ("visit", 1, None, "_record"),
        ("visit", 2, None, "_record"),
        ("visit", 5, None, "_record"),
        ("visit__family", 4, None, "house/family"),
    }


def test_answers_that_the_workbook_does_not_know_are_counted_and_kept(build, run):
    records = [build.submission(1, {"q": "1", "gone": "2"}), build.submission(2, {"gone": "3"})]
    result = run(build.form(build.column("q")), records, batch=1)
    assert result.flattened.unknown == {"gone": 2}
    assert result.unknown() == [("visit", 1, None, "gone", "2"), ("visit", 2, None, "gone", "3")]


@pytest.mark.parametrize(
    ("received", "month"),
    [("2026-10-31T16:59:59", "2026-10"), ("2026-10-31T17:00:00", "2026-11")],
)
def test_a_submission_belongs_to_the_month_of_the_people_not_of_the_server(
    build, run, received, month
):
    sent = build.submission(1, {"_submission_time": received})
    row = run(build.form(build.column("q")), [sent]).rows("visit")[0]
    assert row["_submitted_month"] == month
    assert row["_submitted_local"] - row["_submission_time"] == timedelta(hours=7)


def test_letters_are_composed_in_keys_and_answers(build, run):
    decomposed = "xa\u0303"  # x, a, combining tilde
    schema = build.form(build.column("xã"))
    assert run(schema, [build.submission(1, {decomposed: decomposed})]).rows("visit")[0]["xã"] == (
        "xã"
    )
    escaped = build.stored("kobo", 2, "b", "b", '{"xa\\u0303": "xa\\u0303"}')
    assert run(schema, [escaped]).rows("visit")[0]["xã"] == "xã"


def test_names_with_quotes_of_sql_and_json_are_only_names(build, run):
    schema = build.form(build.column("it's", path="g\"/it's"))
    value = "'); DROP TABLE x; --"
    assert run(schema, [build.submission(1, {"g\"/it's": value})]).rows("visit")[0]["it's"] == value


def test_two_paths_with_one_name_are_two_columns(build, run):
    paths = ("money/name", "place/name", "Name", "spot_latitude")
    columns = [build.column(path.rpartition("/")[2], path=path) for path in paths]
    columns.append(build.column("spot", "geopoint"))
    schema = build.form(*distinct(columns, ""))
    answers = {path: f"of {path}" for path in paths} | {"spot": "21.85 106.76"}
    row = run(schema, [build.submission(1, answers)]).rows("visit")[0]
    assert {name: row[name] for name in row if not name.startswith("_")} == {
        "money__name": "of money/name", "place__name": "of place/name", "Name": "of Name",
        "spot_latitude__2": "of spot_latitude", "spot_latitude": 21.85,
        "spot_longitude": 106.76, "spot_altitude": None, "spot_accuracy": None,
    }  # fmt: skip


@given(order=st.permutations(["a/x", "b/x", "b/c/x", "X", "y", "c/Y", "b__x"]))
def test_names_of_columns_do_not_depend_on_the_order_of_questions(build, order):
    columns = [build.column(path.rpartition("/")[2], path=path) for path in order]
    made = {column.path: column.name for column in distinct(columns, "")}
    assert made == {
        "a/x": "a__x", "b/x": "b__x", "b/c/x": "b__c__x", "X": "X", "y": "y", "c/Y": "c__Y",
        "b__x": "b__x__2",
    }  # fmt: skip


def test_the_public_tables_name_nobody(build, run):
    schema = build.form(
        build.column("who", data_class="personal"),
        build.column("home", "geopoint", data_class="personal"),
        build.column("poor", data_class="sensitive"),
        build.column("borrower", person_key=True),
        build.column("helpers", "select_multiple", person_key=True),
    )
    answers = {"who": "Nông Thị A", "home": "21 106 0 0", "poor": "yes",
               "borrower": "06463-01-M001", "helpers": "06463-01-M001 06463-01-M002"}  # fmt: skip
    result = run(schema, [build.submission(1, answers), build.submission(2, {})])
    first, empty = result.rows("visit", identified=False)
    assert "_submitted_by" not in first
    assert first["poor"] == "yes"
    assert first["helpers"][0] == first["borrower"] != "06463-01-M001"
    assert len(first["borrower"]) == 16
    assert empty["borrower"] is None
    assert not {"who", "home_latitude"} & set(first)
    assert result.rows("visit")[0]["borrower"] == "06463-01-M001"


def test_files_are_for_their_owner_only(build, run):
    result = run(build.form(build.column("q")), [])
    for folder in (result.pair.identified, result.pair.tables):
        assert stat.S_IMODE((folder / "visit.parquet").stat().st_mode) == 0o600


def test_one_submission_seen_twice_is_one_whichever_came_first(build, run, families):
    one = {"village": "Nà", "house/family": [{"house/family/name": "A"}]}
    for first, second in ((1, 2), (2, 1)):
        copies = [
            build.submission(first, one, root="r", uuid="old"),
            build.submission(second, {"village": "Pàn"}, root="r", uuid="renewed"),
            build.submission(3, one),
        ]
        result = run(families, copies)
        assert [row["_uuid"] for row in result.rows("visit")] == ["renewed", "u3"] or first == 1
        assert {row["village"] for row in result.rows("visit")} == {"Nà", "Pàn"}
        assert [row["_id"] for row in result.rows("visit__family", identified=False)] == [3]
        assert result.flattened.seen_twice == 1
        assert result.flattened.rows == {"visit": 2, "visit__family": 1, "visit__child": 0}


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_order_and_size_of_batches_change_nothing(build, run, families, data):
    ages = st.lists(st.sampled_from(["1", "2", "x"]), max_size=3)
    made = data.draw(st.lists(st.lists(ages, max_size=3), min_size=1, max_size=6))
    records = [
        build.submission(
            number,
            {
                "house/family": [
                    {"house/family/child": [{"house/family/child/age": age} for age in each]}
                    for each in household
                ]
            },
        )
        for number, household in enumerate(made)
    ]
    one = run(families, records, batch=100)
    other = run(families, data.draw(st.permutations(records)), batch=data.draw(st.integers(1, 4)))
    for name in ("visit", "visit__family", "visit__child"):
        assert sorted(map(str, one.rows(name))) == sorted(map(str, other.rows(name)))
    assert sorted(map(str, one.rejects())) == sorted(map(str, other.rejects()))
    ages_kept = [row["age"] for row in one.rows("visit__child")]
    flat = [age for household in made for each in household for age in each]
    assert ages_kept == [int(age) if age != "x" else None for age in flat]
