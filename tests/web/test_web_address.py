from __future__ import annotations

import ipaddress

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.web.address import (
    AddressError,
    fold_host,
    granted,
    is_private_host,
    is_private_ip,
    mask,
    parse,
    target,
)

LOOPBACK = [
    "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "0X7F.1", "017700000001",
    "127.0.0.1.", "127.0.0.1...", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK)
def test_every_spelling_of_loopback_folds_to_one(host: str) -> None:
    address = parse(f"http://{host}:81/x")
    assert address.host == "127.0.0.1"
    assert address.url == "http://127.0.0.1:81/x"
    assert is_private_host(address.host)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0", "0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1]", "[fd00::1]", "10.1.2.3",
        "[64:ff9b::7f00:1]", "[fec0::1]", "[::7f00:1]", "[::ffff:0:7f00:1]", "[4000::1]", "[2002:7f00:1::]", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "[ff02::1]", "198.18.0.1", "localhost", "LOCALHOST.", "a.localhost", "ｌocalhost",
    ],
)  # fmt: skip
def test_private_hosts(host: str) -> None:
    assert is_private_host(parse(f"https://{host}/").host)


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "1.1.1.1",
        "[2606:4700::1111]",
        "[64:ff9b::101:101]",
        "notlocalhost",
        "localhost.example.org",
        "faß.de",
    ],
)
def test_public_hosts(host: str) -> None:
    assert not is_private_host(parse(f"https://{host}/").host)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://example.org:443/a b?q=é#frag ", "https://example.org/a%20b?q=%C3%A9"),
        ("http://example.org:80/%20x", "http://example.org/%20x"),
        ("http://example.org:/x", "http://example.org/x"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://FAß.de/", "http://xn--fa-hia.de/"),
        ("http://[2001:DB8::0:1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("http://my_host.example/", "http://my_host.example/"),
        ("http://x.org/a\\b", "http://x.org/a%5Cb"),
        ("http://x.org?q", "http://x.org/?q"),
    ],
)
def test_parse_gives_one_clean_spelling(url: str, clean: str) -> None:
    assert parse(url).url == clean
    assert parse(clean).url == clean


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("feed", "http:// or https:// in front"),
        ("", "http:// or https:// in front"),
        ("//x.org/y", "http:// or https:// in front"),
        ("file:///etc/passwd", "only http"),
        ("javascript:alert(1)", "only http"),
        ("htp://x/", "only http"),
        ("http:///x", "no valid host"),
        ("http://a..b/", "no valid host"),
        ("http://.../", "no valid host"),
        ("http://-x.org/", "no valid host"),
        ("http://a b/", "no valid host"),
        ("http://x.org\\@127.0.0.1/", "no valid host"),
        ("http://a%2fb/", "no valid host"),
        ("http://[::1/", "malformed"),
        ("http://[zz]/", "malformed|no valid host"),
        ("http://[::1]x/", "malformed|no valid host"),
        ("http://1.2.3.256/", "no valid host"),
        ("http://1.2.3.4.5/", "no valid host"),
        ("http://256.1.1.1/", "no valid host"),
        ("http://4294967296/", "no valid host"),
        ("http://x.09/", "no valid host"),
        ("http://1.0x/", None),
        ("http://" + "a" * 254 + ".org/", "no valid host"),
        ("http://x.org:99999/", "impossible port"),
        ("http://x.org:0/", "impossible port"),
        ("http://x.org:12345678/", "no valid host"),
        ("http://x.org:٣/", "no valid host"),
        ("http://x.org/\x1b]0;x\x07", "control characters"),
        ("http://x\u202e.org/", "control characters"),
        ("http://x.org/\ud800", "control characters"),
        ("http://x\n.org/", "control characters"),
        ("http://x.org/" + "y" * 9000, "too long"),
    ],
)
def test_what_cannot_be_fetched_says_why(url: str, why: str | None) -> None:
    if why is None:
        assert parse(url).host == "1.0.0.0"
        return
    with pytest.raises(AddressError, match=why):
        parse(url)


