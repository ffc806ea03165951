"""What each fault of storage is and what the program must do; `storage` runs them."""

from __future__ import annotations

import errno
import gzip
import os
import random
import shutil
import signal
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from faults import (
    fill_up,
    held_by_another,
    like_anyone,
    no_file_over,
    on_little_disk,
    on_readonly_disk,
    on_refusing_disk,
    seen_by,
    shifted,
    sql,
)
from program import damage, query, run, tree
from storage import FIXTURES, READ, Trial, Watched, row

from terminal import answered, ending
from tui_news.store.schema import MIGRATIONS

YEAR = 365.25 * 86400
MARK = "j", "m", "j", "m"  # two stories read


def marked(reader: Watched, *says: str) -> None:
    """What is said of the first mark that cannot be stored; it is said once, and then others are made."""
    reader.press("j", "m")
    reader.see(*says)
    reader.press(*MARK)
    answered(reader.screen)


@row("kill -9 in a write")
def killed(trial: Trial) -> None:
    chance = random.Random(7)
    for _ in range(4):
        with trial.reader(code=-9) as reader:
            reader.press("r", *MARK, *MARK, "enter", "space")
            reader.screen.wait(chance.random() * 0.4)
            for pid in tree(reader.screen.process.pid):
                os.kill(pid, signal.SIGKILL)
            reader.screen.process.wait()
            trial.why += []
        trial.why = [one for one in trial.why if "mode" not in one and "cursor" not in one and "raw" not in one]
        trial.whole()
    with trial.reader() as reader:
        reader.press("enter")
        reader.see("harbour")
    trial.verbs(codes=(0, 1))


@row("disk full: no file may grow (a limit)")
def limited(trial: Trial) -> None:
    first = partial(no_file_over, 40960)  # what SQLite needs to share the file, and two pages of the journal
    with trial.reader(code=1, first=first) as reader:
        marked(reader, "what you do is kept")
        reader.press("enter", "space")
        reader.see("harbour")
        trial.verbs(first=first)
    trial.whole()
    trial.verb("star", "4")


@row("disk full: a disk of its own without room, then room again")
def full(trial: Trial) -> None:
    command = on_little_disk(trial.home / "data", "6m")
    with trial.reader(command=command) as reader:
        folder = seen_by(reader.screen.process.pid, trial.home / "data")
        taken = fill_up(folder)
        marked(reader, "what you do is kept")
        reader.press("enter", "space", "space", "r")
        reader.see("harbour")
        taken.unlink()
        reader.see("What you did is stored")
        reader.screen.settle(1, 5)
        shutil.copytree(folder, trial.home / "out" / "data")  # SQLite would follow /proc's link back to our own world
    held = query(trial.home / "out", "SELECT count(*) FROM status WHERE read = 1")
    trial.expect(int(str(held[0][0])) >= READ + 3, f"the marks were not stored: {held}")
    trial.why += filter(None, [damage(trial.home / "out")])


@row("disk full: from the start, everything on it")
def full_from_the_start(trial: Trial) -> None:
    for name in ("data", "cache", "config", "state"):
        (trial.home / name).mkdir(exist_ok=True)
    (trial.home / "data" / "taken").write_bytes(b"")
    command = on_little_disk(trial.home, "3m", ("sh", "-c", 'cat /dev/zero 2>/dev/null > "$1/taken"; shift; exec "$@"', "sh",
                             str(trial.home), *on_nothing()))  # fmt: skip
    with trial.reader(command=command) as reader:
        reader.said("full")
        marked(reader, "kept")
        reader.press("enter", "space")
        reader.see("harbour")
    trial.verbs(command=command)
    trial.whole()


def on_nothing() -> tuple[str, ...]:
    from program import PROGRAM

    return PROGRAM


