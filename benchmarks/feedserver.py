"""A server of made-up feeds on loopback, each on a port of its own as each real feed has its own host.

    python benchmarks/feedserver.py FEEDS ITEMS LATENCY [PORTS …]

It takes any ports that are free, or those; it prints them, as JSON, when it is ready, and obeys lines on standard
input: a JSON object with any of latency (seconds), validators (bool), churn (bool: a date in the head changes with every
answer), fresh (new stories on top of each feed). It answers "ok".
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import sys
from email.utils import formatdate
from itertools import accumulate

NOW = 1_790_000_000
dice = random.Random(7)
SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
WORDS = ["".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 3, 3, 4)))) for _ in range(12_000)]
WEIGHTS = list(accumulate(1 / (n + 3) for n in range(len(WORDS))))
TEXT = dice.choices(WORDS, cum_weights=WEIGHTS, k=400_000)
mode = {"latency": 0.0, "validators": True, "churn": False, "fresh": 0}
answers = 0


def place(feed: int, number: int) -> tuple[random.Random, int]:
    own = random.Random(feed * 1_000_003 + number)
    return own, own.randrange(len(TEXT) - 600)


def title(feed: int, number: int) -> str:
    at = place(feed, number)[1]
    return " ".join(TEXT[at + 420 : at + 428])


def words(feed: int, number: int) -> list[str]:
    """Of the story's text and title."""
    at = place(feed, number)[1]
    return TEXT[at : at + 428]


def item(feed: int, number: int) -> str:
    own, at = place(feed, number)
    words, parts = TEXT[at : at + 420], []
    while words:
        length = own.randrange(30, 80)
        parts.append(
            f'&lt;p&gt;{" ".join(words[:length])} &lt;a href="https://f{feed}.example/{number}"&gt;more&lt;/a&gt;&lt;/p&gt;'
        )
        words = words[length:]
    link = f"https://f{feed}.example/story/{number}"
    date = formatdate(NOW - 86_400 * 30 + number * 3600, usegmt=True)
    return (
        f'<item><title>{title(feed, number)}</title><link>{link}</link><guid isPermaLink="false">f{feed}-{number}</guid>'
        f"<pubDate>{date}</pubDate><author>{TEXT[at]}</author><description>{''.join(parts)}</description></item>"
    )


def document(feed: int, items: int, fresh: int) -> bytes:
    shown = "".join(item(feed, number) for number in range(items + fresh, fresh, -1))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {feed}</title>'
        f"<link>https://f{feed}.example/</link><description>Made up</description>"
        f"<lastBuildDate>@@</lastBuildDate>{shown}</channel></rss>"
    ).encode()


class Server:
    def __init__(self, feeds: int, items: int) -> None:
        self.feeds, self.items = feeds, items
        self.made: dict[tuple[int, int], bytes] = {}

    def body(self, feed: int) -> bytes:
        global answers
        answers += 1
        key = (feed, mode["fresh"])
        if key not in self.made:
            self.made[key] = document(feed, self.items, mode["fresh"])
        date = formatdate(NOW + (answers * 61 if mode["churn"] else 0), usegmt=True)
        return self.made[key].replace(b"@@", date.encode(), 1)

    async def answer(self, feed: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await asyncio.sleep(mode["latency"])
        tag = f'"{feed}-{mode["fresh"]}"'.encode()
        if mode["validators"] and tag in head:
            writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\nETag: " + tag + b"\r\n\r\n")
        else:
            body = self.body(feed)
            headers = b"ETag: " + tag + b"\r\n" if mode["validators"] else b""
            if b"gzip" in head:
                body, headers = gzip.compress(body, 1), headers + b"Content-Encoding: gzip\r\n"
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
            writer.write(head + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        try:
            await writer.drain()
        except ConnectionError:
            pass
        writer.close()


async def main(feeds: int, items: int, latency: float, given: list[int]) -> None:
    mode["latency"] = latency
    server = Server(feeds, items)
    ports = []
    for feed in range(feeds):
        listening = await asyncio.start_server(
            lambda r, w, feed=feed: server.answer(feed, r, w), "127.0.0.1", given[feed] if given else 0, backlog=64
        )
        ports.append(listening.sockets[0].getsockname()[1])
        server.body(feed)
    print(json.dumps(ports), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        mode.update(json.loads(line))
        for feed in range(feeds):
            server.body(feed)
        print("ok", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), list(map(int, sys.argv[4:]))))
