"""Fuzz targets: what a person's own files and other programs' hand us, headers, addresses, and pages of stories."""

from __future__ import annotations

import atexit
import gzip
import io
import json
import os
import random
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from fuzz_targets import STORY, check_blocks, check_line, check_url, raw, words

NOW = 1_790_000_000


@cache
def folder() -> Path:
    """A folder in memory where there is one: a hundred thousand small files."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    made = Path(tempfile.mkdtemp(prefix="tuinews-fuzz-", dir=place))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def library() -> Any:
    from tui_news.paths import Paths
    from tui_news.store import Library

    home = folder() / "library"
    return Library.open(Paths(home, home, home, home).make(), clock=lambda: NOW)


def query(given: str | bytes) -> None:
    """A query, typed or being typed: read, shown, read again, and asked."""
    from tui_news.text.query.nodes import QueryError
    from tui_news.text.query.parse import parse
    from tui_news.text.query.show import show

    text = words(given)
    for typing in (False, True):
        try:
            node = parse(text, typing=typing)
        except QueryError as error:
            refused = error
        else:
            assert parse(show(node)) == node, (node, show(node))
            continue
        assert 0 <= refused.at <= len(text), refused.at
        assert not any("\n" in line for line in refused.caret())
    with suppress(QueryError):
        library().finder.find(text, 3)


def lists(given: str | bytes) -> None:
    """newsboat's urls, newsraft's feeds, OPML by its look, plain addresses."""
    from tui_news.feeds.lists import read_list
    from tui_news.feeds.newsboat import read_urls
    from tui_news.feeds.newsraft import read_feeds
    from tui_news.models import FeedError

    text = words(given)
    found = [read_urls(text), read_feeds(text)]
    for name in ("", "feeds"):
        with suppress(FeedError):
            found.append(read_list(raw(given), name))
    for one in found:
        for feed in one.feeds:
            assert feed.url.startswith(("http://", "https://")), feed.url
            check_url(feed.url)
            for line in (feed.title, feed.folder, *feed.tags):
                check_line(line)
        for line in (*one.skipped, *(asked.name for asked in one.queries)):
            check_line(line)


def newsboat_filter(given: str | bytes) -> None:
    """Every condition is a query of ours, which we can read, or a ValueError."""
    from tui_news.feeds.newsboat_filter import to_query
    from tui_news.text.query.nodes import QueryError
    from tui_news.text.query.parse import parse

    try:
        asked = to_query(words(given), lambda tag: "feed:1")
    except ValueError:
        return
    with suppress(QueryError):  # a word of no letters, an age of six digits: said when it is saved
        parse(asked)


@cache
def a_cache() -> bytes:
    """newsboat's cache.db with a feed and two items, as bytes."""
    conn = sqlite3.connect(":memory:")
    conn.executescript(
        """CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024), title VARCHAR(1024));
        CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT, guid VARCHAR(64), title VARCHAR(1024), author VARCHAR(1024),
        url VARCHAR(1024), feedurl VARCHAR(1024), pubDate INTEGER, content VARCHAR(65535), unread INTEGER(1), flags VARCHAR(52),
        deleted INTEGER(1), enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), base VARCHAR(128));
        INSERT INTO rss_feed VALUES ('https://a.example/feed', 'https://a.example/', 'Quay');
        INSERT INTO rss_item VALUES (1, 'g1', 'Storm', 'Ann', 'https://a.example/1', 'https://a.example/feed', 1600000000, '<p>Hei</p>', 1, 's', 0, 'https://a.example/a.mp3', 'audio/mpeg', '');
        INSERT INTO rss_item VALUES (2, 'g2', 'Ferry', '', 'https://a.example/2', 'https://a.example/feed', 1600000001, '', 0, '', 1, '', '', '');"""
    )
    return conn.serialize()


