"""The monthly activity report: meeting, members, cash books, loans, quarterly pages."""

from ishc.demo.answers.common import Answers, Codes, about, yes_no
from ishc.demo.happened import CashBook, Changed, Left, Meeting, Report
from ishc.demo.model import AREAS, STRANDS, Club, Person

INCOME_IN = ("contributions", "interest", "principal", "grants", "sales", "other")
INCOME_OUT = ("lent", "activities", "support", "other")
OPERATING_IN = ("contributions", "interest", "grants", "sales", "other")
OPERATING_OUT = ("activities", "support", "other")
MOBILISED = "mobilised_"
UNEXPLAINED = "Chưa rõ nguyên nhân, Ban Chủ nhiệm đang rà lại (dữ liệu mẫu)"


def monthly_answers(club: Club, report: Report, codes: Codes, photo: str = "") -> Answers:
    """Answer one month's report.

    Args:
        club: who reports; the list knows it unless the report says otherwise.
        report: the month.
        codes: codes on the lists of the phone.
        photo: file name of the meeting's photo; empty for none.
    """
    answers = about(club, codes.club(club), club.board[report.reporter])
    if report.replaces:
        answers["report_kind"] = "replaces"
    if report.club_words:
        answers |= {"club_in_list": "not_listed", "club_words": report.club_words}
        del answers["club"]
    answers["month"] = report.month.isoformat()
    answers |= _meeting(report.meeting)
    answers |= _movement(club, report, codes)
    answers |= _book("income", report.income, INCOME_IN, INCOME_OUT)
    answers |= _loans(report)
    answers |= _book("operating", report.operating, OPERATING_IN, OPERATING_OUT)
    answers |= _quarter(report)
    if report.difficulty:
        answers["difficulty"] = report.difficulty
    if photo:
        answers["meeting_photo"] = photo
    return answers


def _meeting(meeting: Meeting) -> Answers:
    answers: Answers = {
        "areas_done": meeting.areas,
        "digital_lesson": yes_no(meeting.digital_lesson),
        "green_lesson": yes_no(meeting.green_lesson),
    }
    for strand in STRANDS:
        answers[f"strand_{strand}"] = meeting.strands.get(strand, ())
    if meeting.held_on is None:
        return answers | {"meeting_held": "no", "no_meeting_reason": meeting.no_meeting_reason}
    return answers | {
        "meeting_held": "yes",
        "meeting_date": meeting.held_on.isoformat(),
        "attendance": str(meeting.attendance),
        "attendance_women": str(meeting.women),
        "attendance_60plus": str(meeting.sixty_plus),
    }


def _movement(club: Club, report: Report, codes: Codes) -> Answers:
    happened = {"joined": report.joined, "left": report.left, "changed": report.changed}
    kinds = tuple(kind for kind, people in happened.items() if people)
    if not kinds:
        return {"members_changed": "no"}
    return {
        "members_changed": "yes",
        "change_kinds": kinds,
        "joined": [_joined_row(person) for person in report.joined],
        "left_member": [_left_row(club, left, codes) for left in report.left],
        "changed_member": [_changed_row(club, changed, codes) for changed in report.changed],
    }


def _joined_row(person: Person) -> Answers:
    return {
        "joined_name": person.name,
        "joined_sex": person.sex,
        "joined_birth_year": str(person.birth_year),
        "joined_household": person.household,
        "joined_needs": yes_no(person.needs),
        "joined_on": person.joined_on.isoformat(),
        "joined_consent": person.consent,
    }


def _left_row(club: Club, left: Left, codes: Codes) -> Answers:
    return {
        "left_code": codes.member(club, left.row),
        "left_how": left.how,
        "left_on": left.on.isoformat(),
    }


def _changed_row(club: Club, changed: Changed, codes: Codes) -> Answers:
    return {
        "changed_code": codes.member(club, changed.row),
        "changed_household": changed.household,
        "changed_needs": yes_no(changed.needs),
    }


def _book(
    fund: str, book: CashBook, kinds_in: tuple[str, ...], kinds_out: tuple[str, ...]
) -> Answers:
    answers: Answers = {
        f"{fund}_opening_cash": str(book.opening_cash),
        f"{fund}_opening_bank": str(book.opening_bank),
        f"{fund}_kinds_in": tuple(kind for kind in kinds_in if kind in book.flows_in),
        f"{fund}_kinds_out": tuple(kind for kind in kinds_out if kind in book.flows_out),
        f"{fund}_closing_cash": str(book.closing_cash),
        f"{fund}_closing_bank": str(book.closing_bank),
    }
    answers |= {f"{fund}_in_{kind}": str(value) for kind, value in book.flows_in.items()}
    answers |= {f"{fund}_out_{kind}": str(value) for kind, value in book.flows_out.items()}
    if book.difference:
        answers[f"{fund}_difference_reason"] = UNEXPLAINED
    return answers


def _loans(report: Report) -> Answers:
    debts = report.debts
    answers: Answers = {
        "loans_opening": str(debts.opening),
        "loans_written_off": str(debts.written_off),
        "loans_open_count": str(debts.open_count),
        "goods_opening": str(debts.goods_opening),
        "goods_lent": str(debts.goods_lent),
        "goods_repaid": str(debts.goods_repaid),
    }
    if debts.lent:  # asked only when money was lent
        answers["loans_lent_count"] = str(debts.lent_count)
    if debts.open_count:
        answers["loans_overdue_count"] = str(debts.overdue_count)
    return answers


def _quarter(report: Report) -> Answers:
    """Answer the quarterly pages; sources that gave nothing are not ticked."""
    if not report.quarter:
        return {}
    page = {
        question: str(value)
        for question, value in report.quarter.items()
        if value or not question.startswith(MOBILISED)
    }
    sources = [name.removeprefix(MOBILISED) for name in page if name.startswith(MOBILISED)]
    return {
        "quarter_areas": AREAS,
        "mobilised_sources": tuple(sources),
        "roster_kept": "yes",
        **page,
    }
