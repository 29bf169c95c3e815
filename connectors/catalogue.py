"""Where a server keeps each form of the programme."""

from connectors.servers import verbs
from connectors.servers.contract import DeployedForm, Server
from connectors.servers.find import find_form
from connectors.store.ledger import deployed, position
from connectors.store.raw import RawStore
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.settings import FormSettings


class Catalogue:
    """The forms of one server, listed at most once: it takes a request a form."""

    def __init__(self, server: Server, store: RawStore) -> None:
        self._server = server
        self._store = store
        self._forms: list[DeployedForm] | None = None

    def known(self, form: FormSettings) -> str | None:
        """Give the asset named in the settings, else where the form was last time."""
        if form.asset:
            return form.asset
        if there := deployed(self._store, self._server.name, form.name):
            return there[0]
        there_last = position(self._store, self._server.name, form.name)
        return there_last.asset if there_last else None

    def find(self, form: FormSettings, title: str | None = None) -> DeployedForm | None:
        """Look for a form on the server by its id.

        Raises:
            ProblemError: ``form-ambiguous``, or a fault of the server.
        """
        if self._forms is None:
            self._forms = verbs(self._server).list_forms(self._server)
        return find_form(self._forms, form.name, self._server.name, title)

    def deployed_asset(self, form: FormSettings) -> str:
        """Look for a form that phones have or had.

        Raises:
            ProblemError: ``form-not-deployed``, and as for ``find``.
        """
        found = self.find(form)
        if found is None or not found.version:
            raise ProblemError(
                Problem(
                    "form-not-deployed",
                    Text(
                        vi="biểu mẫu này chưa được triển khai lên máy chủ",
                        en="this form is not deployed on the server",
                    ),
                    Text(
                        vi=f"hãy chạy: ishc deploy {form.name}; nếu đã có ở đó với mã khác, "
                        f'hãy ghi asset = "…" vào mục [forms.{form.name}]',
                        en=f"run: ishc deploy {form.name}; if it is there under another id, "
                        f'write asset = "…" into [forms.{form.name}]',
                    ),
                    Place(server=self._server.name, form=form.name),
                ),
                Exit.SERVER,
            )
        return found.asset