def test_relative_to_a_base() -> None:
    base = "https://user:pw@x.org/a/b"
    assert parse("../c", base).url == "https://x.org/c"
    assert parse("//y.org/d", base).url == "https://y.org/d"
    assert parse("http://z.org/", base).url == "http://z.org/"


def test_credentials_are_taken_out_of_the_url() -> None:
    address = parse("https://me%40x:p%3Aw:1@x.org/feed")
    assert address.auth == ("me@x", "p:w:1")
    assert address.url == "https://x.org/feed"
    assert parse("https://me@x.org/").auth == ("me", "")
    assert parse("https://x.org/").auth is None


def test_place_and_origin() -> None:
    assert parse("http://x.org/").place == parse("https://x.org/").place == ("x.org", 0)
    assert parse("http://x.org:8080/").place == ("x.org", 8080)
    assert parse("http://x.org/").origin != parse("https://x.org/").origin


def test_stand_in_addresses_are_private_only_when_written_out() -> None:
    ip = ipaddress.ip_address("198.18.3.4")
    assert is_private_ip(ip)
    assert not is_private_ip(ip, resolved=True)
    assert is_private_ip(ipaddress.ip_address("10.0.0.1"), resolved=True)


def test_granted_is_the_place_typed_or_the_feeds() -> None:
    assert granted("http://127.0.0.1:8000/x") == {("127.0.0.1", 8000)}
    assert granted("http://127.0.0.1:8000/x", "https://x.org/feed") == {("x.org", 0)}
    assert granted("http://127.0.0.1/x", "builtin:edition/feed.xml") == frozenset()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:secret@x.org/feed", "https://x.org/feed"),
        ("https://me:sec/ret@x.org:99999/feed", "https://x.org:99999/feed"),
        ("exec:\x1b]0;x", "exec:\ufffd]0;x"),
        ("https://x.org/" + "y" * 300, "https://x.org/" + "y" * 185 + "…"),
    ],
)
def test_mask(url: str, shown: str) -> None:
    assert mask(url) == shown


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_parse_gives_ascii_or_an_address_error(text: str) -> None:
    for url in (text, f"http://{text}/", f"https://x.org/{text}"):
        try:
            address = parse(url)
        except AddressError:
            continue
        assert address.url.isascii()
        assert address.url.isprintable()
        assert parse(address.url).url == address.url


@settings(max_examples=100)
@given(st.integers(0, 2**32 - 1))
def test_every_number_is_the_address_it_is(number: int) -> None:
    dotted = str(ipaddress.IPv4Address(number))
    a, b, c, d = dotted.split(".")
    for spelling in (str(number), hex(number), f"0{number:o}", f"{a}.{int(b) << 16 | int(c) << 8 | int(d)}", dotted):
        assert fold_host(spelling) == dotted


@pytest.mark.parametrize("host", ["[zz]", "[]", "[1.2.3.4]"])
def test_brackets_hold_ipv6_only(host: str) -> None:
    with pytest.raises(AddressError):
        fold_host(host)


@given(
    st.text("/.?%a=+é{ ", max_size=20), st.sampled_from(["x.org", "x.org:81", "[::1]", "[::1]:443", "bücher.example"])
)
def test_what_a_request_names_is_what_httpx_would_name(path: str, place: str) -> None:
    """A feed asked through a proxy and straight is the same feed."""
    try:
        where = parse(f"https://{place}/{path}".strip())
    except AddressError:
        return
    request = httpx.Request("GET", where.url)
    assert target(where.url) == (request.url.raw_path, request.headers["host"].encode())
    assert (where.host, where.port) == (request.url.host if ":" in where.host else where.host, request.url.port or 443)


@pytest.mark.parametrize(
    ("url", "path"),
    [("http://x.org/a/./b/../c", "/a/c"), ("http://x.org/../..", "/"), ("http://x.org/a/..?b=/../c", "/?b=/../c"),
     ("http://x.org/.well-known/a..b", "/.well-known/a..b"), ("http://x.org?a", "/?a"), ("http://x.org/é", "/%C3%A9")],
)  # fmt: skip
def test_dots_lead_where_they_say(url: str, path: str) -> None:
    assert target(parse(url).url) == (path.encode(), b"x.org")
