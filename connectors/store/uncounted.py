"""Submissions of sources that ``ishc.toml`` does not name any more: kept, but not counted.

A source that was renamed or split is pulled again under its new names. What was kept under the
old one would count beside it: what was deleted since would come back, and an edited submission
would stand there twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from connectors.store.raw import RawStore
from programme.dates import moment
from programme.numbers import counted, number
from programme.problem import Place, Problem, Text
from programme.settings import Settings
from programme.sources import IMPORTED


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A source of a form that was pulled and has no place in ``ishc.toml``.

    Args:
        submissions: live ones.
        pulled: moment of its last pull, UTC; None where the ledger has none.
    """

    form: str
    source: str
    submissions: int
    pulled: str | None


def uncounted(store: RawStore, settings: Settings) -> list[Uncounted]:
    """List the sources that do not count, by form and name; also those with nothing left."""
    named = {
        (form.name, source.name) for form in settings.forms.values() for source in form.sources
    }
    kept = store.connection.execute(
        "SELECT form, source, SUM(live), (SELECT MAX(started) FROM run WHERE"
        " run.source = kept.source AND run.form = kept.form AND agreed)"
        " FROM (SELECT form, source, COUNT(*) AS live FROM submission WHERE deleted IS NULL"
        " GROUP BY source, form UNION ALL SELECT form, source, 0 FROM position) AS kept"
        " GROUP BY form, source ORDER BY form, source"
    )
    return [Uncounted(*row) for row in kept if row[1] != IMPORTED and (row[0], row[1]) not in named]


def not_counted(sources: list[Uncounted], zone: ZoneInfo) -> Iterator[Problem]:
    """Tell of each such source that has submissions, and how to have it counted again.

    Args:
        zone: moments are given in its local time.
    """
    for each in sources:
        if not each.submissions:
            continue
        pulled = pulled_at(each, zone)
        yield Problem(
            "source-not-counted",
            Text(
                vi=f"ishc.toml không còn nguồn «{each.source}» của biểu mẫu này nên "
                f"{number(each.submissions, 'vi')} phiếu của nguồn đó không được tính{pulled.vi}",
                en=f"ishc.toml does not name source “{each.source}” of this form any more, so its "
                f"{counted(each.submissions, 'submission', 'submissions')} do not count"
                f"{pulled.en}",
            ),
            Text(
                vi="nếu nguồn chỉ đổi tên hoặc được tách ra: không cần làm gì, dữ liệu cũ vẫn được "
                f"giữ; nếu vẫn cần tính, hãy ghi lại mục [forms.{each.form}.sources.{each.source}] "
                "trong ishc.toml",
                en="if it was only renamed or split: leave it, the old data stay here; if it is to "
                f"count, name it again in ishc.toml, as [forms.{each.form}.sources.{each.source}]",
            ),
            Place(form=each.form, source=each.source),
            "note",
        )


def pulled_at(source: Uncounted, zone: ZoneInfo) -> Text:
    """Write when a source was pulled last, as the end of a sentence."""
    if source.pulled is None:
        return Text(vi="", en="")
    at = moment(source.pulled, zone)
    return Text(vi=f"; lấy lần cuối lúc {at.vi}", en=f"; last pulled at {at.en}")
