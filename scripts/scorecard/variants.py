"""Hostile feeds of our own beside the shared server's: `python scripts/scorecard variants [--only NAME,…]`.

All are subscribed to in one library with three good feeds and refreshed twice by the real program. Judged: what becomes
of each (`ok`, `error`, or either), that the good ones are whole, that nothing forbidden was connected to or written,
the time of the whole, the memory, and the library. To add one: a line in variant_feeds.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hostile import opml
from output import marks_of_harm
from program import damage, log_text, query, run
from variant_feeds import GOOD, Variant, variants

HELD = "SELECT count(*) FROM story s JOIN feed f ON f.id = s.feed_id WHERE f.url LIKE ?"
MOST_SECONDS, MOST_MB = 240.0, 320.0  # of all together, on a busy machine; three workers may be at it at one time


class Server:
    """base: of the feeds; canary: of what nobody may connect to; touched: how many did."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.touched = 0
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()

    def _run(self, ready: threading.Event) -> None:
        async def open_all() -> None:
            feeds = await asyncio.start_server(self._answer, "127.0.0.1", 0, limit=1 << 20)
            canary = await asyncio.start_server(self._touch, "127.0.0.1", 0)
            self.port, self.canary = (one.sockets[0].getsockname()[1] for one in (feeds, canary))
            self.routes = {one.path: one for one in variants(self.port, self.canary)}

        self.loop.run_until_complete(open_all())
        ready.set()
        self.loop.run_forever()

    async def _touch(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.touched += 1
        writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode("latin-1")
            variant = self.routes.get(path.split("?")[0])
            if variant is None:
                writer.write(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            elif callable(variant.answer):
                await variant.answer(writer, path, head)
            else:
                writer.write(variant.answer)
            await writer.drain()
        with suppress(OSError):
            writer.close()

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


def judged(home: Path, wanted: dict[str, Variant], server: Server, round_: str) -> list[str]:
    """One refresh of all. [] when everything became of it that may."""
    done = run(home, "refresh", "--force", "--json", limit=MOST_SECONDS)
    if done.hung or done.seconds > MOST_SECONDS:
        return [f"{round_}: took over {MOST_SECONDS:.0f} s"]
    rows = {row["url"].rsplit("/", 1)[-1].split("?")[0]: row for row in json.loads(done.out)["feeds"]}
    why = marks_of_harm(done.out + done.err)
    for name, variant in wanted.items():
        row = rows.get(name) or {"error": "it was not asked for"}
        outcome = "error" if row["error"] else "ok"
        if variant.outcome not in ("either", outcome):
            why.append(f"{round_}: {name}: {outcome}, not {variant.outcome}: {row['error']}")
        if "an error in the program" in str(row["error"]):
            why.append(f"{round_}: {name}: {row['error']}")
        held = query(home, HELD, f"%/{name}")
        if not variant.least <= int(str(held[0][0])) <= variant.most:
            why.append(f"{round_}: {name}: {held[0][0]} stories, not {variant.least} to {variant.most}")
    print(f"{round_}: {len(wanted)} feeds in {done.seconds:.1f} s, at most {done.peak_mb:.0f} MB", flush=True)
    if done.peak_mb > MOST_MB:
        why.append(f"{round_}: {done.peak_mb:.0f} MB")
    return why + ([f"forbidden connections: {server.touched}"] if server.touched else [])


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard variants")
    parser.add_argument("--only", default="")
    only = set(filter(None, parser.parse_args(argv).only.split(",")))
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # a client that hangs up is what we want
    with serving() as server, tempfile.TemporaryDirectory(prefix="tuinews-var-") as folder:
        home = Path(folder)
        wanted = {v.path[1:]: v for v in server.routes.values() if v.listed and (not only or v.path[1:] in only | GOOD)}
        addresses = [v.address or f"http://127.0.0.1:{server.port}{v.path}" for v in wanted.values()]
        run(home, "import", "-", data=opml(addresses))
        why = judged(home, wanted, server, "first") + judged(home, wanted, server, "again")
        for words in (("feeds",), ("list", "--limit", "1000"), ("list", "--json", "--limit", "1000"), ("export",)):
            done = run(home, *words)
            why += [f"{words[0]}: {one}" for one in marks_of_harm(done.out + done.err)]
            why += [f"{words[0]}: a traceback"] if b"Traceback" in done.err else []
        why += [f"library: {wrong}"] if (wrong := damage(home)) else []
        why += ["a traceback in the log"] if "Traceback" in log_text(home) else []
    print(f"{len(wanted)} hostile feeds of our own; wrong: {len(why)}")
    for one in why:
        print(f"  {one[:300]}")
    return len(why)
