"""``ishc deploy [FORM…]``: forms and their lists onto the server."""

import sys
from collections.abc import Collection, Sequence

import click

from connectors.deploy import Deployed, deploy
from connectors.plan import Planned
from ishc.commands.deploy_accept import accepted_in_vain
from ishc.commands.deploy_words import DONE, entities_line, plan_lines
from ishc.confirm import confirmed
from ishc.context import Context, pass_context
from ishc.language import say
from programme.problem import Exit, Problem, ProblemError, Text

_NOTHING_SENT = (
    "Chưa gửi gì lên máy chủ, kể cả các biểu mẫu không có lỗi.",
    "Nothing was sent to any server, not even the forms without an error.",
)


class _DeclinedError(Exception):
    """The person said no; nothing was sent."""


@click.command(
    "deploy",
    help=say(
        "Đưa biểu mẫu và danh sách lên máy chủ ghi trong ishc.toml.\n\n"
        "Trước khi gửi, lệnh cho biết điều gì sẽ đổi trên điện thoại và với số liệu đã thu, rồi "
        "hỏi. Không có cửa sổ lệnh (chạy theo lịch) thì thay đổi an toàn được gửi luôn; thay đổi "
        "cần xem trước thì dừng với mã 2, trừ khi có --yes. Thay đổi làm hỏng số liệu đã thu bị "
        "từ chối, trừ khi được chấp nhận bằng --accept. Không có gì đổi thì không gửi gì.",
        "Put forms and their lists on the server in ishc.toml.\n\n"
        "First it tells what will change on phones and for data already collected, and asks. "
        "Without a terminal (on a schedule) safe changes go on, and those to be seen first stop "
        "it with status 2 unless --yes is given. A change that breaks data already collected is "
        "refused unless accepted with --accept. Where nothing has changed, nothing is sent.",
    ),
)
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@click.option(
    "--accept",
    multiple=True,
    metavar="CODE",
    help=say(
        "chấp nhận một thay đổi làm hỏng số liệu, ghi như thông báo lỗi (dùng được nhiều lần)",
        "accept a breaking change, written as the refusal names it (may be given several times)",
    ),
)
@click.option("--yes", is_flag=True, help=say("không hỏi", "do not ask"))
@pass_context
def command(context: Context, forms: tuple[str, ...], accept: tuple[str, ...], yes: bool) -> int:
    """Deploy all forms of the settings, or those named."""

    told: set[Problem] = set()

    def agree(plans: Sequence[Planned]) -> None:
        for line in plan_lines(plans, accept, context.language):
            context.say(line, line)
        told.update(each for plan in plans if plan.doing != "nothing" for each in plan.problems)
        context.problems(accepted_in_vain(plans, accept))
        if not any(plan.refused(accept) for plan in plans):
            _ask(context, plans, yes)

    try:
        done = deploy(
            context.settings,
            context.folder,
            forms or None,
            environ=context.environ,
            accept=accept,
            agree=agree,
            progress=context.progress,
        )
    except _DeclinedError:
        context.say("Chưa gửi gì.", "Nothing was sent.")
        return Exit.INPUT
    except ProblemError as error:
        if error.exit_status != Exit.INPUT:
            raise
        context.result({"problems": [problem.as_dict() for problem in error.problems]})
        for problem in error.problems:  # one by one: each names what to type
            context.problems([problem])
        context.say(*_NOTHING_SENT)
        return Exit.INPUT
    context.result(done)
    status = show(context, done, told)
    if any(each.done != "unchanged" for each in done):
        context.say(
            "Tiếp theo: điền thử trên điện thoại (KoboCollect, ODK Collect), rồi ishc pull",
            "Next: fill some forms on a phone (KoboCollect, ODK Collect), then ishc pull",
        )
    return status


def _ask(context: Context, plans: Sequence[Planned], yes: bool) -> None:
    """Ask a person who is there; otherwise only what is safe goes on.

    Raises:
        ProblemError: ``deploy-needs-yes``.
    """
    if yes or all(plan.doing in ("nothing", "impossible") for plan in plans):
        return
    if not context.as_json and sys.stdin.isatty() and sys.stdout.isatty():
        if not confirmed(Text(vi="Triển khai?", en="Deploy?"), context.language):
            raise _DeclinedError
    elif any(plan.careful for plan in plans):
        raise ProblemError(_NEEDS_YES, Exit.USAGE)


_NEEDS_YES = Problem(
    "deploy-needs-yes",
    Text(
        vi="có thay đổi cần người xem trước; chưa gửi gì",
        en="there are changes that a person should see first; nothing was sent",
    ),
    Text(
        vi="hãy chạy lại trong cửa sổ lệnh để trả lời, hoặc thêm --yes nếu đã xem",
        en="run it in a terminal to answer, or add --yes if you have seen them",
    ),
)


def show(context: Context, done: list[Deployed], told: Collection[Problem] = ()) -> int:
    """Tell what came of each form; give the exit status.

    Args:
        told: problems that the person has seen already.
    """
    for each in done:
        what, sent = DONE[each.done], len(each.media)
        head = f"  {each.form} ({each.source})"
        context.say(
            f"{head}: {what.vi}; {sent} danh sách đã gửi", f"{head}: {what.en}; {sent} lists sent"
        )
        for entities in each.entities:
            context.say(*entities_line(entities))
        found = [*each.problems, *(problem for one in each.entities for problem in one.problems)]
        context.problems(problem for problem in found if problem not in told)
    told_of = [each.problems for each in done] + [one.problems for e in done for one in e.entities]
    failed = any(problem.severity == "error" for some in told_of for problem in some)
    return Exit.SERVER if failed else Exit.DONE
