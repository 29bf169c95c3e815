"""Submissions that cannot be read are set apart, so that all the others come.

They are asked for again at each pull until they can be read or have gone. Where many cannot be
read it is the server that is out of order, and nothing of it is believed.
"""

from collections.abc import Iterator, Mapping

from connectors.servers.contract import Unreadable, Why
from connectors.servers.faults import fault
from connectors.store.unreadable import never_read, unreadable
from connectors.store.unreadable import set_apart as note_apart
from connectors.store.versions import Incoming, assets_of, can_be_kept, live_at, mark
from connectors.work import Work
from programme.problem import Place, Problem, Text

CODE = "submission-unreadable"
ALWAYS, MOST, SHARE = 2, 20, 10  # so many are apart at most: two, one in ten, never more than 20


def expected(work: Work, here: dict[int, str], first: int = 1, last: int | None = None) -> None:
    """Put what could not be read among the marks of what is here, so that it is asked for again.

    What this pull has tried already counts as equal until the server shows something else of it.

    Args:
        here: marks by id.
        first, last: the ids that are compared.
    """
    met = {number: mark(each.row) for number, each in work.tally.apart.items()}
    for number in unreadable(work.store, work.origin.where):
        if first <= number and (last is None or number <= last):
            here[number] = met.get(number, "")


def held(work: Work) -> int:
    """Count what the server has if it has what is known here, readable or not."""
    return live_at(work.store, work.origin) + never_read(work.store, work.origin.where)


def keepable(work: Work, page: list[Incoming]) -> list[Incoming]:
    """Set apart those records of a page that can be read but not written down."""
    kept = [each for each in page if can_be_kept(each)]
    ids = {each.row.id for each in kept}
    work.server.apart.extend(
        Unreadable(each.row, str(each.row.id), "large") for each in page if each.row.id not in ids
    )
    return kept


def set_apart(work: Work) -> None:
    """Note what the server's verbs could not read since this was called last.

    Raises:
        ServerFault: there are too many for it to be the fault of single submissions.
    """
    found: list[Unreadable] = []
    while work.server.apart:
        found.append(work.server.apart.pop())
    if not found:
        return
    apart = work.tally.apart
    apart.update((each.row.id, each) for each in found)
    if len(apart) > min(
        MOST, max(ALWAYS, (live_at(work.store, work.origin) + len(apart)) // SHARE)
    ):
        apart.clear()
        code = "server-too-large" if found[0].why == "large" else "server-answer"
        raise fault(code, work.server.http.place, found[0].name)
    note_apart(work.store, work.origin.where, found, work.moment)


def settle(work: Work) -> bool:
    """Tell whether any are apart still; those that have gone meanwhile are none."""
    apart = work.tally.apart
    left = unreadable(work.store, work.origin.where) if apart else set()
    for number in [each for each in apart if each not in left]:
        del apart[number]
    return bool(apart)


def problems_of(work: Work) -> Iterator[Problem]:
    """Tell of each submission that could not be read, with what people can do about it."""
    if not settle(work):
        return
    apart = work.tally.apart
    stored = assets_of(work.store, work.origin.source, work.origin.form, apart)
    for number, each in sorted(apart.items()):
        yield _problem(each, number in stored)


def _problem(each: Unreadable, stored: bool) -> Problem:
    why, before = _WHYS[each.why], _BEFORE if stored else _NEVER
    return Problem(
        CODE,
        Text(
            vi=f"không đọc được phiếu này: {why.vi}; {before.vi}",
            en=f"this submission cannot be read: {why.en}; {before.en}",
        ),
        Text(
            vi="hãy tìm phiếu theo số này trên trang của máy chủ rồi sửa hoặc xóa nó ở đó; lần lấy "
            "sau sẽ tự thử lại, các phiếu khác vẫn được lấy bình thường",
            en="look for it on the server's page by this number and edit or delete it there; the "
            "next pull tries it again by itself, and all other submissions come as usual",
        ),
        Place(submission=each.name),
        severity="warning",
    )


_BEFORE = Text(
    vi="bảng số liệu vẫn dùng bản đọc được gần nhất, chưa có lần sửa này",
    en="tables still have its last readable version, without this edit",
)
_NEVER = Text(
    vi="phiếu này chưa có trong bảng số liệu nào",
    en="no table has it",
)
_WHYS: Mapping[Why, Text] = {
    "large": Text(
        vi="nội dung quá lớn hoặc lồng quá nhiều lớp",
        en="its content is too large or nested too deep",
    ),
    "broken": Text(
        vi="nội dung không phải XML như ODK Collect viết (bị hỏng, có khai báo DOCTYPE hoặc bảng "
        "mã lạ)",
        en="its content is no XML as ODK Collect writes it (damaged, with a DOCTYPE, or in an "
        "unknown encoding)",
    ),
    "another": Text(
        vi="nội dung là của một biểu mẫu hoặc một phiếu khác",
        en="its content is that of another form or of another submission",
    ),
}
