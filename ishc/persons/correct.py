"""``ishc person correct``: a wrong answer about a person put right."""

from datetime import UTC, date, datetime

import click

from connectors.persons.correct import Correction, carry_out
from connectors.persons.corrections import ask_for, waiting
from connectors.persons.fields import FIELDS, checked
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from ishc.confirm import confirmed
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.persons.common import ALSO, ASKED, YES, Asked, note, prove, say_due, who
from programme.problem import Exit, Place, Problem, Text


@click.command(
    "correct",
    help=say(
        "Sửa điều ghi sai về một người: trên máy chủ, lịch sử giữ bản cũ, lần đối chiếu sau cho "
        "thấy; mã của người đó giữ nguyên. Không nối được máy chủ thì lần chạy sau làm tiếp: gõ "
        "lệnh không kèm mã.",
        "Put right what is wrong about a person: on the server, history keeps the earlier version, "
        "the next reconcile shows it; the person's code stays. What a server could not be told is "
        "done by the next run: type the command without a code.",
    ),
)
@click.argument("code", required=False)
@click.option("--name", help=say("họ và tên", "name"))
@click.option("--born", help=say("năm sinh", "year of birth"))
@click.option("--sex", help=say("giới tính, mã như trong biểu mẫu", "sex, as the form has it"))
@click.option("--phone", help=say("điện thoại (Ban Chủ nhiệm)", "telephone (boards)"))
@click.option(
    "--household",
    help=say("hoàn cảnh hộ, mã như trong biểu mẫu", "household, as the form has it"),
)
@click.option("--needs", help=say("cần vay vốn: yes hoặc no", "needs a loan or income: yes or no"))
@ALSO
@ASKED
@YES
@pass_context
def command(
    context: Context,
    /,
    code: str | None,
    also: tuple[str, ...],
    asked: date | None,
    yes: bool,
    **said: str | None,
) -> int:
    """Correct, or carry out what waits."""
    values = {name: value for name, value in said.items() if value is not None}
    if code is None:
        if values:
            raise click.UsageError(say("cần mã của người đó", "whose? name the code"))
        done = _carried_out(context)
        _show(context, done)
        context.result({"correction": done})
        return _status(done)
    if not values:
        named = ", ".join(f"--{name}" for name in FIELDS)
        raise click.UsageError(say(f"sửa gì? {named}", f"what is to be corrected? {named}"))
    request = who(context, code, also, asked, ask=not yes)
    right = checked(values, request.schemas, request.day)
    if not yes and not confirmed(_sure(request, right), context.language):
        context.say("Chưa sửa gì.", "Nothing was corrected.")
        return Exit.INPUT
    done = _carried_out(context, request, right)
    note(context, "correct", request.codes)
    due = request.due(context.settings.people.correct_days)
    fields = ", ".join(sorted(right))
    lines = [Text(vi=f"Mục: {fields}", en=f"Fields: {fields}"), _told(done)]
    proof = prove(context, request, "correct", due, lines)
    context.result({"correction": done, "due": due.isoformat(), "proof": str(proof)})
    _show(context, done)
    say_due(context, request, due, proof)
    return _status(done)


def finish(context: Context) -> None:
    """Carry out corrections that wait for a server, if any does; for the night."""
    if not context.folder.store.is_file():
        return
    with RawStore.open(context.folder.store) as store:
        if not waiting(store):
            return
    _show(context, _carried_out(context))


def _carried_out(
    context: Context, request: Asked | None = None, values: dict[str, str] | None = None
) -> Correction:
    now = datetime.now(UTC)
    with (
        locked(context.folder.data / "pull.lock"),
        RawStore.open(context.folder.store) as store,
    ):
        if request is not None:
            for person in request.people:
                ask_for(store, request.schemas, person, values or {}, now)
        return carry_out(context.settings, store, environ=context.environ, now=now)


def _sure(request: Asked, values: dict[str, str]) -> Text:
    named = ", ".join(sorted(values))
    return Text(
        vi=f"Sửa {named} của {request.codes}, trên máy chủ và ở đây. Làm tiếp?",
        en=f"Correct {named} of {request.codes}, on the server and here. Go on?",
    )


def _told(done: Correction) -> Text:
    return Text(
        vi=f"Đã sửa: {len(done.done)} phiếu; đã đúng sẵn: {len(done.right)}; chờ máy chủ: "
        f"{len(done.waiting)}.",
        en=f"Corrected submissions: {len(done.done)}; right before: {len(done.right)}; waiting for "
        f"a server: {len(done.waiting)}.",
    )


def _show(context: Context, done: Correction) -> None:
    told = _told(done)
    context.problems(done.problems)
    context.say(told.vi, told.en)
    if done.done:
        context.say("Tiếp theo: ishc reconcile", "Next: ishc reconcile")
    if done.waiting:
        context.say(
            "Khi máy chủ hoạt động, chạy: ishc person correct",
            "When the server works, run: ishc person correct",
        )
    context.problems([_moved(*each) for each in done.moved])


def _status(done: Correction) -> int:
    return Exit.SERVER if done.waiting else Exit.INPUT if done.moved else Exit.DONE


def _moved(source: str, form: str, number: int) -> Problem:
    return Problem(
        "person-row-moved",
        Text(
            vi="trên máy chủ, danh sách trong phiếu này đã khác; không sửa để khỏi nhầm người",
            en="the list in this submission is another one on the server; nothing was changed, so "
            "that nobody else is",
        ),
        Text(
            vi="hãy chạy ishc pull, ishc reconcile rồi sửa lại; hoặc sửa trên trang của máy chủ",
            en="run ishc pull and ishc reconcile, then correct it again; or mend it on the "
            "server's page",
        ),
        Place(source=source, form=form, submission=str(number)),
    )
