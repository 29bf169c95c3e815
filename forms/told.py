"""What pyxform and the engine say of a fault that our rules have told already, in our words."""

import re
from collections.abc import Sequence

from programme.problem import Problem

_OF_ENGINES = ("form-compile", "xform-unreadable", "form-invalid", "pulldata-missing")
_STRUCTURE = ("survey-type-unknown", "survey-group-open", "survey-end-wrong")
_TRANSLATIONS = ("translation-missing", "language-header", "language-missing")
_LANGUAGES = re.compile("Language '.*' is missing|language declarations")


def is_told(problems: Sequence[Problem], problem: Problem) -> bool:
    """Tell whether an error stands at this row already, in our own words.

    pyxform stops at its first error; one without a row is most likely told with its row.
    """
    errors = [each for each in problems if each.severity == "error"]
    if "Cycle detected" in problem.what.en and any(
        each.code == "formula-circular" for each in errors
    ):
        return True  # the engine names other rows of the same circle
    if _LANGUAGES.search(problem.what.en) and any(each.code in _TRANSLATIONS for each in errors):
        return True
    if problem.code == "form-compile" and any(each.code in _STRUCTURE for each in errors):
        return True  # pyxform goes on with the groups as it then takes them
    if problem.place.row is None:
        return problem.code in _OF_ENGINES and bool(errors)
    place = (problem.place.sheet, problem.place.row)
    return any((each.place.sheet, each.place.row) == place for each in errors)
