"""Whether what phones have was put there from this folder."""

from connectors.same_form import same_form
from connectors.servers import openrosa
from connectors.servers.openrosa import Offered
from connectors.store.deployed import kept_workbooks
from connectors.store.deployments import deployed
from connectors.visit import Visit
from forms.compile import compile_form
from programme.problem import ProblemError


def from_here(here: Visit, asset: str, offered: Offered) -> bool:
    """Tell whether phones have the questions that were last deployed from here.

    Raises:
        ProblemError: a fault of the server.
    """
    known = deployed(here.store, here.source.name, here.form)
    if known is None or known[0] != asset:
        return False
    return known[1] == offered.digest or _as_kept(here, offered)


def _as_kept(here: Visit, offered: Offered) -> bool:
    """Compare with the copy of the workbook: another computer may have published lists since."""
    kept = kept_workbooks(here.store.path.parent, here.form)
    if not kept:
        return False
    try:
        ours = compile_form(kept[0]).xml
    except ProblemError:
        return False
    return same_form(ours, openrosa.form_xml(here.server, offered))
