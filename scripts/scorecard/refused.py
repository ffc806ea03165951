"""A disk that says no at every single write: `python scripts/scorecard refused [ACT …] [--every 1]`.

An act (a migration, a rescue, an import, a mark, a setting …) is done again and again by the real program, and its nth
write, or every write from the nth on, or the nth new file, is refused: full, over the quota, read only, broken. Whatever
the place: no traceback, a sentence, a documented exit code; afterwards every row that was there is there, SQLite finds
nothing wrong, and what was refused succeeds when it is asked for again.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import gzip
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from growing import Feeds, growing
from migrations import Rows, kept
from places import RESULTS
from program import damage, environment
from storage import fixture, prepared

HERE = Path(__file__).resolve().parent
ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
WRITES, CREATES = 1, 2
MODES = {"from then on": (WRITES | CREATES, True), "once": (WRITES, False), "no new file": (CREATES, True)}
OPML = "<opml><body>{}</body></opml>".format(
    "".join(f"<outline text='Kept {n}' xmlUrl='http://127.0.0.1:9/kept{n}'/>" for n in range(40))
)


@dataclass(frozen=True)
class Act:
    """prepare: makes the library's folder what it must be first. verb: what is refused a write. new: what is there
    before need not be there after (it was damaged)."""

    verb: tuple[str, ...]
    prepare: Callable[[Path], object] = lambda home: None
    lossy: bool = False


def released(name: str) -> Callable[[Path], None]:
    def put(home: Path) -> None:
        for path in (home / "data").iterdir():
            path.unlink()
        (home / "data" / "library.db").write_bytes(gzip.decompress(fixture(name).read_bytes()))

    return put


def damaged(home: Path) -> None:
    with open(home / "data" / "library.db", "r+b") as stream:
        stream.write(b"no database here")


def damaged_beside_a_copy(home: Path) -> None:
    with closing(sqlite3.connect(home / "data" / "library.db")) as conn:
        conn.execute("VACUUM INTO ?", (str(home / "data" / "library-2026-01-01.backup.db"),))
    (home / "data" / "library.db").write_bytes(os.urandom(300_000))


def emptied(home: Path) -> None:
    os.truncate(home / "data" / "library.db", 0)


def with_opml(home: Path) -> None:
    (home / "import.opml").write_text(OPML, "utf-8")


def with_export(home: Path) -> None:
    run_verb(("export", "--format", "json"), home / "import.json")


ACTS = {
    **{f"migration from {name[6]}": Act(("list",), released(name)) for name in
       ("schema1.db.gz", "schema6.db.gz", "schema7.db.gz")},
    "rescue": Act(("list",), damaged, lossy=True),
    "rescue beside a copy": Act(("list",), damaged_beside_a_copy),
    "subscribed again from the list": Act(("list",), emptied, lossy=True),
    "import of a list": Act(("import", "import.opml"), with_opml),
    "import of an export": Act(("import", "import.json"), with_export),
    "a star": Act(("star", "4", "5")),
    "undo": Act(("undo",)),
    "the next story": Act(("next", "--offline")),
    "a setting": Act(("config", "set", "text_width", "70")),
    "subscribing": Act(("add", "builtin:edition/feed.xml")),
    "unsubscribing": Act(("remove", "feed1")),
    "a refresh": Act(("refresh", "--force")),
    "doctor --fix": Act(("doctor", "--fix"), released("schema8.db.gz")),
    "prune": Act(("prune", "--days", "1", "--shrink")),
    "a tag": Act(("mark", "harbour", "--tag", "sea")),
    "a rule": Act(("rules", "add", "harbour")),
    "a first start": Act(("list",), lambda home: shutil.rmtree(home / "data")),
}  # fmt: skip


def run_verb(verb: tuple[str, ...], into: Path | None = None) -> tuple[object, str]:
    from tui_news.cli import main

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code: object = main(list(verb))
        except BaseException as error:
            code = f"{type(error).__name__} came out"
    if into is not None:
        into.write_text(out.getvalue(), "utf-8")
    return code, out.getvalue() * (into is None) + err.getvalue()


def one(act: Act, first: Path, home: Path, number: int, with_: int, mode: str) -> tuple[int, list[str]]:
    """How many writes there were, and what was not as it should be."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(first, home)
    os.chdir(home)
    act.prepare(home)
    before = held(home)
    shim, (kinds, on) = ctypes.CDLL(None), MODES[mode]
    shim.refuse(with_, number, 1 << 60 if on else number, kinds)
    code, told = run_verb(act.verb)
    calls = shim.refuse(0, 0, 0, 0)
    why = [] if code in (0, 1, 3, 4) else [f"it ended with {code}"]
    if any(word in told for word in ("Traceback", "an error in the program", "Exception ignored")):
        why.append(f"told: {told[-400:]}")
    if code not in (0, 3) and "tuinews: " not in told:
        why.append(f"no sentence: {told[-200:]}")
    why += [f"a report: {path.read_text()[-600:]}" for path in home.rglob("report-*.txt")]
    if calls >= number:  # asked for again, with a disk that takes it
        again, words = run_verb(act.verb)
        if again not in (0, 3) and not (code in (0, 3) and again == 1):
            why.append(f"again: {again}: {words[-300:]}")
    after = held(home)
    if not act.lossy:
        why += [f"rows went: {table}: {lost}" for table, lost in lost_rows(before, after).items()]
    why += list(filter(None, [damage(home)]))
    again, words = run_verb(("doctor",))
    if again != 0 and "BAD   library" in words:
        why.append(f"doctor: {words[:300]}")
    if left := [path.name for path in home.rglob("*.part")]:
        why.append(f"left behind: {left}")
    return calls, [f"{number}, {errno.errorcode[with_]}, {mode}: {reason}" for reason in why]


