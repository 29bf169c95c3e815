"""What SQL written by people may contain; everything that is not listed here is refused."""

from functools import cache

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"

# names as DuckDB writes them; a function is listed when it gives the same answer every time and
# touches nothing but its arguments (what grows too large meets the memory limit)
FUNCTIONS: frozenset[str] = frozenset(
    # aggregates
    "any_value arg_max arg_min array_agg avg bool_and bool_or count count_if first last list max "
    "max_by median min min_by mode product quantile_cont quantile_disc stddev stddev_pop "
    "stddev_samp string_agg sum variance var_pop var_samp corr "
    # windows
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank "
    "row_number "
    # dates
    "date_diff date_part date_trunc day dayofweek dayofyear isodow last_day make_date month "
    "monthname quarter strftime strptime try_strptime to_days to_months to_years week year "
    # choices and nulls
    "coalesce greatest if ifnull least nullif "
    # numbers
    "abs ceil ceiling exp floor isfinite isnan ln log10 mod pow power round sign sqrt trunc "
    # text
    "concat concat_ws contains ends_with left length levenshtein lower lpad ltrim nfc_normalize "
    "position regexp_extract regexp_full_match regexp_matches regexp_replace replace reverse right "
    "rpad rtrim split_part starts_with strip_accents strlen strpos substr substring suffix trim "
    "upper "
    # answers to select_multiple
    "array_length array_to_string len list_contains list_distinct list_has_all list_has_any "
    "list_position list_sort list_value string_split unnest "
    # series, for a row a month even where nothing was sent
    "generate_series range".split()
)

# what makes a result depend on when or how often it runs; each has something better
CLOCK = frozenset(
    "age current_date current_time current_timestamp currentdate currenttime currenttimestamp "
    "get_current_timestamp localtime localtimestamp now today transaction_timestamp".split()
)

SHOWN_TYPES = frozenset("BIGINT BOOLEAN DATE DECIMAL DOUBLE INTEGER TIMESTAMP VARCHAR".split())
# also as the parser calls them
PLAIN_TYPES = SHOWN_TYPES | frozenset(
    "ARRAY FLOAT HUGEINT INT INT128 INTERVAL LIST SMALLINT TEXT TIME TIMESTAMPNTZ TINYINT".split()
)

_STRUCTURE = (
    "Select Union Except Intersect Subquery With CTE From Join Where Group Having Qualify Order "
    "Ordered Limit Offset Distinct Window WindowSpec Alias TableAlias Column Identifier Table Star "
    "Values Tuple GroupingSets Rollup Cube Unnest Explode Filter WithinGroup IgnoreNulls "
    "RespectNulls"
)
_VALUES = (
    "Literal Boolean Null Paren Placeholder Parameter Case If Cast TryCast DataType DataTypeParam "
    "Interval IntervalSpan Var Array Bracket Slice Extract"
)
_OPERATORS = (
    "And Or Not EQ NEQ GT GTE LT LTE Is In Between Like ILike Escape SimilarTo Exists NullSafeEQ "
    "NullSafeNEQ Add Sub Mul Div Mod Neg DPipe Any RegexpLike RegexpFullMatch ArrayContainsAll "
    "ArrayContainedBy ArrayOverlaps"
)


def _named(names: str) -> frozenset[type]:
    found = (getattr(exp, name, None) for name in names.split())
    return frozenset(kind for kind in found if isinstance(kind, type))


@cache
def nodes() -> frozenset[type]:
    """Give the kinds of node a tree may hold, named functions apart."""
    return _named(" ".join((_STRUCTURE, _VALUES, _OPERATORS)))


@cache
def function_nodes() -> frozenset[type]:
    """Give the kinds of node that the listed functions become when they are read."""
    kinds: set[type] = set()
    for name in FUNCTIONS:
        for arguments in ("", "a", "a, b", "a, b, c", "'month', date '2026-10-31'"):
            kinds |= _kinds(f"{name}({arguments})")
    return frozenset(kinds - {exp.Anonymous, exp.Var, exp.Cast} | nodes())


def _kinds(call: str) -> set[type]:
    try:
        return {type(node) for node in sqlglot.parse_one(call, dialect=DIALECT).walk()}
    except sqlglot.ParseError:  # not this number of arguments
        return set()
