"""``ishc person retention``: what is kept no longer."""

import click

from connectors.persons.retention import Retained, retain
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.persons.correct import finish
from programme.dates import today


@click.command(
    "retention",
    help=say(
        "Xóa câu trả lời quá hạn lưu theo mục [retention] của ishc.toml: tên người đã rời câu lạc "
        "bộ, điện thoại, ảnh, lời ghi. Số tổng và kỳ đã chốt giữ nguyên. Chưa ghi số tháng thì "
        "không xóa gì. Chỗ sửa còn chờ máy chủ (ishc person correct) cũng được làm tiếp.",
        "Remove answers whose time is over, as [retention] of ishc.toml has it: names of people "
        "who left, phones, photos, words. Totals and closed periods stay. Where no number of "
        "months is written nothing is removed. Corrections that wait for a server are carried "
        "out, too.",
    ),
)
@click.option("--dry-run", is_flag=True, help=say("chỉ đếm, không xóa", "count only"))
@pass_context
def command(context: Context, dry_run: bool) -> None:
    """Remove what is too old; a step of the night."""
    settings = context.settings
    if not dry_run:
        finish(context)
    done = retain(
        settings,
        context.folder,
        today(settings.timezone),
        dry_run=dry_run,
        progress=context.progress,
    )
    context.result(
        {
            "dry_run": dry_run,
            "asked": settings.retention.asked,
            "submissions": dict(done.submissions),
            "people": done.people,
            "files": done.files,
            "kept": done.kept,
            "held": done.held,
            "listed": str(done.listed or ""),
        }
    )
    if not settings.retention.asked:
        context.say(
            "Mục [retention] chưa ghi thời hạn nào: không xóa gì.",
            "[retention] has no number yet: nothing is removed.",
        )
        return
    _tell(context, done, dry_run)


def _tell(context: Context, done: Retained, dry_run: bool) -> None:
    would = ("Sẽ xóa", "To be removed") if dry_run else ("Đã xóa", "Removed")
    context.say(
        f"{would[0]}: câu trả lời của {done.submissions.total()} phiếu, tên của {done.people} "
        f"người đã rời, {done.files} tệp ảnh.",
        f"{would[1]}: answers of {done.submissions.total()} submissions, names of {done.people} "
        f"people who left, {done.files} photos.",
    )
    for form, count in sorted(done.submissions.items()):
        context.say(f"  {form}: {count}", f"  {form}: {count}")
    for form, names in sorted(done.kept.items()):
        listed = ", ".join(names)
        context.say(
            f"  {form}: giữ lại {listed}, vì sổ đăng ký đọc đến",
            f"  {form}: {listed} stay: registers read them",
        )
    if done.listed:
        context.say(
            f"Máy chủ còn giữ đủ {done.held} phiếu: {done.listed}. Hãy xóa ở đó nếu cần.",
            f"Servers still have {done.held} submissions in full: {done.listed}. Remove them "
            "there if need be.",
        )
    if done.removed and not dry_run:
        context.say("Tiếp theo: ishc reconcile", "Next: ishc reconcile")
