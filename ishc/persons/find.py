"""``ishc person find``: a person's code, and what is known to be asked for."""

import click

from connectors.explain.club import club_unknown
from connectors.persons.corrections import waiting
from connectors.persons.rows import CODE, Person, find, one
from connectors.persons.twins import other_codes
from connectors.store.erased import erased_of
from connectors.store.raw import RawStore
from connectors.store.restricted import restricted
from connectors.store.tables import TableSet, open_tables
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.persons.common import note, shown
from programme.dates import moment
from programme.problem import Exit, ProblemError, Text

KINDS = {
    "member": Text(vi="thành viên", en="member"),
    "board": Text(vi="Ban Chủ nhiệm", en="board"),
}


@click.command(
    "find",
    help=say(
        "Tìm mã của một người theo tên (không cần dấu) hoặc mã. Nêu cả mã khác có thể là cùng "
        "người đó, và việc hạn chế sử dụng dữ liệu nếu có.",
        "Find a person's code by name (marks do not matter) or code. Other codes that may be the "
        "same human are told, and that the use of the data is restricted, if it is.",
    ),
)
@click.argument("words")
@click.option("--club", default="", help=say("mã câu lạc bộ", "code of the club"))
@click.option("--identified", is_flag=True, help=say("hiện cả tên", "show names, too"))
@pass_context
def command(context: Context, words: str, club: str, identified: bool) -> int:
    """Find people."""
    tables = open_tables(context.folder, identified=True)
    if club:
        _known_club(tables, club)
    with RawStore.open(context.folder.store) as store:
        found = find(tables, words, club, store=store)
        limited, waits = restricted(store), waiting(store)
        held = {each.code for each in erased_of(store) if each.held}
    if not found and CODE.fullmatch(words.strip().upper()):
        one(tables, words)  # a code that is none is told with the nearest right one
    note(context, "find", club or "*")
    told = []
    for each in found:
        others = [other.code for other in other_codes(tables, [each])]
        since = limited.get(each.code, "")
        told.append(
            shown(
                each,
                identified=identified,
                others=others,
                restricted=since,
                correction_waits=each.code in waits,
                server_holds=each.code in held,
            )
        )
        _tell(context, each, identified, others)
        if since:
            day = moment(since, context.settings.timezone)
            context.say(
                f"    hạn chế sử dụng từ {day.vi}: chỉ lưu và đếm",
                f"    restricted since {day.en}: kept and counted only",
            )
        if each.code in waits:
            context.say(
                "    có chỗ sửa chưa ghi được lên máy chủ",
                "    a correction waits for its server",
            )
        if each.code in held:
            context.say(
                "    đã xóa ở đây; máy chủ còn giữ",
                "    erased here; a server still holds it",
            )
    context.result(told)
    if not found:
        context.say("Không tìm thấy ai.", "Nobody was found.")
    return Exit.DONE


def _known_club(tables: TableSet, club: str) -> None:
    known = tables.table("club_alias")["code"].tolist() + tables.table("club")["club_code"].tolist()
    if club not in known:
        raise ProblemError(club_unknown(club, known), Exit.INPUT)


def _tell(context: Context, person: Person, identified: bool, others: list[str]) -> None:
    kind = KINDS[person.kind]
    named = f"  {person.name}" if identified else ""
    also = ", ".join(others)
    context.say(
        f"  {person.code}  {kind.vi}, CLB {person.club}{named}"
        + (f"  (có thể cùng một người: {also})" if also else ""),
        f"  {person.code}  {kind.en}, club {person.club}{named}"
        + (f"  (may be the same human: {also})" if also else ""),
    )
