"""The worker's side: `python -m tui_news.workers.child` reads jobs from its input and writes replies to its output.

One job at a time, under limits of memory and CPU; the wall clock is the parent's business. Ends when the parent does.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import pickle
import resource
import select
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tui_news.models import TuinewsError
from tui_news.workers.manners import stand_back
from tui_news.workers.wire import IN_ARENA, LENGTH, RESULT_LIMIT, Arena, Job, Reply, Unforeseen, find, pack, unpack

NICE = 5  # the screen comes first
YOUNG = 5_000  # new objects before Python looks for cycles among them: a job makes as many that all live


def main() -> None:
    """Serves until the input ends. The command line names the first job's function, and the arena if there is one."""
    first, arena = sys.argv[1], Arena(int(sys.argv[2])) if sys.argv[2:] else None
    jobs, replies = _own_pipes()
    _prepare()
    with contextlib.suppress(Exception):  # the job itself will say so
        find(first)  # its module is imported while the job is still on its way
    threading.Thread(target=_die_with_parent, args=(jobs.fileno(),), daemon=True).start()
    while head := jobs.read(LENGTH.size):
        size, start = LENGTH.unpack(head)[0], time.process_time()
        data = arena.take(size & ~IN_ARENA) if arena and size & IN_ARENA else jobs.read(size)
        reply = serve(unpack(data))
        answer = packed(reply._replace(spent=time.process_time() - start))
        replies.write(arena.laid(answer) if arena else answer)
        replies.flush()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes under numbers of their own, 0 and 1 pointed at nothing: a stray print must not garble a reply."""
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return jobs, replies


def _prepare() -> None:
    stand_back(NICE)
    gc.set_threshold(YOUNG)
    with contextlib.suppress(ValueError, OSError):  # a crash is expected here and leaves no file behind
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _die_with_parent(fd: int) -> None:
    """Ends the process when nobody holds the other end any more, even in the middle of a job."""
    watch = select.poll()
    watch.register(fd, 0)  # only "hung up": data is the main thread's
    watch.poll()
    os._exit(0)


def serve(job: Job) -> Reply:
    """Does the job. The module is imported before the limits are set: what our own code weighs is not the job's."""
    try:
        function = find(job.spec)
        with limits(job.seconds, job.memory):
            return Reply("done", function(*job.args, **job.kwargs))
    except MemoryError:
        return Reply("memory")
    except TuinewsError as error:
        return Reply("ours", error)
    except BaseException as error:  # SystemExit and its like are a job's failure, not the worker's end
        return Reply("other", unforeseen(error))


def unforeseen(error: BaseException) -> Unforeseen:
    """Nothing may be wrong with this: it is what runs when all else failed."""
    from tui_news.reports import words_of

    name = type(error).__name__
    try:
        return Unforeseen(name, words_of(error))
    except Exception:
        return Unforeseen(name, f"{name}: no more could be found out about it\n")


def packed(reply: Reply) -> bytes:
    """The reply for the wire; in its place, one that says why it cannot travel."""
    try:
        data = pack(reply)
        if reply.what == "ours":
            unpack(data[LENGTH.size :])  # an exception that cannot be made again is found out here, not there
    except MemoryError:
        return pack(Reply("memory"))
    except (pickle.PickleError, TypeError, AttributeError, RecursionError, ValueError) as error:
        named = reply.value if isinstance(reply.value, Exception) else error
        return pack(Reply("other", unforeseen(named)))
    return data if len(data) <= RESULT_LIMIT else pack(Reply("large"))


@contextlib.contextmanager
def limits(seconds: float, memory: int) -> Iterator[None]:
    """Soft limits for one job, lifted after it. macOS does not keep the one on memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    with _soft(resource.RLIMIT_CPU, math.ceil(spent + seconds) + 1), _soft(resource.RLIMIT_AS, _size() + memory):
        yield


@contextlib.contextmanager
def _soft(kind: int, value: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
    except (ValueError, OSError):  # a platform that does not keep it
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(kind, (soft, hard))


def _size() -> int:
    """Bytes of address space in use, where the system says so (Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return sys.maxsize >> 1
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
