"""What the soak's server sends: feeds that grow, their pages and threads, and a tenth of feeds that mean harm."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEPT = 15
ITEM = (
    "<item><title>Story {n} of {path}</title><guid isPermaLink='false'>{path}-{n}</guid><link>{base}/page/{path}/{n}</link>"
    "<pubDate>{date}</pubDate><description>{body}</description><wfw:commentRss>{base}/thread/{path}/{n}</wfw:commentRss>"
    "<slash:comments>12</slash:comments></item>"
)
BODY = "The harbour was quiet, the keeper said. “Nobody sailed today,” said Ada Vane, who keeps the light. "
TOP = (
    "<rss version='2.0' xmlns:wfw='http://wellformedweb.org/CommentAPI/' xmlns:slash='http://purl.org/rss/1.0/modules/"
    "slash/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>{title}</title>"
)
BAD: tuple[bytes | str, ...] = (
    b"<rss><channel><title>\x1b]0;CNRY7F\x07</title><item><title>&#27;]52;c;Q05SWTdG&#7;CNRY7F &#155;2J</title></item></channel></rss>",
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><rss>&b;",
    b"{" * 5000,
    b"<rss><channel>" + b"<item><title>x</title></item>" * 20_000 + b"</channel></rss>",
    b"",
    "drip",
    "500",
    "bomb",
    "loop",
    "endless",
)


class Site:
    """asked, pages: how often feeds, and pages or threads, were asked for."""

    def __init__(self) -> None:
        self.base, self.asked, self.pages = "", 0, 0
        self._lock = threading.Lock()
        self._served: dict[str, int] = {}
        self._bomb = gzip.compress(b"<rss>" + bytes(40 << 20))

    def feed(self, path: str) -> bytes | str:
        number = int(path.removeprefix("feed"))
        with self._lock:
            self.asked += 1
            last = self._served[path] = self._served.get(path, KEPT - 1) + 1
        if number % 10 == 9:
            return BAD[number // 10 % len(BAD)]
        date = formatdate(time.time())
        items = "".join(
            ITEM.format(n=n, path=path, date=date, body=BODY * 6, base=self.base)
            for n in range(last - 1, max(0, last - KEPT) - 1, -1)
        )
        return f"{TOP.format(title=path)}{items}</channel></rss>".encode()

    def thread(self, path: str) -> bytes:
        date = formatdate(time.time())
        items = "".join(
            f"<item><title>By: Reader {n}</title><dc:creator>Reader {n}</dc:creator><guid>{path}#{n}</guid>"
            f"<pubDate>{date}</pubDate><description>{BODY * (1 + n % 4)}</description></item>"
            for n in range(12)
        )
        return f"{TOP.format(title='Comments')}{items}</channel></rss>".encode()

    def page(self, path: str) -> bytes:
        words = "".join(f"<p>{BODY * 4}</p>" for _ in range(12))
        return f"<html><head><title>{path}</title></head><body><article><h1>{path}</h1>{words}</article></body></html>".encode()

    def other(self, kind: str, path: str) -> tuple[str, bytes]:
        with self._lock:
            self.pages += 1
        return ("application/rss+xml", self.thread(path)) if kind == "thread" else ("text/html", self.page(path))


@contextmanager
def serving(site: Site) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):
                kind, _, rest = self.path.strip("/").partition("/")
                if rest:
                    self.whole(*site.other(kind, rest))
                elif kind.startswith("feed") and kind[4:].isdigit():
                    body = site.feed(kind)
                    self.whole("application/rss+xml", body) if isinstance(body, bytes) else self.harm(body)
                else:
                    self.send_error(404)

        def whole(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def harm(self, how: str) -> None:
            if how in ("500", "loop"):
                self.send_response(500 if how == "500" else 302)
                self.send_header("Location", self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            if how == "bomb":
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            if how == "bomb":
                self.wfile.write(site._bomb)
            for _ in range(60 if how == "drip" else 4000 if how == "endless" else 0):
                self.wfile.write(b"<" if how == "drip" else b"<item><title>more</title></item>" * 400)
                time.sleep(1 if how == "drip" else 0)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site.base
    finally:
        server.shutdown()
