from __future__ import annotations

import asyncio
import base64
import contextlib
import gzip
import os
import resource
import socket
import struct
import sys
import traceback
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from fakeserver import FakeServer, Request, serve
from tui_news.models import FetchError, Response
from tui_news.web import limits
from tui_news.web.address import parse
from tui_news.web.client import Web
from tui_news.web.headers import request_headers
from tui_news.web.wire import Dialler, Wire

NOW = 1_700_000_000.0
FEED = b"<rss><channel/></rss>"


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web(lambda: NOW) as client:
        yield client


@pytest.fixture
def base():
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml; charset=utf-8"}, FEED)}) as server:
        yield server


async def fails(web: Web, url: str, **how: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await web.get(url, **how)
    return caught.value


def raw(*pieces: bytes, end: Callable[[Any], None] | None = None) -> Any:
    async def handler(request: Request, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if end:
            end(writer)

    return handler


def to(place: str, status: int = 302, **headers: str) -> Any:
    return status, {"Location": place, **headers}, b"moved"


# ---------------------------------------------------------------- documents


async def test_a_document(web: Web, base: FakeServer) -> None:
    found = await web.get(f"{base}/feed")
    assert (found.status, found.body, found.content_type) == (200, FEED, "application/rss+xml")
    assert (found.url, found.final_url, found.moved_to) == (f"{base}/feed", f"{base}/feed", None)


async def test_what_we_send(web: Web, base: FakeServer) -> None:
    await web.get(
        f"{base}/feed", headers={"If-None-Match": '"é,1"', "Accept-Encoding": "br", "Host": "x"}, accept="text/xml"
    )
    sent = base.requests[0].headers
    assert sent["user-agent"] == "tuinews/0.1 (+https://github.com/tuinews/tuinews)"
    assert (sent["accept"], sent["accept-encoding"]) == ("text/xml", "gzip, deflate")
    assert sent["if-none-match"] == '"é,1"'
    assert sent["host"] == f"127.0.0.1:{base.port}"
    assert not {"cookie", "referer", "authorization"} & sent.keys()


@pytest.mark.parametrize("etag", ['"abc-1"', 'W/"abc,1 x"', "abc1", '"\xe9\x85"', '"Ã©"'])
async def test_validators_come_back_byte_for_byte(web: Web, base: FakeServer, etag: str) -> None:
    base.routes["/feed"] = (200, {"ETag": etag}, FEED)
    first = await web.get(f"{base}/feed")
    base.routes["/feed"] = (304, {"ETag": etag}, b"")
    second = await web.get(f"{base}/feed", headers={"if-none-match": first.headers["etag"]})
    assert base.requests[1].headers["if-none-match"] == etag
    assert (second.status, second.body) == (304, b"")


async def test_a_header_beyond_latin_1_is_sent_as_utf_8(web: Web, base: FakeServer) -> None:
    await web.get(f"{base}/feed", headers={"If-None-Match": '"日"'})
    assert base.requests[0].headers["if-none-match"].encode("latin-1").decode() == '"日"'


async def test_headers_are_joined_and_cleaned(web: Web, base: FakeServer) -> None:
    pairs = [
        ("Link", "<a>; rel=x"),
        ("X", "caf\xe9\x9b[3\x1b1m"),
        ("LINK", "<b>; rel=y"),
        ("Y", "Ã©"),
        ("Set-Cookie", "a=1"),
    ]
    base.routes["/feed"] = (200, pairs, FEED)
    headers = (await web.get(f"{base}/feed")).headers
    assert headers["link"] == "<a>; rel=x, <b>; rel=y"
    assert (headers["x"], headers["y"]) == ("café[31m", "é")
    assert "set-cookie" not in headers


@pytest.mark.parametrize("status", [204, 205, 200])
async def test_empty_bodies(web: Web, base: FakeServer, status: int) -> None:
    base.routes["/feed"] = (status, {"Content-Encoding": "gzip"}, b"")
    assert (await web.get(f"{base}/feed")).body == b""


async def test_head(web: Web, base: FakeServer) -> None:
    base.routes["/feed"] = (200, {"X-WP-Total": "12", "Content-Encoding": "br", "Content-Length": str(10**9)}, b"")
    found = await web.get(f"{base}/feed", method="HEAD")
    assert (found.headers["x-wp-total"], found.body) == ("12", b"")
    assert base.requests[0].method == "HEAD"


async def test_gzip(web: Web, base: FakeServer) -> None:
    base.routes["/feed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(FEED))
    assert (await web.get(f"{base}/feed")).body == FEED


async def test_gzip_left_as_it_came(web: Web, base: FakeServer) -> None:
    base.routes["/feed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(FEED))
    found = await web.get(f"{base}/feed", unpack=False)
    assert (gzip.decompress(found.body), found.packed) == (FEED, True)
    base.routes["/feed"] = (200, {}, FEED)
    found = await web.get(f"{base}/feed", unpack=False)
    assert (found.body, found.packed) == (FEED, False)
    base.routes["/feed"] = (200, {"Content-Encoding": "br"}, FEED)
    with pytest.raises(FetchError, match="in a way we did not ask for"):
        await web.get(f"{base}/feed", unpack=False)


async def test_one_connection_serves_many(web: Web, base: FakeServer) -> None:
    for _ in range(5):
        await web.get(f"{base}/feed")
    assert base.most == 1


@pytest.mark.parametrize(("status", "body"), [(304, b""), (404, b"not here"), (404, b""), (302, b"moved")])
async def test_an_answer_that_is_not_read_costs_no_connection(
    web: Web, base: FakeServer, status: int, body: bytes
) -> None:
    """A feed that has not changed is most feeds, most of the time."""
    where = {"Location": "/feed"} if status == 302 else {}
    base.routes["/1"] = (status, where, body)
    for _ in range(3):
        with contextlib.suppress(FetchError):
            await web.get(f"{base}/1", headers={"If-None-Match": '"1"'})
    assert base.connections == 1


async def test_a_long_answer_that_is_not_read_is_not_waited_for(web: Web, base: FakeServer) -> None:
    base.routes["/1"] = (404, {}, b"x" * limits.MIB)
    await fails(web, f"{base}/1")
    await web.get(f"{base}/feed")
    assert base.connections == 2


# ---------------------------------------------------------------- statuses


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "the server says 404 Not Found; check the address"), (401, "401 Unauthorized; put name"), (410, "410 Gone; it is gone for good"),
     (500, "500 Internal Server Error; the site has trouble"), (999, "the server says 999"), (300, "300 Multiple Choices"), (418, "418"),
     (304, "304 Not Modified"), (206, "206 Partial Content"), (302, "302 Found")],
)  # fmt: skip
async def test_statuses_that_bring_nothing(web: Web, base: FakeServer, status: int, said: str) -> None:
    base.routes["/feed"] = (status, {}, FEED)
    error = await fails(web, f"{base}/feed")
    assert (error.kind, error.status) == ("status", status)
    assert str(error).startswith(f"could not fetch {base}/feed: ")
    assert said in str(error)
    assert len(base.requests) == 1


async def test_a_part_is_fine_when_asked_for(web: Web, base: FakeServer) -> None:
    base.routes["/feed"] = (206, {}, FEED)
    assert (await web.get(f"{base}/feed", headers={"Range": "bytes=0-99"})).status == 206


async def test_the_reason_phrase_is_not_shown(web: Web, base: FakeServer) -> None:
    base.routes["/feed"] = raw(b"HTTP/1.1 404 Buy [red]this\r\nContent-Length: 0\r\n\r\n")
    assert "Buy" not in str(await fails(web, f"{base}/feed"))


async def test_retry_after_silences_the_host(web: Web, base: FakeServer) -> None:
    base.routes["/busy"] = (429, {"Retry-After": "Tue, 14 Nov 2023 22:14:20 GMT"}, b"")
    error = await fails(web, f"{base}/busy")
    assert (error.status, error.retry_after) == (429, 60)
    again = await fails(web, f"{base}/feed")
    assert (again.kind, again.status) == ("status", 429)
    assert again.retry_after is not None
    assert 0 < again.retry_after <= 61
    assert "asked us to wait" in str(again)
    assert base.paths() == ["/busy"]


async def test_those_in_line_heed_the_silence_too(base: FakeServer) -> None:
    base.routes["*"] = (503, {"Retry-After": "120"}, b"")
    async with Web(lambda: NOW, per_host=1) as web:
        errors = await asyncio.gather(*(fails(web, f"{base}/{n}") for n in range(5)))
    assert [error.kind for error in errors] == ["status"] * 5
    assert len(base.requests) == 1


async def test_a_429_without_a_time_silences_its_host_for_ten_minutes(web: Web, base: FakeServer) -> None:
    base.routes["/busy"] = (429, {}, b"")
    error = await fails(web, f"{base}/busy")
    assert (error.retry_after, error.asked) == (None, True)
    again = await fails(web, f"{base}/feed")
    assert again.retry_after is not None
    assert 590 < again.retry_after <= 601
    assert not again.asked
    assert base.paths() == ["/busy"]


async def test_connections_at_once(base: FakeServer) -> None:
    async with Web(per_host=2) as web:
        await asyncio.gather(*(web.get(f"{base}/feed") for _ in range(12)))
    assert base.most == 2


# ---------------------------------------------------------------- redirects


async def test_permanent_redirects_move_the_address(web: Web, base: FakeServer) -> None:
    base.routes |= {"/a": to("/b", 301), "/b": to(f"{base}/feed#top", 308)}
    found = await web.get(f"{base}/a")
    assert (found.url, found.final_url, found.moved_to, found.body) == (
        f"{base}/a",
        f"{base}/feed",
        f"{base}/feed",
        FEED,
    )


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_one_hop_that_is_not_permanent_moves_nothing(web: Web, base: FakeServer, status: int) -> None:
    base.routes |= {"/a": to("/b", 301), "/b": to("feed", status)}
    found = await web.get(f"{base}/a")
    assert (found.final_url, found.moved_to) == (f"{base}/feed", None)


async def test_a_location_in_raw_utf_8_with_spaces(web: Web, base: FakeServer) -> None:
    base.routes |= {"/a": to("/feed?q=a b Ã©"), "/feed?q=a%20b%20%C3%A9": (200, {}, b"found")}
    assert (await web.get(f"{base}/a")).body == b"found"


@pytest.mark.parametrize(
    ("location", "kind"),
    [("/a", "protocol"), ("/b", "protocol"), ("#x", "protocol"), ("", "refused"), ("file:///etc/passwd", "refused"), ("ftp://x.org/", "refused"),
     ("data:text/xml,x", "refused"), ("http://[::1", "refused"), ("http://x.org:99999/", "refused"), ("/\x9b31m", "refused")],
)  # fmt: skip
async def test_redirects_that_lead_nowhere(web: Web, base: FakeServer, location: str, kind: str) -> None:
    base.routes |= {"/a": to(location), "/b": to("/a")}
    error = await fails(web, f"{base}/a")
    assert error.kind == kind
    assert "redirects" in str(error)
    assert str(error).isprintable()
    assert len(base.requests) <= 2


async def test_an_endless_chain_ends(web: Web, base: FakeServer) -> None:
    base.routes["*"] = lambda request: to(f"/{int(request.path[1:]) + 1}")
    error = await fails(web, f"{base}/0")
    assert (error.kind, len(base.requests)) == ("protocol", limits.REDIRECTS + 1)
    assert "too often" in str(error)


async def test_a_public_redirect_to_a_private_place_is_refused(web: Web, base: FakeServer) -> None:
    with serve({"*": (200, {}, b"secret")}) as canary:
        for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "x@127.0.0.1", "0.0.0.0"):
            base.routes["/a"] = to(f"http://{host}:{canary.port}/admin")
            error = await fails(web, f"{base}/a")
            assert error.kind == "refused"
            assert "private address" in str(error)
        assert canary.requests == []


