from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.web import politeness
from tui_news.web.politeness import PACED, Manners, retry_after

NOW = 1_700_000_000  # Tue, 14 Nov 2023 22:13:20 GMT
A, B = ("a.org", 0), ("b.org", 0)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", None),
        ("  ", None),
        ("120", 120),
        ("0", 0),
        ("99999999999999999999", 86400),
        ("9" * 9000, 86400),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60),
        ("Tue, 14 Nov 2033 22:14:20 GMT", 86400),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("-1", 600),
        ("1.5", 600),
        ("soon", 600),
        ("²", 600),
        ("Tue, 99 Nov 2023 22:14:20 GMT", 600),
        ("Tue, 14 Nov 99999999999 22:14:20 GMT", 600),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_retry_after_takes_any_text(value: str) -> None:
    got = retry_after({"retry-after": value}, NOW)
    assert got is None or 0 <= got <= 86400


def test_no_header_is_no_wait() -> None:
    assert retry_after({}, NOW) is None


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_silence_lasts_as_asked_and_for_that_host_only() -> None:
    clock = Clock()
    manners = Manners(monotonic=clock)
    manners.silence(A, 100)
    manners.silence(A, 10)
    manners.silence(B, 0)
    assert manners.wait(A) >= 100
    assert manners.wait(B) == 0
    clock.time = 99.5
    assert manners.wait(A) == 1
    clock.time = 100.0
    assert manners.wait(A) == 0


async def crowd(manners: Manners, places: list[tuple[str, int]]) -> tuple[dict[tuple[str, int], int], int]:
    """How many were at it at once: by place, and in all."""
    now: dict[tuple[str, int], int] = dict.fromkeys(places, 0)
    most, all_most = dict(now), 0

    async def one(place: tuple[str, int]) -> None:
        nonlocal all_most
        async with manners.turn(place):
            now[place] += 1
            most[place] = max(most[place], now[place])
            all_most = max(all_most, sum(now.values()))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            now[place] -= 1

    await asyncio.gather(*(one(place) for place in places))
    return most, all_most


async def test_two_a_host_and_so_many_in_all() -> None:
    manners = Manners(per_host=2, total=5)
    places = [(f"{n}.org", 0) for n in range(3)] * 4
    most, in_all = await crowd(manners, places)
    assert max(most.values()) == 2
    assert in_all == 5


async def test_of_those_by_tls_there_are_fewer_and_they_keep_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "SECURE", 2)
    manners, end = Manners(total=9), asyncio.Event()
    at_it: list[str] = []

    async def one(host: str, secure: bool) -> None:
        async with manners.turn((host, 0), secure):
            at_it.append(host)
            await end.wait()

    async with asyncio.TaskGroup() as group:
        for name in ("a", "b", "c", "d"):
            group.create_task(one(name, True))
        for name in ("e", "f", "g"):
            group.create_task(one(name, False))
        for _ in range(5):
            await asyncio.sleep(0)
        assert sorted(at_it) == ["a", "b", "e", "f", "g"]
        end.set()
    assert sorted(at_it) == list("abcdefg")


async def test_waiting_for_a_slow_host_costs_others_no_turn() -> None:
    manners = Manners(per_host=1, total=2)
    slow = asyncio.Event()

    async def hold() -> None:
        async with manners.turn(A):
            await slow.wait()

    holders = [asyncio.create_task(hold()) for _ in range(5)]
    await asyncio.sleep(0)
    async with asyncio.timeout(1), manners.turn(B):
        pass
    slow.set()
    await asyncio.gather(*holders)


async def test_hosts_nobody_uses_are_forgotten() -> None:
    manners = Manners()
    await crowd(manners, [A, A, A, B])
    assert not manners._hosts
    assert not manners._users


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"ratelimit-reset": "40"}, 40),
        ({"ratelimit-reset": "40", "ratelimit-remaining": "0"}, 40),
        ({"ratelimit-reset": "40", "ratelimit-remaining": "3"}, None),
        ({"ratelimit-reset": str(NOW + 90)}, 90),
        ({"ratelimit-reset": str(NOW - 90)}, 0),
        ({"ratelimit-reset": "9" * 9000}, 86400),
        ({"ratelimit-reset": "2023-11-14T22:15:20Z"}, 120),
        ({"ratelimit-reset": "2023-11-14T22:15:20"}, 120),
        ({"ratelimit-reset": "later"}, 600),
        ({"x-ratelimit-reset": "2023-11-14T22:14:00.123456Z", "x-ratelimit-remaining": "0"}, 40),
        ({"x-ratelimit-reset": "50", "ratelimit-reset": "60", "ratelimit-remaining": "1"}, 50),
        ({"ratelimit-reset": "40", "retry-after": "7"}, 7),
        ({"ratelimit-remaining": "0"}, None),
    ],
)
def test_a_reset_is_heeded_where_nothing_is_left(headers: dict[str, str], seconds: int | None) -> None:
    assert retry_after(headers, NOW) == seconds


class Line:
    """A clock that moves when somebody sleeps, and when each got its turn."""

    def __init__(self, paced: dict[str, float]) -> None:
        self.clock, self.slept = Clock(), list[float]()
        self.starts: list[tuple[str, float]] = []
        self.manners = Manners(monotonic=self.clock, sleep=self.sleep, paced=paced)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.time = max(self.clock.time, self.clock.time + seconds)
        await asyncio.sleep(0)

    async def ask(self, host: str, port: int = 443) -> None:
        async with self.manners.turn((host, port)):
            self.starts.append((host, self.clock.time))


async def test_a_paced_host_is_asked_once_in_its_time() -> None:
    line = Line({"slow.org": 1.0})
    for port in (443, 80, 443):
        await line.ask("slow.org", port)
    assert line.starts == [("slow.org", 0.0), ("slow.org", 1.0), ("slow.org", 2.0)]
    line.clock.time = 60.0
    await line.ask("slow.org")
    assert line.starts[-1] == ("slow.org", 60.0)
    assert line.slept == [1.0, 1.0]


async def test_other_hosts_are_not_paced() -> None:
    line = Line({"slow.org": 1.0})
    for _ in range(3):
        await line.ask("quick.org")
    assert line.slept == []


async def test_who_waits_for_a_paced_host_takes_nobodys_turn() -> None:
    gate = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await gate.wait()

    manners = Manners(per_host=2, total=1, monotonic=Clock(), sleep=sleep, paced={"a.org": 1.0})
    async with manners.turn(A):
        pass
    waiting = asyncio.create_task(crowd(manners, [A]))
    await asyncio.sleep(0)
    async with asyncio.timeout(1), manners.turn(B):
        pass
    gate.set()
    await waiting


async def test_a_silence_asked_for_by_the_first_holds_for_those_in_line() -> None:
    line = Line({"a.org": 1.0})
    async with line.manners.turn(A):
        line.manners.silence(A, 30)
    async with line.manners.turn(A):
        assert line.manners.wait(A) == 30


def test_lobsters_is_asked_once_a_second() -> None:
    assert PACED["lobste.rs"] == 1.0
