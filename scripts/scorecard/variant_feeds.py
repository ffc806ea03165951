"""What the server of variants.py sends: bytes as they go over the wire, and what may become of each."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

MARK, MIB = "CNRY7F", 1 << 20
Writes = Callable[[asyncio.StreamWriter, str, bytes], Awaitable[None]]


@dataclass(frozen=True)
class Variant:
    """outcome: ok, error or either. least, most: of stories held. listed: subscribed to; the others are led to.
    address: instead of the plain one."""

    path: str
    answer: bytes | Writes
    outcome: str = "either"
    least: int = 0
    most: int = 5000
    listed: bool = True
    address: str = ""


def reply(body: bytes, kind: str = "application/rss+xml", *headers: str, status: str = "200 OK") -> bytes:
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def items(count: int = 2, inside: str = "") -> str:
    return "".join(f"<item><title>t{n} {MARK}</title><guid>u{n}</guid>{inside}</item>" for n in range(count))


def rss(inside: str = "", head: str = "<?xml version='1.0' encoding='utf-8'?>") -> bytes:
    return f"{head}<rss version='2.0'><channel><title>v</title>{inside or items()}</channel></rss>".encode()


def chunked(*chunks: bytes, after: bytes = b"0\r\n\r\n", extra: str = "") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nTransfer-Encoding: chunked\r\n{extra}\r\n".encode()
    return head + b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in chunks) + after


def moved(where: str, status: str = "302 Found") -> bytes:
    return reply(b"", "text/plain", f"Location: {where}", status=status)


def feed_json(entries: object) -> bytes:
    return reply(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "v", "items": entries}).encode(), "application/feed+json")  # fmt: skip


def raw_json(entries: str) -> bytes:
    text = '{"version":"https://jsonfeed.org/version/1.1","title":"v","items":[' + entries + "]}"
    return reply(text.encode(), "application/feed+json")


async def drip_head(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    """A header's letter a second, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(300):
        await asyncio.sleep(1)
        writer.write(b"x")
        await writer.drain()


