"""Which asset of a server is the form that is meant."""

from collections.abc import Sequence

from connectors.servers.contract import DeployedForm
from programme.problem import Exit, Problem, ProblemError, Text
from programme.settings import SourceSettings
from programme.text import tidy


def find_form(
    forms: Sequence[DeployedForm], form_id: str, source: SourceSettings, title: str | None = None
) -> DeployedForm | None:
    """Find a form among those of a server, None when it is not there.

    The form id decides; by name only those are taken that have no id. What phones have wins
    over drafts and archived forms.

    Args:
        form_id: the id in the workbook's settings.
        source: whose forms they are, for the problem.
        title: the form's title.

    Raises:
        ProblemError: ``form-ambiguous`` when several fit equally well.
    """
    names = {tidy(each) for each in (form_id, title) if each}
    named = [each for each in forms if each.form_id == form_id] or [
        each for each in forms if not each.form_id and tidy(each.name) in names
    ]
    for fitting in (
        [each for each in named if each.deployed],
        [each for each in named if each.version],
        named,
    ):
        if len(fitting) > 1:
            raise _ambiguous(fitting, form_id, source)
        if fitting:
            return fitting[0]
    return None


def _ambiguous(forms: Sequence[DeployedForm], form_id: str, source: SourceSettings) -> ProblemError:
    listed = "; ".join(f"{each.asset} “{each.name}” {each.changed}" for each in forms)
    return ProblemError(
        Problem(
            "form-ambiguous",
            Text(
                vi=f"trên máy chủ có nhiều biểu mẫu mang mã hoặc tên này: {listed}",
                en=f"the server has several forms with this id or name: {listed}",
            ),
            Text(
                vi=f'hãy ghi asset = "…" vào mục [{source.setting}] trong ishc.toml',
                en=f'write asset = "…" into [{source.setting}] in ishc.toml',
            ),
            source.place(form_id),
        ),
        Exit.SERVER,
    )
