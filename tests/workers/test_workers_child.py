from __future__ import annotations

import io
import os
import pickle
import resource
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tui_news.models import TuinewsError
from tui_news.workers import child
from tui_news.workers.wire import LENGTH, RESULT_LIMIT, Job, Reply, find, pack, trouble, unpack


@pytest.fixture(autouse=True)
def jobs_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def job(name: str, *args: Any, memory: int = 1 << 30) -> Job:
    return Job(f"jobs_for_workers:{name}", args, {}, 60, memory)


def test_messages_travel() -> None:
    for message in (job("add", 1), Reply("done", {"x": b"y"})):
        data = pack(message)
        assert LENGTH.unpack(data[:4])[0] == len(data) - 4
        assert unpack(data[4:]) == message


def test_find() -> None:
    assert find("os.path:join") is os.path.join
    with pytest.raises(ModuleNotFoundError):
        find("no_such_module:x")


def test_trouble_reads_as_a_sentence() -> None:
    assert str(trouble("a.b:parse_feed", "took more than 15 s")) == "could not parse feed: took more than 15 s"


def test_serving() -> None:
    assert child.serve(job("add", 1, 2)) == Reply("done", 3)
    assert child.serve(job("fail", "memory")) == Reply("memory")
    for reply, name in ((child.serve(job("fail", "odd")), "Odd"), (child.serve(job("die", "sys.exit")), "SystemExit")):
        assert (reply.what, reply.value.name) == ("other", name)
        assert f"{name}\n" in reply.value.report
        assert "words from outside" not in reply.value.report
    ours = child.serve(job("fail", "feed"))
    assert ours.what == "ours"
    assert str(ours.value) == "what: why; todo"


def test_limits_are_lifted_after_the_job() -> None:
    before = [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
    with child.limits(60, 1 << 30):
        cpu = resource.getrlimit(resource.RLIMIT_CPU)[0]
        assert 60 < cpu < 60 + 100_000
    assert [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU)] == before


def test_a_lower_hard_limit_is_kept_to(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (50, 100))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: seen.append(pair))
    with child._soft(resource.RLIMIT_AS, 500):
        assert seen == [(100, 100)]
    assert seen == [(100, 100), (50, 100)]


def test_a_platform_without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(kind: int, pair: tuple[int, int]) -> None:
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert child.serve(job("add", 1, 2)) == Reply("done", 3)


def test_a_platform_that_does_not_say_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(self: Path) -> str:
        raise FileNotFoundError

    assert child._size() > 1 << 20
    monkeypatch.setattr(Path, "read_text", missing)
    assert child._size() > 1 << 50
    assert child.serve(job("add", 1, 2)) == Reply("done", 3)


def unpacked(reply: Reply) -> Reply:
    found = unpack(child.packed(reply)[4:])
    assert isinstance(found, Reply)
    return found


def test_packing_what_cannot_travel() -> None:
    import jobs_for_workers

    assert unpacked(Reply("done", 5)) == Reply("done", 5)
    assert unpacked(Reply("done", lambda: None)).what == "other"
    assert unpacked(Reply("ours", jobs_for_workers.Unmakeable("a", "b", c="c"))).value.name == "Unmakeable"
    assert unpacked(Reply("done", bytes(RESULT_LIMIT + 1))) == Reply("large")
    assert str(unpacked(Reply("ours", TuinewsError("a", "b", "c"))).value) == "a: b; c"


class Heavy:
    def __reduce__(self) -> str:
        raise MemoryError


def test_packing_what_needs_too_much_memory() -> None:
    assert unpacked(Reply("done", Heavy())) == Reply("memory")


def test_the_whole_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    out.close = lambda: None  # type: ignore[method-assign]
    read, write = os.pipe()
    os.write(write, pack(job("add", 1, 2)) + pack(job("add", 3, 4)))
    watched: list[int] = []
    monkeypatch.setattr(sys, "argv", ["child", "no_such_module:x"])  # the jobs will say so
    monkeypatch.setattr(child, "_own_pipes", lambda: (os.fdopen(read, "rb"), out))
    monkeypatch.setattr(child, "_prepare", lambda: None)
    monkeypatch.setattr(child, "_die_with_parent", watched.append)
    os.close(write)
    child.main()
    data = out.getvalue()
    first = LENGTH.unpack(data[:4])[0]
    assert pickle.loads(data[4 : 4 + first]).value == 3
    assert pickle.loads(data[8 + first :]).value == 7
    assert watched == [read]


def test_it_ends_when_nobody_holds_the_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    read, write = os.pipe()
    thread = threading.Thread(target=child._die_with_parent, args=(read,))
    thread.start()
    os.write(write, b"a job")  # data alone does not end it
    thread.join(0.05)
    assert thread.is_alive()
    os.close(write)
    thread.join(5)
    os.close(read)
    assert codes == [0]


def test_it_takes_the_pipes_for_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    moved: list[tuple[str, int]] = []
    monkeypatch.setattr(os, "dup2", lambda fd, to: moved.append((os.readlink(f"/proc/self/fd/{fd}"), to)))
    with (tmp_path / "x").open("w+") as file:
        monkeypatch.setattr(os, "dup", _dup_of(file.fileno(), os.dup))
        jobs, replies = child._own_pipes()
        jobs.close()
        replies.close()
    if sys.platform.startswith("linux"):
        assert moved == [(os.devnull, 0), (os.devnull, 1)]


def _dup_of(fd: int, dup: Any) -> Any:
    return lambda _: dup(fd)


def test_it_is_modest(monkeypatch: pytest.MonkeyPatch) -> None:
    nice: list[int] = []
    kept: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(os, "nice", nice.append)
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: kept.append((kind, pair)))
    child._prepare()
    assert nice == [child.NICE]
    assert [(kind, pair[0]) for kind, pair in kept] == [(resource.RLIMIT_CORE, 0)]
