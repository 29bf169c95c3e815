"""Everything of a form by kobo2pandas: ``python kobo2pandas_pull.py URL ASSET TOKEN [OUT]``."""

import json
import sys

from kobo2pandas import KoboAPI


def main(url: str, asset: str, token: str, out: str = "") -> None:
    """Pull; say how many rows each frame has; with OUT also write them as JSON lines."""
    frames = KoboAPI(token, endpoint=url).get_dataframes(asset) or []
    print(json.dumps([len(each) for each in frames]))
    for number, frame in enumerate(frames if out else ()):
        frame.to_json(f"{out}/{number}.jsonl", orient="records", lines=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
