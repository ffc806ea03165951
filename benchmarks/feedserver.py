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
from datetime import UTC, datetime
from email.utils import formatdate
from html import escape
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


def story(feed: int, number: int) -> str:
    """Its HTML: paragraphs with a link, a word that is stressed and curly quotes; now and then a quote, a list, a
    heading or a picture."""
    own, at = place(feed, number)
    words, parts = TEXT[at : at + 420], []
    while words:
        length = own.randrange(30, 80)
        some, words, kind = words[:length], words[length:], own.randrange(12)
        told = " ".join(some[4:])
        link = f'<a href="https://f{feed}.example/{number}?utm_source=feed&amp;n={len(parts)}">{" ".join(some[:2])}</a>'
        if kind == 0:
            parts.append(f"<blockquote><p>{told}</p><p>&mdash; {' '.join(some[:4])}</p></blockquote>")
        elif kind == 1:
            parts.append(f"<h2>{' '.join(some[:4])}</h2><ul><li>{told}</li><li>{link}</li></ul>")
        elif kind == 2:
            picture = f'<img src="https://f{feed}.example/{number}.jpg" alt="{some[0]}" width="800" height="450"/>'
            parts.append(f"<figure>{picture}<figcaption>{' '.join(some[:4])}</figcaption></figure><p>{told}</p>")
        else:
            parts.append(f"<p>{link} &#8220;{told}&#8221; <em>{' '.join(some[2:4])}</em>.</p>")
    return "\n".join(parts)


def item(feed: int, number: int) -> str:
    """As WordPress writes it, the program that most feeds come from."""
    link, html = f"https://f{feed}.example/story/{number}/", story(feed, number)
    date = formatdate(NOW - 86_400 * 30 + number * 3600, usegmt=False).replace("-0000", "+0000")
    return (
        f"<item>\n<title>{title(feed, number)}</title>\n<link>{link}</link>\n<comments>{link}#comments</comments>\n"
        f"<dc:creator><![CDATA[{TEXT[number % 20]}]]></dc:creator>\n<pubDate>{date}</pubDate>\n"
        f"<category><![CDATA[{TEXT[number % 9]}]]></category>\n<category><![CDATA[news]]></category>\n"
        f'<guid isPermaLink="false">https://f{feed}.example/?p={number}</guid>\n'
        f"<description><![CDATA[{html.partition('</p>')[0]}</p>]]></description>\n"
        f"<content:encoded><![CDATA[{html}]]></content:encoded>\n<slash:comments>{number % 40}</slash:comments>\n</item>\n"
    )


def entry(feed: int, number: int) -> str:
    link, html = f"https://f{feed}.example/story/{number}/", story(feed, number)
    date = f"{datetime.fromtimestamp(NOW - 86_400 * 30 + number * 3600, UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'<entry>\n<title>{title(feed, number)}</title>\n<link href="{link}"/>\n<id>tag:f{feed}.example:{number}</id>\n'
        f'<published>{date}</published>\n<updated>{date}</updated>\n<category term="{TEXT[number % 9]}"/>\n'
        f"<summary>{' '.join(TEXT[number : number + 12])}</summary>\n"
        f'<content type="html">{escape(html)}</content>\n</entry>\n'
    )


def document(feed: int, items: int, fresh: int) -> bytes:
    """Three feeds in four are RSS, one is Atom. "@@": the date that may change."""
    numbers = range(items + fresh, fresh, -1)
    if feed % 4 == 3:
        shown = "".join(entry(feed, number) for number in numbers)
        text = (
            f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
            f'<title>Feed {feed}</title>\n<link href="https://f{feed}.example/"/>\n<id>tag:f{feed}.example:</id>\n'
            f"<updated>@@</updated>\n<author><name>{TEXT[feed]}</name></author>\n{shown}</feed>\n"
        )
    else:
        shown = "".join(item(feed, number) for number in numbers)
        text = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content='
            f'"http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:slash="http://purl.org/rss/1.0/modules/slash/">\n<channel>\n<title>Feed {feed}</title>\n'
            f"<link>https://f{feed}.example/</link>\n<description>Made up</description>\n<language>en-US</language>\n"
            f"<lastBuildDate>@@</lastBuildDate>\n<generator>https://wordpress.org/?v=6.8</generator>\n{shown}"
            f"</channel>\n</rss>\n"
        )
    return text.encode()


def dated(feed: int, stamp: int) -> bytes:
    """The date in a feed's head, in its own form."""
    form = (
        f"{datetime.fromtimestamp(stamp, UTC):%Y-%m-%dT%H:%M:%SZ}" if feed % 4 == 3 else formatdate(stamp, usegmt=True)
    )
    return form.encode()


class Server:
    def __init__(self, feeds: int, items: int) -> None:
        self.feeds, self.items = feeds, items
        self.made: dict[tuple[int, int], tuple[bytes, bytes]] = {}

    def body(self, feed: int, zipped: bool) -> bytes:
        """Compressed once, as long as no date changes: what a server spends on that would be a reader's time here."""
        global answers
        answers += 1
        key = (feed, mode["fresh"])
        if key not in self.made:
            text = document(feed, self.items, mode["fresh"]).replace(b"@@", dated(feed, NOW), 1)
            self.made[key] = text, gzip.compress(text, 6)
        if not mode["churn"]:
            return self.made[key][zipped]
        text = self.made[key][0].replace(dated(feed, NOW), dated(feed, NOW + answers * 61), 1)
        return gzip.compress(text, 1) if zipped else text

    async def answer(self, feed: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await asyncio.sleep(mode["latency"])
        tag = f'"{feed}-{mode["fresh"]}"'.encode()
        if mode["validators"] and tag in head:
            writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\nETag: " + tag + b"\r\n\r\n")
        else:
            zipped = b"gzip" in head
            body = self.body(feed, zipped)
            headers = b"ETag: " + tag + b"\r\n" if mode["validators"] else b""
            headers += b"Content-Encoding: gzip\r\n" if zipped else b""
            kind = b"atom" if feed % 4 == 3 else b"rss"
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/" + kind + b"+xml\r\nConnection: close\r\n"
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
        server.body(feed, False)
    print(json.dumps(ports), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        mode.update(json.loads(line))
        for feed in range(feeds):
            server.body(feed, False)
        print("ok", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), list(map(int, sys.argv[4:]))))
