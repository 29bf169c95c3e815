"""``ishc status``: how the nights went, what there is, when it was pulled and reconciled."""

from datetime import UTC, datetime

import click

from connectors.store.attachments import missing
from connectors.store.ledger import changes_after, last_pulls, position
from connectors.store.raw import RawStore
from connectors.store.runs import Current, pointer, read_current
from connectors.store.uncounted import uncounted
from connectors.store.unreadable import count_unreadable
from connectors.store.versions import live
from ishc.areas_shown import classified, classified_line
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.nights_shown import nights_lines, nights_of, nights_value
from ishc.pulls_shown import pull_line, source_line, tables_line, uncounted_line

PULLS = 5


@click.command(
    "status",
    help=say(
        "Các đêm gần đây thế nào, cần làm gì; đang có những gì, đầy đủ đến lúc nào; những lần lấy "
        "phiếu gần đây.",
        "How the last nights went and what to do; what there is, and complete as of when; the last "
        "pulls and what failed.",
    ),
)
@pass_context
def command(context: Context) -> None:
    """Show the last nights, each source's count and proof, and the run that reports read."""
    zone = context.settings.timezone
    nights = nights_of(context.folder, datetime.now(zone))
    for told in nights_lines(nights, context.settings) if nights else ():
        context.say(told.vi, told.en)
    if not context.folder.store.is_file():
        context.say("Chưa lấy phiếu nào. Hãy chạy: ishc pull", "Nothing pulled yet. Run: ishc pull")
        nothing: dict[str, object] = {"forms": [], "not_counted": [], "pulls": [], "run": None}
        context.result({**nothing, "nights": nights_value(nights)})
        return
    current = read_current(context.folder)
    with RawStore.read(context.folder.store) as store:
        forms = _sources(context, store)
        others = uncounted(store, context.settings)
        pulls = last_pulls(store, PULLS)
        since = changes_after(store, current.pulled) if current else 0
    made = _made(context) if current else None
    areas = classified(context.folder) if current else None
    context.result(
        {
            "forms": forms,
            "not_counted": others,
            "pulls": pulls,
            "run": current,
            "made": made,
            "changes_since": since,
            "areas": areas,
            "nights": nights_value(nights),
        }
    )
    for other in others:
        line = uncounted_line(other, zone)
        context.say(line.vi, line.en)
    if pulls:
        context.say("Những lần lấy phiếu gần đây:", "Last pulls:")
    for runs in pulls:
        line = pull_line(runs, zone)
        context.say(line.vi, line.en)
    _say_tables(context, current, made, since)
    if areas and (lacking := classified_line(areas, context.folder)):
        context.say(lacking.vi, lacking.en)


def _sources(context: Context, store: RawStore) -> list[dict[str, object]]:
    """Show every source that ``ishc.toml`` names, and give the same for programs."""
    lines: list[dict[str, object]] = []
    for form in context.settings.forms.values():
        for source in form.sources:
            key = (store, source.name, form.name)
            known, count, lost = position(*key), live(*key), missing(*key)
            apart = count_unreadable(*key)
            lines.append(
                {
                    "form": form.name,
                    "source": source.name,
                    "submissions": count,
                    "known": known,
                    "unreadable": apart,
                    "attachments_missing": lost,
                }
            )
            zone = context.settings.timezone
            line = source_line(form.name, source.name, count, known, zone, lost, apart)
            context.say(line.vi, line.en)
    return lines


def _made(context: Context) -> str:
    changed = pointer(context.folder).stat().st_mtime
    return datetime.fromtimestamp(changed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _say_tables(context: Context, current: Current | None, made: str | None, since: int) -> None:
    if current is None or made is None:
        context.say(
            "Chưa đối chiếu. Hãy chạy: ishc reconcile", "Not reconciled yet. Run: ishc reconcile"
        )
        return
    line = tables_line(current, made, since, context.settings.timezone)
    context.say(line.vi, line.en)
