"""Whether this machine's clock is right, by those of the servers."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from connectors.servers import connect
from connectors.servers.access import PATIENT, Limits
from connectors.servers.answer import clock_of
from connectors.servers.contract import Server
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import Settings

CLOCK = "%Y-%m-%dT%H:%M:%S"
AHEAD = timedelta(minutes=5)


def clocks(
    settings: Settings, *, environ: Mapping[str, str], now: datetime, limits: Limits = PATIENT
) -> list[Problem]:
    """Compare this machine's clock with those of all servers; one that fails tells nothing here.

    Args:
        environ: the environment, where tokens may be.
        now: this machine's moment, with its zone.
    """
    found: list[Problem] = []
    for account in settings.servers.values():
        try:
            with connect(account, environ, limits) as server:
                found += clock_problems(server, now)
        except ProblemError:  # the pull has told it
            continue
    return found


def clock_problems(server: Server, now: datetime) -> Iterator[Problem]:
    """Warn when this machine and a server do not agree on the time.

    Raises:
        ProblemError: a fault of the server.
    """
    # whatever the page is, its head has the server's time
    told = clock_of(server.http.request("HEAD", f"{server.url}/", allow=range(300, 500)), CLOCK)
    if not told:
        return
    theirs = datetime.strptime(told, CLOCK).replace(tzinfo=UTC)
    apart = now - theirs
    if abs(apart) > AHEAD:
        minutes = round(abs(apart) / timedelta(minutes=1))
        fast = apart > timedelta(0)
        yield Problem(
            "clock-differs",
            Text(
                vi=f"đồng hồ máy này {'nhanh' if fast else 'chậm'} hơn máy chủ {minutes} phút",
                en=f"this machine is {minutes} minutes {'ahead of' if fast else 'behind'} it",
            ),
            Text(
                vi="hãy bật tự động chỉnh giờ qua mạng; ngày chốt số liệu tính theo máy này",
                en="let the machine set its clock by the network; days are counted by it",
            ),
            Place(server=server.name),
            "warning",
        )