async def test_near_decides_what_private_places_may_be_reached(web: Web, base: FakeServer) -> None:
    assert (await web.get(f"{base}/feed", near=f"{base}/other")).body == FEED
    for near in ("https://x.org/feed", "http://127.0.0.1:1/feed", "builtin:edition/feed.xml", "nonsense"):
        error = await fails(web, f"{base}/feed", near=near)
        assert error.kind == "refused"
        assert "private address" in str(error)
    assert len(base.requests) == 1


async def test_a_name_that_leads_home_is_refused_at_the_connection(web: Web, base: FakeServer) -> None:
    async def home(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    web._open().guard._resolve = home
    url = f"http://rebound.example:{base.port}/feed"
    error = await fails(web, url, near="https://x.org/")
    assert error.kind == "refused"
    assert base.requests == []
    # typed by the reader, it is fine; but the pooled connection is for nobody else
    assert (await web.get(url)).body == FEED
    assert (await fails(web, url, near="https://x.org/")).kind == "refused"
    assert len(base.requests) == 1


async def test_a_name_that_led_abroad_leads_no_redirect_and_no_page_home(web: Web, base: FakeServer) -> None:
    """DNS rebinding: the owner of a feed's name may point it at any address, at any moment."""
    guard, leads = web._open().guard, iter([["1.1.1.1"]])

    class Elsewhere(Dialler):  # nobody is dialled but our own server
        async def connect_tcp(self, host: str, port: int, *rest: Any, **how: Any) -> Wire:
            return await super().connect_tcp("127.0.0.1", port)

    async def look(host: str, port: int) -> list[str]:
        return next(leads, ["127.0.0.1"])

    guard._inner, guard._resolve = Elsewhere(), look
    url = f"http://rebound.example:{base.port}"
    base.routes["/feed"] = to("/admin", Connection="close")
    assert (await fails(web, f"{url}/feed")).kind == "refused"
    assert (await fails(web, f"{url}/admin", near=f"{url}/feed")).kind == "refused"
    assert base.paths() == ["/feed"]
    base.routes["/feed"] = (200, {}, FEED)
    assert (await web.get(f"{url}/feed")).body == FEED  # typed, it may be at home now


# ---------------------------------------------------------------- cookies and credentials


async def test_cookies_last_as_long_as_the_chain(web: Web, base: FakeServer) -> None:
    def dance(request: Request) -> Any:
        return (
            (200, {}, FEED)
            if "dance=1" in request.headers.get("cookie", "")
            else to("/dance", **{"Set-Cookie": "dance=1; Path=/"})
        )

    base.routes["/dance"] = dance
    assert (await web.get(f"{base}/dance")).body == FEED
    base.routes["/feed"] = (200, {"Set-Cookie": "track=1; Max-Age=9999; Path=/"}, FEED)
    await web.get(f"{base}/feed")
    await web.get(f"{base}/feed")
    assert "cookie" not in base.requests[-1].headers


async def test_a_flood_of_cookies_is_not_sent_on(web: Web, base: FakeServer) -> None:
    flood = [("Location", "/feed"), *[("Set-Cookie", f"c{n}={'x' * 50}; Path=/") for n in range(300)]]
    base.routes["/a"] = (302, flood, b"")
    await web.get(f"{base}/a")
    assert "cookie" not in base.requests[-1].headers


async def test_credentials_go_to_their_origin_only(web: Web, base: FakeServer) -> None:
    want = "Basic " + base64.b64encode(b"me:p:w\xc3\xa9").decode()
    with serve({"*": (200, {}, FEED)}) as other:
        login = f"http://me:p%3Aw%C3%A9@127.0.0.1:{base.port}"
        base.routes |= {"/a": to("/feed", 301), "/b": to(f"{other}/x")}
        found = await web.get(f"{login}/a")
        assert [request.headers["authorization"] for request in base.requests] == [want, want]
        assert (found.final_url, found.moved_to) == (f"{base}/feed", None)
        error = await fails(web, f"{login}/b")
        assert error.kind == "refused"
        assert other.requests == []


def test_headers_that_identify_stay_with_their_origin() -> None:
    first = parse("https://me:pw@x.org/")
    asked = {"cookie": "a=1", "authorization": "Bearer x"}
    names = [name for name, _ in request_headers(asked, first, parse("http://x.org/"))]
    assert b"authorization" not in names
    assert b"cookie" not in names
    own = dict(request_headers(asked, first, first))
    assert own[b"authorization"].startswith(b"Basic ")
    assert own[b"cookie"] == b"a=1"


@pytest.mark.parametrize("status", [500, 401])
async def test_no_error_shows_a_password(web: Web, base: FakeServer, status: int) -> None:
    base.routes["*"] = (status, {"WWW-Authenticate": 'Digest realm="r", nonce="1"'}, b"")
    error = await fails(web, f"http://me:s3cr3t@127.0.0.1:{base.port}/x")
    assert "s3cr3t" not in "".join(traceback.format_exception(error))
    assert len(base.requests) == 1


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize(
    "url",
    ["feed", "file:///etc/passwd", "exec:touch /tmp/x", "http:///x", "http://\x1b]0;x\x07/", "http://a..b/", "-x", ""],
)
async def test_what_is_no_address(web: Web, url: str) -> None:
    error = await fails(web, url)
    assert error.kind == "refused"
    assert str(error).isprintable()
    assert web._ways is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"", "offline"),
        (b"<rss>\r\n\r\n</rss>", "protocol"),
        (b"HTTP/1.1 OK\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx", "coding"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all", "coding"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "size"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000, "size"),
    ],
)
async def test_answers_that_make_no_sense(web: Web, base: FakeServer, answer: bytes, kind: str) -> None:
    base.routes["/feed"] = raw(answer)
    error = await fails(web, f"{base}/feed", limit=1000)
    assert error.kind == kind
    assert str(error).isprintable()
    base.routes["/feed"] = (200, {}, FEED)
    assert (await web.get(f"{base}/feed")).body == FEED  # the client is as good as new


