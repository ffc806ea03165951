"""kill -9 at every statement of every migration: `python scripts/scorecard migrations [--verbs 40]`.

From every kept library, and from every schema between them, a child migrates as the program does and kills itself before
its nth statement, for every n. Then it is opened again: migrated whole, every row there, nothing wrong to SQLite; now and
then by `tuinews list` and `tuinews doctor`, and once from each schema by the reader.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from places import RESULTS, ROOT
from program import damage, run

FIXTURES = ROOT / "tests" / "store" / "fixtures"
Rows = dict[str, list[tuple[object, ...]]]


def schemas(folder: Path) -> dict[str, Path]:
    """Kept files, and what the program of each version between would have made of the one before."""
    from tui_news.store.connection import Db, connect
    from tui_news.store.migrate import migrate, version_of
    from tui_news.store.schema import MIGRATIONS

    found: dict[str, Path] = {}
    for file in sorted(FIXTURES.glob("schema*.db.gz")):
        start = folder / file.name.removesuffix(".gz")
        start.write_bytes(gzip.decompress(file.read_bytes()))
        with closing(sqlite3.connect(start)) as conn:
            (version,) = conn.execute("PRAGMA user_version").fetchone()
        for target in range(version, len(MIGRATIONS)):
            made = folder / f"from {file.name.removesuffix('.db.gz')} to {target}.db"
            shutil.copy(start, made)
            db = Db(connect(made), made)
            migrate(db, MIGRATIONS[:target])
            assert version_of(db) == target
            db.close()
            found[made.stem] = made
    return found


def kept(path: Path) -> Rows:
    """Every row of what is the reader's, by the columns there are."""
    from tui_news.store.schema import TABLES

    with closing(sqlite3.connect(path)) as conn:
        held = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        found: Rows = {}
        for table, _ in TABLES:
            if table in held and table != "memo":
                names = ", ".join(row[1] for row in conn.execute(f"PRAGMA table_info({table})"))
                found[f"SELECT {names} FROM {table}"] = sorted(conn.execute(f"SELECT {names} FROM {table}"), key=repr)
    return found


def dying(home: Path, statement: int) -> bool:
    """A child that opens the library and kills itself before that statement; False when it came through."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return os.WIFSIGNALED(status)
    try:
        import tui_news.store.opening as opening
        from tui_news.paths import Paths
        from tui_news.store import Library

        real, left = opening.connect, [statement]

        def watched(path: Path, readonly: bool = False) -> sqlite3.Connection:
            conn = real(path, readonly)

            def before(sql: str) -> None:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            conn.set_trace_callback(before)
            return conn

        opening.connect = watched
        library = Library.open(Paths(*(home / name for name in ("data", "cache", "config", "state"))))
        library.close()
        os._exit(0)
    except BaseException as error:
        os.write(2, f"{error!r}\n".encode())
        os._exit(1)


def opened_again(home: Path, before: Rows, by_verb: bool) -> list[str]:
    from tui_news.paths import Paths
    from tui_news.store import Library
    from tui_news.store.schema import MIGRATIONS

    path, why = home / "data" / "library.db", []
    if by_verb:
        for verb in (("list",), ("doctor",)):
            done = run(home, *verb)
            if done.code or b"Traceback" in done.err:
                why.append(f"{verb[0]} ended with {done.code}: {done.err[-200:].decode()}")
    else:
        library = Library.open(Paths(*(home / name for name in ("data", "cache", "config", "state"))))
        why += library.notices + library.check()
        library.close()
    with closing(sqlite3.connect(path)) as conn:
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        if version != len(MIGRATIONS):
            why.append(f"schema {version} was left")
        for select, rows in before.items():
            if sorted(conn.execute(select), key=repr) != rows:
                why.append(f"rows changed: {select[-40:]}")
    return why + list(filter(None, [damage(home)]))


def every_statement(start: Path, before: Rows, folder: Path, each: int, step: int) -> tuple[int, list[str]]:
    """Trials until one comes through; how many killed it."""
    number, killed, why = 0, 0, []
    while True:
        home = folder / "home"
        (home / "data").mkdir(parents=True)
        shutil.copy(start, home / "data" / "library.db")
        died = dying(home, number)
        found = opened_again(home, before, by_verb=number % each == each - step)
        why += [f"{start.stem}, statement {number}: {one}" for one in found]
        shutil.rmtree(home)
        if not died:
            return killed, why
        killed, number = killed + 1, number + step


def by_the_reader(start: Path, folder: Path) -> list[str]:
    from screen import Screen

    home = folder / "home"
    (home / "data").mkdir(parents=True)
    shutil.copy(start, home / "data" / "library.db")
    with Screen(home) as screen:
        screen.start(40)
        screen.press("g", "enter", "wait 1", "esc", "Q")
        code = screen.wait_end(20)
        why = screen.restored()
        if code or b"Traceback" in screen.raw or b"ferry" not in screen.raw:
            why.append(f"the reader: {code}, {screen.last_words()[-200:]}")
    shutil.rmtree(home)
    return [f"{start.stem}: {one}" for one in why]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard migrations")
    parser.add_argument("--every", type=int, default=1, help="kill before each so many statements only")
    parser.add_argument("--oldest", action="store_true", help="from the oldest kept library only, without the screen")
    parser.add_argument("--verbs", type=int, default=40, help="each of so many trials is judged by the verbs too")
    args = parser.parse_args(argv)
    begun, trials, why = time.monotonic(), 0, []
    sys.path.insert(0, str(ROOT / "src"))
    with tempfile.TemporaryDirectory(prefix="tuinews-migrations-") as name:
        folder = Path(name)
        starts = schemas(folder)
        for stem, start in starts.items():
            count, found = every_statement(start, kept(start), folder, args.verbs, args.every)
            found += [] if args.oldest else by_the_reader(start, folder)
            trials, why = trials + count, why + found
            print(f"  {stem}: killed at {count} statements, {found[:3] or 'nothing lost'}", flush=True)
            if args.oldest:
                break
    print(f"migrations: {trials} kills from {len(starts)} schemas, {len(why)} not as they should be")
    RESULTS.mkdir(exist_ok=True)
    figures = {"kills": trials, "schemas": len(starts), "why": why[:50], "seconds": round(time.monotonic() - begun)}
    (RESULTS / "migrations.json").write_text(json.dumps(figures), "utf-8")
    return len(why)
