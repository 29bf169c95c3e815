"""An official opens one workbook in Excel, reads why, writes same or different, takes it back."""

import openpyxl
import pytest

from connectors.reconcile.matching.work import KEPT, UNREADABLE
from connectors.store.raw import RawStore

CHECKS = frozenset({"club_registered_twice", "member_listed_twice"})  # those looked at here
FIRST, SECOND, THIRD = "06463-01", "06463-02", "06463-03"
HEADER = 4
CLUBS, MEMBERS, LOANS = "Câu lạc bộ", "Thành viên", "Khoản vay"
BORROWERS, WORDS = "Người vay", "Tên trong phiếu"


def person(name, born=1955, sex="female"):
    return {"member_name": name, "member_sex": sex, "member_birth_year": born}


class Book:
    """The workbook of decisions as Excel shows it."""

    def __init__(self, programme):
        self.path = programme.folder.decisions

    def rows(self, sheet):
        book = openpyxl.load_workbook(self.path)
        _, *rows = ([cell.value for cell in row] for row in book[sheet].iter_rows(min_row=HEADER))
        heads = [cell.value for cell in book[sheet][HEADER]]
        found = [dict(zip(heads, row, strict=True)) for row in rows]
        return [row for row in found if any(row.values())]

    def write(self, sheet, row=0, **cells):
        """Type into cells of a row of a sheet, the first by default, and save."""
        book = openpyxl.load_workbook(self.path)
        heads = [cell.value for cell in book[sheet][HEADER]]
        for name, value in cells.items():
            column = heads.index(name.replace("_", " ")) + 1
            book[sheet].cell(HEADER + 1 + row, column).value = value
        book.save(self.path)


@pytest.fixture
def book(programme):
    return Book(programme)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, schemas, fresh):
    """A club that was registered by two phones, and one that only stands beside it."""
    programme = fresh(tmp_path_factory.mktemp("twice") / "programme", schemas)
    programme.receive(
        [
            programme.club("a", "CLB LTHTGN thôn Nà Pàn", meeting_day=5),
            programme.club("b", "Câu lạc bộ L.T.H.T.G.N bản NA PAN", founded_on="2019-05-03"),
            programme.club("c", "CLB LTHTGN thôn Nà Lốc", founded_on="2020-01-01"),
        ]
    )
    programme.reconcile()
    return programme


@pytest.fixture
def twice(prepared, copied, tmp_path):
    return copied(prepared, tmp_path / "twice")


@pytest.fixture
def its_book(twice):
    return Book(twice)


def clubs(programme):
    return sorted(programme.column("club", "club_code"))


def test_two_registrations_of_one_club_are_asked_about_and_not_merged(twice, its_book):
    assert clubs(twice) == [FIRST, SECOND, THIRD]
    (row,) = its_book.rows(CLUBS)
    assert (row["Mã thứ nhất"], row["Mã thứ hai"], row["Quyết định"]) == (FIRST, SECOND, None)
    assert row["Thứ nhất"].startswith("CLB LTHTGN thôn Nà Pàn\n")
    assert "cùng tên thôn" in row["Vì sao"]
    assert "cùng xã" in row["Vì sao"]
    assert "ngày thành lập lệch 2 ngày" in row["Vì sao"]
    (found,) = twice.found("club_registered_twice")
    assert (found["club_code"], found["expected"]) == (SECOND, FIRST)


@pytest.mark.parametrize("word", ["Giống ", "same"])
def test_same_takes_effect_in_the_next_run_and_clearing_the_cell_takes_it_back(
    twice, its_book, word
):
    before = twice.rows("club")
    its_book.write(CLUBS, Quyết_định=word, Người_quyết_định="Bà Ái", Ngày="05/11/2026")
    result = twice.reconcile()
    assert (result.decisions, result.undecided.total(), result.problems) == (1, 0, [])
    assert clubs(twice) == [FIRST, THIRD]
    assert twice.found("club_registered_twice") == []
    (row,) = its_book.rows(CLUBS)
    assert (row["Quyết định"], row["Người quyết định"]) == ("giống", "Bà Ái")
    its_book.write(CLUBS, Quyết_định=None)
    assert twice.reconcile().decisions == 1
    assert twice.rows("club") == before
    assert len(twice.found("club_registered_twice")) == 1
    assert twice.reconcile().decisions == 0


