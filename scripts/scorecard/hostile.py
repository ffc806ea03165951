"""The hostile server's routes, each through the real program, beside three good feeds in a library of its own.

    python scripts/scorecard hostile [--only GROUP,…] [--path PATH] [--again]

Results go to .scorecard/hostile.jsonl, a line a route, so that a run can be interrupted and taken up again.
The server itself is not ours to carry along: it is looked for in ../shared/hostile.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import hostile_judge
from places import RESULTS, SHARED
from program import Done, query, run

SERVER = SHARED / "hostile" / "hostile_server.py"
FIRST_PORTS = range(9130, 9800, 30)  # nine in a row belong to a server
GOOD = ("/good/atom03.xml?one", "/good/content-encoded.xml?two", "/good/jsonfeed10.json?three")
OUT = RESULTS / "hostile.jsonl"
HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free(first: int) -> bool:
    """Whether a server and its eight neighbours can be opened there: another run may have them."""
    try:
        for port in range(first, first + 9):
            with socket.socket() as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


@contextmanager
def server(port: int) -> Iterator[str]:
    """A hostile server in a process of its own; ended by its id."""
    process = subprocess.Popen(
        [sys.executable, "-B", str(SERVER), "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        if not process.stdout.readline():
            raise RuntimeError(f"the hostile server did not open port {port} and the eight after it")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def ask(base: str, path: str) -> bytes:
    with HTTP.open(base + path, timeout=60) as answer:
        return answer.read()


def routes(base: str) -> list[dict[str, Any]]:
    found = json.loads(ask(base, "/manifest.json"))["routes"]
    return [{**route, "marker": "CNRY7F"} for route in found]


def opml(urls: list[str]) -> bytes:
    lines = "".join(f"<outline type='rss' xmlUrl={quoteattr(url)}/>" for url in urls)
    return f"<opml version='2.0'><body>{lines}</body></opml>".encode()


class Trial:
    """One route: what was done, and what came of it (`facts`, see hostile_judge)."""

    def __init__(self, base: str, home: Path, route: dict[str, Any]) -> None:
        self.base, self.home, self.route = base, home, route
        self.runs: list[Done] = []
        self.facts: dict[str, Any] = {}

    def run(self, *args: str, **more: Any) -> Done:
        done = run(self.home, *args, **more)
        self.runs.append(done)
        return done

    def json(self, *args: str, **more: Any) -> Any:
        done = self.run(*args, **more)
        with suppress(ValueError):
            return json.loads(done.out)
        return None

    def requests(self) -> list[dict[str, Any]]:
        log = json.loads(ask(self.base, "/log.json"))
        return [entry for entry in log if entry["path"] == self.route["path"]]

    def go(self) -> dict[str, Any]:
        ask(self.base, "/reset")
        getattr(self, "do_" + self.route["kind"])()
        self.facts["canary"] = len(json.loads(ask(self.base, "/canary.json")))
        return self.facts

    # feeds
    def do_feed(self) -> None:
        url = self.route["url"]
        self.run("import", "-", data=opml([self.base + path for path in GOOD]))
        plain = url.startswith(("http://", "https://")) and url.isprintable()
        if plain:
            self.run("import", "-", data=opml([url]))
        else:
            self.facts["outcome"] = "error" if self.run("add", "--", url).code else "ok"
        self._refreshed("first")
        for number, _ in enumerate(self.route["expect"].get("refreshes", ())):
            self._refreshed(f"again{number}", warm=True)
        self._unforced()
        self._shown()

    def _refreshed(self, name: str, warm: bool = False) -> None:
        before = len(self.requests())
        report = self.json("refresh", "--force", "--json")
        done = self.runs[-1]
        rows = {row["id"]: row for row in (report or {}).get("feeds", ())}
        mine = rows.get(4)
        asked = self.requests()[before:]
        step = {
            "outcome": "error" if mine is None or mine["error"] else "ok",
            "error": (mine or {}).get("error"),
            "status": (mine or {}).get("status"),
            "new": (mine or {}).get("new"),
            "total": self.entries(),
            "seconds": done.seconds,
            "mb": done.peak_mb,
            "hung": done.hung,
            "requests": len(asked),
            "asked": [dict((key.lower(), value) for key, value in entry["headers"]) for entry in asked],
            "good": [rows.get(i, {}).get("error") for i in (1, 2, 3)] if report else ["no report"],
        }
        self.facts[name] = step

    def entries(self) -> int:
        return int(str(query(self.home, "SELECT count(*) FROM story WHERE feed_id = 4")[0][0]))

    def _unforced(self) -> None:
        """A refresh as cron does it, right after: nothing is due, so nothing may be asked."""
        before = len(self.requests())
        self.json("refresh", "--json")
        self.facts["unforced"] = len(self.requests()) - before

    def _shown(self) -> None:
        self.facts["good_stories"] = query(
            self.home, "SELECT feed_id, count(*) FROM story WHERE feed_id < 4 GROUP BY feed_id"
        )
        self.facts["feed"] = [
            dict(zip(("title", "author", "link", "id"), row, strict=True))
            for row in query(self.home, "SELECT title, author, url, guid FROM story WHERE feed_id = 4 ORDER BY id")
        ][:5000]
        next_check = query(self.home, "SELECT next_check - last_fetch FROM feed WHERE id = 4")
        self.facts["next_in"] = next_check[0][0] if next_check else None
        self.run("feeds")
        if self.route["expect"].get("output") or self.route["group"] in ("esc", "auth", "url"):
            self.run("feeds", "--json")
            self.run("export")
            self.run("list", "feed:4", "--limit", "400")
            self.run("list", "--json", "--limit", "400")
            self.run("search", "marker OR item OR visible", "--limit", "100")
            for (story,) in query(self.home, "SELECT id FROM story WHERE feed_id = 4 ORDER BY id LIMIT 4"):
                self.run("read", str(story), "--offline", "--comments")

    # pages and threads
    def _index(self, name: str) -> int:
        self.run("import", "-", data=opml([self.base + path for path in GOOD] + [f"{self.base}/index/{name}.xml"]))
        self._refreshed("first")
        ask(self.base, "/reset")
        found = query(self.home, "SELECT id FROM story WHERE feed_id = 4 AND guid = ?", self.route["name"])
        return int(str(found[0][0]))

    def _read(self, *more: str) -> Any:
        story = self._index("articles" if self.route["kind"] == "article" else "comments")
        shown = self.json("read", str(story), "--json", *more)
        done = self.runs[-1]
        self.facts["read"] = {
            "seconds": done.seconds,
            "mb": done.peak_mb,
            "hung": done.hung,
            "requests": len(self.requests()),
            "said": done.err.decode("utf-8", "replace"),
        }
        self.run("read", str(story), "--comments", "--offline")
        self._shown()
        return shown

    def do_article(self) -> None:
        shown = self._read()
        article = (shown or {}).get("article")
        fine = bool(article) and article["source"] == "page"
        self.facts["outcome"] = "ok" if fine else "error"
        self.facts["text"] = article["text"] if article else ""

    def do_comments(self) -> None:
        shown = self._read()
        thread = (shown or {}).get("comments")
        fine = bool(thread) and not thread["error"]
        self.facts["outcome"] = "ok" if fine else "error"
        self.facts["article"] = bool((shown or {}).get("article"))
        nodes, deepest = 0, 0
        stack = [(node, 1) for node in (thread or {"threads": []})["threads"]]
        while stack:
            node, depth = stack.pop()
            nodes, deepest = nodes + 1, max(deepest, depth)
            stack += [(reply, depth + 1) for reply in node["replies"]]
        self.facts["comments"], self.facts["depth"] = nodes, deepest

    # lists of subscriptions
    def do_opml(self) -> None:
        self.run("import", "-", data=opml([self.base + path for path in GOOD]))
        self._refreshed("first")
        data = ask(self.base, self.route["path"])
        done = self.run("import", "-", data=data)
        self.facts["outcome"] = "error" if done.code else "ok"
        self.facts["read"] = {
            "seconds": done.seconds,
            "mb": done.peak_mb,
            "hung": done.hung,
            "requests": 0,
            "said": done.err.decode("utf-8", "replace"),
        }
        self.facts["feeds"] = int(str(query(self.home, "SELECT count(*) FROM feed")[0][0])) - 3
        again = self.run("import", "-", "--json", data=data)
        self.facts["again"] = json.loads(again.out or b"{}").get("added", 0) if again.code == 0 else 0
        if self.facts["feeds"] < 1000:
            self._shown()
            self.run("export")


def trial(base: str, route: dict[str, Any], floor: float) -> dict[str, Any]:
    """Run and judge one route. floor: MB of a refresh of good feeds alone."""
    with tempfile.TemporaryDirectory(prefix="tuinews-") as folder:
        home = Path(folder)
        one = Trial(base, home, route)
        problem = ""
        try:
            one.go()
        except Exception as error:
            problem = f"harness: {type(error).__name__}: {error}"
        why = hostile_judge.judge(route, one.facts, one.runs, home, floor)
        steps = [fact for fact in one.facts.values() if isinstance(fact, dict) and "seconds" in fact]
        return {
            "path": route["path"],
            "group": route["group"],
            "why": ([problem] if problem else []) + why,
            "seconds": round(max((step["seconds"] for step in steps), default=0), 2),
            "mb": round(max((step["mb"] for step in steps), default=0)),
            "canary": one.facts.get("canary", 0),
            "hung": any(done.hung for done in one.runs),
            "outcome": one.facts.get("outcome") or one.facts.get("first", {}).get("outcome"),
            "said": (one.facts.get("first", {}).get("error") or one.facts.get("read", {}).get("said") or "")[:300],
        }


def floor_of(base: str) -> float:
    """Memory of a refresh of three good feeds, workers included."""
    with tempfile.TemporaryDirectory(prefix="tuinews-") as folder:
        run(Path(folder), "import", "-", data=opml([base + path for path in GOOD]))
        return run(Path(folder), "refresh", "--force", "--json").peak_mb


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard hostile")
    parser.add_argument("--only", default="")
    parser.add_argument("--path", default="")
    parser.add_argument("--again", action="store_true", help="forget earlier results")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args(argv)
    if not SERVER.exists():
        print("skipped: no ../shared/hostile here")
        return 0
    sys.setrecursionlimit(20_000)  # json reads what we print of a thread 900 deep, in threads with room for it
    threading.stack_size(256 << 20)
    RESULTS.mkdir(exist_ok=True)
    if args.again:
        OUT.unlink(missing_ok=True)
    known = results()
    ports = [port for port in FIRST_PORTS if free(port)][: args.jobs]
    with server(ports[0]) as base:
        floor = floor_of(base)
        wanted = [
            route["path"]
            for route in routes(base)
            if (not args.only or route["group"] in args.only.split(","))
            and (not args.path or route["path"] in args.path.split(","))
            and (args.path or route["path"] not in known)
        ]
    print(f"{len(wanted)} routes; a refresh of good feeds alone holds {floor:.0f} MB", flush=True)
    lock = threading.Lock()

    def part(port: int, paths: list[str]) -> None:
        with server(port) as base:
            by_path = {route["path"]: route for route in routes(base)}
            while True:
                with lock:
                    if not paths:
                        return
                    path = paths.pop(0)
                result = trial(base, by_path[path], floor)
                with lock:
                    with OUT.open("a", encoding="utf-8") as file:
                        file.write(json.dumps({**result, "floor": round(floor)}) + "\n")
                    mark = "PASS" if not result["why"] else "FAIL"
                    print(
                        f"{mark} {path:42} {result['seconds']:6.2f} s {result['mb']:5} MB  {'; '.join(result['why'])[:200]}",
                        flush=True,
                    )

    queue, asked = list(wanted), set(wanted)
    threads = [threading.Thread(target=part, args=(port, queue)) for port in ports]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report(time.monotonic() - start, asked)


def results() -> dict[str, dict[str, Any]]:
    """The last result of each route."""
    if not OUT.exists():
        return {}
    return {row["path"]: row for row in map(json.loads, OUT.read_text("utf-8").splitlines())}


def report(seconds: float, asked: set[str]) -> int:
    """Print the whole card; how many of the routes asked for now missed."""
    rows = list(results().values())
    missed = [row for row in rows if row["why"]]
    groups: dict[str, list[int]] = {}
    for row in rows:
        tally = groups.setdefault(row["group"], [0, 0])
        tally[0] += not row["why"]
        tally[1] += 1
    print(f"\n{len(rows) - len(missed)} of {len(rows)} routes pass; {seconds:.0f} s")
    print("  " + ", ".join(f"{name} {fine}/{of}" for name, (fine, of) in groups.items()))
    print(f"  forbidden connections: {sum(row['canary'] for row in rows)}; hangs: {sum(row['hung'] for row in rows)}")
    print(
        f"  longest: {max(rows, key=lambda row: row['seconds'])['seconds']} s; most memory: {max(row['mb'] for row in rows)} MB"
    )
    for row in missed:
        print(f"  {row['path']}: {'; '.join(row['why'])[:300]}")
    return sum(row["path"] in asked for row in missed)
