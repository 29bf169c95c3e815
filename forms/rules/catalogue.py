"""Every rule, in the order in which it looks, and every code with whether it can be waived."""

from forms import survey_problems
from forms.rules import (
    choices,
    circles,
    columns,
    comparisons,
    dates,
    defaults,
    engines,
    entity,
    expressions,
    features,
    fonts,
    form_settings,
    headers,
    keyed,
    list_codes,
    lists,
    money,
    names,
    questions,
    references,
    sheets,
    translations,
    waivers,
    words,
)
from forms.rules.fault import Fault
from forms.rules.subject import Rule
from forms.survey_problems import Said

RULES: tuple[Rule, ...] = (
    sheets.macros,
    sheets.cell_error,
    headers.sheet_name,
    headers.column_misspelt,
    headers.column_unknown,
    form_settings.settings_missing,
    form_settings.form_id_odd,
    translations.language_missing,
    translations.language_header,
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
    references.reference_unknown,
    references.reference_broken,
    expressions.quotes_curly,
    expressions.expression_unbalanced,
    expressions.operator_unknown,
    expressions.function_unknown,
    expressions.arguments_wrong,
    words.yes_misread,
    words.name_bare,
    words.choice_unknown,
    comparisons.multiple_compared,
    comparisons.constraint_number_on_text,
    comparisons.date_bare,
    comparisons.number_thousands,
    circles.formula_circular,
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
    fonts.label_old_font,
    entity.sheet_missing,
    entity.in_repeat,
    entity.name_not_plain,
    entity.label_missing,
    entity.names_people,
    features.feature_unsupported,
    features.appearance_unknown,
)
# with the files beside the form; left out where nobody knows where those are
LIST_RULES: tuple[Rule, ...] = (
    lists.media_missing,
    lists.list_unreadable,
    lists.list_column_missing,
    lists.pulldata_missing,
    keyed.list_key_missing,
    list_codes.list_code_unmatched,
    list_codes.list_code_length,
    list_codes.list_row_twice,
    entity.list_unknown,
    entity.property_unknown,
)
_MODULES = (
    sheets,
    headers,
    form_settings,
    translations,
    lists,
    keyed,
    list_codes,
    choices,
    names,
    references,
    expressions,
    words,
    comparisons,
    circles,
    fonts,
    columns,
    engines,
    dates,
    defaults,
    money,
    questions,
    features,
    entity,
    waivers,
)


def faults() -> dict[str, Fault]:
    """Give what every rule says, by code."""
    return {
        value.code: value
        for module in _MODULES
        for value in vars(module).values()
        if isinstance(value, Fault)
    }


def codes() -> dict[str, bool]:
    """Give every code that a waiver may name, and whether even its errors may be waived."""
    known = {each.code: False for each in vars(survey_problems).values() if isinstance(each, Said)}
    known |= dict.fromkeys(("form-compile", "form-compile-warning"), False)
    return known | {code: fault.waivable for code, fault in faults().items()}
