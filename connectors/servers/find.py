"""Which asset of a server is the form that is meant."""

from collections.abc import Sequence

from connectors.servers.contract import DeployedForm
from programme.problem import Exit, Place, Problem, ProblemError, Text


def find_form(
    forms: Sequence[DeployedForm], form_id: str, server: str, title: str | None = None
) -> DeployedForm | None:
    """Find a form among those of a server, None when it is not there.

    The form id decides; by name only those are taken that have no id. What phones have wins
    over drafts and archived forms.

    Args:
        form_id: the id in the workbook's settings.
        server: the programme's name of the server, for the problem.
        title: the form's title.

    Raises:
        ProblemError: ``form-ambiguous`` when several fit equally well.
    """
    named = [each for each in forms if each.form_id == form_id] or [
        each for each in forms if not each.form_id and each.name in (form_id, title)
    ]
    for fitting in (
        [each for each in named if each.deployed],
        [each for each in named if each.version],
        named,
    ):
        if len(fitting) > 1:
            raise _ambiguous(fitting, form_id, server)
        if fitting:
            return fitting[0]
    return None


def _ambiguous(forms: Sequence[DeployedForm], form_id: str, server: str) -> ProblemError:
    assets = ", ".join(each.asset for each in forms)
    return ProblemError(
        Problem(
            "form-ambiguous",
            Text(
                vi=f"trên máy chủ có nhiều biểu mẫu mang mã này: {assets}",
                en=f"the server has several forms with this id: {assets}",
            ),
            Text(
                vi=f'hãy ghi asset = "…" vào mục [forms.{form_id}] trong ishc.toml',
                en=f'write asset = "…" into [forms.{form_id}] in ishc.toml',
            ),
            Place(server=server, form=form_id),
        ),
        Exit.SERVER,
    )