def test_different_clubs_are_not_asked_about_again_and_not_sure_ones_are(twice, its_book):
    its_book.write(CLUBS, Quyết_định="khác")
    assert twice.reconcile().undecided == {}
    assert clubs(twice) == [FIRST, SECOND, THIRD]
    assert twice.found("club_registered_twice") == []
    its_book.write(CLUBS, Quyết_định="chưa rõ")
    twice.reconcile()
    assert len(twice.found("club_registered_twice")) == 1
    assert twice.column("candidate", "decided") == ["not_sure"]


def test_a_decision_outlives_the_workbook_and_the_tables(twice, its_book):
    its_book.write(CLUBS, Quyết_định="giống")
    twice.reconcile()
    its_book.path.unlink()
    twice.reconcile()
    assert clubs(twice) == [FIRST, THIRD]
    assert its_book.rows(CLUBS)[0]["Quyết định"] == "giống"


def test_an_old_copy_of_the_workbook_takes_nothing_back(twice, its_book):
    old = its_book.path.read_bytes()
    its_book.write(CLUBS, Quyết_định="giống")
    twice.reconcile()
    its_book.path.write_bytes(old)
    assert twice.reconcile().decisions == 0
    assert clubs(twice) == [FIRST, THIRD]


def test_what_the_machine_did_not_see_can_be_written_in_an_empty_row(twice, its_book):
    its_book.write(
        CLUBS, 2, Mã_thứ_nhất=THIRD, Mã_thứ_hai=FIRST, Quyết_định="giống", Ghi_chú="đổi tên"
    )
    twice.reconcile()
    assert clubs(twice) == [FIRST, SECOND]
    decided = next(row for row in its_book.rows(CLUBS) if row["Quyết định"])
    assert (decided["Mã thứ nhất"], decided["Mã thứ hai"]) == (FIRST, THIRD)
    assert decided["Ghi chú"] == "đổi tên"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"Quyết_định": "giong nhau"}, "decision-unknown"),
        ({"Quyết_định": "giống", "Ngày": "hôm qua"}, "decision-day-wrong"),
        ({"Ghi_chú": "hỏi chủ nhiệm"}, "decision-missing"),
    ],
)
def test_what_is_not_understood_is_told_with_its_row_and_stays_there(twice, its_book, cells, code):
    its_book.write(CLUBS, **cells)
    for _ in range(2):
        told = [each for each in twice.reconcile().problems if each.code == code]
        assert [(each.place.file, each.place.sheet, each.place.row) for each in told] == [
            ("decisions.xlsx", CLUBS, HEADER + 1)
        ]
        row = its_book.rows(CLUBS)[0]
        for name, value in cells.items():
            assert row[name.replace("_", " ")] == value
        its_book.write(CLUBS)  # saved once more, as it is
    assert clubs(twice) == [FIRST, SECOND, THIRD]


def test_codes_that_nobody_knows_are_told_and_stay(twice, its_book):
    its_book.write(CLUBS, 2, Mã_thứ_nhất="06463-77", Mã_thứ_hai=FIRST, Quyết_định="giống")
    (told,) = twice.reconcile().problems
    assert (told.code, told.place.row) == ("decision-codes-unknown", HEADER + 3)
    assert its_book.rows(CLUBS)[-1]["Mã thứ nhất"] == "06463-77"


def test_decisions_that_contradict_each_other_are_told_and_none_counts(twice, its_book):
    its_book.write(CLUBS, Quyết_định="khác")
    its_book.write(CLUBS, 2, Mã_thứ_nhất=FIRST, Mã_thứ_hai=THIRD, Quyết_định="giống")
    its_book.write(CLUBS, 3, Mã_thứ_nhất=SECOND, Mã_thứ_hai=THIRD, Quyết_định="giống")
    (told,) = twice.reconcile().problems
    assert told.code == "decision-contradiction"
    assert f"{FIRST} ≠ {SECOND}" in told.what.vi
    assert clubs(twice) == [FIRST, SECOND, THIRD]


def test_a_workbook_that_cannot_be_read_is_kept_and_written_anew(twice, its_book):
    its_book.write(CLUBS, Quyết_định="giống")
    twice.reconcile()
    its_book.path.write_bytes(b"no workbook")
    (told,) = twice.reconcile().problems
    assert told.code == "decision-file-unreadable"
    kept = twice.folder.data / UNREADABLE / "decisions.xlsx"
    assert kept.read_bytes() == b"no workbook"
    assert clubs(twice) == [FIRST, THIRD]
    assert its_book.rows(CLUBS)[0]["Quyết định"] == "giống"