@row("read-only: file and folder by their rights")
def readonly_rights(trial: Trial) -> None:
    made = [trial.home / "data", *(trial.home / "data").iterdir()]
    for path in reversed(made):
        path.chmod(0o500 if path.is_dir() else 0o400)
    before = trial.library.read_bytes()
    with trial.reader(first=like_anyone) as reader:
        reader.said("open for reading")
        marked(reader, "may only be read")
        reader.press("enter")
        reader.see("harbour")
    trial.verbs(first=like_anyone)
    trial.verb("list", says="Story", first=like_anyone)
    trial.verb("star", "4", codes=(4,), says="may only be read", first=like_anyone)
    trial.expect(trial.library.read_bytes() == before, "the file was written to")
    for path in made:
        path.chmod(0o700 if path.is_dir() else 0o600)
    trial.whole()


@row("read-only: the file alone")
def readonly_file(trial: Trial) -> None:
    trial.library.chmod(0o400)
    with trial.reader(code=1, first=like_anyone) as reader:
        marked(reader, "may only be read")
    trial.verbs(first=like_anyone)
    trial.library.chmod(0o600)
    trial.whole()


@row("read-only: the whole disk")
def readonly_disk(trial: Trial) -> None:
    command = on_readonly_disk(trial.home)
    with trial.reader(command=command) as reader:
        marked(reader, "may only be read")
        reader.press("enter")
        reader.see("harbour")
    trial.verbs(command=command)
    trial.whole()


@row("rights: nothing may be read at all")
def unreadable(trial: Trial) -> None:
    trial.library.chmod(0)
    trial.refused("cannot be opened", first=like_anyone)
    trial.verbs(first=like_anyone)
    trial.library.chmod(0o600)
    (trial.home / "data").chmod(0)
    trial.refused("tuinews: ", first=like_anyone)
    trial.verbs(first=like_anyone)
    (trial.home / "data").chmod(0o700)
    trial.whole()


@row("rights: every folder but the library's is closed")
def closed_folders(trial: Trial) -> None:
    for name in ("cache", "config", "state"):
        (trial.home / name).mkdir(exist_ok=True)
        (trial.home / name).chmod(0)
    with trial.reader(first=like_anyone) as reader:
        reader.press(*MARK, "enter")
        reader.see("harbour")
        reader.press("esc", "/", "harbour", "enter", "wait 0.5", "esc", "esc", ",", "wait 0.5", "esc")
    trial.verbs(first=like_anyone)
    for name in ("cache", "config", "state"):
        (trial.home / name).chmod(0o700)
    trial.whole()


@row("locked: another program writes and does not end")
def locked(trial: Trial) -> None:
    with held_by_another(trial.library) as pid:
        with trial.reader(code=1) as reader:
            marked(reader, "writing to the library", f"process {pid}")
            reader.press("enter", "space")
            reader.see("harbour")
        trial.verb("list", says="Story")
        trial.verb("star", "5", codes=(4,), says=f"process {pid}")
        trial.verb("refresh", codes=(0,))  # nothing is due
    trial.verbs(codes=(0, 1))
    trial.whole()


@row("locked: let go while the reader is open")
def let_go(trial: Trial) -> None:
    with trial.reader() as reader:
        with held_by_another(trial.library):
            marked(reader, "writing to the library")
        reader.see("What you did is stored")
    trial.whole(read=READ + 3)


@row("locked: for itself alone, before the start")
def locked_out(trial: Trial) -> None:
    with held_by_another(trial.library, "EXCLUSIVE"):
        trial.refused("another program")
        trial.verb("list", codes=(4,), says="another program")
        trial.verb("doctor", codes=(4, 1), says="another program")
    trial.verbs(codes=(0, 1))
    trial.whole()


