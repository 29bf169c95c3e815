"""The record of a club in sentences, for a person."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from connectors.explain.club import ClubExplained, Said, Value
from connectors.store.labels import Labels
from programme.dates import Month, short
from programme.numbers import number
from programme.problem import Language, Text

_FORMS: Mapping[str, Text] = {
    "club_registration": Text("phiếu đăng ký CLB", "registration form"),
    "monthly_activity_report": Text("báo cáo tháng", "monthly report"),
    "loan_record": Text("phiếu vay vốn", "loan record"),
    "inspection_checklist": Text("phiếu kiểm tra", "inspection"),
    "training_record": Text("phiếu tập huấn", "training record"),
    "member_survey": Text("phiếu khảo sát", "survey"),
}
_VALUES: Mapping[str, Text] = {
    "name": Text("Tên", "Name"),
    "commune_code": Text("Xã (mã)", "Commune (code)"),
    "founded_on": Text("Thành lập", "Founded"),
    "status": Text("Tình trạng", "Status"),
    "villages_served": Text("Số thôn, tổ phục vụ", "Villages served"),
    "funds_self_managed": Text("Tự quản lý quỹ", "Manages its funds itself"),
    "meeting_day": Text("Ngày sinh hoạt", "Meeting day"),
    "month": Text("Báo cáo tháng cuối", "Last monthly report"),
    "members_now": Text("Thành viên, theo báo cáo đó", "Members, as it says"),
    "income_fund_total": Text("Quỹ tăng thu nhập (đồng)", "Income fund (VND)"),
    "loans_outstanding": Text("Dư nợ cho vay (đồng)", "Loans outstanding (VND)"),
    "operating_fund_total": Text("Quỹ hoạt động (đồng)", "Operating fund (VND)"),
    "visit_date": Text("Kiểm tra lần cuối", "Last inspection"),
    "grade": Text("Xếp loại", "Grade"),
    "found_members": Text("Thành viên, đếm khi kiểm tra", "Members, counted then"),
}
_WORDS: Mapping[str, Text] = {
    "active": Text("đang hoạt động", "active"),
    "suspended": Text("tạm ngừng", "suspended"),
    "merged": Text("đã sáp nhập", "merged"),
    "split": Text("đã tách", "split"),
    "closed": Text("đã giải thể", "closed"),
    "very_strong": Text("rất mạnh", "very strong"),
    "strong": Text("mạnh", "strong"),
    "average": Text("trung bình", "average"),
    "weak": Text("yếu", "weak"),
    "True": Text("có", "yes"),
    "False": Text("không", "no"),
}
_VERDICTS: Mapping[str, Text] = {
    "counts": Text("được dùng", "counts"),
    "replaced": Text("không dùng: đã có phiếu thay thế", "does not count: it was replaced"),
    "later_one": Text(
        "không dùng: có phiếu khác gửi sau cho cùng kỳ", "does not count: a later one does"
    ),
    "refused": Text(
        "không dùng: người duyệt không chấp nhận", "does not count: a person refused it"
    ),
    "not_yet": Text("chưa tính: sau ngày chốt số liệu", "does not count yet: after the cut-off"),
    "unknown_loan": Text(
        "chưa dùng: không rõ khoản vay nào", "does not count: nobody recorded the loan"
    ),
    "deleted": Text("đã bị xóa trên máy chủ", "was deleted on the server"),
}


def lines(explained: ClubExplained, labels: Labels) -> Iterator[Text]:
    """Say what is known of a club, line by line.

    Args:
        labels: of questions and choices, in the reader's language.
    """
    day = explained.as_of
    yield _both(lambda of: (f"Câu lạc bộ {explained.code}. Số liệu chốt đến {short(day, of)}."
                            if of == "vi" else
                            f"Club {explained.code}. Data up to {short(day, of)}."))  # fmt: skip
    if explained.asked != explained.code:
        yield Text(
            f"Mã {explained.asked} nay dẫn đến {explained.code}.",
            f"The code {explained.asked} leads to {explained.code} now.",
        )
    if explained.codes:
        others = ", ".join(explained.codes)
        yield Text(f"Các mã khác của CLB này: {others}.", f"Other codes of this club: {others}.")
    yield Text("Hiện nay:", "Now:")
    yield from map(_value, explained.values)
    if explained.settlement:
        yield _settled(explained.settlement)
    count = len(explained.said)
    yield Text(f"Đã báo ({count} phiếu, theo ngày):", f"What was said ({count}, by day):")
    for said in explained.said:
        yield _said(said, labels)
        yield from _edits(said, labels)


def _value(value: Value) -> Text:
    name = _VALUES.get(value.name, Text(value.name, value.name))
    is_month = value.name == "month" and value.value is not None
    held = Month.parse(value.value) if is_month else value.value
    shown = _both(lambda of: _shown(held, of))
    if value.form is None:
        return Text(f"  {name.vi}: {shown.vi}", f"  {name.en}: {shown.en}")
    form = _FORMS.get(value.form, Text(value.form, value.form))
    where = f"{value.source} {value.id}"
    return Text(
        f"  {name.vi}: {shown.vi}  ← {form.vi}, {where}",
        f"  {name.en}: {shown.en}  ← {form.en}, {where}",
    )


def _said(said: Said, labels: Labels) -> Text:
    def line(of: Language) -> str:
        form = _FORMS.get(said.form, Text(said.form, said.form)).in_(of)
        by = [
            labels.choice(said.form, "reporter_role", said.role) if said.role else "",
            said.name or "",
            f"{'máy' if of == 'vi' else 'phone'} {said.device}" if said.device else "",
        ]
        detail = _detail(said, labels)
        parts = [
            _day(said, of),
            f"{form} ({detail})" if detail else form,
            f"{said.source} {said.id}",
            *(part for part in by if part),
            _verdict(said).in_(of),
        ]
        return "  " + " · ".join(parts)

    return _both(line)


def _day(said: Said, language: Language) -> str:
    if said.on is None:
        return "–"
    if said.form == "monthly_activity_report":
        return Month.of(said.on).short(language)
    return short(said.on, language)


def _detail(said: Said, labels: Labels) -> str:
    question = {"club_registration": "action", "loan_record": "event",
                "inspection_checklist": "team_level",
                "training_record": "training_kind"}.get(said.form)  # fmt: skip
    if said.detail is None or question is None:
        return ""
    return labels.choice(said.form, question, said.detail)


def _verdict(said: Said) -> Text:
    verdict = _VERDICTS[said.verdict]
    if said.winner is None:
        return verdict
    where = f"{said.winner[0]} {said.winner[1]}"
    return Text(f"{verdict.vi} ({where})", f"{verdict.en} ({where})")


def _edits(said: Said, labels: Labels) -> Iterator[Text]:
    for edit in said.edits:
        changed = "; ".join(_changed(said.form, *change, labels) for change in edit.changes)
        if changed:
            day = edit.seen[:10]
            yield Text(
                f"      sửa, thấy ngày {day}: {changed}", f"      edited, seen {day}: {changed}"
            )


def _changed(form: str, name: str, before: str | None, after: str | None, labels: Labels) -> str:
    label = labels.column(form, name)
    if before is None and after is None:
        return label
    return f"{label}: {before or '–'} → {after or '–'}"


def _settled(row: Mapping[str, Any]) -> Text:
    heirs = ", ".join(row["successors"]) or "–"
    counts = (row["members_moved"], row["members"], row["loans_moved"], row["loans"])
    return Text(
        "  Khi kết thúc: CLB tiếp nhận {}; thành viên chuyển sang {}/{}, khoản vay {}/{}.".format(
            heirs, *counts
        ),
        "  At its end: successors {}; members moved {}/{}, loans {}/{}.".format(heirs, *counts),
    )


def _shown(value: Any, language: Language) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return short(value, language)
    if isinstance(value, Month):
        return value.short(language)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value, language)
    words = _WORDS.get(str(value))
    return words.in_(language) if words else str(value)


def _both(line: Any) -> Text:
    return Text(line("vi"), line("en"))
