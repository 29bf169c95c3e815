"""Photos and other files of submissions, fetched once each."""

from collections import Counter
from pathlib import Path

from connectors.servers.contract import Attachment
from connectors.servers.faults import ServerFault
from connectors.servers.http import Downloaded
from connectors.store.attachments import keep_file, waiting
from connectors.work import Work
from programme.problem import Place, Problem, Text

# these concern one file; anything else concerns the server and stops
_OF_ONE_FILE = frozenset({"server-not-found", "server-too-large", "server-refused", "server-error"})


def pull_files(work: Work, folder: Path) -> None:
    """Fetch the files that are on the server and not here yet; equal ones are kept once.

    Args:
        folder: where they lie, named by their content.

    Raises:
        ProblemError: of the server or the store; files fetched until then stay.
    """
    origin = work.origin
    wanted = waiting(work.store, origin.source, origin.form, origin.asset)
    failed: Counter[str] = Counter()
    for done, each in enumerate(wanted):
        work.say("đang tải tệp đính kèm", "fetching attachments", done, len(wanted))
        try:
            _keep(work, folder, each)
        except ServerFault as error:
            if error.code not in _OF_ONE_FILE:
                raise
            failed[error.code] += 1
        else:
            work.tally.attachments += 1
    if failed:
        work.tally.problems.append(_missing(work, failed))


def _keep(work: Work, folder: Path, attachment: Attachment) -> None:
    def fetch(into: Path) -> Downloaded:
        return work.verbs.fetch_attachment(work.server, attachment, into)

    key = (work.origin.source, work.origin.form, attachment.submission, attachment.uid)
    keep_file(work.store, folder, key, fetch, work.moment)


def _missing(work: Work, failed: Counter[str]) -> Problem:
    why = ", ".join(f"{code}: {count}" for code, count in sorted(failed.items()))
    return Problem(
        "attachments-missing",
        Text(
            vi=f"{failed.total()} tệp đính kèm không tải được ({why})",
            en=f"{failed.total()} attachments could not be fetched ({why})",
        ),
        Text(
            vi="lần tải sau sẽ thử lại; các phiếu vẫn đầy đủ",
            en="the next pull tries again; the submissions are complete",
        ),
        Place(server=work.origin.source, form=work.origin.form),
        severity="warning",
    )
