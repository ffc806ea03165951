"""A thread of fifty REST pages fetched while the app is used: does the screen answer throughout?

    python benchmarks/thread_pages.py [--pages 50] [--latency 0.1]

A WordPress of our own on loopback answers each page after `latency` seconds. The app runs with its real courier (the
network has a process of its own). A clock in the app's loop ticks every 10 ms; its delays are the loop's lag, measured
idle, then while the pages come, in one run. A key is pressed all the while; its milliseconds are from the press until
the app is idle.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from thread import body

if TYPE_CHECKING:
    from tui_news.models import Thread
    from tui_news.ui.app import TuinewsApp

TICK = 0.01
PER_PAGE = 100


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--latency", type=float, default=0.1)
    arguments.add_argument("--serve", action="store_true")
    args = arguments.parse_args()
    if args.serve:
        return serve(args.pages, args.latency)
    words = [sys.executable, __file__, "--serve", "--pages", str(args.pages), "--latency", str(args.latency)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server, tempfile.TemporaryDirectory() as home:
        assert server.stdout is not None
        os.environ |= {"TUINEWS_HOME": home, "NO_PROXY": "*"}
        try:
            asyncio.run(measure(server.stdout.readline().strip(), args.pages * PER_PAGE))
        finally:
            server.terminate()
    return 0


def serve(pages: int, latency: float) -> int:
    class Site(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(latency)
            page = int(self.path.rpartition("page=")[2]) if "page=" in self.path else 1
            first = (page - 1) * PER_PAGE + 1
            answer = json.dumps([comment(number) for number in range(first, first + PER_PAGE)]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("X-WP-Total", str(pages * PER_PAGE))
            self.send_header("X-WP-TotalPages", str(pages))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing: the figures are the output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
    return 0


def comment(number: int) -> dict[str, object]:
    return {
        "id": number, "parent": number // 3 if number % 7 else 0, "author": 0, "author_name": f"Reader {number % 97}",
        "author_url": "", "date_gmt": "2026-03-02T09:03:40", "content": {"rendered": f"<p>{body(number)}</p>"}, "link": "",
    }  # fmt: skip


def make(site: str) -> None:
    """A library with a long story whose thread is on the site."""
    from tui_news.comments.sources.wordpress_find import reference
    from tui_news.models import Entry
    from tui_news.paths import default_paths
    from tui_news.services.opening import open_library

    library = open_library(default_paths().make())
    ref = reference(f"{site}/wp-json/", "7", f"{site}/story/", root=f"{site}/")
    html = "".join(f"<p>{body(number)}</p>" for number in range(60))
    with library.write():
        feed, _ = library.feeds.add(f"{site}/feed", title="One")
        now = int(time.time())
        entry = Entry("g:1", "1", f"{site}/story/", "A long thread", "", now, now, html, "h", thread=ref)
        library.stories.store(feed, [entry], [], now)
    library.close()


async def measure(site: str, count: int) -> None:
    from tui_news.cli.start import open_desk
    from tui_news.config import Settings
    from tui_news.models import View
    from tui_news.paths import default_paths
    from tui_news.services.courier import ProcessCourier
    from tui_news.ui.app import TuinewsApp

    make(site)
    desk = open_desk(default_paths())
    app = TuinewsApp(desk, ProcessCourier(), settings=Settings(refresh_minutes=0), start=View())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lags: list[float] = []
        keys: list[float] = []
        clock = asyncio.create_task(tick(lags))
        await asyncio.sleep(2)
        idle = list(lags)
        lags.clear()
        start = time.perf_counter()
        app.reader.stories.read(desk.stories(View())[0])
        while (held := held_thread(app)) is None or held.fetched_at is None:
            pressed = time.perf_counter()
            await pilot.press("j" if len(keys) % 2 else "k")
            keys.append((time.perf_counter() - pressed) * 1000)
            if time.perf_counter() - start > 60:
                break
        seconds = time.perf_counter() - start
        await pilot.pause(1)
        clock.cancel()
        shown = len(app.reader.story_view.thread_state.nodes) if app.reader.story_view.thread_state else 0
    print(f"{shown} of {count} comments after {seconds:.1f} s; coverage {held.coverage if held else 'none'}")
    print(f"loop lag ms, idle:     median {statistics.median(idle):6.1f}  p95 {p95(idle):6.1f}  worst {max(idle):6.1f}")
    print(f"loop lag ms, fetching: median {statistics.median(lags):6.1f}  p95 {p95(lags):6.1f}  worst {max(lags):6.1f}")
    print(f"a key ms, fetching:    median {statistics.median(keys):6.1f}  p95 {p95(keys):6.1f}  worst {max(keys):6.1f}")


def held_thread(app: TuinewsApp) -> Thread | None:
    opened = app.reader.stories.opened
    return opened.thread if opened else None


async def tick(lags: list[float]) -> None:
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        lags.append((time.perf_counter() - due) * 1000)


def p95(figures: list[float]) -> float:
    ordered = sorted(figures)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


if __name__ == "__main__":
    sys.exit(main())
