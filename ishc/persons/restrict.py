"""``ishc person restrict``: a person's data are kept and counted, and used for nothing else."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from connectors.backup.erasures import folders, write_erasures
from connectors.persons.afterwards import make_again, remove_files, to_publish
from connectors.persons.rows import rows_of
from connectors.persons.traces import traces_of
from connectors.store.erased import keyed_by
from connectors.store.raw import RawStore
from connectors.store.restricted import lift, restrict, restricted
from connectors.store.runs import read_current
from ishc.confirm import confirmed
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.persons.common import ALSO, ASKED, CODE, YES, Asked, note, prove, say_due, who
from ishc.persons.erase import to_hand_out
from programme.problem import Exit, Text


@click.command(
    "restrict",
    help=say(
        "Hạn chế sử dụng dữ liệu của một người: vẫn lưu và đếm, không có tên trong danh sách trên "
        "điện thoại, tệp xuất, phiếu thông tin câu lạc bộ. --lift để thôi hạn chế.",
        "Restrict the use of a person's data: kept and counted, on no list of phones, in no "
        "export with names and no club's sheet. --lift ends it.",
    ),
)
@CODE
@click.option("--lift", "lifted", is_flag=True, help=say("thôi hạn chế", "end the restriction"))
@ALSO
@ASKED
@YES
@pass_context
def command(
    context: Context,
    code: str,
    lifted: bool,
    also: tuple[str, ...],
    asked: date | None,
    yes: bool,
) -> int:
    """Restrict, or lift it."""
    request = who(context, code, also, asked, ask=not yes)
    if not yes and not confirmed(_sure(request, lifted), context.language):
        context.say("Chưa làm gì.", "Nothing was done.")
        return Exit.INPUT
    words = _set(context, request, lifted)
    current = read_current(context.folder)
    as_of = current.as_of if current else request.day
    lists = make_again(context.settings, context.folder, as_of, context.progress)
    removed = [] if lifted else remove_files(context.folder, words, only_made=True)[0]
    publish = to_publish(context.settings, request.schemas, lists, request.people[0].club)
    what = "lift restriction" if lifted else "restrict"
    note(context, what, request.codes)
    due = request.due(context.settings.people.restrict_days)
    told = _told(lifted, removed, publish)
    proof = prove(context, request, what, due, told)
    context.result(
        {"restricted": [] if lifted else [each.code for each in request.people],
         "lifted": lifted, "removed": removed, "publish": publish, "due": due.isoformat(),
         "proof": str(proof)}
    )  # fmt: skip
    for each in told:
        context.say(each.vi, each.en)
    say_due(context, request, due, proof)
    return Exit.DONE


def _set(context: Context, request: Asked, lifted: bool) -> list[str]:
    codes = [each.code for each in request.people]
    words: set[str] = set()
    with RawStore.open(context.folder.store) as store:
        before = restricted(store)
        if lifted:
            lift(store, codes)
        else:
            restrict(store, codes, datetime.now(UTC).isoformat(timespec="seconds"))
        for person in request.people:
            rows = rows_of(store, request.schemas, person)
            words |= set(traces_of(store, person, rows, keyed_by(store)).words)
        if restricted(store) != before:
            for each in filter(Path.is_dir, folders(context.folder)):
                write_erasures(store, each)
        store.checkpoint()
    return sorted(words)


def _sure(request: Asked, lifted: bool) -> Text:
    if lifted:
        return Text(
            vi=f"Thôi hạn chế sử dụng dữ liệu của {request.codes}?",
            en=f"End the restriction of the data of {request.codes}?",
        )
    return Text(
        vi=f"Hạn chế sử dụng dữ liệu của {request.codes} (vẫn lưu và đếm)?",
        en=f"Restrict the use of the data of {request.codes} (kept and counted)?",
    )


def _told(lifted: bool, removed: list[Path], publish: list[str]) -> list[Text]:
    if lifted:
        told = [Text(vi="Đã thôi hạn chế.", en="The restriction was ended.")]
    else:
        told = [
            Text(
                vi="Đã hạn chế: dữ liệu vẫn lưu và đếm, không có trong danh sách trên điện thoại, "
                "tệp xuất có tên, phiếu thông tin câu lạc bộ. Tệp lập trước đó mà có tên đã xóa: "
                f"{len(removed)}.",
                en="Restricted: kept and counted, on no list of phones, in no export with names, "
                f"in no club's sheet. Files made before that named the person, removed: "
                f"{len(removed)}.",
            )
        ]
    return [*told, to_hand_out(publish)] if publish else told
