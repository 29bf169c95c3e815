"""States on the servers: asks where much would change, and tells what came of it."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from connectors.push_findings import push_findings
from connectors.push_results import PushResult
from connectors.reconcile.run import ReconcileResult
from ishc.confirm import confirmed
from ishc.context import Context
from programme.problem import Exit, Problem, ProblemError, Text


class _DeclinedError(Exception):
    """The person said no; nothing was sent."""


def push_states_of(
    context: Context,
    titles: Mapping[str, Text],
    *,
    yes: bool,
    reconciled: ReconcileResult | None = None,
) -> int:
    """Bring the states on the servers in step with the findings; give the exit status.

    Args:
        titles: what each check is about, in the order of ``checks.xlsx``.
        yes: do not ask.
        reconciled: what was done just before, for programs.

    Raises:
        ProblemError: ``push-needs-yes``, ``push-looks-back``.
    """

    def agree(would: PushResult) -> None:
        if not yes:
            _ask(context, would)

    try:
        done = push_findings(
            context.settings,
            context.folder,
            titles,
            environ=context.environ,
            now=datetime.now(UTC),
            agree=agree,
            progress=context.progress,
        )
    except _DeclinedError:
        context.say("Chưa đổi trạng thái nào.", "No state was changed.")
        return Exit.INPUT
    context.result({"reconciled": reconciled, "pushed": done} if reconciled else {"pushed": done})
    context.problems(done.problems)
    _show(context, done)
    return done.exit_status


def _ask(context: Context, would: PushResult) -> None:
    given, taken = _counts(would)[:2]
    what = Text(
        vi=f"Sẽ đặt trạng thái cho {given} phiếu và gỡ trạng thái của {taken} phiếu trên máy chủ",
        en=f"States on the server: {given} would be set and {taken} taken away",
    )
    if not context.as_json and sys.stdin.isatty() and sys.stdout.isatty():
        question = Text(vi=f"{what.vi}. Làm tiếp?", en=f"{what.en}. Go on?")
        if not confirmed(question, context.language):
            raise _DeclinedError
        return
    raise ProblemError(
        Problem(
            "push-needs-yes",
            Text(vi=f"{what.vi}; chưa gửi gì", en=f"{what.en}; nothing was sent"),
            Text(
                vi="hãy xem data/findings; nếu đúng, chạy lại trong cửa sổ lệnh hoặc thêm --yes "
                "(giới hạn: ask_above ở mục [states] của ishc.toml)",
                en="look at data/findings; if it is right, run it in a terminal or add --yes "
                "(the limit is ask_above in [states] of ishc.toml)",
            ),
        ),
        Exit.USAGE,
    )


def _counts(done: PushResult) -> tuple[int, int, int, int]:
    every = done.sources
    return (
        sum(len(each.set) for each in every),
        sum(len(each.lifted) for each in every),
        sum(len(each.left) for each in every),
        sum(len(each.failed) for each in every),
    )


def _show(context: Context, done: PushResult) -> None:
    given, taken, left, failed = _counts(done)
    context.say(
        f"Trạng thái trên máy chủ: đặt {given}, gỡ {taken}, để nguyên vì người đã quyết định "
        f"{left}, chưa được {failed}.",
        f"States on the server: set {given}, taken away {taken}, left because a person judged "
        f"{left}, failed {failed}.",
    )
