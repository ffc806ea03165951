# ruff: noqa: ASYNC110, ASYNC220, ASYNC222, ASYNC240 - what is watched here are other processes and their files
from __future__ import annotations

import asyncio
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tui_news.models import FeedError, FetchError, ThreadError, TuinewsError
from tui_news.workers import pool as pool_module
from tui_news.workers import process as process_module
from tui_news.workers.child import YOUNG
from tui_news.workers.inline import Inline
from tui_news.workers.late import LateWorkers
from tui_news.workers.pool import Lanes, Workers
from tui_news.workers.process import Process

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(autouse=True)
def jobs_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def job(name: str) -> str:
    return f"jobs_for_workers:{name}"


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(size=2) as running:
        yield running


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # a grandchild waits for init to collect it
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


async def written(mark: Path) -> int:
    async with asyncio.timeout(10):
        while not (mark.exists() and mark.read_text()):
            await asyncio.sleep(0.01)
    return int(mark.read_text())


async def gone(pid: int) -> bool:
    async with asyncio.timeout(5):
        while alive(pid):
            await asyncio.sleep(0.01)
    return True


async def why(runner: Workers | Inline, name: str, *args: Any, **how: Any) -> str:
    with pytest.raises(TuinewsError) as caught:
        await runner.run(job(name), *args, **how)
    return str(caught.value)


# ---------------------------------------------------------------- both kinds


@pytest.fixture(params=["processes", "inline"])
async def runner(request: pytest.FixtureRequest) -> AsyncIterator[Workers | Inline]:
    async with Workers(size=1) if request.param == "processes" else Inline() as running:
        yield running


async def test_a_call(runner: Workers | Inline) -> None:
    assert await runner.run(job("add"), 2, b=3) == 5
    assert await runner.run(job("add"), 2, seconds=5, memory_mb=100, urgent=True) == 2


async def test_our_errors_come_back_as_themselves(runner: Workers | Inline) -> None:
    with pytest.raises(FetchError) as fetch:
        await runner.run(job("fail"), "fetch")
    assert (fetch.value.kind, fetch.value.status, fetch.value.retry_after) == ("status", 503, 60)
    with pytest.raises(ThreadError) as thread:
        await runner.run(job("fail"), "thread")
    assert thread.value.kind == "gone"
    with pytest.raises(FeedError) as feed:
        await runner.run(job("fail"), "feed")
    for error in (fetch.value, thread.value, feed.value):
        assert str(error) == "what: why; todo"
        assert str(pickle.loads(pickle.dumps(error))) == "what: why; todo"


async def test_other_errors_are_told_by_their_type_only(runner: Workers | Inline) -> None:
    assert await why(runner, "fail", "odd") == "could not fail: an error in the program (Odd)"
    assert await why(runner, "fail", "memory") == "could not fail: needed too much memory"
    assert await why(runner, "there_is_none") == "could not there is none: an error in the program (AttributeError)"
    assert await runner.run(job("add"), 1, 1) == 2


# ---------------------------------------------------------------- processes


async def test_what_nobody_foresaw_has_a_report_without_what_it_says() -> None:
    kept: list[str] = []

    def keep(report: str) -> str:
        kept.append(report)
        return "what happened is in report-1.txt"

    async with Workers(size=1, keep=keep) as workers:
        assert await why(workers, "fail", "odd") == (
            "could not fail: an error in the program (Odd); what happened is in report-1.txt"
        )
    (report,) = kept
    assert "jobs_for_workers.Odd" in report
    assert "in fail" in report
    assert "words from outside" not in report
    assert str(Path(__file__).parent) not in report


async def test_errors_and_results_that_cannot_travel(workers: Workers) -> None:
    assert await why(workers, "fail", "unmakeable") == "could not fail: an error in the program (Unmakeable)"
    assert await why(workers, "fail", "local") == "could not fail: an error in the program (Local)"
    assert "an error in the program (" in await why(workers, "no_result")
    assert "arguments cannot travel" in await why(workers, "add", lambda: None)


async def test_nothing_starts_before_the_first_job_and_one_serves_many() -> None:
    async with Workers() as workers:
        assert workers._staff.idle == []
        assert len({await workers.run(job("pid")) for _ in range(5)}) == 1


