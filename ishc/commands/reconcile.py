"""``ishc reconcile``: tables, registers, codes and findings from everything that was pulled."""

from datetime import date

import click

from connectors.reconcile.cut_off import cut_off
from connectors.reconcile.finding_life import State
from connectors.reconcile.finding_words import STATE_WORDS
from connectors.reconcile.matching.labels import SHEETS
from connectors.reconcile.matching.reasons import KINDS
from connectors.reconcile.run import ReconcileResult, reconcile
from ishc.context import Context, Day, pass_context
from ishc.language import say
from ishc.states_pushed import push_states_of
from programme.dates import today
from programme.problem import Exit
from programme.tracked import tracked_data


@click.command(
    "reconcile",
    help=say(
        "Lập bảng số liệu và sổ đăng ký, cấp mã, ghi những chỗ có vẻ sai vào data/findings/.",
        "Make tables and registers, issue codes, write what looks wrong to data/findings/.",
    ),
)
@click.option(
    "--as-of", type=Day(), help=say("chốt số liệu đến ngày", "count events up to this day")
)
@click.option(
    "--rebuild",
    is_flag=True,
    help=say(
        "lập lại tất cả, không dùng lại bảng của lần trước",
        "make everything anew, take nothing over from the run before",
    ),
)
@click.option(
    "--push",
    is_flag=True,
    help=say(
        "rồi ghi lên máy chủ phiếu nào đang chờ xem lại (mục [states] trong ishc.toml)",
        "then show on the server which submissions are on hold ([states] in ishc.toml)",
    ),
)
@click.option("--yes", is_flag=True, help=say("không hỏi", "do not ask"))
@pass_context
def command(context: Context, as_of: date | None, rebuild: bool, push: bool, yes: bool) -> int:
    """Reconcile as of a day, today by default."""
    day = cut_off(as_of, today(context.settings.timezone))
    context.problems(tracked_data(context.folder))
    result = reconcile(
        context.settings, context.folder, day, rebuild=rebuild, progress=context.progress
    )
    context.problems(result.problems)
    if push:
        show(context, result)
        return push_states_of(context, result.titles, yes=yes, reconciled=result)
    context.result(result)
    show(context, result)
    return Exit.DONE


def show(context: Context, result: ReconcileResult) -> None:
    """Sum up what there is, what is new and what looks wrong."""
    rows, codes = result.rows, result.codes
    if result.anew:
        forms = ", ".join(result.anew)
        context.say(
            f"Lập lại từ đầu (biểu mẫu, thiết lập hoặc phần mềm đã đổi): {forms}.",
            f"Made anew (the form, the settings or the software has changed): {forms}.",
        )
    counts = (rows.get("club", 0), rows.get("member", 0), rows.get("loan", 0))
    issued = (codes["club"], codes["member"], codes["loan"])
    context.say(
        "Sổ đăng ký: {} câu lạc bộ, {} thành viên, {} khoản vay.".format(*counts),
        "Registers: clubs {}, members {}, loans {}.".format(*counts),
    )
    context.say(
        "Mã mới cấp: {} câu lạc bộ, {} thành viên, {} khoản vay.".format(*issued),
        "Codes issued: clubs {}, members {}, loans {}.".format(*issued),
    )
    _show_findings(context, result)
    _show_undecided(context, result)
    context.say(
        f"Chi tiết theo xã: {context.folder.findings}\nTiếp theo: ishc publish, ishc report",
        f"Details by commune: {context.folder.findings}\nNext: ishc publish, ishc report",
    )


def _show_undecided(context: Context, result: ReconcileResult) -> None:
    if result.decisions:
        context.say(
            f"Đã áp dụng {result.decisions} quyết định mới.",
            f"New decisions taken over: {result.decisions}.",
        )
    if waiting := result.undecided.total():
        kinds = [(SHEETS[kind], result.undecided[kind]) for kind in KINDS if result.undecided[kind]]
        vi = ", ".join(f"{word.vi.lower()} {count}" for word, count in kinds)
        en = ", ".join(f"{word.en.lower()} {count}" for word, count in kinds)
        path = context.folder.decisions
        context.say(
            f"Chờ quyết định giống hay khác: {waiting} cặp ({vi}): {path}",
            f"Pairs to decide, same or different: {waiting} ({en}): {path}",
        )


def _show_findings(context: Context, result: ReconcileResult) -> None:
    found = result.findings.total()
    checks = len(result.titles)
    context.say(
        f"Phát hiện: {found} ({checks} phép kiểm tra)", f"Findings: {found} (checks: {checks})"
    )
    shown: tuple[State, ...] = ("new", "came_back", "mended", "waived")
    states = [(STATE_WORDS[each], result.states.get(each, 0)) for each in shown]
    context.say(
        "  " + ", ".join(f"{word.vi.lower()} {count}" for word, count in states),
        "  " + ", ".join(f"{word.en.lower()} {count}" for word, count in states),
    )
    if result.answers:
        context.say(
            f"Đã đọc {result.answers} câu trả lời mới từ các bảng gửi lại.",
            f"New answers read from workbooks that came back: {result.answers}.",
        )
    for code, title in result.titles.items():
        if count := result.findings[code]:
            context.say(f"  {count:>4}  {title.vi}", f"  {count:>4}  {title.en}")