def test_whatever_else_people_wrote_into_the_workbook_lies_beside_it(twice, its_book):
    workbook = openpyxl.load_workbook(its_book.path)
    workbook[CLUBS]["M5"] = "gọi cho xã"
    workbook[CLUBS]["E5"] = "khác"
    workbook.save(its_book.path)
    twice.reconcile()
    before = openpyxl.load_workbook(twice.folder.data / KEPT)
    assert before[CLUBS]["M5"].value == "gọi cho xã"


def test_an_untouched_workbook_is_left_alone(twice, its_book):
    written = its_book.path.stat().st_mtime_ns
    twice.reconcile()
    assert its_book.path.stat().st_mtime_ns == written


def test_no_name_stands_in_the_tables_for_everybody(twice):
    (row,) = twice.rows("candidate", identified=False)
    assert "left_shown" not in row
    assert "Nà Pàn" not in str(row)


def test_members_who_were_listed_twice(programme, book):
    roster = [person("Nông Thị Hoà"), person("Lý Văn Sơn", 1960, "male"),
              person("NÔNG THỊ HÒA"), person("Lý Văn Sơnn", 1961, "male"),
              person("Lý Văn Sơn", 1990, "male")]  # fmt: skip
    programme.receive([programme.club("a", member=roster)])
    programme.reconcile()
    pairs = [(row["Mã thứ nhất"][-1], row["Mã thứ hai"][-1]) for row in book.rows(MEMBERS)]
    assert sorted(pairs) == [("1", "3"), ("2", "4")]  # not his son of the same name
    (found,) = programme.found("member_listed_twice")
    assert (found["club_code"], found["found"]) == (FIRST, "2")
    book.write(MEMBERS, 0, Quyết_định="giống")
    programme.reconcile()
    assert len(programme.rows("member")) == 4
    book.write(MEMBERS, 1, Quyết_định=None)  # it stands at the end now
    programme.reconcile()
    assert len(programme.rows("member")) == 5


def test_names_that_differ_in_a_tone_are_asked_about_with_one_year_of_birth(programme, book):
    here = [person("Nông Thị Hoa"), person("Lý Thị Lan", 1960), person("Nông Thị Hòa"),
            person("Vi Thị Hạnh", 1961), person("Vi Thị Hanh", 1962),  # sisters perhaps
            person("Lộc Thị Nga"), person("Lộc Thị Nga")]  # fmt: skip
    there = [person("Lý Thị Lán", 1960), person("Hà Thị Bé")]
    programme.receive(
        [programme.club("a", member=here), programme.club("b", "CLB Pò Mạ", member=there)]
    )
    programme.reconcile()
    by_names = {row["Thứ nhất"].partition(" (")[0]: row for row in book.rows(MEMBERS)}
    assert by_names.keys() == {"Nông Thị Hoa", "Lý Thị Lan", "Lộc Thị Nga"}
    for name in ("Nông Thị Hoa", "Lý Thị Lan"):
        assert "họ tên chỉ khác thanh điệu" in by_names[name]["Vì sao"]
        assert by_names[name]["Điểm"] < by_names["Lộc Thị Nga"]["Điểm"]


def test_clubs_whose_names_differ_in_a_tone_are_asked_about_if_founded_on_one_day(programme, book):
    programme.receive([programme.club("a", "CLB thôn Nà Hoa"), programme.club("b", "CLB Nà Hòa"),
                       programme.club("c", "CLB Nà Hoá", founded_on="2020-02-02")])  # fmt: skip
    programme.reconcile()
    (row,) = book.rows(CLUBS)
    assert (row["Mã thứ nhất"], row["Mã thứ hai"]) == (FIRST, SECOND)
    assert "tên chỉ khác thanh điệu" in row["Vì sao"]


def test_members_of_two_clubs_wait_until_the_clubs_are_decided(programme, book):
    roster = [person(f"Nông Thị {name}") for name in ("Ái", "Bích", "Cúc", "Duyên", "Én")]
    programme.receive([programme.club("a", member=roster), programme.club("b", member=roster[:3])])
    programme.reconcile()
    assert (len(book.rows(CLUBS)), book.rows(MEMBERS)) == (1, [])
    book.write(CLUBS, Quyết_định="khác")
    programme.reconcile()
    assert len(book.rows(MEMBERS)) == 3