async def early_hints(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    for _ in range(3000):
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" * 50)
        await writer.drain()
        await asyncio.sleep(0.02)


async def trickle_chunks(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    """A chunk of one byte, ten a second: each read makes progress."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for letter in rss() * 50:
        writer.write(b"1\r\n%c\r\n" % letter)
        await writer.drain()
        await asyncio.sleep(0.1)


async def chunk_flood(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    """Chunks of one byte, as fast as they are taken."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"1\r\nx\r\n" * 1000)
        await writer.drain()


async def hint_flood(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" * 500)
        await writer.drain()


async def header_flood(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100_000):
        writer.write(b"X-%d: y\r\n" % n)
        if n % 500 == 0:
            await writer.drain()
            if writer.is_closing():
                return
    writer.write(b"\r\n" + rss())


async def cookie_bounce(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    """Asks for a cookie back; whoever brings it is led on for ever."""
    number = int(path.rpartition("=")[2]) if "=" in path else 0
    writer.write(moved(f"/cookie-bounce?n={number + 1}\r\nSet-Cookie: a={number}"))


async def grown(writer: asyncio.StreamWriter, path: str, head: bytes) -> None:
    """Each redirect is longer than the last."""
    writer.write(moved(path + ("?" if "?" not in path else "") + "x" * 1500))


def layered(body: bytes) -> bytes:
    return zlib.compress(gzip.compress(body))


def bomb(size: int) -> bytes:
    return gzip.compress(b"<rss><channel><title>" + b"\0" * size, 9)


def variants(port: int, canary: int) -> list[Variant]:
    """All of them, for a server on `port`; nobody may connect to `canary`."""
    here, there = f"http://127.0.0.1:{port}", f"127.0.0.1:{canary}"
    made = [Variant(f"/good-{n}", reply(rss(items(3))), "ok", 3, 3) for n in ("one", "two", "three")]
    made += wire(here) + heads(port) + leads(port, canary, there) + markup(there) + encodings() + documents() + texts()
    return made


def wire(here: str) -> list[Variant]:
    body, packed = rss(), gzip.compress(rss())
    return [
        Variant("/chunk-plain", chunked(body), "ok", 2, 2),
        Variant("/chunk-extension", chunked(body, after=b"0;" + b"x=y;" * 20000 + b"\r\n\r\n")),
        Variant("/chunk-size-huge", chunked(after=b"ffffffffffffffff\r\n" + body), "error", 0, 0),
        Variant("/chunk-size-negative", chunked(after=b"-5\r\n" + body), "error", 0, 0),
        Variant("/chunk-size-words", chunked(after=b"0x10\r\n" + body), "error", 0, 0),
        Variant("/chunk-no-end", chunked(body, after=b"")),
        Variant("/chunk-trailers", chunked(body, after=b"0\r\n" + b"X: y\r\n" * 50_000 + b"\r\n")),
        Variant("/chunk-twice", chunked(body, extra="Transfer-Encoding: chunked\r\n")),
        Variant("/chunk-and-length", chunked(body, extra="Content-Length: 3\r\n")),
        Variant("/chunk-gzip", chunked(packed, extra="Content-Encoding: gzip\r\n"), "ok", 2, 2),
        Variant("/chunk-trickle", trickle_chunks, "error", 0, 0),
        *(Variant(f"/chunk-flood-{n}", chunk_flood, "error", 0, 0) for n in range(6)),
        *(Variant(f"/hint-flood-{n}", hint_flood, "error", 0, 0) for n in range(6)),
        Variant("/coding-layers", reply(layered(body), "text/xml", "Content-Encoding: gzip, deflate"), "error", 0, 0),
        Variant("/coding-three", reply(layered(body), "text/xml", "Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: zstd"), "error", 0, 0),
        Variant("/coding-wrong", reply(packed, "text/xml", "Content-Encoding: br"), "error", 0, 0),
        Variant("/coding-said-twice", reply(packed, "text/xml", "Content-Encoding: gzip", "Content-Encoding: gzip")),
        Variant("/coding-none-said", reply(packed, "application/gzip")),
        Variant("/coding-members", reply(packed + gzip.compress(b"<!-- more -->"), "text/xml", "Content-Encoding: gzip")),
        Variant("/coding-junk-after", reply(packed + b"\xff" * 100_000, "text/xml", "Content-Encoding: gzip")),
        Variant("/coding-bomb", reply(bomb(300 * MIB), "text/xml", "Content-Encoding: gzip"), "error", 0, 0),
        Variant("/coding-bomb-members", reply(gzip.compress(b" " * MIB, 9) * 300, "text/xml", "Content-Encoding: gzip"), "error", 0, 0),
        Variant("/coding-raw-deflate", reply(zlib.compress(body)[2:-4], "text/xml", "Content-Encoding: deflate"), "ok", 2, 2),
        Variant("/length-short", reply(body).replace(b"Content-Length: ", b"Content-Length: 1\r\nX: ")),
        Variant("/length-long", reply(body).replace(b"Content-Length: ", b"Content-Length: 9")),
        Variant("/length-two", reply(body, "text/xml", "Content-Length: 7")),
        Variant("/length-signed", reply(body).replace(b"Content-Length: ", b"Content-Length: +")),
        Variant("/length-digits", reply(body).replace(b"Content-Length: ", b"Content-Length: " + b"0" * 9000)),
    ]  # fmt: skip


def heads(port: int) -> list[Variant]:
    """head-retry under a name of its own: its host is not asked for a day."""
    body = rss()
    return [
        Variant("/head-flood", header_flood, "error", 0, 0),
        Variant("/head-huge", reply(body, "text/xml", "X: " + "y" * MIB), "error", 0, 0),
        Variant("/head-drip", drip_head, "error", 0, 0),
        Variant("/head-hints", early_hints, "error", 0, 0),
        Variant("/head-folded", reply(body, "text/xml", "X: a\r\n b\r\n\tc")),
        Variant("/head-nul", reply(body, "text/xml", "X: a\0b")),
        Variant("/head-escape", reply(body, f"text/xml; charset=\x1b]0;{MARK}\x07", f"X-Title: \x1b]0;{MARK}\x07")),
        Variant("/head-bare-cr", reply(body, "text/xml", "X: a\rSet-Cookie: b")),
        Variant("/head-lines", reply(body).replace(b"\r\n", b"\n")),
        Variant("/head-status-words", reply(b"", status=f"500 \x1b]0;{MARK}\x07 bad"), "error", 0, 0),
        Variant("/head-status-big", reply(body, status="99999 OK")),
        Variant("/head-etag-escape", reply(body, "text/xml", f'ETag: "\x1b]0;{MARK}\x07"', f"Last-Modified: \x9b2J{MARK}")),
        Variant("/head-etag-long", reply(body, "text/xml", 'ETag: "' + "e" * 60_000 + '"')),
        Variant("/head-cookies", reply(body, "text/xml", *(f"Set-Cookie: c{n}={'v' * 50}" for n in range(500)))),
        Variant("/head-refresh", reply(body, "text/xml", "Refresh: 0; url=file:///etc/passwd", "Link: <javascript:1>; rel=hub")),
        Variant("/head-retry", reply(b"", "text/plain", "Retry-After: " + "9" * 400, status="503 no"), "error", 0, 0, address=f"http://localhost:{port}/head-retry"),
        Variant("/head-age", reply(body, "text/xml", "Cache-Control: max-age=" + "9" * 400), "ok", 2, 2),
    ]  # fmt: skip


def leads(port: int, canary: int, there: str) -> list[Variant]:
    """Redirects. The feeds themselves are at 127.0.0.1 and typed; what they lead to may not be reached elsewhere."""
    spellings = {
        "decimal": "2130706433", "hex": "0x7f000001", "octal": "0177.0.0.01", "short": "127.1", "mapped": "[::ffff:127.0.0.1]",
        "mapped-hex": "[::ffff:7f00:1]", "compatible": "[::127.0.0.1]", "nat64": "[64:ff9b::7f00:1]", "nat64-local": "[64:ff9b:1::7f00:1]",
        "6to4": "[2002:7f00:1::]", "zero": "0.0.0.0", "zeros": "[::]", "name": "localhost", "dot": "localhost.", "wide": "%EF%BC%91%EF%BC%92%EF%BC%97.1",
        "user": "example.org@127.0.0.2", "other": "127.9.9.9", "six": "[::1]", "zone": "[fe80::1%25lo]", "backslash": "example.org\\@127.0.0.2",
    }  # fmt: skip
    made = [
        Variant(f"/to-{name}", moved(f"http://{host}:{canary}/x"), "error", 0, 0) for name, host in spellings.items()
    ]
    schemes = {
        "file": "file:///etc/passwd", "data": "data:application/rss+xml;base64," + base64.b64encode(rss()).decode(),
        "javascript": "javascript:alert(1)", "ftp": f"ftp://{there}/x", "gopher": f"gopher://{there}/x", "ws": f"ws://{there}/x",
        "feed": "feed:file:///etc/passwd", "jar": f"jar:http://{there}!/x", "empty": "", "space": "http:// /", "escape": f"http://x\x1b]0;{MARK}\x07/",
        "port": "http://127.0.0.1:99999/", "bracket": "http://[::1/", "long": "http://127.0.0.1/" + "a" * 70_000,
    }  # fmt: skip
    made += [Variant(f"/to-scheme-{name}", moved(where), "error", 0, 0) for name, where in schemes.items()]
    return [
        *made,
        Variant("/loop-self", moved("/loop-self"), "error", 0, 0),
        Variant("/loop-two", moved("/loop-back"), "error", 0, 0),
        Variant("/loop-back", moved("/loop-two", "308 Permanent Redirect"), listed=False),
        Variant("/loop-scheme", moved(f"https://127.0.0.1:{port}/loop-scheme"), "error", 0, 0),
        Variant("/cookie-bounce", cookie_bounce, "error", 0, 0),
        Variant("/loop-grown", grown, "error", 0, 0),
    ]


def markup(there: str) -> list[Variant]:
    laughs = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9))
    parameters = f"<!DOCTYPE r [<!ENTITY % x SYSTEM 'http://{there}/x.dtd'> %x; <!ENTITY % p '&#37;p;&#37;p;'> %p;]>"
    outside = f"<!DOCTYPE rss SYSTEM 'http://{there}/rss.dtd'>"
    include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='http://{there}/x' parse='text'/>"
    sixteen = rss(head="<?xml version='1.0' encoding='utf-16'?>").decode()
    return [
        Variant("/xml-laughs", reply(rss(items(2, "<description>&a9;</description>"), f"<!DOCTYPE r [<!ENTITY a0 'ha'>{laughs}]>"))),
        Variant("/xml-parameters", reply(rss(head=parameters))),
        Variant("/xml-outside", reply(rss(head=outside))),
        Variant("/xml-file", reply(rss(items(2, "<description>&f;</description>"), "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"))),
        Variant("/xml-include", reply(rss(items(2, include)))),
        Variant("/xml-sheet", reply(rss(head=f"<?xml-stylesheet type='text/xsl' href='http://{there}/x.xsl'?>"))),
        Variant("/xml-utf7", reply(b"<?xml version='1.0' encoding='utf-7'?><rss><channel><item><title>+ADw-script+AD4-</title></item></channel></rss>")),
        Variant("/xml-utf16-le", reply(sixteen.encode("utf-16-le")), least=0, most=2),
        Variant("/xml-utf16-be", reply(sixteen.encode("utf-16-be")), least=0, most=2),
        Variant("/xml-utf16-mark", reply(sixteen.encode("utf-16")), "ok", 2, 2),
        Variant("/xml-utf32", reply(sixteen.replace("utf-16", "utf-32").encode("utf-32"))),
        Variant("/xml-mixed", reply(rss(items(2)).replace(b"t1", b"\xff\xfe\x80caf\xe9 \xc3\xa9")), "ok", 2, 2),
        Variant("/xml-ebcdic", reply(rss(head="<?xml version='1.0' encoding='cp037'?>").decode().encode("cp037"))),
        Variant("/xml-no-such", reply(rss(head="<?xml version='1.0' encoding='hex'?>"))),
        Variant("/xml-nul", reply(rss().replace(b"t1", b"a\0b\0\0c")), "ok", 2, 2),
        Variant("/xml-deep", reply(rss(items(1) + "<x>" * 200_000))),
        Variant("/xml-siblings", reply(rss(items(2) + "<x/>" * 1_000_000))),
        Variant("/xml-attributes", reply(rss(items(2) + "<x " + " ".join(f"a{n}='1'" for n in range(60_000)) + "/>"))),
        Variant("/xml-namespaces", reply(rss(items(2) + "".join(f"<x xmlns:n{n}='u{n}'/>" for n in range(60_000))))),
        Variant("/xml-instructions", reply(rss("<?x " + "y" * 3 * MIB + "?>" + "<?z?>" * 100_000 + items(2)))),
        Variant("/xml-cdata", reply(rss(items(1, "<description><![CDATA[" + "]]]]><![CDATA[>" * 60_000 + "]]></description>")))),
        Variant("/xml-references", reply(rss(items(1, "<description>" + "&#27;&#x9b;&#0;&#xd800;&#x110000;&#99999999999;" * 20_000 + "</description>"))), least=1, most=1),
        Variant("/xml-doctype-long", reply(rss(head="<!DOCTYPE r [" + "<!ELEMENT e EMPTY>" * 100_000 + "]>"))),
        Variant("/xml-two-roots", reply(rss() * 3)),
        Variant("/xml-open-tag", reply(rss(items(2)) + b"<" * 300_000)),
        Variant("/xml-categories", reply(rss(items(1, "".join(f"<category>c{n}</category>" for n in range(40_000))))), least=0, most=1),
    ]  # fmt: skip


#: Names that a server may give for an encoding; what follows holds every byte, and escapes that some of them obey.
ENCODINGS = (
    "iso-2022-jp", "iso-2022-jp-2004", "iso-2022-kr", "hz", "utf-7", "utf-32", "utf-16le", "cp037", "cp500", "cp1026", "x-user-defined", "idna", "punycode",
    "unicode_escape", "raw_unicode_escape", "zlib", "bz2", "rot13", "base64", "hex", "quopri", "undefined", "mbcs", "oem", "cp65001", "johab", "ptcp154", "euc-jis-2004",
    "shift_jisx0213", "big5-hkscs", "gb18030", "koi8-u", "mac-roman", "tis-620", "utf-8-sig", "charmap", "palmos", "../x", "x" * 40,
)  # fmt: skip


def encodings() -> list[Variant]:
    bytes_ = (
        bytes(range(1, 256)).replace(b"<", b"").replace(b"&", b"")
        + b"\x1b$B\x1b(B\x1b$)C\x0e\x0f~{<:~}+ADw-\x1b]0;CNRY7F\x07\x9b2J"
    )
    body = rss(items(2)).replace(b"t1 ", b"t1 " + bytes_.replace(b"<", b"") + b" ")
    return [
        *(Variant(f"/encoding-said-{n}", reply(body, f"application/rss+xml; charset={name}")) for n, name in enumerate(ENCODINGS)),
        *(Variant(f"/encoding-{n}", reply(body.replace(b"encoding='utf-8'", f"encoding='{name}'".encode()))) for n, name in enumerate(ENCODINGS)),
    ]  # fmt: skip


def documents() -> list[Variant]:
    deep = "[" * 50_000 + "]" * 50_000
    entry = '{"id":"1","title":"t","content_text":"x"'
    return [
        Variant("/json-double-keys", raw_json(entry + ',"title":"u","id":"2","items":[]}'), least=0, most=1),
        Variant("/json-numbers", raw_json('{"id":' + "9" * 5000 + ',"title":1e999,"date_published":' + "9" * 300 + ',"content_text":"x"}')),
        Variant("/json-digits", raw_json('{"id":1,"content_text":"x","x":' + "1" * MIB + "}")),
        Variant("/json-deep", raw_json(entry + ',"x":' + deep + "}")),
        Variant("/json-surrogates", raw_json('{"id":"\\ud800","title":"\\udc00\\ud83d\\u0000\\u001b]0;CNRY7F\\u0007","content_html":"<p>\\udfff"}'), "ok", 1, 1),
        Variant("/json-same-ids", feed_json([{"id": "same", "title": f"t{n}", "content_text": "x"} for n in range(2000)])),
        Variant("/json-types", feed_json([None, 1, [], {}, {"id": {}, "title": [], "authors": 7, "tags": {"a": 1}, "attachments": "x", "url": ["file:///"]}])),
        Variant("/json-many", feed_json([{"id": str(n), "content_text": "x"} for n in range(30_000)])),
        Variant("/json-nan", raw_json('{"id":NaN,"title":Infinity,"content_text":"x"}')),
        Variant("/json-tags", feed_json([{"id": "1", "title": "t", "content_text": "x", "tags": ["t"] * 100_000}]), least=0, most=1),
        Variant("/json-attachments", feed_json([{"id": "1", "title": "t", "content_text": "x", "attachments": [{"url": "file:///etc/passwd", "mime_type": MARK, "size_in_bytes": -(2**70), "duration_in_seconds": 1e308}] * 1000}]), least=0, most=1),
        Variant("/json-next", reply(b'{"version":"https://jsonfeed.org/version/1.1","title":"v","next_url":"file:///etc/passwd","hubs":[{"type":"x","url":"http://127.0.0.1:1/"}],"items":[]}', "application/feed+json")),
        Variant("/json-lines", reply(b"{}\n" * 100_000, "application/json"), "error", 0, 0),
        Variant("/json-utf16", reply('{"version":"https://jsonfeed.org/version/1","title":"v","items":[{"id":"1","content_text":"x"}]}'.encode("utf-16"), "application/feed+json")),
    ]  # fmt: skip


def texts() -> list[Variant]:
    """Bodies of stories: HTML that is much, deep or odd."""
    bodies = {
        "nested": "<div>" * 200_000, "lists": "<ul><li>" * 30_000, "quotes": "<blockquote>" * 50_000, "inline": "<b><i>" * 100_000,
        "tables": "<table>" + "<tr>" + "<td>x" * 100_000, "tables-deep": "<table><tr><td>" * 3000, "span": "<table><tr><td colspan=999999999 rowspan=999999999>x",
        "pre": "<pre>" + "y" * 900_000, "ruby": "<ruby>a<rt>b" * 30_000, "bidi": "<bdo dir=rtl>\u202e\u2066x" * 20_000, "comments": "<!--" * 100_000,
        "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x", "entities": "&amp" * 200_000, "links": "<a href='javascript:1'>x</a>" * 30_000,
        "images": "<img src='data:image/png;base64,AAAA' alt='\x9b2J'>" * 10_000, "said": "“" * 100_000 + "x" + "”" * 100_000, "said-by": "“x”, said A B. " * 20_000,
        "spaces": " \u00a0\u2003" * 200_000, "marks": "a" + "\u0301" * 200_000, "svg": "<svg><foreignObject><math>" * 10_000, "less": "<" * 500_000, "numbers": "1,234.56 " * 80_000,
    }  # fmt: skip
    return [
        Variant(f"/text-{name}", feed_json([{"id": "1", "title": f"t {MARK}", "content_html": body}]), "ok", 1, 1)
        for name, body in bodies.items()
    ]


GOOD = {"good-one", "good-two", "good-three"}