def held(home: Path) -> Rows:
    with suppress(sqlite3.Error):
        return kept(home / "data" / "library.db") if (home / "data" / "library.db").exists() else {}
    return {}


def lost_rows(before: Rows, after: Rows) -> dict[str, int]:
    """Marks, stories and feeds by their numbers: an act may change what else is in a row."""
    lost = {}
    for select, rows in before.items():
        table = select.rpartition(" ")[2]
        if table in ("feed", "story", "status", "body", "comment", "article"):
            now = next((found for other, found in after.items() if other.endswith(f"FROM {table}")), [])
            width = 2 if table in ("status", "comment") else 1
            gone = {row[:width] for row in rows} - {row[:width] for row in now}
            if gone and not (table == "status" and len(now) >= len(rows)):
                lost[table] = len(gone)
    return lost


def forked(work: Callable[[], tuple[int, list[str]]]) -> tuple[int, list[str]]:
    read, write = os.pipe()
    if pid := os.fork():
        os.close(write)
        with open(read, "rb") as stream:
            data = stream.read()
        os.waitpid(pid, 0)
        return tuple(json.loads(data)) if data else (0, ["the trial ended"])  # type: ignore[return-value]
    with suppress(BaseException):
        try:
            found = work()
        except BaseException as error:
            found = (1, [f"the trial failed: {error!r}"])
        os.write(write, json.dumps(found).encode()[:60000])
    os._exit(0)


def child(name: str, first: Path, every: int) -> None:
    """In a process that has the shim: the act with each of its writes refused."""
    import tui_news.cli.verbs
    import tui_news.store.rescue  # noqa: F401

    act, home, trials, why = ACTS[name], first.with_name("home"), 0, []
    for mode in MODES:
        number, calls = 1, 1
        while number <= calls:
            with_ = ERRORS[(number + len(mode)) % len(ERRORS)] if mode != "no new file" else errno.ENOSPC
            calls, found = forked(lambda n=number, w=with_, m=mode: one(act, first, home, n, w, m))  # type: ignore[misc]
            trials, why = trials + 1, why + found
            number += every
    print(json.dumps([trials, why]))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard refused")
    parser.add_argument("acts", nargs="*", help="only those whose name holds one of these words")
    parser.add_argument("--every", type=int, default=1, help="each so many writes only")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.child:
        child(args.acts[0], Path(args.child), args.every)
        return 0
    start, results, trials = time.monotonic(), {}, 0
    with tempfile.TemporaryDirectory(prefix="tuinews-refused-") as name, growing(Feeds(fresh=15, kept=60)) as base:
        first, shim = Path(name) / "first", Path(name) / "refusing.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, HERE / "refusing.c", "-ldl"], check=True)
        first.mkdir()
        prepared(first, base)
        for words in ACTS:
            if args.acts and not any(word in words for word in args.acts):
                continue
            env = {**environment(first.with_name("home")), "LD_PRELOAD": str(shim), "REFUSE_FOLDER": f"{name}/home"}
            command = [
                sys.executable,
                str(HERE / "refused.py"),
                words,
                "--child",
                str(first),
                "--every",
                str(args.every),
            ]
            done = subprocess.run(command, env=env, capture_output=True, text=True)
            count, why = json.loads(done.stdout) if done.stdout else (0, [done.stderr[-900:]])
            trials, results[words] = trials + count, why
            print(f"{'FAIL' if why else 'PASS'}  {words}: {count} trials", *why[:12], sep="\n        ", flush=True)
    passed = sum(not why for why in results.values())
    print(f"refused: {passed} of {len(results)} acts as they should be, {trials} trials")
    RESULTS.mkdir(exist_ok=True)
    figures = {"results": results, "trials": trials, "seconds": round(time.monotonic() - start)}
    (RESULTS / "refused.json").write_text(json.dumps(figures), "utf-8")
    return len(results) - passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
