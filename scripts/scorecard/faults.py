"""What makes a fault of storage: limits, rights, little disks, other programs' locks, clocks."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from program import PROGRAM

#: The program with its clock so many seconds off.
SHIFTED = """
import sys, time
real, shift = time.time, float(sys.argv[1])
time.time = lambda: real() + shift
from tui_news.cli import main
sys.exit(main(sys.argv[2:]))
"""
CAPBSET_DROP, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h


def shifted(seconds: float) -> tuple[str, ...]:
    return (sys.executable, "-c", SHIFTED, str(seconds))


def like_anyone() -> None:
    """Root may write everywhere: from here on, what the rights of a file say counts for us too."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for one in (DAC_OVERRIDE, DAC_READ_SEARCH):
            libc.prctl(CAPBSET_DROP, one, 0, 0, 0)


def no_file_over(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def can_mount() -> bool:
    return subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0


def on_little_disk(folder: Path, size: str, command: tuple[str, ...] = PROGRAM) -> tuple[str, ...]:
    """`command` where `folder` is a disk of its own of so many bytes, holding what the folder holds."""
    script = (
        'folder=$1; size=$2; shift 2; held=$(mktemp -d); cp -a "$folder"/. "$held"/ && '
        'mount -t tmpfs -o size="$size" tuinews "$folder" && cp -a "$held"/. "$folder"/; rm -r "$held"; exec "$@"'
    )
    return ("unshare", "-rm", "sh", "-c", script, "sh", str(folder), size, *command)


def on_readonly_disk(folder: Path, command: tuple[str, ...] = PROGRAM) -> tuple[str, ...]:
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
    return ("unshare", "-rm", "sh", "-c", script, "sh", str(folder), *command)


def on_refusing_disk(folder: Path, with_: int, flag: Path, command: tuple[str, ...] = PROGRAM) -> tuple[str, ...]:
    """`command` where every change below `folder` fails with that errno while the file `flag` is there: what a real
    disk does that turns read only, is over its quota or breaks."""
    shim = flag.with_name("refusing.so")
    if not shim.exists():
        source = Path(__file__).with_name("refusing.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    names = {"LD_PRELOAD": shim, "REFUSE_FOLDER": folder, "REFUSE_FLAG": flag, "REFUSE_ERRNO": with_}
    return ("env", *(f"{name}={value}" for name, value in names.items()), *command)


def seen_by(pid: int, path: Path) -> Path:
    """`path` as a program in a world of its own sees it."""
    return Path(f"/proc/{pid}/root{path}")


def fill_up(folder: Path) -> Path:
    """Take all the room that is left; the file to remove again."""
    taken = folder / "taken"
    with suppress_full(), open(taken, "wb", buffering=0) as stream:
        while True:
            stream.write(b"\0" * 65536)
    with suppress_full(), open(taken, "ab", buffering=0) as stream:
        while True:
            stream.write(b"\0" * 512)
    return taken


@contextmanager
def suppress_full() -> Iterator[None]:
    try:
        yield
    except OSError:
        return


@contextmanager
def held_by_another(library: Path, kind: str = "IMMEDIATE") -> Iterator[int]:
    """Another program, which writes and does not end; its process id."""
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20);"
        "c.execute('PRAGMA locking_mode=EXCLUSIVE') if sys.argv[2] == 'EXCLUSIVE' else 0;"
        "c.execute('BEGIN ' + sys.argv[2]); print('held', flush=True); sys.stdin.read(); c.execute('ROLLBACK')"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(library), kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdout.readline()
    try:
        yield other.pid
    finally:
        other.stdin.close()
        other.wait()


def sql(path: Path, *statements: str) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        conn.execute(statement)
    conn.close()
