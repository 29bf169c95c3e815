"""Run the benchmarks and write their figures to ``docs/benchmarks.md``: ``make bench``.

Every module ``tests/bench/bench_<name>.py`` has ``run() -> Section``. ``python -m tests.bench``
runs them all; ``python -m tests.bench forms pull`` runs two and leaves the other sections as
they are. Nothing here asserts: a bound that is missed is written as such.
"""

import importlib
import re
import sys
from pathlib import Path

from tests.bench.machine import machine
from tests.bench.section import Section

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs" / "benchmarks.md"
HEAD = """\
# Đo tốc độ · Benchmarks

`make bench` đo lại và ghi vào đây. · `make bench` measures again and writes to this page. Times
are wall-clock medians of five runs unless a section says otherwise.
"""
MARK = re.compile(r"^<!-- bench (\w+) -->\n", re.MULTILINE)


def main(wanted: list[str]) -> int:
    """Run the named benchmarks, all if none is named; return the exit status."""
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    if unknown := [name for name in wanted if name not in names]:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    for name in wanted or names:
        print(f"{name} …", flush=True)
        section = importlib.import_module(f"tests.bench.bench_{name}").run()
        text = markdown(section, machine())
        print(text)
        text_before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.is_file() else ""
        DOCUMENT.write_text(replaced(text_before, name, text, names), encoding="utf-8")
    return 0


def markdown(section: Section, ran_on: str) -> str:
    """Return a section as Markdown: heading, prose, table, and what it ran on."""
    head, *rows = ["| " + " | ".join(row) + " |" for row in section.rows]
    ruler = "|" + " --- |" * len(section.rows[0])
    table = "\n".join((head, ruler, *rows))
    return f"## {section.title}\n\n{section.prose}\n\n{table}\n\n*{ran_on}*\n"


def replaced(document: str, name: str, text: str, names: list[str]) -> str:
    """Return the document with one section new; sections whose benchmark is gone are dropped."""
    _, *parts = MARK.split(document)
    sections = dict(zip(parts[::2], parts[1::2], strict=True)) | {name: text}
    kept = (
        f"<!-- bench {each} -->\n{sections[each].strip()}\n" for each in names if each in sections
    )
    return "\n".join((HEAD, *kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
