"""The real program's own code as a writer that never stops: `python writers.py refresh|marks LOG [SEED]`.

A promise is what the program has said is done. refresh: what the screen is told of each feed. marks: "did" after the act
came back and nothing waits; "will" before it, since an act under way may count or not. A refresh that fails by its library is an error.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from pathlib import Path


def log_to(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def refresh(log: int, seed: int) -> None:
    """What the screen is told of a feed is a promise: its stories are in the library."""
    from tui_news.paths import default_paths
    from tui_news.services.contracts import Fact, FeedRefreshed
    from tui_news.services.refresh import refresh as fetch
    from tui_news.services.tools import open_tools

    def tell(fact: Fact) -> None:
        if isinstance(fact, FeedRefreshed):
            os.write(log, f"told {fact.new}\n".encode())
            if "library" in fact.error or "locked" in fact.error:
                os.write(log, f"said {fact.error}\n".encode())

    async def forever() -> None:
        async with open_tools(default_paths(), time.time) as tools:
            os.write(log, b"ready\n")
            while True:
                await fetch(tools, force=True, tell=tell)

    asyncio.run(forever())


def marks(log: int, seed: int) -> None:
    from tui_news.paths import default_paths
    from tui_news.services.desk import LibraryDesk
    from tui_news.services.opening import open_library

    desk = LibraryDesk(open_library(default_paths()), waits=True)
    chance = random.Random(seed)
    ids = [int(str(row[0])) for row in desk.library.db.all("SELECT id FROM story ORDER BY id DESC LIMIT 3000")]
    own = [number for number in ids if number % 2 == seed % 2]  # two writers of marks have a story each
    os.write(log, b"ready\n")
    while True:
        story, on = chance.choice(own), chance.random() < 0.5
        act = chance.choice(("read", "starred"))
        os.write(log, f"will {story} {act} {int(on)}\n".encode())
        (desk.set_read if act == "read" else desk.set_starred)([story], on)
        while desk.outbox.held:  # no promise yet: it is shown, and waits
            desk.outbox.flush()
        os.write(log, f"did {story} {act} {int(on)}\n".encode())


def breed() -> None:
    """Imports everything once, then forks a writer for each line "HOME what LOG SEED" and says its process id: a
    thousand trials would else be a thousand times the imports. No library is open here."""
    import signal

    import tui_news.services.desk
    import tui_news.services.refresh
    import tui_news.services.tools
    import tui_news.web.client
    import tui_news.workers.pool  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        home, what, log, seed = line.rstrip("\n").split("\t")
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ["TUINEWS_HOME"] = home
            errors = log_to(str(Path(log).with_suffix(".err")))
            null = os.open(os.devnull, os.O_RDWR)
            for number, target in ((null, 0), (null, 1), (errors, 2)):
                os.dup2(number, target)
            os.closerange(3, 64)
            {"refresh": refresh, "marks": marks}[what](log_to(log), int(seed))
            os._exit(9)
        print(pid, flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    if sys.argv[1] == "breed":
        breed()
    else:
        {"refresh": refresh, "marks": marks}[sys.argv[1]](log_to(sys.argv[2]), int((sys.argv[3:] or ["0"])[0]))