@row("two instances")
def two(trial: Trial) -> None:
    served = sum(trial.feeds.served.values())
    held = int(str(query(trial.home, "SELECT count(*) FROM story")[0][0]))
    with trial.reader() as first, trial.reader() as second:
        for reader in (first, second):
            reader.press("R")
        for reader in (first, second, first, second):
            reader.press("R", *MARK, "enter", "space", "esc")
        run(trial.home, "refresh", "--force")
        for reader in (first, second):
            reader.screen.settle(2, 20)
            for bad in ("locked", "damaged"):
                trial.expect(bad not in reader.text(), f"{bad!r} was shown")
    trial.verb("refresh", "--force", codes=(0,))
    more = sum(trial.feeds.served.values()) - served
    now = int(str(query(trial.home, "SELECT count(*) FROM story")[0][0]))
    trial.expect(now >= held + 4, f"{now} stories after {held}")
    trial.expect(now - held <= more + 200, "stories twice")
    twice = query(trial.home, "SELECT count(*) FROM story GROUP BY feed_id, guid HAVING count(*) > 1")
    trial.expect(not twice, f"{len(twice)} stories are there twice")
    trial.whole()


# damage ---------------------------------------------------------------------------------------------------------------
def garbage(path: Path) -> None:
    with open(path, "r+b") as stream:
        stream.write(b"no database here")


