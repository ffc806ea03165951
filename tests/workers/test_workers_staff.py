"""When another process is started, and when one waits for the process that is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tui_news.workers import staff as staff_module
from tui_news.workers.pool import Workers
from tui_news.workers.staff import Staff
from tui_news.workers.wire import Arena


@pytest.fixture(autouse=True)
def jobs_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(staff_module, "SOON", 60.0)
    monkeypatch.setattr(staff_module, "FIRST", 60.0)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(size=2) as running:
        yield running


def job(name: str) -> str:
    return f"jobs_for_workers:{name}"


async def test_short_jobs_wait_for_the_process_that_is_there(workers: Workers) -> None:
    pids = await asyncio.gather(*(workers.run(job("pid")) for _ in range(20)))
    assert len(set(pids)) == 1


async def test_a_process_that_is_busy_for_long_is_not_waited_for(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_module, "SOON", 0.0)
    monkeypatch.setattr(staff_module, "FIRST", 0.0)
    first, second = await asyncio.gather(workers.run(job("sleep"), 1.0), workers.run(job("pid")))
    assert first != second


async def test_a_long_line_is_worth_another_process(workers: Workers) -> None:
    await workers.run(job("pid"))
    workers._staff._pace[job("pid")] = 10.0
    pids = await asyncio.gather(*(workers.run(job(name)) for name in ("pid", "pid")))
    assert len(set(pids)) == 2


async def test_many_jobs_of_which_nothing_is_known_yet_are_thought_to_be_short_ones(workers: Workers) -> None:
    few = await asyncio.gather(*(workers.run(job("pid"), behind=3) for _ in range(2)))
    assert len(set(few)) == 1
    many = int(staff_module.WORTH / staff_module.GUESS)
    pids = await asyncio.gather(*(workers.run(job("sleep"), 0.1, behind=many) for _ in range(2)))
    assert len(set(pids)) == 2


async def test_an_urgent_job_waits_for_nobody(workers: Workers) -> None:
    first = asyncio.ensure_future(workers.run(job("sleep"), 1.0))
    await asyncio.sleep(0)
    assert await workers.run(job("pid"), urgent=True) != await first


class Idle:
    """A process of which nothing is asked but whether it lives."""

    def __init__(self) -> None:
        self.done: set[str] = set()
        self.alive, self.killed = True, 0

    async def kill(self) -> None:
        self.killed += 1


async def test_the_one_that_has_done_such_a_job_is_preferred() -> None:
    staff: Any = Staff()
    able, other = Idle(), Idle()
    staff.did(able, "read", 0.1)
    staff.did(other, "index", 0.1)
    staff.idle = [able, other]
    assert await staff.find("read", 0, False) is able
    waiting = asyncio.ensure_future(staff.find("index", 0, False))
    assert await waiting is other


async def test_a_process_given_to_one_just_cancelled_goes_to_the_next() -> None:
    staff: Any = Staff()
    process, staff._here = Idle(), 1
    staff.did(process, "read", 0.1)
    first, second = (asyncio.ensure_future(staff.find("read", 0, False)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    staff.give_back(process)
    first.cancel()  # it has not noticed yet
    assert await second is process
    assert first.cancelled()


async def test_a_dead_process_is_not_given_out_again() -> None:
    staff: Any = Staff()
    dead, alive = Idle(), Idle()
    for one in (dead, alive):
        staff.did(one, "read", 0.1)
    dead.alive = False
    staff.idle = [alive, dead]
    assert await staff.find("read", 0, False) is alive
    assert dead.killed == 1


# ---------------------------------------------------------------- large jobs


@pytest.mark.parametrize("arena", [True, False])
async def test_large_jobs_arrive_whole(workers: Workers, monkeypatch: pytest.MonkeyPatch, arena: bool) -> None:
    if not arena:
        monkeypatch.setattr(Arena, "make", classmethod(lambda cls: None))
    for size in (3 << 20, 10, 1 << 20):
        assert await workers.run(job("add"), b"x" * size, b=b"y") == b"x" * size + b"y"


async def test_without_room_in_memory_it_goes_through_the_pipe(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Arena, "put", lambda self, data: False)
    assert await workers.run(job("add"), b"x" * (1 << 20), b=b"y") == b"x" * (1 << 20) + b"y"


def test_what_was_taken_from_an_arena_is_no_longer_there() -> None:
    if (arena := Arena.make()) is None:
        pytest.skip("no files in memory here")
    assert arena.put(memoryview(b"abc"))
    assert arena.take(3) == b"abc"
    with pytest.raises(EOFError):
        arena.take(3)
    arena.close()
