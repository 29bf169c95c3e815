"""The page of indicators and targets: all that ``reports/indicators.xlsx`` defines."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ishc.language import say
from ishc.reference.markdown import cell, code, table
from programme.numbers import number
from programme.problem import Language
from reports.indicators.definitions import Definitions, Indicator, Target
from reports.indicators.workbook import load_definitions


def indicators_page(workbook: Path, language: Language) -> str:
    """Write the page.

    Args:
        workbook: ``reports/indicators.xlsx``.
        language: of the page.
    """
    definitions = load_definitions(workbook)
    grouped: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in definitions.indicators:
        grouped[indicator.group].append(indicator)
    parts = [
        say(
            "# Chỉ tiêu và mục tiêu\n\nMỗi dòng là một dòng của `reports/indicators.xlsx`. "
            "`ishc explain MÃ` cho xem một số liệu được tính từ những phiếu nào.\n\n",
            "# Indicators and targets\n\nEach row is a row of `reports/indicators.xlsx`. "
            "`ishc explain CODE` shows the submissions behind a figure.\n\n",
        )
    ]
    for group, indicators in grouped.items():
        name = definitions.groups[group].in_(language)
        parts += [f"## {cell(name)}\n\n", _indicators(indicators, definitions, language)]
    parts += [
        say("## Mục tiêu của các văn bản\n\n", "## Targets of the decisions\n\n"),
        _targets(definitions, language),
    ]
    return "".join(parts)


def _indicators(
    indicators: Iterable[Indicator], definitions: Definitions, language: Language
) -> str:
    head = say("mã|chỉ tiêu|cách tính|đơn vị", "code|indicator|how it is computed|unit").split("|")
    return table(
        head,
        (
            (
                code(each.code),
                cell(each.label.in_(language)),
                cell(each.definition.in_(language)),
                cell(definitions.units[each.unit].in_(language)),
            )
            for each in indicators
        ),
    )


def _targets(definitions: Definitions, language: Language) -> str:
    head = say("mã|mục tiêu|mức|văn bản|giai đoạn", "code|target|level|decision|period").split("|")
    rows = (
        (
            code(each.code),
            cell(each.label.in_(language)),
            f"{_level(each, language)} {cell(definitions.units[each.unit].in_(language))}",
            cell(each.decision),
            cell(each.period),
        )
        for each in definitions.targets.values()
    )
    return table(head, rows)


def _level(target: Target, language: Language) -> str:
    ends = [number(end, language) for end in (target.minimum, target.maximum) if end is not None]
    return "–".join(dict.fromkeys(ends))
