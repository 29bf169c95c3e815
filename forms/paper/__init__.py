"""XLSForms on paper: a Word questionnaire for villages where the phone fails, and for training."""

from forms.paper.write import write_paper

__all__ = ["write_paper"]
