"""A server that gives made-up submissions at no cost: ``python -m tests.bench.canned ROWS SIZE``.

It prints its address and answers one question: for a page of a thousand. The pages are made
before, so that a client's time can be measured against a server in another process.
"""

import re
import sys
import uuid
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import orjson

PAGE = 1000


def record(number: int, size: int) -> Mapping[str, Any]:
    """Make a submission as KoBo writes it: answers, a repeat of twelve rows, a photo.

    Args:
        size: bytes of its JSON, about.
    """
    instance = str(uuid.UUID(int=number))
    file = {
        "download_url": f"https://kobo.example/api/v2/assets/a/data/{number}/attachments/at{number}/",
        "mimetype": "image/jpeg",
        "filename": f"owner/attachments/c953/{instance}/1.jpg",
        "media_file_basename": "1.jpg",
        "uid": f"at{number}",
        "is_deleted": False,
        "question_xpath": "photo",
    }
    made: dict[str, Any] = {
        "_id": number,
        "start": "2026-11-21T08:00:00.123+07:00",
        "attendance": [
            {
                "attendance/day": f"2026-11-{day:02d}",
                "attendance/people": "45",
                "attendance/topic": "Chăm sóc sức khỏe người cao tuổi",
            }
            for day in range(1, 13)
        ],
        "photo": "1.jpg",
        "meta/instanceID": f"uuid:{instance}",
        "meta/rootUuid": f"uuid:{instance}",
        "_uuid": instance,
        "_attachments": [file],
        "_submission_time": "2026-11-21T19:36:16",
        "_validation_status": {},
    }
    question = 0
    while len(orjson.dumps(made)) < size:
        made[f"finance/question_{question:03d}"] = f"{number * 7919 % 1_000_000} đồng"
        question += 1
    return made


def main(rows: int, size: int) -> None:
    """Serve until killed."""
    pages = {}
    for after in range(0, rows, PAGE):
        listed = [record(number, size) for number in range(after + 1, min(after + PAGE, rows) + 1)]
        pages[after] = orjson.dumps({"count": len(listed), "results": listed})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = re.search(r'"\$gt":(\d+)', unquote(self.path))
            body = pages[int(found.group(1)) if found else 0]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
