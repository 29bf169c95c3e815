"""Where a server keeps each form of the programme."""

from collections.abc import Collection

from connectors.servers import verbs
from connectors.servers.contract import DeployedForm, Server
from connectors.servers.find import find_form
from connectors.store.deployments import deployed
from connectors.store.ledger import position
from connectors.store.raw import RawStore
from programme.problem import Exit, Problem, ProblemError, Text
from programme.settings import FormSettings, SourceSettings


class Catalogue:
    """The forms of one account, listed at most once: it takes a request a form."""

    def __init__(self, server: Server, store: RawStore, forms: Collection[FormSettings]) -> None:
        self._server = server
        self._store = store
        # those that the settings name belong to their own sources
        self._named = {
            source.asset
            for form in forms
            for source in form.sources
            if source.server == server.name
        }
        self._forms: list[DeployedForm] | None = None

    def known(self, form: str, source: SourceSettings) -> str | None:
        """Give the asset named in the settings, else where the form was last time."""
        if source.asset:
            return source.asset
        if there := deployed(self._store, source.name, form):
            return there[0]
        there_last = position(self._store, source.name, form)
        return there_last.asset if there_last else None

    def find(
        self, form: str, source: SourceSettings, title: str | None = None
    ) -> DeployedForm | None:
        """Look for a form on the server by its id, or by its title where it has none there.

        Raises:
            ProblemError: ``form-ambiguous``, or a fault of the server.
        """
        if self._forms is None:
            self._forms = verbs(self._server).list_forms(self._server)
        free = [each for each in self._forms if each.asset not in self._named]
        return find_form(free, form, source, title)

    def deployed_asset(self, form: str, source: SourceSettings, title: str | None = None) -> str:
        """Look for a form that phones have or had.

        Args:
            title: its title, by which a form that has no id there is found.

        Raises:
            ProblemError: ``form-not-deployed``, and as for ``find``.
        """
        found = self.find(form, source, title)
        if found is None or not found.version:
            raise ProblemError(
                Problem(
                    "form-not-deployed",
                    Text(
                        vi="biểu mẫu này chưa được triển khai lên máy chủ",
                        en="this form is not deployed on the server",
                    ),
                    Text(
                        vi=f"hãy chạy: ishc deploy {form}; nếu đã có ở đó với mã khác, "
                        f'hãy ghi asset = "…" vào mục [{source.setting}]',
                        en=f"run: ishc deploy {form}; if it is there under another id, "
                        f'write asset = "…" into [{source.setting}]',
                    ),
                    source.place(form),
                ),
                Exit.SERVER,
            )
        return found.asset
