"""The escape corpus in every place where outside text can appear: `python scripts/scorecard escapes [--quick]`.

A server of ours sends each string as a story's title, author, category, body, link, caption, code and quote, as its
comments' authors and texts, as feed and folder titles of an OPML file, and in what goes wrong. The real program takes
it all in; then its verbs and its screen (on a pseudo-terminal) are judged by the bytes that they write. The places
themselves stand in escape_places.py.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import quoteattr

import escape_own
from escape_places import HOME, LINE_BY_LINE, ON_TERMINAL, PAGED, READS, SCREENS, STORY, VERBS, WORD
from output import marks_of_harm
from places import RESULTS, SHARED
from program import PROGRAM, log_text, query, run
from screen import Screen, harm_on_screen

OLDER, LONG_AGO = "2026-03-01T09:00:00Z", b"<pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate>"  # below the others
TOLD = re.compile(rb"\x1b\]9;(tuinews: [^\x07\x1b]*)\x07")
CORPUS = SHARED / "hostile" / "escape_corpus.json"


def corpus() -> list[dict[str, Any]]:
    """The shared corpus, and what it lacks."""
    strings: list[dict[str, Any]] = json.loads(CORPUS.read_text("utf-8"))["strings"]
    return strings + escape_own.strings()


class Site:
    """What the server sends. raw: the text, html: the text as it stands in HTML."""

    def __init__(self, texts: list[str]) -> None:
        self.texts, self.base, self.every = texts, "", 40

    def feed(self) -> bytes:
        items = [self._item(number, text) for number, text in enumerate(self.texts)]
        first = self.texts[0]
        top = {"version": "https://jsonfeed.org/version/1.1", "title": first, "description": first, "items": items}
        return json.dumps({**top, "authors": [{"name": first}], "language": first}).encode()

    def teasers(self) -> bytes:
        """Stories whose text is on their pages, for the first few strings and then each `self.every`-th."""
        items = [
            {
                "id": f"t{n}",
                "url": f"{self.base}/page/{n}",
                "title": f"teaser {n}",
                "summary": "Its opening …",
                "date_published": OLDER,
            }
            for n in range(0, len(self.texts), self.every)
        ]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Teasers", "items": items}).encode()

    def page(self, number: int) -> bytes:
        text = self.texts[number][:3000]
        raw = html.escape(text, quote=True)
        said = json.dumps({"@type": "NewsArticle", "headline": text, "author": {"name": text}, "articleSection": text})
        more = f"<p>{WORD} {raw} and what was said of it at some length, so that it is a paragraph of a story.</p>" * 12
        body = (
            f"<html lang='{raw}'><head><title>{raw}</title><meta property='og:title' content='{raw}'><meta name=author content='{raw}'>"
            f"<meta property='og:description' content='{raw}'><script type='application/ld+json'>{said.replace('<', chr(92) + 'u003c')}</script></head>"
            f"<body><article><h1>{raw}</h1><p class=byline>By {raw}</p>{more}<h2>{raw}</h2><figure><img src='/i.png' alt='{raw}'>"
            f"<figcaption>{raw}</figcaption></figure><pre><code class='language-{raw}'>{raw}</code></pre><iframe src='/x' title='{raw}'></iframe>"
            f"<p>“{raw}”, said {raw}.</p>{more}</article></body></html>"
        )
        return body.encode("utf-8", "surrogatepass")

    def latin(self) -> bytes:
        """The controls of C1 as single bytes, in a feed that says it is Latin-1, and in one that says nothing."""
        title = b"AA \x9b2J\x9d0;CNRY7F\x9c\x90q\x9c\x85 ZZ"
        item = (
            b"<item><guid>l</guid><title>"
            + title
            + b"</title><description>"
            + title
            + b"</description>"
            + LONG_AGO
            + b"</item>"
        )
        return (
            b"<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'><channel><title>"
            + title
            + b"</title>"
            + item
            + b"</channel></rss>"
        )

    def _item(self, number: int, text: str) -> dict[str, Any]:
        raw = html.escape(text[:5000], quote=True)
        body = (
            f"<p>{WORD} {raw}</p><blockquote>{raw}</blockquote><pre>{raw}</pre><h2>{raw}</h2>"
            f"<p><a href='{self.base}/{raw}'>{raw}</a> <a href='{raw}'>x</a> “{raw}”, said {raw}.</p>"
            f"<figure><img src='{self.base}/i.png' alt='{raw}' title='{raw}'><figcaption>{raw}</figcaption></figure>"
            f"<table><tr><th>{raw}</th><td>{raw}</td></tr></table><ul><li>{raw}</li></ul>" + "<p>More of it.</p>" * 40
        )
        return {
            "id": f"{self.base}/?p={number + 1}",
            "url": f"{self.base}/story/{number + 1}",
            "title": f"{text} {WORD}",
            "content_html": body,
            "summary": text,
            "authors": [{"name": text}],
            "tags": [text, "x"],
            "date_published": "2026-03-02T09:00:00Z",
            "attachments": [{"url": f"{self.base}/a.mp3", "mime_type": text, "title": text}],
        }

    def comments(self, post: int) -> bytes:
        text = self.texts[post - 1]
        raw = html.escape(text[:5000])
        made = [
            {
                "id": post * 10 + n,
                "post": post,
                "parent": post * 10 if n else 0,
                "author_name": text,
                "author_url": text,
                "date_gmt": f"2026-03-02T09:0{n}:00",
                "content": {"rendered": f"<p>giraffe {raw}</p><blockquote>{raw}</blockquote><p>&gt; {raw}</p>"},
                "link": f"{self.base}/story/{post}#comment-{post * 10 + n}",
                "status": "approved",
                "type": "comment",
            }
            for n in range(3)
        ]
        return json.dumps(made).encode()

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(path)
        post = int((parse_qs(parts.query).get("post") or ["0"])[0] or 0)
        rest = {"Link": f'<{self.base}/wp-json/>; rel="https://api.w.org/"', "Content-Type": "application/json"}
        if parts.path == "/feed.json":
            return 200, {**rest, "Content-Type": "application/feed+json"}, self.feed()
        if parts.path.startswith("/wp-json/wp/v2/comments") and 0 < post <= len(self.texts):
            return 200, {**rest, "X-WP-Total": "3", "X-WP-TotalPages": "1"}, self.comments(post)
        if parts.path.startswith("/wrong/"):
            text = self.texts[int(parts.path.rsplit("/", 1)[1])]
            safe = re.sub("[\r\n]", " ", text[:2000])
            kinds = [
                (302, {"Location": f"http://127.0.0.1:1/{safe}"}),
                (200, {"Content-Type": safe}),
                (404, {"Content-Type": safe}),
            ]
            return (*kinds[int(parts.path.rsplit("/", 1)[1]) % 3], safe.encode("utf-8", "surrogatepass"))
        if parts.path == "/teasers.json":
            return 200, {**rest, "Content-Type": "application/feed+json"}, self.teasers()
        if parts.path == "/latin.xml":
            return 200, {"Content-Type": "application/rss+xml"}, self.latin()
        if parts.path.startswith("/page/") and parts.path[6:].isdigit():
            return 200, {"Content-Type": "text/html; charset=utf-8"}, self.page(int(parts.path[6:]))
        return 404, {}, b""

    def opml(self) -> bytes:
        lines = []
        for number, text in enumerate(self.texts):
            name = quoteattr(
                "".join(
                    c
                    for c in text[:3000]
                    if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
                )
            )
            lines.append(f"<outline text={name}><outline text={name} xmlUrl='{self.base}/wrong/{number}'/></outline>")
        return f"<opml version='2.0'><body>{''.join(lines)}</body></opml>".encode()


@contextmanager
def serving(site: Site) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path)
            head = [f"HTTP/1.0 {status} OK", f"Content-Length: {len(body)}", *(f"{k}: {v}" for k, v in headers.items())]
            # by hand: the standard library's own headers refuse what we want to send
            self.wfile.write("\r\n".join([*head, "", ""]).encode("utf-8", "surrogatepass") + body)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *of: None  # type: ignore[method-assign]  # the program hangs up when it has enough
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield
    finally:
        server.shutdown()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard escapes")
    parser.add_argument("--quick", action="store_true", help="a few stories on the screen and in `read`")
    parser.add_argument("--every", type=int, default=0, metavar="N", help="each Nth story on the screen and in `read`")
    parser.add_argument("--without-reads", action="store_true", help="all but `read` and `comments` of each story")
    args = parser.parse_args(argv)
    if not CORPUS.exists():
        print("skipped: no ../shared/hostile here")
        return 0
    strings = corpus()
    start, bad = time.monotonic(), 0
    site = Site([row["text"] for row in strings])
    every = args.every or (60 if args.quick else 1)
    site.every = max(every, 3)  # of the pages, which are slow
    with tempfile.TemporaryDirectory(prefix="tuinews-esc-") as folder, serving(site):
        home = Path(folder)
        check = Check(home, strings)
        check.verb("import", ("import", "-"), data=site.opml())
        check.verb("add", ("add", f"{site.base}/feed.json"))
        check.verb("add --json", ("add", f"{site.base}/feed.json", "--json"))
        check.verb("add teasers", ("add", f"{site.base}/teasers.json"))
        check.verb("add Latin-1", ("add", f"{site.base}/latin.xml"))
        check.verb("refresh --full", ("refresh", "--force", "--full"), limit=300)
        ids = [int(str(row[0])) for row in query(home, "SELECT id FROM story ORDER BY id")]
        for name, words in VERBS:
            check.verb(name, tuple(word.replace("{first}", str(ids[20])) for word in words))
        teasers = query(home, "SELECT id FROM story WHERE title LIKE 'teaser%' ORDER BY id")
        paged = [int(str(row[0])) for row in teasers]
        for story in paged:
            check.verb("read, fetched", ("read", str(story)))
        for name, words in () if args.without_reads else READS:
            for story in [*ids[::every], *(paged if name in PAGED or not args.quick else ())]:
                check.verb(name, tuple(word.replace("{n}", str(story)) for word in words))
        check.files(ids)
        check.config()
        check.living()
        (home / "own.opml").write_bytes(site.opml())
        check.terminal(ids[20], 3 if args.quick else 1)
        (home / "share.sh").write_text(
            f'#!/bin/sh\n{{ printf "%s|" "$@"; cat; }} > {home}/shared.part; mv {home}/shared.part {home}/shared.txt\n'
        )
        (home / "share.sh").chmod(0o700)
        check.screens(len(strings) // every)
        check.picture()
        check.desktop(site, max(every, 12))
        for name in ("out.md", "out.txt", "shared.txt", "data/subscriptions.opml"):
            check.note(
                f"written: {name}",
                marks_of_harm((home / name).read_bytes()) if (home / name).exists() else ["it was not written"],
            )
        reports = [path.read_bytes() for path in home.rglob("report-*.txt")]
        check.note(
            "error reports",
            [*(why for report in reports for why in marks_of_harm(report)), *(["there is one"] * len(reports))],
        )
        check.note("log", marks_of_harm(log_text(home).encode("utf-8", "surrogatepass")))
        bad = check.report(len(strings), round(time.monotonic() - start))
    return bad


class Check:
    """Places and what was wrong there."""

    def __init__(self, home: Path, strings: list[dict[str, Any]]) -> None:
        self.home, self.strings = home, strings
        self.places: dict[str, list[str]] = {}
        self.absent: list[str] = []

    def note(self, place: str, why: list[str]) -> None:
        self.places.setdefault(place, []).extend(why)

    def verb(self, place: str, words: tuple[str, ...], **more: Any) -> None:
        done = run(self.home, *words, **more)
        if done.code == 2 and b"invalid choice" in done.err and place != "a verb that is none":
            self.absent.append(place)
            return
        why = marks_of_harm(done.out + done.err)
        if b"Traceback" in done.err or b"an error in the program" in done.err or done.hung:
            why.append(f"{' '.join(words)}: {done.err[-200:].decode('utf-8', 'replace')}")
        self.note(place, why)

    def files(self, ids: list[int]) -> None:
        """Lists and whole libraries as files, read back by the program."""
        done = run(self.home, "export", "--format", "json")
        # Bodies are in it as their feeds wrote them: it is read by programs.
        self.note("export --format json", [why for why in marks_of_harm(done.out) if not why.startswith("unseen")])
        self.verb("import --dry-run", ("import", "--dry-run", "-"), data=done.out)
        self.verb("import --dry-run --json", ("import", "--dry-run", "--json", "-"), data=run(self.home, "export").out)

    def config(self) -> None:
        """Settings that somebody else wrote: names and values are quoted in what is said of them."""
        path = Path(run(self.home, "config", "path").out.decode().strip())
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else None
        nasty = '"\\u001b]0;CNRY7F\\u0007\\u202e"'
        path.write_text(
            f"{nasty} = 1\ntheme = {nasty}\n[keys]\n{nasty} = {nasty}\n[share]\n{nasty} = {nasty}\n", "utf-8"
        )
        for words in (("list", "--limit", "1"), ("--help",), ("config",), ("config", "get", "theme"), ("doctor",)):
            self.verb("settings that somebody else wrote", words)
        with Screen(self.home, 120, 40) as screen:
            screen.start()
            screen.press("idle", "esc", ",", "see Settings", "j", "esc", "2", "|", "idle", "esc", "esc", "Q")
            screen.wait_end()
            self.note("screen: settings that somebody else wrote", harm_on_screen(bytes(screen.raw)) + screen.missed)
        path.unlink() if before is None else path.write_bytes(before)

    def terminal(self, story: int, every: int) -> None:
        """Verbs on a terminal, and the reader of a dumb one, which reads line by line."""
        for words in ON_TERMINAL[::every]:
            filled = [word.replace("{first}", str(story)).replace("{home}", str(self.home)) for word in words]
            with Screen(self.home, 80, 24, command=(*PROGRAM, *filled)) as screen:
                screen.wait_end(120)
                screen.settle()
                self.note(f"on a terminal: {words[0]}", marks_of_harm(bytes(screen.raw).replace(b"\r", b"")))
        with Screen(self.home, 80, 24, extra={"TERM": "dumb"}) as screen:
            screen.press("see line by line")
            for line in (*LINE_BY_LINE[::every], "q"):
                screen.press(f"{line}\r", "idle")
            screen.wait_end(60)
            wrong = marks_of_harm(bytes(screen.raw).replace(b"\r", b""))
            self.note("on a dumb terminal", wrong + ([] if screen.ended else ["it did not end"]))

    def living(self) -> None:
        """Real writing comes out as it went in, and no cleaning swallows the words beside it."""
        why = []
        by_place = {row["id"]: title for row, title in zip(self.strings, self._in_order(), strict=False)}
        for row in self.strings:
            title = by_place.get(row["id"], "")
            plain = row.get("expected_plain")
            if plain and unicodedata.normalize("NFC", " ".join(plain.split())) not in unicodedata.normalize(
                "NFC", title
            ):
                why.append(f"{row['id']}: {title!r} instead of {plain!r}")
            if len(row["text"]) < 900 and any(word not in title for word in row["must_keep"]):
                why.append(f"{row['id']}: {row['must_keep']} not all in {title!r}")
        self.note("what must be kept", why)

    def _in_order(self) -> list[str]:
        """The stories in the feed's order: by the number in their guid."""
        rows = query(self.home, "SELECT guid, title FROM story WHERE guid LIKE '%?p=%'")
        return [str(title) for _, title in sorted(rows, key=lambda row: int(str(row[0]).rpartition("=")[2] or 0))]

    def screens(self, stories: int) -> None:
        with Screen(self.home, 120, 40) as screen:
            screen.start()
            for place, keys in SCREENS:
                screen.press(*HOME)
                mark = screen.begin()
                screen.press(*(key.replace("{home}", str(self.home)) for key in keys), "idle")
                self.note(f"screen: {place}", harm_on_screen(bytes(screen.raw[mark:])) + screen.missed)
            screen.press(*HOME)
            mark = screen.begin()
            for _ in range(stories):
                screen.press(*STORY, "idle")
                if screen.ended:
                    break
            self.note("screen: stories, quotes, threads", harm_on_screen(bytes(screen.raw[mark:])))
            if screen.ended:
                self.note("screen: stories, quotes, threads", ["the program ended: " + screen.last_words()])
            screen.press("esc", "esc", "Q")
            screen.wait_end()
            RESULTS.mkdir(exist_ok=True)
            (RESULTS / "escapes.raw").write_bytes(bytes(screen.raw))
            self.note("screen: window title and leaving", harm_on_screen(bytes(screen.raw)))

    def picture(self) -> None:
        """The start after the first shows the list as it was left, before anything is imported."""
        with Screen(self.home, 120, 40) as screen:
            screen.start()
            screen.press("Q")
            screen.wait_end()
            self.note("screen: the picture at the start", harm_on_screen(bytes(screen.raw)))

    def desktop(self, site: Site, every: int) -> None:
        """The one sequence that carries a stranger's words: OSC 9, by which the terminal is asked to tell of news. Beside
        a feed with news one fails, and is named."""
        for number in range(0, len(site.texts), every):
            home = self.home / f"desktop{number}"
            home.mkdir()
            failing = site.opml().decode().split("<outline text=")[2 * number + 1 : 2 * number + 3]
            names = "".join(f"<outline text={one}" for one in failing).replace("/><outline", "/></outline><outline")
            fresh = f"<outline text='News' xmlUrl='{site.base}/latin.xml'/>"
            run(home, "import", "-", data=f"<opml version='2.0'><body>{fresh}{names}</body></opml>".encode())
            run(home, "config", "set", "notify", "terminal")
            with Screen(home, 120, 40) as screen:
                screen.start()
                end = time.monotonic() + 60
                while not TOLD.search(bytes(screen.raw)) and time.monotonic() < end and not screen.ended:
                    screen.settle(0.2)
                screen.press("idle", "esc", "Q")
                screen.wait_end()
                raw = bytes(screen.raw)
            told = TOLD.findall(raw)
            why = [f"{why} {one!r}" for one in told for why in marks_of_harm(one)]
            why += [f"it is not one line: {one!r}" for one in told if b"\n" in one or b"\r" in one or len(one) > 900]
            self.note("desktop: what the terminal is to tell", [*why, *(() if told else ["nothing was told"])])
            self.note("desktop: all else", harm_on_screen(TOLD.sub(b"", raw)))

    def report(self, strings: int, seconds: int) -> int:
        wrong = {place: why for place, why in self.places.items() if why}
        print(
            f"escape corpus: {strings} strings, {len(self.places) - len(wrong)} of {len(self.places)} places clean; {seconds} s"
        )
        for place, why in wrong.items():
            print(f"  {place}: {len(why)}: {why[0][:300]}")
        if self.absent:
            print(f"  not there yet: {', '.join(self.absent)}")
        RESULTS.mkdir(exist_ok=True)
        figures = {"strings": strings, "places": list(self.places), "wrong": wrong, "seconds": seconds}
        (RESULTS / "escapes.json").write_text(json.dumps(figures), "utf-8")
        return len(wrong)
