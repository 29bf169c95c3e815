"""A filled form sent to the server that the programme tries things on."""

from connectors.catalogue import Catalogue
from connectors.servers import connect, openrosa
from connectors.servers.faults import fault
from connectors.store.raw import RawStore
from forms.carry import carry, served_form
from ishc.context import Context
from programme.hosts import host_of, is_near
from programme.problem import Place, Problem, ProblemError, Text


def send(context: Context, form: str, xml: str) -> None:
    """Send a form that was filled on this computer, as a phone would.

    Only to a server of the same house, such as the sandbox: made-up answers have no place among
    real ones, and real ones come from phones.

    Args:
        form: as ``ishc.toml`` names it.
        xml: as ``forms.engine.fill`` gives it.

    Raises:
        ProblemError: ``send-no-form``, ``send-real-server``, ``form-not-deployed``, and what can
            be wrong with the server.
    """
    settings = context.settings.forms.get(form)
    if settings is None:
        raise ProblemError(_no_form(form))
    source = settings.sources[0]
    account = context.settings.servers[source.server]
    if not is_near(host_of(account.openrosa_url)):
        raise ProblemError(_real_server(account.name))
    folder = context.folder
    with (
        connect(account, context.environ) as server,
        RawStore.open(folder.private(folder.data) / folder.store.name) as store,
    ):
        catalogue = Catalogue(server, store, context.settings.forms.values())
        asset = catalogue.known(form, source) or catalogue.deployed_asset(form, source)
        offered = openrosa.find(server, asset)
        if offered is None:
            raise fault("server-not-found", server.http.place)
        served = served_form(openrosa.form_xml(server, offered).decode())
        openrosa.submit(server, carry(xml, served).encode())


def _no_form(form: str) -> Problem:
    return Problem(
        "send-no-form",
        Text(
            vi=f"ishc.toml không có biểu mẫu «{form}», nên không biết gửi về đâu",
            en=f"ishc.toml has no form “{form}”, so nothing says where to send it",
        ),
        Text(vi=f"hãy thêm mục [forms.{form}]", en=f"add [forms.{form}]"),
    )


def _real_server(name: str) -> Problem:
    return Problem(
        "send-real-server",
        Text(
            vi="chỉ gửi thử lên máy chủ tập; máy chủ này giữ số liệu thật",
            en="answers filled here are sent to the sandbox only; this server holds real data",
        ),
        Text(
            vi="điền bằng điện thoại (KoboCollect, ODK Collect) hoặc trang web của máy chủ",
            en="fill it on a phone (KoboCollect, ODK Collect) or on the server's own page",
        ),
        Place(server=name),
    )