def test_a_loan_that_was_recorded_twice(programme, book):
    terms = {"loan_kind": "money", "amount": 900, "term_months": 6, "purpose": "crops"}
    programme.receive(
        [
            programme.club("a", member=[person("Nông Thị Ái")]),
            *(
                programme.loan(root, FIRST, "lent", borrower=f"{FIRST}-M001", lent_on=day, **terms)
                for root, day in (("l1", "2026-06-05"), ("l2", "2026-06-06"), ("l3", "2026-08-05"))
            ),
        ]
    )
    programme.reconcile()
    (row,) = book.rows(LOANS)
    assert {row["Mã thứ nhất"], row["Mã thứ hai"]} == {f"{FIRST}-L001", f"{FIRST}-L002"}
    book.write(LOANS, Quyết_định="giống")
    programme.reconcile()
    assert len(programme.rows("loan")) == 2
    book.write(LOANS, Quyết_định="khác")
    programme.reconcile()
    assert len(programme.rows("loan")) == 3


def test_a_borrower_named_in_words_is_a_member_by_decision(programme, book):
    programme.receive(
        [
            programme.club("a", member=[person("Nông Thị Ái"), person("Lý Thị Bích")]),
            programme.loan("l", FIRST, "lent", borrower_words="bà Nông Thị Ai", amount=900,
                           lent_on="2026-06-05", term_months=6),
        ]
    )  # fmt: skip
    programme.reconcile()
    assert programme.column("loan", "borrower_code") == [None]
    (row,) = book.rows(BORROWERS)
    assert row["Mã thứ hai"] == f"{FIRST}-M001"
    book.write(BORROWERS, Quyết_định="giống")
    programme.reconcile()
    assert programme.column("loan", "borrower_code") == [f"{FIRST}-M001"]
    book.write(BORROWERS, Quyết_định="khác")
    programme.reconcile()
    assert programme.column("loan", "borrower_code") == [None]


def test_words_in_reports_mean_the_club_that_a_person_said_also_in_reports_to_come(programme, book):
    programme.receive([programme.club("a", "CLB thôn Khuổi Cạn"), programme.club("b", "CLB Pò Mạ")])
    programme.receive(
        [
            programme.month(root, None, month, club_words=words)
            for root, month, words in (
                ("m1", "2026-07", "CLB thôn Khuổi Cận"),
                ("m2", "2026-08", "clb Thôn khuổi cận."),
                ("m3", "2026-09", "Thôn Khuổi Cạnn"),
            )
        ]
    )
    programme.reconcile()
    before = programme.rows("club_month")
    assert [row["month"] for row in before] == ["2026-07", "2026-08"]  # marks do not matter
    (row,) = book.rows(WORDS)
    assert row["Thứ nhất"].startswith("«Thôn Khuổi Cạnn»")
    assert row["Mã thứ hai"] == FIRST
    book.write(WORDS, Quyết_định="giống")
    programme.receive([programme.month("m4", None, "2026-10", club_words="THÔN KHUỔI CẠNN")])
    programme.reconcile()
    assert len(programme.rows("club_month")) == 4
    book.write(WORDS, Quyết_định=None)
    programme.reconcile()
    assert programme.rows("club_month") == before


def test_two_clubs_cannot_both_be_meant(programme, book):
    programme.receive([programme.club("a", "CLB thôn Nà Pàn"), programme.club("b", "CLB Nà Pàn")])
    programme.receive([programme.month("m", None, "2026-09", club_words="CLB bản Nà Pàn")])
    programme.reconcile()
    assert len(book.rows(WORDS)) == 2
    for row in (0, 1):
        book.write(WORDS, row, Quyết_định="giống")
    assert [each.code for each in programme.reconcile().problems] == ["decision-contradiction"]
    assert programme.rows("club_month") == []
    book.write(CLUBS, Quyết_định="giống")
    assert programme.reconcile().problems == []
    assert programme.column("club_month", "club_code") == [FIRST]


def test_every_decision_is_kept_with_who_and_when(twice, its_book):
    its_book.write(CLUBS, Quyết_định="giống", Người_quyết_định="Bà Ái", Ngày="05/11/2026")
    twice.reconcile()
    its_book.write(CLUBS, Quyết_định="khác", Người_quyết_định="Ông Sơn")
    twice.reconcile()
    with RawStore.read(twice.folder.store) as store:
        kept = store.connection.execute(
            "SELECT decision, decided_by, decided_on FROM decision ORDER BY number"
        ).fetchall()
    assert kept == [("same", "Bà Ái", "2026-11-05"), ("different", "Ông Sơn", "2026-11-05")]
