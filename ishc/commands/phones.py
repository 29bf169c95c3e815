"""``ishc phones``: who may collect with which phone; a lost one is shut out."""

import sys
from pathlib import Path

import click

from connectors.phones.access import Desk, Phone, lost, make, shown
from connectors.phones.listed import ListedPhone, phones_file
from ishc.confirm import confirmed
from ishc.context import Context, pass_context
from ishc.language import say
from programme.dates import moment
from programme.problem import Exit, Text


@click.group(
    "phones",
    invoke_without_command=True,
    help=say(
        "Máy nào được thu số liệu trên ODK Central, dùng lần cuối khi nào.\n\n"
        "Danh sách máy do người phụ trách ghi ở connectors/phones.csv: area,role,name. «ishc "
        "phones make» cấp khóa cho máy mới; «ishc phones lost TÊN» khóa ngay máy bị mất.",
        "Which phones may collect on ODK Central, and when they did last.\n\n"
        "An official lists the phones in connectors/phones.csv: area,role,name. “ishc phones make” "
        "gives new ones their keys; “ishc phones lost NAME” shuts a lost one out at once.",
    ),
)
@click.pass_context
def command(ctx: click.Context) -> int:
    """Show all phones, where no more was asked."""
    if ctx.invoked_subcommand is not None:
        return Exit.DONE
    context: Context = ctx.obj
    desk = _desk(context)
    phones = shown(desk, _listed(context, desk))
    context.result({"phones": phones})
    _show(context, phones)
    if any(each.listed and not each.active for each in phones):
        context.say("Cấp khóa cho máy mới: ishc phones make", "Give keys: ishc phones make")
    return Exit.DONE


@command.command(
    "make",
    help=say(
        "Cấp khóa và biểu mẫu cho các máy trong connectors/phones.csv.\n\n"
        "Máy đã có đủ thì giữ nguyên. Cài đặt mỗi máy nằm trong data/phones, chỉ mình đọc được.",
        "Give the phones of connectors/phones.csv their keys and forms.\n\n"
        "What a phone has stays. The settings of each lie in data/phones, for you only.",
    ),
)
@pass_context
def _make(context: Context) -> int:
    desk = _desk(context)
    made = make(desk, desk.listed())
    context.result(made)
    _show(context, made.phones)
    context.problems(made.problems)
    context.say(
        f"{len(made.new)} máy mới. Mỗi tệp trong data/phones là nội dung mã QR của một máy: ai có "
        "tệp đó thu được thay máy ấy, đừng gửi qua nhóm chat.",
        f"{len(made.new)} new phones. Each file in data/phones holds a phone's QR code: whoever "
        "has it can collect in its place; do not send it to a chat group.",
    )
    return Exit.DONE


@command.command(
    "lost",
    help=say(
        "Khóa ngay một máy bị mất và cấp khóa mới cho người đó.\n\nNAME là tên máy, xem bằng: "
        "ishc phones",
        "Shut a lost phone out at once, and give its holder a new key.\n\nNAME is what the phone "
        "is called, see: ishc phones",
    ),
)
@click.argument("name")
@click.option("--yes", is_flag=True, help=say("không hỏi lại", "do not ask"))
@pass_context
def _lost(context: Context, name: str, yes: bool) -> int:
    desk = _desk(context)
    asked = not context.as_json and sys.stdin.isatty() and not yes
    question = Text(vi=f"Khóa máy «{name}»?", en=f"Shut out “{name}”?")
    if asked and not confirmed(question, context.language):
        context.say("Chưa khóa máy nào.", "No phone was shut out.")
        return Exit.INPUT
    phones = lost(desk, name, _listed(context, desk))
    context.result({"phones": phones})
    for each in phones:
        context.say(*_after(each, context.folder.root))
    return Exit.DONE


def _desk(context: Context) -> Desk:
    return Desk(context.settings, context.folder, context.environ)


def _listed(context: Context, desk: Desk) -> list[ListedPhone]:
    """Read the list where there is one: what the server knows is shown without it, too."""
    return desk.listed() if phones_file(context.folder).is_file() else []


def _show(context: Context, phones: list[Phone] | tuple[Phone, ...]) -> None:
    for each in phones:
        vi, en = _line(context, each)
        context.say(vi, en)
    if not phones:
        context.say(
            "Chưa có máy nào. Hãy tạo connectors/phones.csv rồi chạy: ishc phones make",
            "There is no phone yet. Make connectors/phones.csv, then run: ishc phones make",
        )


def _line(context: Context, phone: Phone) -> tuple[str, str]:
    head = f"  {phone.name} ({phone.server})"
    if not phone.active:
        state = ("chưa có khóa", "no key yet") if phone.listed else ("đã khóa", "shut out")
        return f"{head}: {state[0]}", f"{head}: {state[1]}"
    at = moment(phone.last_used, context.settings.timezone) if phone.last_used else None
    used = (
        (f"dùng lần cuối {at.vi}", f"last used {at.en}")
        if at
        else ("chưa rõ lần dùng cuối", "last use not known")
    )
    count = len(phone.forms)
    other = ("", "") if phone.listed else ("; không có trong phones.csv", "; not in phones.csv")
    file = f"; {phone.file.relative_to(context.folder.root).as_posix()}" if phone.file else ""
    return (
        f"{head}: {count} biểu mẫu, {used[0]}{other[0]}{file}",
        f"{head}: {count} forms, {used[1]}{other[1]}{file}",
    )


def _after(phone: Phone, root: Path) -> tuple[str, str]:
    file = phone.file.relative_to(root).as_posix() if phone.file else "data/phones"
    return (
        f"Đã khóa máy «{phone.name}»: từ bây giờ khóa cũ không tải và không gửi được gì nữa.\n"
        "- Phiếu máy đó đã gửi vẫn còn nguyên.\n"
        "- Phiếu đã điền mà chưa gửi trên máy mất không về được nữa: hãy hỏi người giữ máy và điền "
        "lại.\n"
        "- Phiếu và danh sách còn nằm trong máy mất; nếu máy không khóa màn hình, hãy tìm cách xóa "
        "từ xa và báo người phụ trách dữ liệu.\n"
        f"- Máy mới: cài ODK Collect, dùng cài đặt trong {file} ({len(phone.forms)} biểu mẫu).\n"
        "- Tìm lại được máy: trong ODK Collect chọn Settings → Project management → Reconfigure "
        "with QR code, dùng cài đặt mới đó; phiếu chưa gửi sẽ gửi được.",
        f"“{phone.name}” is shut out: from now on its old key can fetch and send nothing.\n"
        "- What that phone has sent stays.\n"
        "- What was filled and not sent on the lost phone cannot arrive any more: ask its holder, "
        "and fill it again.\n"
        "- Forms and lists are still on the lost phone; if its screen was not locked, try to erase "
        "it from afar, and tell who answers for the data.\n"
        f"- The new phone: install ODK Collect, use the settings in {file} ({len(phone.forms)} "
        "forms).\n"
        "- If the phone turns up: in ODK Collect, Settings → Project management → Reconfigure with "
        "QR code, with those new settings; what was not sent can then be sent.",
    )