async def test_a_worker_keeps_to_itself(workers: Workers) -> None:
    found = await workers.run(job("about"))
    assert found["nice"] >= 5
    assert found["session"]
    assert not found["cwd_on_path"]


async def test_prints_garble_nothing(workers: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    assert await workers.run(job("shout"), "LOUD") == ""
    assert await workers.run(job("add"), 1, 1) == 2
    assert "LOUD" not in "".join(capfd.readouterr())


async def test_a_directory_full_of_impostors_is_not_imported_from(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert await workers.run(job("add"), 1, 1) == 2


async def test_time_is_up(workers: Workers, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    assert await workers.run(job("add"), 1, 1) == 2  # it has begun, and read what it runs
    assert await why(workers, "sleep", 60, str(mark), seconds=2) == "could not sleep: took more than 2 s"
    assert not alive(int(mark.read_text()))
    assert await workers.run(job("add"), 1, 1) == 2


async def test_time_is_up_for_one_that_only_computes(workers: Workers) -> None:
    assert await why(workers, "spin", seconds=0.3) == "could not spin: took more than 0.3 s"


@linux
async def test_memory_is_up(workers: Workers) -> None:
    assert await why(workers, "eat", 300, memory_mb=100) == "could not eat: needed too much memory"
    assert await workers.run(job("eat"), 50, memory_mb=100) == 50 << 20


@pytest.mark.parametrize(
    ("how", "words"), [("exit", "stopped unexpectedly"), ("signal", "stopped unexpectedly"), ("sys.exit", "SystemExit")]
)
async def test_a_worker_that_dies(workers: Workers, how: str, words: str) -> None:
    assert words in await why(workers, "die", how)
    assert await workers.run(job("add"), 1, 1) == 2


async def test_an_idle_worker_that_died_is_replaced(workers: Workers) -> None:
    pid = await workers.run(job("pid"))
    os.kill(pid, signal.SIGKILL)
    async with asyncio.timeout(5):
        while workers._staff.idle[0].alive:
            await asyncio.sleep(0.01)
    assert await workers.run(job("pid")) != pid


async def test_results_have_a_limit(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(await workers.run(job("result_of"), 5 << 20)) == 5 << 20
    assert "too large" in await why(workers, "result_of", 65 << 20)
    monkeypatch.setattr(process_module, "RESULT_LIMIT", 1000)  # should the child not have kept to it
    assert "too large" in await why(workers, "result_of", 5 << 20)
    monkeypatch.undo()
    assert await workers.run("builtins:max", 1, 2) == 2


async def test_a_worker_does_not_look_for_cycles_among_what_a_job_has_just_made(workers: Workers) -> None:
    assert (await workers.run("gc:get_threshold"))[0] == YOUNG


async def test_a_worker_retires() -> None:
    async with Workers(size=1, recycle=2) as workers:
        pids = [await workers.run(job("pid")) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


async def test_cancelling_kills_the_worker_and_its_children(workers: Workers, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    task = asyncio.create_task(workers.run(job("have_a_child"), str(mark)))
    grandchild = await written(mark)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await gone(grandchild)
    assert await workers.run(job("add"), 1, 1) == 2


async def test_what_the_first_job_needs_is_imported_before_it_comes(tmp_path: Path, monkeypatch: Any) -> None:
    mark = tmp_path / "pid"
    (tmp_path / "noted.py").write_text(f"import os\nopen({str(mark)!r}, 'w').write(str(os.getpid()))")
    monkeypatch.syspath_prepend(str(tmp_path))
    process = await Process.start("noted:anything")
    assert await written(mark) == process.pid
    await process.kill()


async def test_cancelled_while_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[asyncio.subprocess.Process] = []
    real = process_module._spawn

    async def noted(spec: str, arena: Any) -> asyncio.subprocess.Process:
        started.append(await real(spec, arena))
        return started[0]

    monkeypatch.setattr(process_module, "_spawn", noted)
    task = asyncio.create_task(Process.start(job("add")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert started[0].returncode == -signal.SIGKILL


async def test_no_process_to_be_had(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(spec: str, arena: Any) -> Any:
        raise BlockingIOError

    monkeypatch.setattr(process_module, "_spawn", none)
    assert await why(workers, "add", 1) == "could not add: no worker could be started (BlockingIOError)"
    monkeypatch.undo()
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    assert await workers.run(job("add"), 1) == 1


async def test_urgent_jobs_come_first(tmp_path: Path) -> None:
    mark = tmp_path / "order"
    async with Workers(size=1) as workers:
        first = asyncio.create_task(workers.run(job("sleep"), 0.2))
        await asyncio.sleep(0)
        rest = [asyncio.create_task(workers.run(job("order"), str(mark), name)) for name in "ab"]
        await asyncio.sleep(0)
        rest += [asyncio.create_task(workers.run(job("order"), str(mark), name, urgent=True)) for name in "XY"]
        await asyncio.gather(first, *rest)
    assert mark.read_text() == "XYab"


async def test_waiting_in_line_costs_no_time() -> None:
    async with Workers(size=1) as workers:
        found = await asyncio.gather(*(workers.run(job("sleep"), 0.5, seconds=2.9) for _ in range(6)))
    assert len(set(found)) == 1


# ---------------------------------------------------------------- the end


@linux
async def test_nothing_is_left_behind_and_closing_is_quick(tmp_path: Path) -> None:
    async with Workers(size=2) as warm:
        await warm.run(job("add"), 1)
    before = set(os.listdir("/proc/self/fd"))
    async with Workers(size=2) as workers:
        marks = [tmp_path / f"{n}" for n in range(2)]
        tasks = [asyncio.create_task(workers.run(job("have_a_child"), str(mark))) for mark in marks]
        tasks += [asyncio.create_task(workers.run(job("add"), 1)) for _ in range(3)]
        pids = [await written(mark) for mark in marks]
        start = asyncio.get_running_loop().time()
        await workers.close()
        assert asyncio.get_running_loop().time() - start < 0.3
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert [str(one).rpartition(": ")[2] for one in done] == ["the program is closing"] * 5
        assert [await gone(pid) for pid in pids] == [True, True]
        with pytest.raises(TuinewsError, match="closing"):
            await workers.run(job("add"), 1)
    await asyncio.sleep(0)
    assert set(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


async def test_closing_while_idle() -> None:
    workers = Workers()
    pid = await workers.run(job("pid"))
    await workers.close()
    assert not alive(pid)


PARENT = """
import asyncio, sys
from tui_news.workers.pool import Workers
async def main():
    workers = Workers()
    await workers.run(sys.argv[1], float(sys.argv[3]), sys.argv[2], seconds=60)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.parametrize("busy", ["60", "0"])
async def test_workers_die_with_their_parent(tmp_path: Path, busy: str) -> None:
    mark = tmp_path / "pid"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen([sys.executable, "-c", PARENT, job("sleep"), str(mark), busy], env=env) as parent:
        pid = await written(mark)
        parent.kill()
    assert await gone(pid)


# ---------------------------------------------------------------- the line


async def test_a_turn_given_to_one_just_cancelled_goes_to_the_next() -> None:
    lanes = Lanes(1)
    await lanes.enter(False)
    first, second, third = (asyncio.create_task(lanes.enter(False)) for _ in range(3))
    await asyncio.sleep(0)
    first.cancel()  # while it stands in line
    await asyncio.sleep(0)
    lanes.leave()
    second.cancel()  # its turn has come, it has not noticed yet
    await asyncio.gather(first, second, return_exceptions=True)
    async with asyncio.timeout(1):
        await third
    lanes.leave()
    assert lanes._free == 1
    assert pool_module.RECYCLE == 1000


async def test_late_ones_are_made_with_the_first_job_and_end_as_others_do() -> None:
    async with LateWorkers(size=1) as unused:
        assert unused._pool is None
    with pytest.raises(TuinewsError, match="closing"):
        await unused.run("operator:add", 1, 2)
    async with LateWorkers(size=1) as workers:
        assert await workers.run("operator:add", 1, 2) == 3
    with pytest.raises(TuinewsError, match="closing"):
        await workers.run("operator:add", 1, 2)
