"""A workbook as readable text, for ``git diff``: ``python -m forms.textconv FILE``.

One line a row: every cell that holds something, with its header. No row numbers, so that an
inserted row changes one line and not all below it; a cell with line breaks stays on its line.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from forms.cells import read_cells
from programme.problem import ProblemError


def text_lines(path: Path) -> Iterator[str]:
    """Give a workbook's text, line by line.

    Raises:
        ProblemError: the workbook cannot be read.
    """
    for sheet in read_cells(path)[1]:
        yield f"== {sheet.name} =="
        headers: Sequence[str] = ()
        for _number, cells in sheet.texts:
            if not headers:
                headers = cells
                yield "columns: " + " | ".join(cell for cell in cells if cell)
                continue
            yield _line(headers, cells)


def _line(headers: Sequence[str], cells: Sequence[str]) -> str:
    named = []
    for position, cell in enumerate(cells):
        if cell:
            header = headers[position] if position < len(headers) else ""
            text = cell.replace("\r", "").replace("\n", "⏎")
            named.append(f"{header or f'column {position + 1}'}: {text}")
    return " | ".join(named)


def main(arguments: Sequence[str]) -> int:
    """Print the text of the workbook named first; git calls it so."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if len(arguments) != 1:
        sys.stderr.write("python -m forms.textconv FILE.xlsx\n")
        return 2
    try:
        for line in text_lines(Path(arguments[0])):
            sys.stdout.write(line + "\n")
    except BrokenPipeError:  # the reader saw enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ProblemError as error:
        sys.stdout.write("".join(f"{problem.in_('en')}\n" for problem in error.problems))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