def all_garbage(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def text(path: Path) -> None:
    path.write_text("this was never a database\n" * 400, "utf-8")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 6 // 10)


def cut_short(path: Path) -> None:
    os.truncate(path, 50)


def flipped(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        pages = [row[0] for row in conn.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('body', 'journal')")]
    with open(path, "r+b") as stream:
        for page in pages:
            stream.seek((page - 1) * size)
            stream.write(b"\xa5" * 600)


def flipped_stories(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        (page,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'story'").fetchone()
    with open(path, "r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xa5" * size)


def empty(path: Path) -> None:
    os.truncate(path, 0)


DAMAGE = {
    "garbage header": (garbage, True, "damaged"),
    "garbage all through": (all_garbage, False, "damaged"),
    "a text in its place": (text, False, "damaged"),
    "truncated": (cut, False, "damaged"),
    "truncated to 50 bytes": (cut_short, False, "damaged"),
    "flipped pages": (flipped, True, "damaged"),
    "flipped page of stories": (flipped_stories, False, "damaged"),
    "0-byte file": (empty, False, "subscribed again"),
}


def damaged(trial: Trial, how: str, copied: bool, by: str) -> None:
    act, marks, says = DAMAGE[how]
    if copied:
        trial.backed_up()
        says = "was gone" if act is empty else says
    kept = trial.home.with_name(trial.home.name + "-kept")
    shutil.copytree(trial.home, kept)
    act(trial.library)
    trial.verb("doctor", codes=(1,), says="BAD")
    if by == "reader":
        with trial.reader() as reader:
            reader.said(says)
    elif by == "doctor --fix":
        trial.verb("doctor", "--fix", says="mended")
    else:
        trial.verb("list", says=says)
    trial.verb("feeds", says="feed2")
    trial.verb("refresh", "--force")
    if copied or marks:
        trial.whole(stories=12)
    else:
        trial.whole(read=0, starred=0)
    if how not in ("0-byte file", "flipped pages"):
        aside = list((trial.home / "data").glob("library-damaged-*.db"))
        trial.expect(len(aside) == 1, f"put aside: {aside}")
    if how == "flipped pages":
        trial.verb("doctor", "--fix", codes=(0,))
    trial.verb("doctor", codes=(0,))
    trial.verbs(codes=(0, 1))
    with trial.reader() as reader:
        reader.press("enter")
        reader.see("harbour")
    shutil.rmtree(kept)


for _how in DAMAGE:
    for _copied, _by in ((False, "reader"), (True, "list"), (True, "doctor --fix")):
        row(f"{_how}, {'a copy' if _copied else 'no copy'} beside it, {_by}")(
            partial(damaged, how=_how, copied=_copied, by=_by)
        )


@row("damage met while the reader is open")
def damage_met(trial: Trial) -> None:
    trial.backed_up()
    with trial.reader() as reader:
        flipped(trial.library)
        for _ in range(3):
            reader.press("j", "enter", "space", "esc", *MARK)
    with trial.reader() as reader:
        reader.press("enter")
    trial.verb("doctor", "--fix", codes=(0,))
    trial.whole()


@row("-wal deleted after a crash")
def wal_deleted(trial: Trial) -> None:
    with trial.reader(code=-9) as reader:
        reader.press(*MARK)
        for pid in tree(reader.screen.process.pid):
            os.kill(pid, signal.SIGKILL)
        reader.screen.process.wait()
    trial.why = [one for one in trial.why if "mode" not in one and "cursor" not in one and "raw" not in one]
    for tail in ("-wal", "-shm"):
        trial.library.with_name(f"library.db{tail}").unlink(missing_ok=True)
    with trial.reader() as reader:
        reader.press("enter")
        reader.see("harbour")
    trial.verb("refresh", "--force")
    trial.verbs(codes=(0, 1))
    trial.whole()


@row("-wal or -shm deleted while the reader is open")
def wal_deleted_open(trial: Trial) -> None:
    for tails in (("-wal",), ("-shm",), ("-wal", "-shm")):
        with trial.reader() as reader:
            reader.press(*MARK)
            for tail in tails:
                trial.library.with_name(f"library.db{tail}").unlink(missing_ok=True)
            reader.press(*MARK, "enter", "space", "esc")
            run(trial.home, "star", "4")
            reader.press(*MARK)
            reader.screen.wait(2.5)
        trial.whole()
        trial.verb("doctor", codes=(0,))


# schemas --------------------------------------------------------------------------------------------------------------
def older(trial: Trial, name: str) -> None:
    trial.library.write_bytes(gzip.decompress((FIXTURES / name).read_bytes()))
    (trial.home / "data" / "subscriptions.opml").unlink()
    newest = f"schema{len(MIGRATIONS)}" in name  # it lacks nothing but the list, which is a problem to doctor
    trial.verb("doctor", codes=(1,) if newest else (0,), says="does not list the same feeds" if newest else "")
    kept = trial.library.read_bytes()
    trial.verb("list", says="the ferry")
    trial.verb("doctor", codes=(0,))
    trial.verbs(codes=(0, 1, 3))
    trial.library.write_bytes(kept)
    for tail in ("-wal", "-shm"):
        trial.library.with_name(f"library.db{tail}").unlink(missing_ok=True)
    with trial.reader() as reader:
        reader.press("g", "enter")
        reader.see("ferry of")
    trial.whole(feeds=2, stories=12, read=6, starred=4)


for _file in sorted(FIXTURES.glob("schema*.db.gz")):
    row(f"older schema: {_file.name}")(partial(older, name=_file.name))


@row("newer schema")
def newer(trial: Trial) -> None:
    sql(trial.library, "PRAGMA user_version=999")
    before = trial.library.read_bytes()
    trial.refused("a newer version of tuinews wrote it")
    for args in (("list",), ("star", "1"), ("refresh",), ("doctor",), ("doctor", "--fix"), ("prune",), ("next",)):
        trial.verb(*args, codes=(4,), says="newer version")
    trial.verbs(codes=(0, 4))
    trial.expect(trial.library.read_bytes() == before, "the file was written to")


@row("another program's database")
def others(trial: Trial) -> None:
    trial.library.unlink()
    sql(trial.library, "CREATE TABLE theirs(a)", "INSERT INTO theirs VALUES (1)")
    before = trial.library.read_bytes()
    trial.refused("another program's database")
    trial.verbs(codes=(0, 4))
    trial.expect(trial.library.read_bytes() == before, "the file was written to")


@row("a folder in the library's place")
def a_folder(trial: Trial) -> None:
    trial.library.rename(trial.home / "mine.db")
    trial.library.mkdir()
    trial.refused("tuinews: ")
    trial.verbs(codes=(0, 4))


# clocks ---------------------------------------------------------------------------------------------------------------
def clock(trial: Trial, years: float) -> None:
    before = listed(trial)
    command = shifted(years * YEAR)
    with trial.reader(command=command) as reader:
        reader.press("R", "wait 2", *MARK, "enter", "space", "esc")
    trial.verbs(codes=(0, 1), but="prune", command=command)  # who prunes by hand means it, by the clock there is
    trial.verb("refresh", "--force", command=command)
    now = [story for story in listed(trial) if story in set(before)]
    trial.expect(now == before, "stories went, or their order changed")
    asked = trial.feeds.requests
    trial.verb("refresh", command=shifted(86400))
    trial.expect(trial.feeds.requests > asked, "a day later nothing is asked")
    trial.whole()


def listed(trial: Trial) -> list[int]:
    import json

    return [one["id"] for one in json.loads(trial.verb("list", "--json", "--limit", "5000").out)]


for _years in (-10, 50):
    row(f"clock {_years:+} years")(partial(clock, years=_years))


@row("clock that jumps while the reader is open")
def jumping(trial: Trial) -> None:
    import sys

    code = (
        "import os, time\nreal = time.time\nend = os.environ['TUINEWS_HOME'] + '/shift'\n"
        "def shifted():\n    try:\n        return real() + float(open(end).read())\n    except (OSError, ValueError):\n"
        "        return real()\ntime.time = shifted\nfrom tui_news.cli import main\nimport sys\nsys.exit(main(sys.argv[1:]))"
    )
    command = (sys.executable, "-c", code)
    with trial.reader(command=command) as reader:
        for years in (-10, 50, -60, 0):
            (trial.home / "shift").write_text(str(years * YEAR))
            reader.press("R", *MARK, "wait 1.5", "enter", "space", "esc")
    trial.whole()


# what happens to the file while it is open ------------------------------------------------------------------------------
@row("the library deleted while the reader is open")
def deleted(trial: Trial) -> None:
    with trial.reader() as reader:
        for tail in ("", "-wal", "-shm"):
            trial.library.with_name(f"library.db{tail}").unlink(missing_ok=True)
        marked(reader, "was gone")
        reader.press("enter", "space", "esc", "r", "wait 1")
    trial.verb("feeds", says="feed2")
    trial.whole()


@row("the library moved elsewhere while the reader is open")
def moved(trial: Trial) -> None:
    with trial.reader() as reader:
        trial.library.rename(trial.home / "elsewhere.db")
        marked(reader, "was gone")
        reader.press("enter", "space", "esc", "r", "wait 1")
    trial.verb("feeds", says="feed2")


@row("the library replaced while the reader is open")
def replaced(trial: Trial) -> None:
    shutil.copy(trial.library, trial.home / "other.db")
    with trial.reader() as reader:
        os.replace(trial.home / "other.db", trial.library)
        marked(reader, "Another file")
        reader.press("enter", "space", "esc", "r", "wait 1")
    trial.verb("doctor", codes=(0,))
    trial.whole()


@row("the whole folder deleted while the reader is open")
def folder_deleted(trial: Trial) -> None:
    with trial.reader(code=0) as reader:
        shutil.rmtree(trial.home / "data")
        reader.press(*MARK, "enter", "space", "esc", "r", "wait 1", *MARK)
        reader.said("was gone")
    trial.verb("list", codes=(0,))


@row("read-only from the middle on")
def becomes_readonly(trial: Trial) -> None:
    with trial.reader(code=0, first=like_anyone) as reader:
        reader.press(*MARK)
        (trial.home / "data").chmod(0o500)
        for path in (trial.home / "data").iterdir():
            path.chmod(0o400)
        reader.press(*MARK, "enter", "space", "esc", "r", "wait 1")
        for path in (trial.home / "data").iterdir():
            path.chmod(0o600)
        (trial.home / "data").chmod(0o700)
    trial.whole()


def disk_turns(trial: Trial, with_: int) -> None:
    flag = trial.home / "no"
    command = on_refusing_disk(trial.home / "data", with_, flag)
    with trial.reader(command=command) as reader:
        reader.press(*MARK)
        answered(reader.screen)
        flag.write_bytes(b"")
        marked(reader, "you do is kept")
        reader.press("enter", "space", "esc", "r", "wait 1")
        trial.verbs(command=command)
        trial.verb("list", says="Story", command=command)
        flag.unlink()
        reader.see("What you did is stored")
    trial.verb("star", "7")
    trial.whole(read=READ + 5)


def disk_refuses(trial: Trial, with_: int, names: tuple[str, ...]) -> None:
    """From the start, and only where nothing is that must not be lost."""
    flag = trial.home / "no"
    flag.write_bytes(b"")
    for name in names:
        command = on_refusing_disk(trial.home / name, with_, flag)
        with trial.reader(command=command) as reader:
            reader.press(*MARK, "enter")
            reader.see("harbour")
            reader.press(
                "esc", "R", "wait 1", "/", "harbour", "enter", "wait 0.5", "esc", "esc", ",", "wait 0.5", "esc"
            )
        trial.verbs(command=command)
        trial.verb("star", "5", command=command)
    trial.whole(read=READ + 1)


for _error in (errno.EROFS, errno.EDQUOT, errno.EIO):
    _name = errno.errorcode[_error]
    row(f"the disk turns under the open reader, then is right again: {_name}")(partial(disk_turns, with_=_error))
    row(f"cache, state and settings that take nothing: {_name}")(
        partial(disk_refuses, with_=_error, names=("cache", "state", "config"))
    )


# a migration ----------------------------------------------------------------------------------------------------------
@row("a migration without room for its copy")
def no_room_to_migrate(trial: Trial) -> None:
    trial.library.write_bytes(gzip.decompress((FIXTURES / "schema1.db.gz").read_bytes()))
    (trial.home / "data" / "subscriptions.opml").unlink()
    before = trial.library.read_bytes()
    first = partial(no_file_over, 16384)
    with trial.reader(first=first) as reader:
        reader.said("open for reading")
        reader.press("g", "enter")
        reader.see("ferry of")
    trial.verbs(first=first)
    trial.verb("list", says="the ferry", first=first)
    trial.expect(trial.library.read_bytes() == before, "the file was written to")
    trial.verb("list", says="the ferry")
    trial.whole(feeds=2, stories=12, read=6, starred=4)


def older_readonly(trial: Trial, name: str, by: str) -> None:
    """Read from a copy in memory; the file stays as it is."""
    trial.library.write_bytes(gzip.decompress((FIXTURES / name).read_bytes()))
    before = trial.library.read_bytes()
    how: dict[str, object] = {"command": on_readonly_disk(trial.home)} if by == "disk" else {"first": like_anyone}
    made = [trial.home / "data", *(trial.home / "data").iterdir()] if by == "rights" else []
    for path in reversed(made):
        path.chmod(0o500 if path.is_dir() else 0o400)
    with trial.reader(**how) as reader:
        reader.said("open for reading")
        reader.press("g", "enter")
        reader.see("ferry of")
    trial.verbs(**how)
    trial.verb("list", says="the ferry", **how)
    trial.verb("star", "1", "2", "3", "4", "5", "6", codes=(4,), says="may only be read", **how)
    trial.expect(trial.library.read_bytes() == before, "the file was written to")
    for path in made:
        path.chmod(0o700 if path.is_dir() else 0o600)
    trial.verb("list", says="the ferry")
    trial.whole(feeds=2, stories=12, read=6, starred=4)


for _file in sorted(FIXTURES.glob("schema*.db.gz"))[:-1]:
    for _by in ("disk", "rights"):
        row(f"older schema, read-only by its {_by}: {_file.name}")(partial(older_readonly, name=_file.name, by=_by))


@row("signals: SIGTERM, SIGHUP, terminal closed, stopped and back")
def signals(trial: Trial) -> None:
    for how in ("SIGTERM", "SIGHUP", "closed terminal", "suspended and back"):
        trial.why += [f"{how}: {one}" for one in ending(trial.home, how)]
