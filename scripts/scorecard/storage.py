"""The faults of storage, each through the real program: `python scripts/scorecard storage [ROW …]`.

A row is made on a library of its own; then verbs are run and the reader is opened on a pseudo-terminal. Each row says what
the program must do; whatever the row: no traceback, one sentence a line, the terminal given back, no mark lost.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sqlite3
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import faults
import pyte
from growing import Feeds, growing, paths
from places import ROOT, keep
from program import PROGRAM, Done, damage, query, run
from screen import PATIENCE, Screen

FIXTURES = ROOT / "tests" / "store" / "fixtures"
ROWS: dict[str, Callable[[Trial], None]] = {}
READ, STARRED, FEEDS = 6, 3, 3
VERBS: tuple[tuple[str, ...], ...] = (
    ("list", "--limit", "5"), ("feeds",), ("search", "harbour"), ("read", "1", "--offline"), ("next", "--offline"),
    ("star", "2"), ("unread", "9"), ("undo",), ("refresh",), ("export",), ("export", "--format", "json"), ("doctor",),
    ("tags",), ("rules",), ("smart",), ("quotes",), ("comments", "1"), ("prune", "--days", "900"), ("dirs",), ("config",),
)  # fmt: skip


def row(words: str) -> Callable[[Callable[[Trial], None]], Callable[[Trial], None]]:
    def named(act: Callable[[Trial], None]) -> Callable[[Trial], None]:
        ROWS[words] = act
        return act

    return named


@dataclass
class Trial:
    """One row: its library, and what was not as it should be."""

    home: Path
    feeds: Feeds
    why: list[str] = field(default_factory=list)

    @property
    def library(self) -> Path:
        return self.home / "data" / "library.db"

    def expect(self, good: object, words: str) -> None:
        if not good:
            self.why.append(words)

    # verbs
    def verb(self, *args: str, codes: Sequence[int] = (0,), says: str = "", **how: object) -> Done:
        done = run(self.home, *args, **how)  # type: ignore[arg-type]
        name = " ".join(args)
        self.expect(done.code in codes, f"`{name}` ended with {done.code}: {done.err[-200:].decode()}")
        lines = done.err.decode("utf-8", "replace").splitlines()
        odd = [line for line in lines if not line.startswith("tuinews: ") and "expat" not in line]
        self.expect(not odd, f"`{name}` wrote {odd[:2]} to stderr")
        self.expect(b"an error in the program" not in done.err, f"`{name}` met an unforeseen error")
        text = (done.err + done.out).decode("utf-8", "replace")
        self.expect(says.lower() in text.lower(), f"`{name}` did not say {says!r} but {text[-200:]!r}")
        return done

    def verbs(self, codes: Sequence[int] = (0, 1, 3, 4), but: str = "", **how: object) -> None:
        """Every verb, but one: whatever it can or cannot do, it says so."""
        for args in VERBS:
            if args[0] != but:
                self.verb(*args, codes=codes, **how)

    # the reader
    @contextmanager
    def reader(self, code: int = 0, **how: object) -> Iterator[Watched]:
        """Opened; left by Q afterwards, and what it left behind looked at."""
        before = self.reports()
        with Screen(self.home, **how) as screen:  # type: ignore[arg-type]
            watched = Watched(screen)
            watched.see("Story", seconds=PATIENCE)
            yield watched
            if not screen.ended:
                screen.press("esc", "esc", "esc", "Q")
                screen.wait_end(PATIENCE)
            self.expect(screen.process.poll() == code, f"the reader left with {screen.process.poll()}: {watched.end()}")
            self.why += screen.restored()
            self.expect(b"Traceback" not in screen.raw, f"a traceback was shown: {watched.end()}")
        self.why += self.reports()[len(before) :]
        self.why += watched.why

    def refused(self, says: str, code: int = 4, **how: object) -> None:
        """The reader does not open, and says why in one sentence."""
        with Screen(self.home, **how) as screen:  # type: ignore[arg-type]
            screen.wait_end(PATIENCE)
            watched = Watched(screen)
            told = watched.end()
            self.expect(screen.process.poll() == code, f"the reader ended with {screen.process.poll()}: {told}")
            self.expect(says.lower() in told.lower(), f"the reader did not say {says!r} but {told!r}")
            self.expect(b"Traceback" not in screen.raw, f"a traceback was shown: {told}")
            self.why += screen.restored()

    def reports(self) -> list[str]:
        return [path.read_text("utf-8")[-1500:] for path in sorted(self.home.rglob("report-*.txt"))]

    # what is held
    def whole(self, feeds: int = FEEDS, stories: int = 1, read: int = READ, starred: int = STARRED) -> None:
        """At least so much is there, and SQLite finds nothing wrong."""
        found = [
            int(str(query(self.home, f"SELECT count(*) FROM {what}")[0][0]))
            for what in ("feed WHERE removed_at IS NULL", "story", "status WHERE read = 1", "status WHERE starred = 1")
        ]
        for name, least, there in zip(
            ("feeds", "stories", "read", "starred"), (feeds, stories, read, starred), found, strict=True
        ):
            self.expect(there >= least, f"{there} {name} of at least {least}")
        self.why += filter(None, [damage(self.home)])

    def backed_up(self) -> None:
        with closing(sqlite3.connect(self.library)) as conn:
            conn.execute("VACUUM INTO ?", (str(self.home / "data" / "library-2026-01-01.backup.db"),))


class Watched:
    """The screen as a person sees it, and what was never seen."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.why, self._read = screen, [], 0
        self._drawn = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self._drawn)

    def text(self) -> str:
        data = bytes(self.screen.raw[self._read :])
        self._read += len(data)
        with suppress(Exception):  # pyte knows no private sequences
            self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", data))
        return "\n".join(line.rstrip() for line in self._drawn.display)

    def flat(self) -> str:
        """One line: a sentence may be folded on the screen."""
        return " ".join(self.text().split())

    def see(self, *wanted: str, seconds: float = PATIENCE) -> bool:
        end, seen = time.monotonic() + seconds, ""
        while time.monotonic() < end and not self.screen.ended:
            self.screen.settle(0.1)
            seen = self.flat()
            if all(word in seen for word in wanted):
                return True
        self.why.append(f"the screen never showed {wanted}: {seen[-700:]!r}")
        return False

    def press(self, *keys: str) -> None:
        self.screen.press(*keys)

    def said(self, words: str, seconds: float = PATIENCE) -> bool:
        """Whether it stood on the screen at any time: a sentence about the start may be followed by another."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.screen.ended:
            if words in self.plain():
                return True
            self.screen.settle(0.2)
        self.why.append(f"it was never said that {words!r}: {self.end()}")
        return False

    def end(self) -> str:
        return self.plain()[-500:]

    def plain(self) -> str:
        plain = re.sub(
            rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^].*?\x1b\\|\x1b\[[0-9;:?<>=]*[ -/]*[@-~]|\x1b[78=>]",
            b"",
            bytes(self.screen.raw),
        )
        return " ".join(plain.decode("utf-8", "replace").split())


def prepared(home: Path, base: str) -> None:
    """Three feeds; six stories read, three starred; a tag, a place in a story."""
    lines = "".join(f"<outline xmlUrl='{base}/{path}'/>" for path in paths(FEEDS))
    run(home, "import", "-", data=f"<opml><body>{lines}</body></opml>".encode())
    run(home, "refresh", "--force")
    for _ in range(READ):
        run(home, "next", "--offline")
    run(home, "star", "1", "2", "3")
    run(home, "list", "--json")


def main(argv: list[str]) -> int:
    import storage_rows  # noqa: F401 - fills ROWS

    parser = argparse.ArgumentParser(prog="scorecard storage")
    parser.add_argument("rows", nargs="*", help="only those whose name holds one of these words")
    args = parser.parse_args(argv)
    start, results = time.monotonic(), {}
    feeds = Feeds(fresh=15, kept=60)
    with tempfile.TemporaryDirectory(prefix="tuinews-storage-") as folder, growing(feeds) as base:
        first = Path(folder) / "first"
        first.mkdir()
        prepared(first, base)
        for number, (name, act) in enumerate(ROWS.items()):
            if args.rows and not any(word in name for word in args.rows):
                continue
            home = Path(folder) / f"home{number}"
            shutil.copytree(first, home)
            results[name] = one(act, Trial(home, feeds))
            print(f"{'FAIL' if results[name] else 'PASS'}  {name}", *results[name], sep="\n        ", flush=True)
    passed = sum(not why for why in results.values())
    print(f"storage: {passed} of {len(results)} rows as they should be")
    return keep("storage", results, time.monotonic() - start)


def one(act: Callable[[Trial], None], trial: Trial) -> list[str]:
    try:
        act(trial)
    except Exception:
        trial.why.append(traceback.format_exc()[-900:])
    return trial.why


def fixture(name: str) -> Path:
    return FIXTURES / name


__all__ = ["PROGRAM", "ROWS", "Trial", "Watched", "faults", "fixture", "row"]
