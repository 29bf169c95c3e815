"""``ishc status``: what there is, and when it was pulled and reconciled."""

import click

from connectors.store.ledger import Position, position
from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from connectors.store.versions import live
from ishc.context import Context, pass_context
from ishc.language import say


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
            for server in form.servers:
                known = position(store, server, form.name)
                count = live(store, server, form.name)
                lines.append(
                    {"form": form.name, "server": server, "submissions": count, "known": known}
                )
                context.say(*line(form.name, server, count, known))
    current = read_current(context.folder)
    context.result({"forms": lines, "run": current})
    if current is None:
        context.say(
            "Chưa đối chiếu. Hãy chạy: ishc reconcile", "Not reconciled yet. Run: ishc reconcile"
        )
    else:
        context.say(
            f"Bảng số liệu: {current.run}, chốt đến {current.as_of:%d/%m/%Y}.",
            f"Tables: {current.run}, as of {current.as_of:%d/%m/%Y}.",
        )


def line(form: str, server: str, count: int, known: Position | None) -> tuple[str, str]:
    """Sum up one form of one server, in both languages."""
    proven = known.proven if known else None
    vi = f"chứng minh đủ lúc {proven}" if proven else "chưa chứng minh đủ"
    en = f"proven complete at {proven}" if proven else "never proven complete"
    return (
        f"  {form} ({server}): {count} phiếu; {vi}",
        f"  {form} ({server}): {count} submissions; {en}",
    )
