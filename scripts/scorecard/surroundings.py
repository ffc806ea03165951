"""Odd places to run in: `python scripts/scorecard surroundings [NAME …]`.

Every verb with its output closed, full, cut off or in a poor alphabet, without a home, a place for temporary files or a
folder to stand in, with few descriptors. Whatever it is: no traceback, nothing that Python says by itself, no report, a
documented exit code, one sentence where the output could not be written, and the library whole.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from growing import Feeds, growing
from places import keep
from program import PROGRAM, damage, environment, run
from screen import Screen
from storage import VERBS, prepared

MORE: tuple[tuple[str, ...], ...] = (
    (), ("--version",), ("--help",), ("nonsense",), ("list", "--json", "--limit", "5"), ("list", "--limit", "500"),
    ("feeds", "--json"), ("read", "1", "--offline", "--json"), ("read", "1", "--offline", "--comments"), ("man",),
    ("completions", "bash"), ("import", "-"), ("search", "harbour", "--json"), ("refresh", "--force"), ("next",),
    ("config", "--json"), ("doctor", "--json"), ("export", "--format", "json", "--json"), ("read", "999999"),
)  # fmt: skip
FORBIDDEN = (b"Traceback", b"Exception ignored", b"Fatal Python", b"lost sys.stderr", b"an error in the program")
SAY = "the output could not be written"


@dataclass(frozen=True)
class Place:
    """first: what the child does before it becomes the program. env: changed variables, None for one that is not there.
    out: where its output goes. says: what must be said on the error output whenever something was to be printed."""

    first: Callable[[], object] = lambda: None
    env: dict[str, str | None] = field(default_factory=dict)
    out: str = ""
    err: str = ""
    folder: str = ""
    says: str = ""
    heard: int = 1 << 30  # how many bytes of its output are read before the pipe is closed


def closed(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


def few_files(count: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))


POOR: dict[str, str | None] = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
PLACES: dict[str, Place] = {
    "nothing odd": Place(),
    "output closed": Place(closed(1), says=SAY),
    "error output closed": Place(closed(2)),
    "input closed": Place(closed(0)),
    "everything closed": Place(closed(0, 1, 2)),
    "output on a full disk": Place(out="/dev/full", says=SAY),
    "error output on a full disk": Place(err="/dev/full"),
    "both on a full disk": Place(out="/dev/full", err="/dev/full"),
    "output cut off at once": Place(heard=0),
    "output cut off after a line": Place(heard=1),
    "locale C, output in ASCII": Place(env={**POOR, "PYTHONIOENCODING": "ascii"}),
    "locale C, strict": Place(env={**POOR, "PYTHONIOENCODING": "ascii:strict"}),
    "locale POSIX, nothing said": Place(env={**POOR, "LC_ALL": "POSIX"}),
    "output in Latin-1": Place(env={"PYTHONIOENCODING": "latin-1"}),
    "output in UTF-16": Place(env={"PYTHONIOENCODING": "utf-16"}),
    "HOME unset": Place(env={"HOME": None}),
    "HOME nowhere": Place(env={"HOME": "/proc/nowhere"}),
    "no home at all": Place(env={"HOME": "/proc/nowhere", "TUINEWS_HOME": None}),
    "HOME a file": Place(env={"HOME": "/dev/null", "TUINEWS_HOME": None}),
    "TUINEWS_HOME a file": Place(env={"TUINEWS_HOME": "/dev/null"}),
    "no place for temporary files": Place(env={"TMPDIR": "/proc/nowhere", "TMP": "/proc/nowhere", "TEMP": "/proc/nowhere"}),
    "its folder gone": Place(folder="gone"),
    "TERM unset": Place(env={"TERM": None, "COLUMNS": "banana", "LINES": "0"}),
    "TERM dumb": Place(env={"TERM": "dumb", "COLUMNS": "0"}),
    "TERM unknown": Place(env={"TERM": "no-such-terminal", "COLUMNS": "-5"}),
    "a time zone that is none": Place(env={"TZ": "Nowhere/At/All", "LANG": "xx_XX.nonsense"}),
    "sixteen descriptors": Place(few_files(16)),
    "ten descriptors": Place(few_files(10)),
}  # fmt: skip


@contextmanager
def standing(place: Place) -> Iterator[Path]:
    """The folder to start in; one that goes away is made for the purpose."""
    with tempfile.TemporaryDirectory(prefix="tuinews-cwd-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def judged(home: Path, place: Place, args: tuple[str, ...], plain: dict[tuple[str, ...], int]) -> list[str]:
    env: dict[str, str] = {k: v for k, v in {**environment(home), **place.env}.items() if v is not None}
    with standing(place) as folder:
        before = place.first
        gone = (lambda: (os.chdir(folder), os.rmdir(folder), before())) if place.folder else before
        with open(place.out or os.devnull, "wb") as out, open(place.err or os.devnull, "wb") as err:
            process = subprocess.Popen(
                [*PROGRAM, *args],
                env=env,
                preexec_fn=gone,
                stdin=subprocess.PIPE if args[-1:] == ("-",) else subprocess.DEVNULL,
                stdout=out if place.out else subprocess.PIPE,
                stderr=err if place.err else subprocess.PIPE,
            )
            said, told = heard(process, place)
    name = " ".join(args) or "the reader"
    why = [f"`{name}`: {word.decode()}: {told[-300:]!r}" for word in FORBIDDEN if word in told + said]
    if process.returncode not in (0, 1, 2, 3, 4):
        why.append(f"`{name}` ended with {process.returncode}: {told[-200:]!r}")
    lines = told.decode("utf-16" if place.env.get("PYTHONIOENCODING") == "utf-16" else "utf-8", "replace").splitlines()
    odd = [
        one for one in lines if not one.startswith(("tuinews: ", "usage: ", "  ", "tuinews ")) and "expat" not in one
    ]
    if odd and not place.env.get("PYTHONIOENCODING", "").startswith("utf-16"):
        why.append(f"`{name}` wrote {odd[:2]} to its error output")
    if place.says and plain.get(args) and (process.returncode == 0 or place.says not in " ".join(lines)):
        why.append(f"`{name}` did not say that {place.says}: {process.returncode}, {told[-200:]!r}")
    return why


def heard(process: subprocess.Popen[bytes], place: Place) -> tuple[bytes, bytes]:
    if place.heard > 1 << 20:
        try:
            out, err = process.communicate(b"" if process.stdin else None, timeout=70)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        return out or b"", err or b""
    assert process.stdout is not None
    if process.stdin:
        process.stdin.close()
    out = process.stdout.readline() if place.heard else b""
    process.stdout.close()
    err = process.stderr.read() if process.stderr else b""
    process.wait(70)
    return out, err


# the reader, which wants a terminal -----------------------------------------------------------------------------------
NO_ROOM_FOR_FILES = (  # every place for temporary files read only, and the folder to stand in; the home elsewhere
    'mount -t tmpfs tuinews /mnt && mkdir /mnt/home && mount --bind "$TUINEWS_HOME" /mnt/home && export TUINEWS_HOME=/mnt/home && '
    'for one in /tmp /var/tmp; do mount -t tmpfs -o ro tuinews $one; done; cd /proc; exec "$@"'
)
READERS: dict[str, tuple[str, ...]] = {
    "TERM unset": ("env", "-u", "TERM"),
    "TERM empty": ("env", "TERM="),
    "TERM dumb": ("env", "TERM=dumb"),
    "TERM vt100": ("env", "TERM=vt100", "COLORTERM="),
    "TERM linux, no colours": ("env", "TERM=linux", "COLORTERM=", "NO_COLOR=1"),
    "TERM unknown": ("env", "TERM=no-such-terminal", "COLUMNS=-5", "LINES=banana"),
    "locale C, ASCII": ("env", "LC_ALL=C", "PYTHONUTF8=0", "PYTHONCOERCECLOCALE=0", "PYTHONIOENCODING=ascii:strict"),
    "HOME nowhere": ("env", "HOME=/proc/nowhere"),
    "no settings of a browser": ("env", "-u", "BROWSER", "-u", "DISPLAY", "PATH=/proc/nowhere"),
    "a time zone that is none": ("env", "TZ=Nowhere/At/All", "LANG=xx_XX.nonsense"),
    "TMPDIR nowhere": ("env", "TMPDIR=/proc/nowhere", "TMP=/proc/nowhere", "TEMP=/proc/nowhere"),
    "nothing writable for temporary files": ("unshare", "-rm", "sh", "-c", NO_ROOM_FOR_FILES, "sh"),
    "sixteen descriptors": ("sh", "-c", 'ulimit -n 16; exec "$@"', "sh"),
    "ten descriptors": ("sh", "-c", 'ulimit -n 10; exec "$@"', "sh"),
    "forty megabytes of files": ("sh", "-c", 'ulimit -f 80000; exec "$@"', "sh"),
}  # fmt: skip
VISIT = (
    "j",
    "m",
    "idle",
    "enter",
    "idle",
    "space",
    "c",
    "esc",
    "o",
    "esc",
    "/",
    "harbour",
    "enter",
    "idle",
    "esc",
    "esc",
    "R",
    "idle",
)


def visited(home: Path, around: tuple[str, ...]) -> list[str]:
    """The reader opened, used and left: with 0, or with a documented code and a sentence."""
    with Screen(home, command=(*around, *PROGRAM)) as screen:
        screen.settle(3, 20)
        screen.idle()
        lines = b"line by line" in screen.raw
        screen.press(
            *(("\r", "idle", "3\r", "idle", "c\r", "idle", "q\r", "q\r") if lines else (*VISIT, "esc", "esc", "Q"))
        )
        screen.wait_end(30)
        said, code = bytes(screen.raw), screen.process.poll()
        why = [] if screen.ended else ["it did not end"]
        why += screen.restored() if screen.ended else []
    why += [f"{word.decode()}: {said[-300:]!r}" for word in FORBIDDEN if word in said]
    if code not in (0, None) and (code not in (1, 2, 3, 4) or b"tuinews: " not in said):
        why.append(f"it ended with {code}: {said[-300:]!r}")
    print(f"        {'line by line' if lines else 'drawn' if b'1049h' in said else said[-200:]}, {code}")
    return why


def readers(first: Path, wanted: list[str]) -> Iterator[tuple[str, list[str]]]:
    for words, around in READERS.items():
        name = f"the reader: {words}"
        if wanted and not any(word in name for word in wanted):
            continue
        home = Path(shutil.copytree(first, first.with_name("reader")))
        why = [*visited(home, around), *filter(None, [damage(home)])]
        why += [f"a report: {path.read_text()[-700:]}" for path in home.rglob("report-*.txt")]
        print(f"{'FAIL' if why else 'PASS'}  {name}", *why, sep="\n        ", flush=True)
        yield name, why
        shutil.rmtree(home, ignore_errors=True)


def printed(home: Path) -> dict[tuple[str, ...], int]:
    """How much each verb prints where nothing is odd."""
    return {args: len(run(home, *args, data=b"" if args[-1:] == ("-",) else None).out) for args in VERBS + MORE}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard surroundings")
    parser.add_argument("places", nargs="*", help="only those whose name holds one of these words")
    wanted = parser.parse_args(argv).places
    start, results = time.monotonic(), {}
    with tempfile.TemporaryDirectory(prefix="tuinews-odd-") as name, growing(Feeds(fresh=15, kept=60)) as base:
        first = Path(name) / "first"
        first.mkdir()
        prepared(first, base)
        results.update(readers(first, wanted))
        places = {
            words: place for words, place in PLACES.items() if not wanted or any(word in words for word in wanted)
        }
        plain = printed(Path(shutil.copytree(first, Path(name) / "plain"))) if places else {}
        for number, (words, place) in enumerate(places.items()):
            home = Path(shutil.copytree(first, Path(name) / f"home{number}"))
            why = [one for args in VERBS + MORE for one in judged(home, place, args, plain)]
            why += list(filter(None, [damage(home)]))
            why += [f"a report: {path.read_text()[-700:]}" for path in home.rglob("report-*.txt")]
            results[words] = why
            print(f"{'FAIL' if why else 'PASS'}  {words}", *why, sep="\n        ", flush=True)
            shutil.rmtree(home, ignore_errors=True)
    passed = sum(not why for why in results.values())
    print(f"surroundings: {passed} of {len(results)} as they should be, {len(VERBS + MORE)} verbs in each")
    return keep("surroundings", results, time.monotonic() - start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
