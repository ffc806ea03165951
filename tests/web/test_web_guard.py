from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from tui_news.web import limits
from tui_news.web.guard import GRANT, Guard, PrivateAddress, first_of, resolve


class Stream:
    def __init__(self, address: str) -> None:
        self.address, self.closed = address, False

    async def aclose(self) -> None:
        self.closed = True


class Dialler:
    """Connects to what `up` names, refuses the rest; what `never` names does not answer at all."""

    def __init__(self, up: set[str], never: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        self.up, self.never, self.dialled = up, never, []

    async def connect_tcp(self, host: str, port: int, **_: Any) -> Stream:
        self.dialled.append(host)
        if host in self.never:
            await asyncio.Event().wait()
        if host not in self.up:
            raise ConnectionRefusedError(host)
        return Stream(host)


def guard(names: dict[str, list[str]], dialler: Dialler) -> Guard:
    async def look(host: str, port: int) -> list[str]:
        return names[host]

    return Guard(dialler, look)


async def test_a_public_name_is_dialled_by_the_address_that_was_checked() -> None:
    dialler = Dialler({"1.1.1.1"})
    found = await guard({"x.org": ["1.1.1.1"]}, dialler).connect_tcp("x.org", 443)
    assert found.address == "1.1.1.1"
    assert dialler.dialled == ["1.1.1.1"]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1", "fe80::1%eth0", "169.254.169.254"]
)
async def test_a_name_that_leads_to_a_private_address_is_refused_unless_granted(address: str) -> None:
    dialler = Dialler({address})
    it = guard({"evil.org": [address]}, dialler)
    with pytest.raises(PrivateAddress):
        await it.connect_tcp("evil.org", 80)
    assert dialler.dialled == []
    assert it.forbids("evil.org", ("evil.org", 0))
    token = GRANT.set(frozenset({("evil.org", 0)}))
    assert not it.forbids("evil.org", ("evil.org", 0))
    assert (await it.connect_tcp("evil.org", 443)).address == address
    with pytest.raises(PrivateAddress):
        await it.connect_tcp("evil.org", 8080)
    GRANT.reset(token)


async def test_a_name_with_both_is_dialled_at_its_public_addresses_only() -> None:
    dialler = Dialler({"10.0.0.1", "1.1.1.1"})
    it = guard({"x.org": ["10.0.0.1", "1.1.1.1"]}, dialler)
    assert (await it.connect_tcp("x.org", 80)).address == "1.1.1.1"
    assert dialler.dialled == ["1.1.1.1"]


async def test_literal_addresses_are_checked_without_a_resolver() -> None:
    it = guard({}, Dialler({"127.0.0.1", "198.18.0.1"}))
    with pytest.raises(PrivateAddress):
        await it.connect_tcp("127.0.0.1", 80)
    with pytest.raises(PrivateAddress):
        await it.connect_tcp("198.18.0.1", 80)


async def test_a_stand_in_address_of_a_proxy_is_dialled() -> None:
    it = guard({"x.org": ["198.18.0.7"]}, Dialler({"198.18.0.7"}))
    assert (await it.connect_tcp("x.org", 80)).address == "198.18.0.7"


async def test_the_next_address_is_tried_beside_one_that_does_not_answer() -> None:
    dialler = Dialler({"1.1.1.1"}, never={"2606:4700::1"})
    it = guard({"x.org": ["2606:4700::1", "1.1.1.1"]}, dialler)
    async with asyncio.timeout(2):
        assert (await it.connect_tcp("x.org", 80)).address == "1.1.1.1"


async def test_the_first_error_is_told_when_none_answers() -> None:
    with pytest.raises(ConnectionRefusedError, match=r"1\.1\.1\.1"):
        await guard({"x.org": ["1.1.1.1", "1.0.0.1"]}, Dialler(set())).connect_tcp("x.org", 80)


async def test_no_address_at_all() -> None:
    with pytest.raises(socket.gaierror):
        await guard({"x.org": []}, Dialler(set())).connect_tcp("x.org", 80)


async def test_time_runs_out() -> None:
    with pytest.raises(TimeoutError):
        await guard({"x.org": ["1.1.1.1"]}, Dialler(set(), never={"1.1.1.1"})).connect_tcp("x.org", 80, timeout=0.01)


async def test_a_connection_that_comes_too_late_is_closed() -> None:
    late = Stream("late")
    dialled: list[str] = []

    async def dial(address: str) -> Stream:
        dialled.append(address)
        if address != "late":
            await asyncio.sleep(0)
            return Stream(address)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:  # connected in the very moment it was given up
            return late
        raise AssertionError

    assert (await first_of(["late", "soon"], dial)).address == "soon"
    for _ in range(5):
        await asyncio.sleep(0)
    assert late.closed


async def test_a_slow_first_address_wins_after_the_second_failed() -> None:
    go = asyncio.Event()

    async def dial(address: str) -> Stream:
        if address == "slow":
            await go.wait()
            for _ in range(5):
                await asyncio.sleep(0)
            return Stream(address)
        go.set()
        raise ConnectionRefusedError

    assert (await first_of(["slow", "broken"], dial)).address == "slow"


async def test_resolving() -> None:
    assert "127.0.0.1" in await resolve("localhost", 80)
    with pytest.raises(socket.gaierror):
        await resolve("no-such-host.invalid", 80)
    with pytest.raises(UnicodeError):
        await resolve("a" * 64 + ".org", 80)


async def test_an_answer_nobody_waits_for_any_more() -> None:
    task = asyncio.create_task(resolve("127.0.0.1", 80))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await resolve("127.0.0.1", 80) == ["127.0.0.1"]  # later than the first answer, which changed nothing


def test_an_answer_after_the_loop_has_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    go, told = threading.Event(), threading.Event()

    def slow(*_: Any, **__: Any) -> list[Any]:
        go.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    before = set(threading.enumerate())

    async def leave() -> None:
        asyncio.create_task(resolve("x.org", 80))  # noqa: RUF006
        await asyncio.sleep(0)

    asyncio.run(leave())
    threads = set(threading.enumerate()) - before
    go.set()
    for thread in threads:
        thread.join(5)
    assert threads
    assert not any(thread.is_alive() for thread in threads)
    assert not told.is_set()


async def test_sleep_is_the_loops() -> None:
    await guard({}, Dialler(set())).sleep(0)


async def test_few_names_are_asked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = most = 0

    async def look(host: str, port: int) -> list[str]:
        nonlocal asking, most
        asking += 1
        most = max(most, asking)
        await asyncio.sleep(0)
        asking -= 1
        return ["1.1.1.1"]

    dialler = Dialler({"1.1.1.1"})
    both = Guard(dialler, look)
    await asyncio.gather(*(both.connect_tcp(f"host{n}.example", 443) for n in range(3 * limits.LOOKUPS)))
    assert most == limits.LOOKUPS
    assert len(dialler.dialled) == 3 * limits.LOOKUPS
