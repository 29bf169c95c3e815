"""``ishc status``: what there is, and when it was pulled and reconciled."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from connectors.store.ledger import Position, position
from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from connectors.store.versions import live
from ishc.context import Context, pass_context
from ishc.language import say
from programme.dates import short


@click.command(
    "status",
    help=say("Đang có những gì, lấy về lúc nào.", "What there is and when it was pulled."),
)
@pass_context
def command(context: Context) -> None:
    """Show each form's count and last proven pull, and the run that reports read."""
    if not context.folder.store.is_file():
        context.say("Chưa lấy phiếu nào. Hãy chạy: ishc pull", "Nothing pulled yet. Run: ishc pull")
        context.result({"forms": [], "run": None})
        return
    lines = []
    with RawStore.open(context.folder.store) as store:
        for form in context.settings.forms.values():
            for source in form.sources:
                known = position(store, source.name, form.name)
                count = live(store, source.name, form.name)
                lines.append(
                    {"form": form.name, "source": source.name, "submissions": count, "known": known}
                )
                context.say(*line(form.name, source.name, count, known, context.settings.timezone))
    current = read_current(context.folder)
    context.result({"forms": lines, "run": current})
    if current is None:
        context.say(
            "Chưa đối chiếu. Hãy chạy: ishc reconcile", "Not reconciled yet. Run: ishc reconcile"
        )
    else:
        context.say(
            f"Bảng số liệu: {current.run}, chốt đến {short(current.as_of, 'vi')}.",
            f"Tables: {current.run}, as of {short(current.as_of, 'en')}.",
        )


def line(
    form: str, source: str, count: int, known: Position | None, zone: ZoneInfo
) -> tuple[str, str]:
    """Sum up one source of a form, in both languages."""
    vi, en = "chưa chứng minh đủ", "never proven complete"
    if known and known.proven:
        moment = datetime.fromisoformat(known.proven).astimezone(zone)
        vi = f"chứng minh đủ lúc {moment:%H:%M} ngày {short(moment.date(), 'vi')}"
        en = f"proven complete at {moment:%H:%M} on {short(moment.date(), 'en')}"
    return (
        f"  {form} ({source}): {count} phiếu; {vi}",
        f"  {form} ({source}): {count} submissions; {en}",
    )
