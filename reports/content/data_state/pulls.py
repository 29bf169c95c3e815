"""How complete the pulls are: what the store holds of every source, and since when it is proven."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.store.attachments import missing
from connectors.store.ledger import position
from connectors.store.raw import RawStore
from connectors.store.unreadable import count_unreadable
from connectors.store.versions import live
from programme.dates import short
from programme.problem import Text
from reports.content import show
from reports.content.data import ReportData
from reports.content.listing import Head, count, listing
from reports.render import Block

PULLS = Text(vi="Số phiếu lấy về từ máy chủ", en="Submissions fetched from the server")
NO_STORE = Text(
    vi="Chưa lấy phiếu nào từ máy chủ (chưa có kho dữ liệu): không có gì để đối soát.",
    en="Nothing was pulled from a server yet (there is no store), so that nothing is proven.",
)
_NEVER = Text(vi="chưa bao giờ", en="never")
_ABOUT = Text(
    vi="Toàn chương trình, không riêng địa bàn và kỳ báo cáo. Đối soát đầy đủ: so toàn bộ danh "
    "sách phiếu với máy chủ; chỉ khi đó mới được gọi là đủ. Không đọc được: phiếu hỏng trên máy "
    "chủ, chưa có trong số liệu. Thiếu tệp: ảnh và tệp kèm có trên máy chủ, chưa lấy về.",
    en="Of the whole programme, not of the area and period. Proven: compared with the server's "
    "whole list; only then data are called complete. Unreadable: damaged on the server and not in "
    "the data. Files missing: photos and files that are on the server and not here.",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What is here of one form of one source."""

    form: str
    name: str
    held: int
    proven: str | None
    followed: str | None
    unreadable: int
    files: int


def sources(data: ReportData) -> list[Source]:
    """Give every source that ``ishc.toml`` names; none without a store."""
    store = data.sources.folder.store
    if not store.is_file():
        return []
    with RawStore.read(store) as opened:
        return list(_read(opened, data))


def _read(store: RawStore, data: ReportData) -> Iterator[Source]:
    for form in data.settings.forms.values():
        for source in form.sources:
            at = position(store, source.name, form.name)
            yield Source(
                form.name,
                source.name,
                live(store, source.name, form.name),
                at.proven if at else None,
                at.followed if at else None,
                count_unreadable(store, source.name, form.name),
                missing(store, source.name, form.name),
            )


def pulls_table(data: ReportData, known: list[Source]) -> list[Block]:
    """Make one row a source of a form."""
    language = data.language
    if not known:
        return [NO_STORE.in_(language)]
    lines = [
        (FORMS.get(each.form, Text(each.form, each.form)).in_(language), each.name,
         count(each.held, language), _moment(each.proven, data), count(each.unreadable, language),
         count(each.files, language))
        for each in known
    ]  # fmt: skip
    heads: list[Head] = [
        (Text(vi="Biểu mẫu", en="Form"), 48, "left"),
        (Text(vi="Nguồn", en="Source"), 27, "left"),
        (Text(vi="Số phiếu", en="Held"), 18, "centre"),
        (Text(vi="Đối soát đầy đủ lần cuối", en="Last proven"), 36, "centre"),
        (Text(vi="Không đọc được", en="Unread-able"), 18, "centre"),
        (Text(vi="Thiếu tệp", en="Files missing"), 18, "centre"),
    ]
    return [listing(language, PULLS, heads, lines, [_ABOUT.in_(language)])]


def _moment(moment: str | None, data: ReportData) -> str:
    if moment is None:
        return data.words(_NEVER)
    read = datetime.fromisoformat(moment)
    here = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(data.settings.timezone)
    return f"{here:%H:%M} {show.DASH} {short(here.date(), data.language)}"


FORMS = {
    "club_registration": Text(vi="Đăng ký câu lạc bộ", en="Club registration"),
    "monthly_activity_report": Text(vi="Báo cáo hoạt động tháng", en="Monthly activity report"),
    "loan_record": Text(vi="Sổ vay", en="Loan record"),
    "inspection_checklist": Text(vi="Phiếu kiểm tra, giám sát", en="Inspection checklist"),
    "training_record": Text(vi="Phiếu tập huấn", en="Training record"),
    "member_survey": Text(vi="Phiếu hỏi thành viên", en="Member survey"),
}
