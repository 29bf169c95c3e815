"""``ishc status``: what there is, and when it was pulled and reconciled."""

from collections.abc import Iterator

import click

from connectors.store.ledger import last_pulls, met, position
from connectors.store.raw import RawStore
from connectors.store.runs import read_current
from connectors.store.versions import live
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.pulls_shown import pull_line, source_line
from programme.dates import short
from programme.settings import Settings

PULLS = 5


@click.command(
    "status",
    help=say(
        "Đang có những gì, đầy đủ đến lúc nào; những lần lấy phiếu gần đây.",
        "What there is, and complete as of when; the last pulls and what failed.",
    ),
)
@pass_context
def command(context: Context) -> None:
    """Show each source's count and proof, the last pulls, and the run that reports read."""
    if not context.folder.store.is_file():
        context.say("Chưa lấy phiếu nào. Hãy chạy: ishc pull", "Nothing pulled yet. Run: ishc pull")
        context.result({"forms": [], "pulls": [], "run": None})
        return
    zone = context.settings.timezone
    lines = []
    with RawStore.open(context.folder.store) as store:
        for form, source in _sources(context.settings, store):
            known, count = position(store, source, form), live(store, source, form)
            lines.append({"form": form, "source": source, "submissions": count, "known": known})
            line = source_line(form, source, count, known, zone)
            context.say(line.vi, line.en)
        pulls = last_pulls(store, PULLS)
    current = read_current(context.folder)
    context.result({"forms": lines, "pulls": pulls, "run": current})
    if pulls:
        context.say("Những lần lấy phiếu gần đây:", "Last pulls:")
    for runs in pulls:
        line = pull_line(runs, zone)
        context.say(line.vi, line.en)
    if current is None:
        context.say(
            "Chưa đối chiếu. Hãy chạy: ishc reconcile", "Not reconciled yet. Run: ishc reconcile"
        )
    else:
        context.say(
            f"Bảng số liệu: {current.run}, chốt đến {short(current.as_of, 'vi')}.",
            f"Tables: {current.run}, as of {short(current.as_of, 'en')}.",
        )


def _sources(settings: Settings, store: RawStore) -> Iterator[tuple[str, str]]:
    """Give every form with its sources; also those gone from ``ishc.toml``: tables have them."""
    for form in settings.forms.values():
        named = [source.name for source in form.sources]
        for source in dict.fromkeys([*named, *met(store, form.name)]):
            yield form.name, source
