"""Every rule, in the order in which it looks, and every code with whether it can be waived."""

from types import ModuleType

from forms import survey_problems
from forms.rules import (
    choices,
    columns,
    dates,
    defaults,
    engines,
    expressions,
    features,
    lists,
    money,
    names,
    questions,
    sheets,
    translations,
)
from forms.rules.fault import Fault
from forms.rules.subject import Rule
from forms.survey_problems import Said

RULES: tuple[Rule, ...] = (
    sheets.macros,
    sheets.cell_error,
    translations.language_missing,
    translations.translation_missing,
    translations.label_missing,
    translations.default_language_unknown,
    choices.list_missing,
    choices.choice_incomplete,
    choices.column_name,
    choices.choice_name_blank,
    choices.choice_name_twice,
    choices.choice_name_not_plain,
    choices.choices_too_many,
    names.name_not_plain,
    names.name_in_two_tables,
    expressions.reference_unknown,
    expressions.quotes_curly,
    expressions.expression_unbalanced,
    expressions.operator_unknown,
    expressions.function_unknown,
    expressions.arguments_wrong,
    columns.filter_column_missing,
    columns.instance_missing,
    engines.count_in_context,
    engines.sum_of_blanks,
    engines.position_of_repeat,
    engines.regex_class,
    engines.truth_value,
    dates.date_with_time,
    dates.day_lost,
    defaults.default_date,
    defaults.default_number,
    defaults.default_choice,
    money.integer_too_big,
    money.integer_money,
    questions.note_required,
    questions.constraint_refuses_empty,
    questions.constraint_message_missing,
    questions.label_long,
    features.feature_unsupported,
    features.appearance_unknown,
)
# with the files beside the form; left out where nobody knows where those are
LIST_RULES: tuple[Rule, ...] = (
    lists.media_missing,
    lists.list_unreadable,
    lists.list_column_missing,
    lists.pulldata_missing,
)
_WAIVABLE_ERRORS = ("media-missing", "translation-missing", "label-missing", "language-missing")
_NOT_WAIVABLE = ("list-column-missing", "date-with-time", "form-compile")
_WARNINGS = (
    "date-day-lost",
    "name-not-plain",
    "name-in-two-tables",
    "form-compile-warning",
)


def codes() -> dict[str, bool]:
    """Give every code that a waiver may name, and whether even its errors may be waived."""
    known = dict.fromkeys(_WAIVABLE_ERRORS, True)
    known |= dict.fromkeys((*_NOT_WAIVABLE, *_WARNINGS), False)
    known |= {each.code: False for each in vars(survey_problems).values() if isinstance(each, Said)}
    for fault in _faults(
        translations,
        choices,
        names,
        expressions,
        columns,
        engines,
        dates,
        defaults,
        money,
        questions,
        features,
        sheets,
    ):
        known[fault.code] = known.get(fault.code, False) or fault.waivable
    return known


def _faults(*modules: ModuleType) -> tuple[Fault, ...]:
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, Fault)
    )