async def test_a_reset_in_the_middle(web: Web, base: FakeServer) -> None:
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def cut(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")
        await writer.drain()
        loop.call_soon_threadsafe(started.set)
        await asyncio.sleep(60)

    base.routes["/feed"] = cut
    task = asyncio.create_task(fails(web, f"{base}/feed"))
    await started.wait()
    base.stop()
    error = await task
    assert error.kind == "protocol"
    assert "breaks off" in str(error)


async def test_a_hard_reset_in_the_middle(web: Web, base: FakeServer) -> None:
    def reset(writer: Any) -> None:
        linger = struct.pack("ii", 1, 0)  # closing then sends a reset
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def cut(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)
        reset(writer)

    base.routes["/feed"] = cut
    assert (await fails(web, f"{base}/feed")).kind == "protocol"
    base.routes["/feed"] = raw(end=reset)
    assert (await fails(web, f"{base}/feed")).kind == "offline"


async def test_a_kept_connection_that_the_server_has_closed_is_no_missing_network(web: Web, base: FakeServer) -> None:
    async def second(request: Request, writer: asyncio.StreamWriter) -> None:
        if len(base.requests) == 2:
            writer.transport.abort()
            return
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    base.routes["/1"], base.routes["/2"] = (200, {}, FEED), second
    await web.get(f"{base}/1")
    assert (await web.get(f"{base}/2")).body == b"ok"
    assert base.paths() == ["/1", "/2", "/2"]


@pytest.mark.parametrize("more", [b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged", b"junk", b"\r\n\r\n"])
@pytest.mark.parametrize("status", [200, 304, 404])
async def test_what_follows_an_answer_is_no_answer_to_the_next(
    web: Web, base: FakeServer, status: int, more: bytes
) -> None:
    base.routes["/1"] = (status, {"Content-Length": "0"}, more)
    with contextlib.suppress(FetchError):
        await web.get(f"{base}/1", headers={"If-None-Match": '"1"'})
    assert (await web.get(f"{base}/feed")).body == FEED


async def test_nonsense_on_a_kept_connection_is_asked_again_on_a_new_one(web: Web, base: FakeServer) -> None:
    """It may be the rest of the answer before, which came late."""

    async def late(request: Request, writer: asyncio.StreamWriter) -> None:
        again = len(base.requests) > 2
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" if again else b"the rest of it\r\n\r\n")
        await writer.drain()

    base.routes["/1"], base.routes["/2"] = (200, {}, FEED), late
    await web.get(f"{base}/1")
    assert (await web.get(f"{base}/2")).body == b"ok"
    assert base.paths() == ["/1", "/2", "/2"]


@pytest.mark.parametrize(
    ("start", "piece"),
    [(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 500),
     (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;" + b"y" * 9000 + b"\r\nx\r\n"),
     (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 20)],
)  # fmt: skip
async def test_packing_without_end_is_given_up(web: Web, base: FakeServer, start: bytes, piece: bytes) -> None:
    """Each of its pieces costs as much time as a full one: half a minute of it would starve the other feeds."""
    sent = 0

    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(start)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            sent += len(piece)

    base.routes["/feed"] = endless
    assert (await fails(web, f"{base}/feed")).kind == "protocol"
    assert sent < 16 * limits.MIB  # what lies in buffers on the way is most of it


async def test_small_pieces_are_a_body(web: Web, base: FakeServer) -> None:
    pieces = b"".join(b"1\r\n%c\r\n" % letter for letter in FEED * 500)
    base.routes["/feed"] = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n")
    assert (await web.get(f"{base}/feed")).body == FEED * 500


async def test_the_plug_is_out(web: Web, base: FakeServer) -> None:
    base.stop()
    error = await fails(web, f"{base}/feed")
    assert error.kind == "offline"
    assert "everything fetched before is still here" in str(error)
    base.restart()
    assert (await web.get(f"{base}/feed")).body == FEED


async def test_a_host_nobody_knows(web: Web) -> None:
    error = await fails(web, "http://no-such-host.invalid/x")
    assert error.kind == "offline"


async def hang(request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.005)


async def flood(request: Request, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("handler", [hang, drip, flood])
async def test_time_runs_out(web: Web, base: FakeServer, handler: Any) -> None:
    base.routes["/slow"] = handler
    async with asyncio.timeout(5):
        error = await fails(web, f"{base}/slow", seconds=0.1)
    assert error.kind == "timeout"


async def test_a_body_that_only_drips_is_given_up_early(
    web: Web, base: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SLOW_AFTER", 0.05)
    monkeypatch.setattr(limits, "SLOW_BYTES", 10_000)
    base.routes["/slow"] = drip
    async with asyncio.timeout(5):
        assert (await fails(web, f"{base}/slow")).kind == "timeout"


async def test_headers_have_a_time_of_their_own(web: Web, base: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWER_SECONDS", 0.05)
    base.routes["/slow"] = flood
    async with asyncio.timeout(5):
        assert (await fails(web, f"{base}/slow")).kind == "timeout"


async def test_redirects_share_one_time(web: Web, base: FakeServer) -> None:
    async def slowly(request: Request) -> Any:
        await asyncio.sleep(0.03)
        return to(f"/{int(request.path[1:]) + 1}")

    base.routes["*"] = slowly
    assert (await fails(web, f"{base}/0", seconds=0.1)).kind == "timeout"
    assert len(base.requests) < 6


async def test_waiting_in_line_costs_no_time(base: FakeServer) -> None:
    async def slowly(request: Request) -> Any:
        await asyncio.sleep(0.4)
        return 200, {}, FEED

    base.routes["*"] = slowly
    async with Web(per_host=1) as web:
        found = await asyncio.gather(*(web.get(f"{base}/{n}", seconds=2.3) for n in range(6)))
    assert [one.status for one in found] == [200] * 6


async def test_cancelling_is_quick_and_leaves_the_client_whole(base: FakeServer) -> None:
    base.routes["/slow"] = hang
    async with Web() as web:
        tasks = [asyncio.create_task(web.get(f"{base}/slow")) for _ in range(4)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        async with asyncio.timeout(5):
            done = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(one, asyncio.CancelledError) for one in done)
        assert (await web.get(f"{base}/feed")).body == FEED


async def test_any_other_error_is_told_by_its_name(web: Web, base: FakeServer) -> None:
    error = await fails(web, f"{base}/feed", headers={"né": "x"})
    assert error.kind == "protocol"
    assert "UnicodeEncodeError" in str(error)
    assert (await fails(web, f"{base}/feed", headers={"X": "a\nb"})).kind == "protocol"


# ---------------------------------------------------------------- TLS and proxies


async def test_tls(web: Web, tls_context: Any) -> None:
    with serve({"*": (200, {}, FEED)}, tls_context("good")) as server:
        assert (await web.get(f"{server}/feed")).body == FEED


@pytest.mark.parametrize(("name", "why"), [("old", "has expired"), ("wrong", "another host")])
async def test_a_certificate_that_will_not_do(web: Web, tls_context: Any, name: str, why: str) -> None:
    with serve({"*": (200, {}, FEED)}, tls_context(name)) as server:
        error = await fails(web, f"{server}/feed")
        assert error.kind == "tls"
        assert why in str(error)
        assert server.requests == []


async def test_an_authority_nobody_knows(tls_context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).parent / "certificates" / "wrong.pem"))
    with serve({"*": (200, {}, FEED)}, tls_context("good")) as server:
        async with Web() as web:
            error = await fails(web, f"{server}/feed")
    assert error.kind == "tls"
    assert "authority" in str(error)


async def test_no_tls_where_it_should_be(web: Web, base: FakeServer) -> None:
    async def speak_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read(100)
        writer.close()

    async with await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await fails(web, f"https://127.0.0.1:{port}/feed")
    assert error.kind == "tls"


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9"])
async def test_certificates_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, tls_context: Any, base: FakeServer, proxy: str
) -> None:
    own = os.environ["SSL_CERT_FILE"]
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    if proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
    with serve({"*": (200, {}, FEED)}, tls_context("good")) as server:
        async with Web() as web:
            for _ in range(2):
                error = await fails(web, f"{server}/feed")
                assert error.kind == "tls"
                assert "SSL_CERT_FILE" in str(error)
            if not proxy:
                assert (await web.get(f"{base}/feed")).body == FEED  # it needs none
                monkeypatch.setenv("SSL_CERT_FILE", own)
                assert (await web.get(f"{server}/feed")).body == FEED  # they are back


@pytest.mark.parametrize("address", ["socks9://x.org", "socks5://127.0.0.1:9", "nonsense", "http://[::1"])
async def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, base: FakeServer, address: str) -> None:
    monkeypatch.setenv("ALL_PROXY", address)
    async with Web() as web:
        error = await fails(web, f"{base}/feed")
    assert error.kind == "offline"
    assert base.requests == []


@pytest.fixture
def proxy(base: FakeServer, monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, str(base))
    return base


async def test_a_proxy_is_asked_for_names_we_do_not_resolve(proxy: FakeServer) -> None:
    proxy.routes["http://no-such-host.invalid/feed"] = (200, {}, FEED)
    async with Web() as web:
        assert (await web.get("http://no-such-host.invalid/feed")).body == FEED
        proxy.routes["http://no-such-host.invalid/a"] = to("http://127.0.0.1:9/admin")
        error = await fails(web, "http://no-such-host.invalid/a")
        assert error.kind == "refused"
        assert len(proxy.requests) == 2


async def test_a_proxy_that_does_not_connect(proxy: FakeServer) -> None:
    proxy.routes["*"] = (502, {}, b"")
    async with Web() as web:
        error = await fails(web, "https://x.example/feed")
        assert error.kind == "offline"
        assert "proxy" in str(error)
        proxy.stop()
        assert (await fails(web, "https://x.example/feed")).kind == "offline"
        assert (await fails(web, "http://x.example/feed")).kind == "offline"


def test_responses_are_values(base: FakeServer) -> None:
    async def once() -> Response:
        async with Web() as web:
            return await web.get(f"{base}/feed")

    assert asyncio.run(once()) == asyncio.run(once())


async def test_few_large_bodies_at_once_and_waiting_costs_no_time(
    base: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGE", 1000)
    monkeypatch.setattr(limits, "LARGE_AT_ONCE", 1)

    async def slowly(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + b"a" * 2000)
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(b"a" * 2000)

    base.routes["*"] = slowly
    async with Web(per_host=6) as web:
        found = await asyncio.gather(*(web.get(f"{base}/{n}", seconds=0.9) for n in range(11)))
        assert web._large._value == 1
    assert [len(one.body) for one in found] == [4000] * 11


async def test_a_body_waits_for_its_seat_and_that_costs_none_of_its_time(
    web: Web, base: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks: list[asyncio.Timeout] = []
    ends: list[bool] = []
    timeout = asyncio.timeout

    def watched(seconds: float | None) -> asyncio.Timeout:
        clocks.append(timeout(seconds))
        return clocks[-1]

    async def seat() -> None:
        ends.append(clocks[0].when() is not None)

    base.routes["/feed"] = (200, {}, FEED)
    monkeypatch.setattr(asyncio, "timeout", watched)
    found = await web.get(f"{base}/feed", seat=seat)
    assert (found.body, ends) == (FEED, [False])


async def test_what_has_no_body_needs_no_seat(web: Web, base: FakeServer) -> None:
    async def seat() -> None:
        raise AssertionError

    base.routes["/feed"] = (304, {}, b"")
    found = await web.get(f"{base}/feed", headers={"if-none-match": '"1"'}, seat=seat)
    assert found.status == 304


@pytest.mark.parametrize(
    ("granted", "most"), [(4096, 512), (1024, 409), (256, 102), (20, 16), (resource.RLIM_INFINITY, 512)]
)
def test_connections_leave_descriptors_for_others(granted: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (granted, granted))
    assert limits.connections() == most


async def test_nothing_is_looked_for_again_at_each_request(web: Web, base: str) -> None:
    await web.get(base + "/feed")  # from here on all is loaded
    looked: list[str] = []

    class Finder:
        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None) -> None:
            looked.append(name)

    sys.meta_path.insert(0, Finder)  # type: ignore[arg-type]
    try:
        await web.get(base + "/feed")
    finally:
        sys.meta_path.remove(Finder)  # type: ignore[arg-type]
    assert not looked
