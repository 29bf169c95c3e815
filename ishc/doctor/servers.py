"""The servers: reached, signed in, forms there, clocks agree, and in which country they stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from connectors.catalogue import Catalogue
from connectors.clocks import clock_problems
from connectors.servers import connect, verbs
from connectors.servers.access import Limits
from connectors.servers.contract import Server
from connectors.store.raw import RawStore
from ishc.doctor.seen import Seen
from programme.account import ServerSettings
from programme.folder import Folder
from programme.hosts import host_of, is_near
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import Settings

HOME = "VN"
# public servers of KoBoToolbox: in Virginia, and in Ireland
ABROAD = frozenset({"kf.kobotoolbox.org", "eu.kobotoolbox.org", "kobo.humanitarianresponse.info"})


# somebody waits for the answer: a server that is down is told within a minute
SOON = Limits(connect=10, read=20, whole=60, patience=30, tries=2)


def look(
    folder: Folder, settings: Settings, environ: Mapping[str, str], now: datetime
) -> Iterator[Seen]:
    """Look at every server and its forms; one that fails does not hide the others."""
    for account in settings.servers.values():
        yield from _looked(account, environ, now, lambda server: _forms(server, folder, settings))


def look_at(account: ServerSettings, environ: Mapping[str, str], now: datetime) -> Iterator[Seen]:
    """Look at one server before any form is there: account, clock, where it stands."""
    yield from _looked(account, environ, now, lambda _: ())


def _looked(
    account: ServerSettings,
    environ: Mapping[str, str],
    now: datetime,
    forms: Callable[[Server], Iterable[Seen]],
) -> Iterator[Seen]:
    name = account.name
    try:
        with connect(account, environ, SOON) as server:
            user = verbs(server).check_account(server)
            yield Seen(
                Text(vi=f"máy chủ {name}: tài khoản {user}", en=f"server {name}: account {user}")
            )
            yield Seen(
                Text(vi=f"máy chủ {name}: đồng hồ", en=f"server {name}: clock"),
                tuple(clock_problems(server, now)),
            )
            yield from forms(server)
    except ProblemError as error:
        yield Seen(Text(vi=f"máy chủ {name}", en=f"server {name}"), tuple(error.problems))
    yield Seen(
        Text(vi=f"máy chủ {name}: đặt ở đâu", en=f"server {name}: where it stands"),
        tuple(_country(account)),
    )


def _forms(server: Server, folder: Folder, settings: Settings) -> Iterator[Seen]:
    with RawStore.open(folder.private(folder.data) / folder.store.name) as store:
        catalogue = Catalogue(server, store, settings.forms.values())
        for form in settings.forms.values():
            for source in form.sources:
                if source.server == server.name:
                    what = Text(
                        vi=f"máy chủ {server.name}: {form.name}",
                        en=f"server {server.name}: {form.name}",
                    )
                    try:
                        asset = source.asset or catalogue.deployed_asset(form.name, source)
                        held, listed = verbs(server).counts(server, asset)
                    except ProblemError as error:
                        yield Seen(what, tuple(error.problems))
                    else:
                        place = source.place(form.name)
                        yield Seen(what, tuple(_unseen(held, listed, place)))


def _unseen(held: int, listed: int, place: Place) -> Iterator[Problem]:
    """Tell of submissions that the account may not see: they would count as never sent."""
    if listed < held:
        yield Problem(
            "account-sees-part",
            Text(
                vi=f"máy chủ có {held} phiếu, tài khoản này chỉ được xem {listed}",
                en=f"the server holds {held} submissions, this account may see {listed}",
            ),
            Text(
                vi="hãy nhờ chủ biểu mẫu cấp quyền xem mọi phiếu (KoBo: View submissions)",
                en="ask the owner of the form for the right to see all (KoBo: View submissions)",
            ),
            place,
        )


def _country(account: ServerSettings) -> Iterator[Problem]:
    """Tell of forms with personal data on a server that stands abroad, or nobody knows where.

    Collecting in Viet Nam on a foreign server counts as a transfer across the border: Law
    91/2025/QH15 and Decree 356/2025/NĐ-CP ask for a dossier within 60 days.
    """
    host = host_of(account.url)
    if account.country == HOME or is_near(host):
        return
    if host in ABROAD or account.country:
        yield Problem(
            "server-abroad",
            Text(
                vi=f"máy chủ {host} đặt ở nước ngoài, mà biểu mẫu có dữ liệu cá nhân: đó là chuyển "
                "dữ liệu cá nhân xuyên biên giới (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP)",
                en=f"{host} stands abroad and the forms hold personal data: that is a transfer "
                "across the border (Law 91/2025/QH15, Decree 356/2025/NĐ-CP)",
            ),
            Text(
                vi="lập hồ sơ đánh giá trong 60 ngày, hoặc dùng máy chủ trong nước (KoBo hoặc ODK "
                "Central tự cài)",
                en="file the assessment within 60 days, or use a server of your own in Viet Nam "
                "(KoBo or ODK Central)",
            ),
            Place(server=account.name),
            "warning",
        )
    elif not host.endswith(".vn"):
        yield Problem(
            "server-country-unknown",
            Text(
                vi=f"không rõ máy chủ {host} đặt ở nước nào",
                en=f"nothing says in which country {host} stands",
            ),
            Text(
                vi='nếu ở Việt Nam, ghi country = "VN" vào mục của máy chủ trong ishc.toml',
                en='if it is in Viet Nam, write country = "VN" into its table of ishc.toml',
            ),
            Place(server=account.name),
            "note",
        )
