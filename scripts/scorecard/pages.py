"""Hostile pages and threads of our own: `python scripts/scorecard pages [--only NAME,…]`.

One feed's stories lead to them, and two good ones among them. Each is read by the real program, with its comments, and
all once more on the screen. Judged: that it ends within its time and memory with a documented code, that nothing
forbidden was connected to or written, that the good ones are whole before and after. To add one: a line in
page_cases.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import page_cases
from output import marks_of_harm
from places import keep
from program import damage, log_text, query, run
from screen import Screen, harm_on_screen
from variant_feeds import reply

SECONDS, MB = 60.0, 240.0  # for one page with its thread: limits of time in it are 30 s and 20 s
KEYS = ("enter", "idle", "space", "G", "c", "idle", "}", "]", "J")


class Server:
    """port: of the pages; touched: how many connected to what nobody may connect to."""

    def __init__(self) -> None:
        self.loop, self.touched = asyncio.new_event_loop(), 0
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()

    def _run(self, ready: threading.Event) -> None:
        async def open_all() -> None:
            pages = await asyncio.start_server(self._answer, "127.0.0.1", 0, limit=1 << 20)
            canary = await asyncio.start_server(self._touch, "127.0.0.1", 0)
            self.port = pages.sockets[0].getsockname()[1]
            there = f"127.0.0.1:{canary.sockets[0].getsockname()[1]}"
            self.pages, self.threads = page_cases.pages(there), page_cases.threads(there)
            self.names = [*(f"page/{name}" for name in self.pages), *(f"thread/{name}" for name in self.threads)]

        self.loop.run_until_complete(open_all())
        ready.set()
        self.loop.run_forever()

    async def _touch(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.touched += 1
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(self._found(head.split(b" ", 2)[1].decode("latin-1")))
            await writer.drain()
        with suppress(OSError):
            writer.close()

    def _found(self, target: str) -> bytes:
        parts, asked = urlsplit(target), parse_qs(urlsplit(target).query)
        if parts.path == "/feed.json":
            return reply(
                self._feed(), "application/feed+json", f'Link: <{self.base}/wp-json/>; rel="https://api.w.org/"'
            )
        if parts.path.startswith("/page/") and (found := self.pages.get(parts.path[6:])):
            return found
        if parts.path.startswith("/thread/"):
            return self.pages["good"]
        post = int((asked.get("post") or ["0"])[0])
        if parts.path.endswith("/comments") and 0 < post <= len(self.names):
            name = self.names[post - 1].removeprefix("thread/")
            return self.threads[name if name in self.threads else "good"](int((asked.get("page") or ["1"])[0]))
        return reply(b"{}", "application/json", status="404 Not Found")

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _feed(self) -> bytes:
        items = [
            {"id": f"{self.base}/?p={n + 1}" if name.startswith("thread") else name, "url": f"{self.base}/{name}",
             "title": name, "summary": "Its opening …", "date_published": "2026-03-02T09:00:00Z"}
            for n, name in enumerate(self.names)
        ]  # fmt: skip
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Pages", "items": items}).encode()

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.close()


def judged(home: Path, server: Server, name: str, story: int) -> tuple[list[str], str]:
    """One story read, with its comments; what was wrong, and what it took."""
    before, why = server.touched, []
    for words in (("--json", "--comments"), ("--comments", "--offline")):
        done = run(home, "read", str(story), *words, limit=2 * SECONDS)
        if done.hung or done.seconds > SECONDS:
            why.append(f"took {done.seconds:.0f} s")
        if done.peak_mb > MB:
            why.append(f"took {done.peak_mb:.0f} MB")
        if done.code not in (0, 1) or b"Traceback" in done.err or b"an error in the program" in done.err + done.out:
            why.append(f"{done.code}: {done.err[-200:].decode('utf-8', 'replace')}")
        why += marks_of_harm(done.out + done.err)
        if "--json" in words:
            first = f"{done.seconds:.1f} s, {done.peak_mb:.0f} MB"
    if name.endswith(("/good", "/good-two")):
        told = done.out.decode()
        why += [f"not whole: {told[-200:]}"] if "ferry" not in told else []
        why += [f"no comments: {told[-200:]}"] if name.startswith("thread") and "giraffe 3" not in told else []
    return why + [f"forbidden connections: {server.touched - before}"] * (server.touched > before), first


def screened(home: Path, stories: int) -> list[str]:
    with Screen(home, 120, 40) as screen:
        screen.start()
        screen.press("esc", "2", "g", "idle")
        for _ in range(stories):
            screen.press(*KEYS, "idle")
            if screen.ended:
                return [f"the program ended: {screen.last_words()}"]
        screen.press("esc", "esc", "Q")
        screen.wait_end(30)
        return harm_on_screen(bytes(screen.raw)) + ([] if screen.ended else ["it did not end"])


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard pages")
    parser.add_argument("--only", default="", help="those whose name holds one of these")
    only = [word for word in parser.parse_args(argv).only.split(",") if word]
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    start, results = time.monotonic(), dict[str, list[str]]()
    with serving() as server, tempfile.TemporaryDirectory(prefix="tuinews-pages-") as folder:
        home = Path(folder)
        run(home, "add", f"{server.base}/feed.json")
        ids = {str(title): int(str(number)) for number, title in query(home, "SELECT id, title FROM story")}
        names = [name for name in server.names if not only or any(word in name for word in only)]
        for name in [*names, "page/good-two", "thread/good-two"]:
            why, first = judged(home, server, name, ids[name])
            results[name] = results.get(name, []) + why
            print(f"{'FAIL' if why else 'PASS'}  {name}: {first}", *why[:4], sep="\n        ", flush=True)
        results["on the screen"] = screened(home, len(ids))
        results["forbidden"] = [f"{server.touched} connections"] * bool(server.touched)
        results["library"] = [wrong] if (wrong := damage(home)) else []
        results["log"] = ["a traceback"] if "Traceback" in log_text(home) else []
    for name in ("on the screen", "forbidden", "library", "log"):
        print(f"{'FAIL' if results[name] else 'PASS'}  {name}", *results[name][:4], sep="\n        ")
    bad = keep("pages", results, time.monotonic() - start)
    print(f"pages: {len(results) - bad} of {len(results)} as they may be; {time.monotonic() - start:.0f} s")
    return bad