def newsboat_cache(given: str | bytes) -> None:
    """A database with the case's bytes in it somewhere, and one whose values are the case's."""
    from tui_news.feeds.newsboat import found_story
    from tui_news.models import TuinewsError
    from tui_news.store.newsboat_cache import NewsboatCache

    data, body = raw(given), bytearray(a_cache())
    if data[:1] and data[0] % 2:
        conn = sqlite3.connect(":memory:")
        conn.deserialize(bytes(body))
        text = words(given)
        names = ("guid", "title", "url", "pubDate", "content", "unread", "flags", "deleted", "enclosure_url")
        column = names[len(data) % len(names)]
        wrong: Any = (text.encode("utf-8", "replace").decode(), data, None, len(text) * 10**15, 1.5)[data[0] // 2 % 5]
        with suppress(OverflowError):
            conn.execute(f"UPDATE rss_item SET {column} = ?", (wrong,))
        body = bytearray(conn.serialize())
        conn.close()
    else:
        at = int.from_bytes(zlib.crc32(data).to_bytes(4, "big"), "big") % len(body)
        body[at : at + len(data)] = data
        body = body[: len(body) - (len(data) % 3000 if len(data) % 5 == 0 else 0)]
    path = folder() / "cache.db"
    path.write_bytes(bytes(body))
    try:
        with NewsboatCache(path) as opened:
            for feed in opened.feeds()[:50]:
                for item in list(opened.items(feed.url))[:50]:
                    story = found_story(item, NOW)
                    check_url(story.entry.link)
                    check_line(story.entry.title)
                    check_line(story.entry.author)
    except TuinewsError:
        pass


def settings(given: str | bytes) -> None:
    """config.toml, and the keys in it."""
    from tui_news.config import load_settings
    from tui_news.ui.keymap import ALWAYS, clashes, make_keymap

    path = folder() / "config.toml"
    path.write_bytes(raw(given))
    found = load_settings(path)
    for setting in (found.settings, load_settings(folder() / "none.toml").settings):
        keymap = make_keymap(setting.preset, setting.keys)
        assert not clashes(keymap.keys), clashes(keymap.keys)
        assert all(keymap.keys[name] for name in ALWAYS)
    if not found.settings.keys:  # the same pieces as keys of some actions
        parts = words(given).split("=")
        own = dict(zip(("story.open", "list.open", "app.quit", "app.help", "app.leave"), parts, strict=False))
        keymap = make_keymap("newsboat" if len(parts) % 2 else "tuinews", own)
        assert not clashes(keymap.keys), clashes(keymap.keys)
        assert all(keymap.keys[name] for name in ALWAYS)


@cache
def a_page() -> Any:
    from tui_news.articles.repair import page_tree

    return page_tree("<html><body><div class='story'><p>a</p><a href='/x'>b</a></div></body></html>")


def site_rules(given: str | bytes) -> None:
    """sites.toml, and what its selectors find."""
    from tui_news.articles.siterules import is_selector, parse_rules, select

    text = words(given)
    rules = parse_rules(text, "sites.toml")
    texts = [rule.keep for rule in rules.rules] + [rule.drop for rule in rules.rules]
    texts += [text] if is_selector(text) else []
    for selector in texts:
        select(a_page(), selector)
    rules.of("www.news.example")


@cache
def an_export() -> tuple[str, ...]:
    """The lines of an export of a small library."""
    from tui_news.models import Enclosure, Entry, Route, ThreadRef
    from tui_news.paths import Paths
    from tui_news.store import Library
    from tui_news.store.dump import dump

    home = folder() / "exported"
    held = Library.open(Paths(home, home, home, home).make(), clock=lambda: NOW)
    with held.write():
        number, _ = held.feeds.add("https://a.example/feed", "Quay", "https://a.example/", "News", now=NOW)
        story = Entry(
            identity="g:1", guid="1", url="https://a.example/1", title="Storm", author="Ann", published=NOW - 9, sort=NOW - 9,
            html="<p>“Hei,” said Ann.</p>", content_hash="x", enclosures=(Enclosure("https://a.example/a.mp3", "audio/mpeg", 3),),
            tags=("sea",), thread=ThreadRef("isso", "k", (Route("json", "https://a.example/i"),), "https://a.example/1", 2),
        )  # fmt: skip
        held.stories.store(number, [story], [], NOW)
        held.smart.add("Ferries", "ferry", 1)
    with_words(held, held.stories.first_of(number))
    lines = tuple(dump(held.db))
    held.close()
    return lines


def with_words(held: Any, story: int) -> None:
    """An article, two comments, marks, a tag and a rule."""
    from tui_news.articles.feedbody import from_feed
    from tui_news.models import Block, Comment

    two = [
        Comment(id=name, parent=above, author="Bo", blocks=(Block("para", "Hei"),), created=NOW, rank=1)
        for name, above in (("1", None), ("2", "1"))
    ]
    with held.write():
        held.articles.put(story, from_feed("<p>“Hei,” said Ann.</p>", STORY))
        held.threads.put(
            story,
            held.stories.get(story).thread,
            two,
            (),
            coverage="complete",
            total=2,
            route="json",
            warnings=(),
            now=NOW,
        )
        held.stories.set_starred([story], True)
        held.stories.save_position(story, "{}")


def export(given: str | bytes) -> None:
    """A library's export that a stranger changed: read whole, put back, and what came is opened."""
    from tui_news.models import TuinewsError
    from tui_news.store.dump import rows_of

    text = words(given)
    chance = random.Random(text.encode("utf-8", "surrogatepass"))
    lines = text.splitlines(keepends=True) if chance.random() < 0.1 else spoilt(list(an_export()), text, chance)
    try:
        rows = list(rows_of(lines))
    except TuinewsError:
        return
    put_back(rows)


WRONG = (None, -1, 2**63 - 1, 2**70, 1.5, {"base64": "AAAA"}, {"plain": '[["para","a"]]'}, [], {}, True, "https://b.example/", "[]")  # fmt: skip


def spoilt(lines: list[str], text: str, chance: random.Random) -> list[str]:
    """One to three lines changed: mostly a value of a row, sometimes the columns, or a line cut or gone."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        try:
            row = json.loads(lines[at].removesuffix(","))
            wrong = (*WRONG, text, text[:3], {"zlib": text}, {"plain": text}, {"packed": text})
            row[chance.randrange(len(row))] = chance.choice(wrong)
            lines[at] = json.dumps(row) + "," * lines[at].endswith(",")
        except (ValueError, TypeError, LookupError):
            kind = chance.random()
            name = chance.choice(("id", "url", "feed_id", "identity", "story_id", "query", "kind"))
            if kind < 0.5:
                lines[at] = lines[at].replace(f'"{name}"', f'"{text[:5]}"' if text.isascii() else '"x"')
            elif kind < 0.8:
                lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)] + text[:20]
            else:
                del lines[at]
    return lines


def put_back(rows: list[tuple[str, dict[str, Any]]]) -> None:
    """In a transaction that is taken back: whatever came is read as the screens read it."""
    from tui_news.models import TuinewsError
    from tui_news.store.restore import restore
    from tui_news.text.query.nodes import QueryError

    held = library()

    class Enough(Exception):
        pass

    try:
        with held.write():
            restore(held.db, rows)
            held.stories.recount()
            for feed in held.feeds.all():
                assert feed.url.startswith(("http://", "https://", "builtin:")), feed.url
            for (number,) in held.db.all("SELECT id FROM story LIMIT 5"):
                held.stories.get(number)
                held.stories.rows([number])
                held.articles.get(number)
                held.threads.get(number)
            held.journal.noted()
            with suppress(TuinewsError):
                held.journal.undo()
            for smart in held.smart.all():
                with suppress(QueryError):
                    held.finder.smart_query(smart.id)
            raise Enough
    except (Enough, TuinewsError):
        pass


def encodings(given: str | bytes) -> None:
    """Bytes in whatever encoding they, a header or a declaration say: text, never an exception."""
    from tui_news.articles.decode import decode as page
    from tui_news.comments.sources.page import decoded as comment_page
    from tui_news.feeds.decoding import allowed, decoded, false_claims

    body = raw(given)
    head = body[:60].decode("latin-1")
    for header in (head, f"text/html; charset={head[:20]}", f"text/xml;charset='{head[-12:]}"):
        text, name = decoded(body, header)
        "".encode(name)
        allowed(text).encode()
        list(false_claims(body, header))
        page(body, header).encode("utf-8", "surrogatepass")
    declared = f"<?xml version='1.0' encoding='{head[:24]}'?>".encode("utf-8", "replace") + body
    decoded(declared, "")
    page(f"<meta charset='{head[:24]}'>".encode("utf-8", "replace") + body, "")
    comment_page(body)


def headers(given: str | bytes) -> None:
    """What a server says about waiting, keeping and linking."""
    from tui_news.comments.sources.addresses import links
    from tui_news.services.timing import DAY, conditional, next_check, unconditional_every
    from tui_news.web.headers import plain_headers
    from tui_news.web.politeness import retry_after

    data, text = raw(given), words(given)
    names = (
        b"retry-after",
        b"cache-control",
        b"expires",
        b"link",
        b"etag",
        b"ratelimit-reset",
        b"x-ratelimit-reset",
        b"\xff",
    )
    plain = plain_headers((name, data) for name in names)
    for found in (plain, {name.decode("latin-1"): text for name in names}):
        wait = retry_after(found, NOW)
        assert wait is None or 0 <= wait <= DAY, wait
        reset = retry_after({**found, "retry-after": "", "ratelimit-remaining": "0"}, NOW)
        assert reset is None or 0 <= reset <= DAY, reset
        when, _ = next_check(NOW, None, found)
        assert NOW < when <= NOW + DAY, when
        expires, _ = next_check(NOW, None, {"expires": text})
        assert NOW < expires <= NOW + DAY, expires
        conditional(found["etag"], text, NOW, NOW)
        unconditional_every(found["link"])
        for _, rel, kind in links(found["link"]):
            assert isinstance(rel + kind, str)
    find_by_header(text)


def find_by_header(text: str) -> None:
    from tui_news.comments.sources import find_ref
    from tui_news.models import ParsedEntry

    entry = ParsedEntry(id="1", link=STORY, title="t")
    if ref := find_ref(entry, "https://a.example/", text, "WordPress"):
        for route in ref.routes:
            check_url(route.url)


def addresses(given: str | bytes) -> None:
    """An address from anywhere: cleaned, parsed, compared, guessed from, masked."""
    from tui_news.articles.paged import follows
    from tui_news.comments.sources import find_ref
    from tui_news.feeds.discover import clean_address, guesses
    from tui_news.feeds.identity import canonical
    from tui_news.models import ParsedEntry
    from tui_news.services.silence import host_of
    from tui_news.text.sanitize import clean_url, mask_url
    from tui_news.text.twins import twin_keys
    from tui_news.text.urls import without_login
    from tui_news.web.address import AddressError, granted, mask, parse

    text = words(given)
    for base in ("", STORY, text):
        found = clean_url(text, base)
        check_url(found)
        if found and not found.startswith("mailto:"):
            assert clean_url(found) == found, found
            typed(found)
    for base in ("", STORY):
        with suppress(AddressError):
            one = parse(text, base)
            check_url(one.url)
            assert parse(one.url).place == one.place
    assert mask(text).isprintable()
    mask_url(text), without_login(text), granted(text), canonical(text), twin_keys(text, text, text), host_of(text)
    check_url(clean_address(text))
    entry = ParsedEntry(id=text, link=clean_url(text) or "", title="t", comments=clean_url(text, STORY) or "")
    if ref := find_ref(entry, clean_url(text) or "", ""):
        for route in ref.routes:
            check_url(route.url)
    if (cleaned := clean_address(text)) is not None:
        for guess in guesses(cleaned):
            check_url(guess)
        follows(cleaned, STORY)


def typed(url: str) -> None:
    """A clean address may go to everything that takes one."""
    from tui_news.articles.paged import follows
    from tui_news.web.address import AddressError, parse

    follows(url, url)
    with suppress(AddressError):
        parse(url)


def inflate(given: str | bytes) -> None:
    """A body in a coding, whole or cut or followed by something: bytes within the limit, or our two errors."""
    from tui_news.web.inflate import CodingError, Inflated, TooLarge

    data = raw(given)
    kind = data[0] % 6 if data else 0
    body = (
        data,
        gzip.compress(data, 1),
        zlib.compress(data, 1),
        gzip.compress(data) * 3,
        zlib.compress(data)[2:-4],
        gzip.compress(data)[:-5],
    )[kind]
    if data[1:2] and data[1] % 3 == 0:
        at = data[1] % len(body)
        body = body[:at] + data[:3] + body[at + 1 :]
    for size in (1, 7, 10_000):
        reader = Inflated(2000)
        try:
            for at in range(0, len(body), size):
                reader.feed(body[at : at + size])
                assert reader.size <= 2000
            assert len(reader.finish()) <= 2000
        except (CodingError, TooLarge):
            pass


def picture(given: str | bytes) -> None:
    """The stored picture of the last visit, damaged."""
    before = os.environ.get("TUINEWS_HOME")
    os.environ["TUINEWS_HOME"] = str(folder())
    try:
        spoilt_picture(given)
    finally:
        del os.environ["TUINEWS_HOME"]
        if before is not None:
            os.environ["TUINEWS_HOME"] = before


def spoilt_picture(given: str | bytes) -> None:
    from tui_news import picture as stored

    path = Path(stored.path(80, 24))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = words(given).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    field = stored.RS + text.replace("word ", stored.US).replace("a", stored.RS) + stored.RS
    for frame in (
        f"x{field}y",
        f"{stored.RS}A{stored.US}{text}{stored.RS}",
        f"{stored.RS}S{stored.US}4{stored.RS}",
        text,
    ):
        whole = "\n".join((stored.MARK, stored.likeness(80, 24), stored.stamp(), str(NOW), frame)) + "\nend\n"
        path.write_bytes(whole.encode("utf-8"))
        stored.read(80, 24, NOW)
    path.write_bytes(raw(given))
    stored.read(80, 24, NOW)


def records(given: str | bytes) -> None:
    """What the library keeps packed: blocks, quotes, references, extras; and what the agent and the app tell each other."""
    from tui_news.services.courier import decode
    from tui_news.store.packing import expand, read_blocks, unpack_extras, unpack_ref
    from tui_news.text.codec import unpack_blocks, unpack_quotes

    data = raw(given)
    for blob in (data, b"\x02" + data, b"\x01" + zlib.compress(data)):
        with suppress(ValueError):
            blocks = unpack_blocks(blob)
            assert all(0 <= span.start <= span.end <= len(block.text) for block in blocks for span in block.spans)
            with suppress(ValueError):
                unpack_quotes(blob, blocks)
        read_blocks(blob)
        expand(blob)
    unpack_ref(words(given))
    with suppress(ValueError):
        unpack_extras(words(given))
    decode(data)


def article(given: str | bytes) -> None:
    """A story's page: JSON-LD, its next page, its feeds' bodies; never an exception."""
    from tui_news.articles.feedbody import from_feed, is_teaser
    from tui_news.articles.jsonld import told
    from tui_news.articles.paged import join, next_page, split

    text, body = words(given), raw(given)
    told(text)
    check_url(next_page(body, STORY))
    check_url(next_page(body, STORY + "?page=2"))
    check_blocks(from_feed(text, STORY, title="Storm").blocks)
    is_teaser(text)
    split(join([(STORY, body), (STORY, body)]), STORY)
    split(body + b"\n<!-- tuinews: the next page is " + body, STORY)


def wordpress_post(given: str | bytes) -> None:
    from tui_news.articles.wordpress import from_rest

    found = from_rest(raw(given), STORY, feed_text="<p>x</p>", title="")
    if found is not None:
        check_line(found.title)
        check_blocks(found.blocks)


def extraction(given: str | bytes) -> None:
    """A whole page through the extractor."""
    from tui_news.articles.extract import extract

    found = extract(raw(given), STORY, "text/html", "", "Storm")
    check_line(found.title)
    check_line(found.author or "")
    check_blocks(found.blocks)


def thumbnail(given: str | bytes) -> None:
    """A picture of the web: whatever its bytes are, small cells or our own error."""
    from tui_news.articles.thumbnail import thumbnail as made
    from tui_news.models import TuinewsError

    with suppress(TuinewsError, ValueError):
        made(pictured(raw(given)))


def pictured(data: bytes) -> bytes:
    from PIL import Image

    if not data or data[0] % 4 == 0:
        return data
    out = io.BytesIO()
    kind = ("PNG", "GIF", "JPEG", "BMP", "WEBP", "TIFF")[data[0] % 6]
    Image.new("RGB", (3, 3), (200, 30, 30)).save(out, kind)
    body = bytearray(out.getvalue())
    at = (data[1] if data[1:] else 0) * 7 % len(body)
    body[at : at + 4] = data[:4]
    return bytes(body)


FILES: dict[str, Callable[[str | bytes], None]] = {
    one.__name__: one
    for one in (
        query, lists, newsboat_filter, newsboat_cache, settings, site_rules, export, encodings, headers, addresses, inflate,
        picture, records, article, wordpress_post, extraction, thumbnail,
    )
}  # fmt: skip
