"""Feeds that have new stories each time they are asked, served on loopback from a thread of ours."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ITEM = "<item><title>Story {n}</title><guid isPermaLink='false'>{path}-{n}</guid><link>http://127.0.0.1/{path}/{n}</link><pubDate>{date}</pubDate><description>{body}</description></item>"
BODY = "The harbour was quiet, the keeper said. " * 12


class Feeds:
    """served: how many stories were ever sent, by path. fresh: how many new ones an answer holds."""

    def __init__(self, fresh: int = 15, kept: int = 60) -> None:
        self.fresh, self.kept, self.requests = fresh, kept, 0
        self.served: dict[str, int] = {}
        self._lock = threading.Lock()

    def document(self, path: str) -> bytes:
        with self._lock:
            self.requests += 1
            last = self.served[path] = self.served.get(path, 0) + self.fresh
        date = formatdate(time.time())
        first = max(0, last - self.kept)
        items = "".join(ITEM.format(n=n, path=path, date=date, body=BODY) for n in range(last - 1, first - 1, -1))
        return f"<rss version='2.0'><channel><title>{path}</title>{items}</channel></rss>".encode()


@contextmanager
def growing(feeds: Feeds) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = feeds.document(self.path.strip("/"))
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def paths(count: int) -> list[str]:
    return [f"feed{n}" for n in itertools.islice(itertools.count(), count)]
