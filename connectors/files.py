"""Photos and other files of submissions, fetched once each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from connectors.servers.access import MEGABYTE
from connectors.servers.contract import Attachment
from connectors.servers.faults import ServerFault
from connectors.servers.http import Downloaded
from connectors.store.attachments import keep_file, put_back, waiting
from connectors.work import Work
from programme.numbers import counted
from programme.problem import Place, Problem, Text

# these concern the server or the account: no other file would come either
_OF_THE_SERVER = frozenset(
    {
        "server-unreachable",
        "server-name",
        "server-tls",
        "server-token",
        "server-permission",
        "server-busy",
    }
)
# each of these took all the patience there is; so many files in a row are the server's fault
_TIRING = frozenset({"server-timeout", "server-reset", "server-truncated"})
_IN_A_ROW = 3
_LISTED = 20  # submissions that a problem names
_TOO_LARGE, _ODD = "server-too-large", "odd"


@dataclass(slots=True)
class _Fetching:
    """How far it is: files of how many, bytes, and what went wrong with which submissions."""

    work: Work
    of: int
    done: int = 0
    size: int = 0
    tiring: int = 0
    wrong: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def say(self, more: int = 0) -> None:
        """Tell the person who waits.

        Args:
            more: bytes that are here of the file that comes now.
        """
        size = (self.size + more) // MEGABYTE
        self.work.say(
            f"đang tải tệp đính kèm, đã nhận {size} MB",
            f"fetching attachments, {size} MB so far",
            self.done,
            self.of,
        )


def pull_files(work: Work, folder: Path) -> None:
    """Fetch the files that are on the server and not here yet; equal ones are kept once.

    A file that fails does not stop the others; the next pull tries it again, after all others,
    and from where it broke off.

    Args:
        folder: where they lie, named by their content.

    Raises:
        ProblemError: of the server or the store; files fetched until then stay.
    """
    origin = work.origin
    wanted = waiting(work.store, origin.source, origin.form, origin.asset)
    fetching = _Fetching(work, len(wanted))
    try:
        for each in wanted:
            _fetch(fetching, folder, each)
            fetching.done += 1
            fetching.say()
    finally:
        work.tally.problems += _problems(work, fetching.wrong)


def _fetch(fetching: _Fetching, folder: Path, attachment: Attachment) -> None:
    work = fetching.work

    def fetch(into: Path) -> Downloaded:
        return work.verbs.fetch_attachment(work.server, attachment, into, fetching.say)

    wanted = (work.origin.source, work.origin.form, attachment)
    try:
        kept = keep_file(work.store, folder, wanted, fetch, work.moment)
    except ServerFault as error:
        if error.code in _OF_THE_SERVER:
            raise
        put_back(work.store, work.origin.source, work.origin.form, attachment)
        fetching.tiring = fetching.tiring + 1 if error.code in _TIRING else 0
        if fetching.tiring >= _IN_A_ROW:
            raise
        fetching.wrong[error.code].append(attachment.submission)
        return
    fetching.tiring = 0
    fetching.size += kept.size
    work.tally.attachments += 1
    if not kept.fits:
        fetching.wrong[_ODD].append(attachment.submission)


def _problems(work: Work, wrong: Mapping[str, Sequence[int]]) -> Iterator[Problem]:
    place = Place(form=work.origin.form)
    missing = {code: ids for code, ids in wrong.items() if code not in (_TOO_LARGE, _ODD)}
    if large := wrong.get(_TOO_LARGE):
        yield _too_large(large, work.server.limits.file, place)
    if odd := wrong.get(_ODD):
        yield _odd(odd, place)
    if missing:
        yield _missing(missing, place)


def _named(ids: Sequence[int]) -> str:
    every = sorted(set(ids))
    return ", ".join(map(str, every[:_LISTED])) + (" …" if len(every) > _LISTED else "")


def _too_large(ids: Sequence[int], most: int, place: Place) -> Problem:
    cap = f"{most / MEGABYTE:.6g} MB"
    return Problem(
        "attachments-too-large",
        Text(
            vi=f"{len(ids)} tệp đính kèm lớn hơn {cap} nên không được tải (phiếu {_named(ids)})",
            en=f"{counted(len(ids), 'attachment is', 'attachments are')} larger than {cap} and not"
            f" fetched (submissions: {_named(ids)})",
        ),
        Text(
            vi="các phiếu vẫn đầy đủ; nếu cần những tệp này, hãy tăng largest_file (MB) trong mục "
            "[pull] của ishc.toml, hoặc tải chúng trên trang của máy chủ",
            en="the submissions are complete; if you need these files, raise largest_file (MB) in"
            " [pull] in ishc.toml, or download them on the server's page",
        ),
        place,
        severity="warning",
    )


def _odd(ids: Sequence[int], place: Place) -> Problem:
    return Problem(
        "attachments-odd",
        Text(
            vi=f"{len(ids)} tệp đính kèm trống hoặc không phải ảnh, âm thanh, phim như câu hỏi yêu "
            f"cầu (phiếu {_named(ids)})",
            en=f"{counted(len(ids), 'attachment is', 'attachments are')} empty, or not the picture,"
            f" sound or film that was asked for (submissions: {_named(ids)})",
        ),
        Text(
            vi="tệp đã được giữ nguyên như trên máy chủ; hãy mở thử, và nhờ người gửi gửi lại nếu "
            "hỏng",
            en="they are kept as the server has them; open them, and ask for them again if they "
            "are broken",
        ),
        place,
        severity="warning",
    )


def _missing(wrong: Mapping[str, Sequence[int]], place: Place) -> Problem:
    why = ", ".join(f"{code}: {len(ids)}" for code, ids in sorted(wrong.items()))
    every = [each for ids in wrong.values() for each in ids]
    return Problem(
        "attachments-missing",
        Text(
            vi=f"{len(every)} tệp đính kèm không tải được ({why}; phiếu {_named(every)})",
            en=f"{counted(len(every), 'attachment', 'attachments')} could not be fetched"
            f" ({why}; submissions: {_named(every)})",
        ),
        Text(
            vi="lần tải sau sẽ thử lại; các phiếu vẫn đầy đủ",
            en="the next pull tries again; the submissions are complete",
        ),
        place,
        severity="warning",
    )
