"""Where the submissions of a source are."""

from connectors.catalogue import Catalogue
from connectors.servers import verbs
from connectors.servers.contract import Extent, Server
from connectors.servers.faults import ServerFault
from connectors.work import Wanted
from forms.workbook import read_workbook
from programme.folder import Folder
from programme.problem import ProblemError


def locate(
    server: Server, catalogue: Catalogue, wanted: Wanted, folder: Folder
) -> tuple[str, Extent]:
    """Give the asset of a source and how far its submissions reach.

    Where it was last time, else by the form id, else by the title of the workbook.

    Raises:
        ProblemError: ``form-not-deployed``, ``form-ambiguous``, or a fault of the server.
    """
    known, extent = catalogue.known(*wanted), verbs(server).extent
    if known is not None:
        try:
            return known, extent(server, known)
        except ServerFault as error:
            gone = error.code == "server-not-found" and not wanted.source.asset
            if not gone or catalogue.find(*wanted) is None:
                raise
    asset = catalogue.deployed_asset(*wanted, _title(folder, wanted.form))
    return asset, extent(server, asset)


def _title(folder: Folder, form: str) -> str | None:
    try:
        return read_workbook(folder.xlsforms / f"{form}.xlsx").setting("form_title") or None
    except ProblemError:  # a pull needs no workbook
        return None
