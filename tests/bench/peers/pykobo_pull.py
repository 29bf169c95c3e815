"""Everything of a form by pykobo: ``python pykobo_pull.py URL ASSET TOKEN [OUT]``."""

import json
import sys

from pykobo import Manager


def main(url: str, asset: str, token: str, out: str = "") -> None:
    """Pull; say how many rows each frame has; with OUT also write them as JSON lines."""
    form = Manager(url, 2, token).get_form(asset)
    form.fetch_data()
    frames = [form.data, *form.repeats.values()]
    print(json.dumps([len(each) for each in frames]))
    for number, frame in enumerate(frames if out else ()):
        frame.to_json(f"{out}/{number}.jsonl", orient="records", lines=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
