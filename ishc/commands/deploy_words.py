"""What a deployment would do, as a person reads it before answering."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from connectors.entity_lists import EntitiesDone
from connectors.plan import Doing, Planned
from connectors.servers.contract import Done
from forms.changes.change import KINDS
from ishc.changes_shown import heading, section
from programme.problem import SEVERITY_WORDS, Language, Text

DONE: Mapping[Done, Text] = {
    "created": Text(vi="đã tạo mới", en="created"),
    "replaced": Text(vi="đã thay bản mới", en="replaced"),
    "unchanged": Text(vi="không đổi", en="unchanged"),
}
_DOING: Mapping[Doing, Text] = {
    "create": Text(
        vi="biểu mẫu mới, điện thoại sẽ tải về được",
        en="a new form, which phones will be able to get",
    ),
    "replace": Text(
        vi="thay bản đang chạy; mọi điện thoại sẽ được yêu cầu cập nhật",
        en="takes the place of what phones have; every phone is asked to update",
    ),
    "media": Text(
        vi="biểu mẫu không đổi, chỉ cập nhật danh sách; mọi điện thoại sẽ được yêu cầu cập nhật",
        en="the form stays, its lists change; every phone is asked to update",
    ),
    "nothing": Text(vi="không có gì đổi", en="nothing has changed"),
    "impossible": Text(
        vi="máy chủ không bao giờ nhận bản này, nên sẽ không gửi; xem lỗi ghi ở cuối",
        en="the server would never take it, so it is not sent; see the errors at the end",
    ),
}
_NO_CHANGES = Text(
    vi="số liệu đã thu không bị ảnh hưởng",
    en="data already collected are not touched",
)
_NOTHING_COLLECTED = Text(
    vi="máy chủ chưa có phiếu nào: không có gì để làm hỏng (phiếu đã điền mà chưa gửi vẫn theo "
    "bản cũ)",
    en="the server holds no submission: there is nothing to break (forms filled and not yet sent "
    "follow the old version)",
)


def entities_line(done: EntitiesDone) -> tuple[str, str]:
    """Write what came of an entity list, in both languages."""
    counts = (done.created, done.updated, done.restored, done.deleted)
    vi = ("thêm {}", "sửa {}", "lấy lại {}", "xóa {}")
    en = ("{} new", "{} changed", "{} brought back", "{} deleted")
    told = [at for at, count in enumerate(counts) if count]
    return (
        f"  danh sách thực thể {done.name}: "
        + (", ".join(vi[at].format(counts[at]) for at in told) or "không đổi"),
        f"  entity list {done.name}: "
        + (", ".join(en[at].format(counts[at]) for at in told) or "unchanged"),
    )


_REFUSED = Text(
    vi="bị từ chối, xem lỗi ghi ở cuối",
    en="refused, see the errors at the end",
)


def plan_lines(
    plans: Sequence[Planned], accept: Collection[str], language: Language
) -> Iterator[str]:
    """Write the whole plan, one source of a form after the other.

    Args:
        accept: names of breaking changes that are meant; the others are counted only, since
            each is told as an error.
    """
    for plan in plans:
        yield f"{plan.form.settings.name} ({plan.source.name}): {_DOING[plan.doing].in_(language)}"
        if plan.media:
            names = ", ".join(plan.media)
            sent = Text(vi=f"tệp kèm theo sẽ gửi: {names}", en=f"files to be sent: {names}")
            yield f"  {sent.in_(language)}"
        if plan.doing == "replace":
            yield from (f"  {line}" if line else "" for line in _data(plan, accept, language))
        for problem in plan.problems if plan.doing not in ("nothing", "impossible") else ():
            weight = SEVERITY_WORDS[problem.severity].in_(language)
            yield f"  {weight}: {problem.in_(language)}"


def _data(plan: Planned, accept: Collection[str], language: Language) -> Iterator[str]:
    if plan.submissions == 0:
        yield _NOTHING_COLLECTED.in_(language)
    elif plan.submissions is not None:
        held = Text(
            vi=f"đã thu {plan.submissions} phiếu", en=f"{plan.submissions} submissions collected"
        )
        yield held.in_(language)
    if not plan.changes and all(each.code != "deploy-not-compared" for each in plan.problems):
        yield _NO_CHANGES.in_(language)
    if refused := plan.refused(accept):
        yield f"{heading('breaking', len(refused), language)}: {_REFUSED.in_(language)}"
        yield ""
    for kind in KINDS:
        these = [each for each in plan.changes if each.kind == kind and each not in refused]
        yield from section(these, kind, language)
