"""All figures as a process of its own: ``python -m tests.bench.figuring REGISTERS MONTHS OUT``.

Prints as JSON how long it took and how much came out of it.
"""

import json
import sys
import time
from pathlib import Path

from connectors.store.tables import TableSet
from programme.areas import load_areas
from programme.dates import Month
from programme.folder import Folder, shipped
from reports.indicators import compute, load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.periods import month_of
from tests.bench.registers_at_scale import AS_OF


def main(root: str, months: str, out: str) -> dict[str, object]:
    """Compute every figure of the country, provinces, kinds of area and communes, and save them."""
    folder = Folder(shipped())
    areas = load_areas(folder.xlsforms)
    definitions = with_area_facts(load_definitions(folder.indicators), folder, areas, AS_OF)
    names = tuple(sorted(path.stem for path in Path(root).glob("*.parquet")))
    tables = TableSet(Path(root), names, "bench", AS_OF)
    last = Month.of(AS_OF)
    periods = [month_of(last.plus(-back)) for back in range(int(months))]
    started = time.perf_counter()
    figures = compute(definitions, tables, areas, periods, AS_OF)
    computed = time.perf_counter() - started
    figures.save(Path(out))
    return {
        "computed": computed,
        "saved": time.perf_counter() - started - computed,
        "areas": len(figures.areas()),
        "indicators": len(definitions.indicators),
        "lines": len(figures.of("VN", periods[0])),
        "members": figures.one("members", "VN", periods[0]).value,  # type: ignore[union-attr]
        "bytes": sum(path.stat().st_size for path in Path(out).iterdir()),
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
