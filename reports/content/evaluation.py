"""The evaluation summary of a province or the country, of a phase or a year."""

from collections.abc import Mapping, Sequence

from reports.content.blocks import report_blocks
from reports.content.data import ReportData
from reports.content.texts import common_texts
from reports.render import Block


def contents(data: ReportData) -> tuple[Mapping[str, object], Mapping[str, Sequence[Block]]]:
    """Give the texts and blocks that an evaluation summary may print."""
    return common_texts(data), report_blocks(data)
