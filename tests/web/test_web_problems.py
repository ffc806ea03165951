from __future__ import annotations

import pickle
import socket
import ssl

import httpx
import pytest

from tui_news.models import FetchError, TuinewsError
from tui_news.web.faults import Broken, Nonsense, ProxyTrouble, SetupError
from tui_news.web.problems import explain, silenced, status_problem
from tui_news.web.proxied import translated

URL = "https://me:s3cr3t@x.org/feed"


def caused(outer: Exception, inner: Exception) -> Exception:
    try:
        try:
            raise inner
        except Exception as cause:
            raise outer from cause
    except Exception as error:
        return error


def certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("bad")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (TimeoutError(), "timeout", "did not answer in time"),
        (caused(TimeoutError("x"), ssl.SSLWantReadError()), "timeout", "in time"),
        (caused(Broken("x"), certificate(10)), "tls", "has expired"),
        (caused(Broken("x"), certificate(18)), "tls", "self-signed"),
        (caused(Broken("x"), certificate(999)), "tls", "cannot be trusted"),
        (caused(Broken("x"), ssl.SSLError("x")), "tls", "does not speak TLS"),
        (socket.gaierror(socket.EAI_NONAME, "x"), "offline", "not known"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "offline", "no connection; everything"),
        (OSError(101, "Network is unreachable"), "offline", "no connection"),
        (ConnectionRefusedError(111, "x"), "offline", "takes no connection"),
        (Broken("x"), "offline", "no connection"),
        (ProxyTrouble(), "offline", "proxy"),
        (SetupError("offline", "the proxy is none", "check it"), "offline", "the proxy is none; check it"),
        (Nonsense("it ended without an answer", begun=False), "offline", "no connection"),
        (Nonsense("peer closed (incomplete chunked read)"), "protocol", "breaks off"),
        (Nonsense("illegal status line"), "protocol", "makes no sense"),
        (ValueError("x"), "protocol", "makes no sense (ValueError)"),
    ],
)
def test_every_error_becomes_a_sentence(error: Exception, kind: str, words: str) -> None:
    problem = explain(error, URL)
    assert problem.kind == kind
    assert words in str(problem)
    assert str(problem).startswith("could not fetch https://x.org/feed: ")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (httpx.ConnectTimeout("x"), "timeout", "did not answer in time"),
        (caused(httpx.ConnectTimeout("x"), ssl.SSLWantReadError()), "timeout", "in time"),
        (caused(httpx.ConnectError("x"), certificate(10)), "tls", "has expired"),
        (httpx.ConnectError("x"), "offline", "no connection"),
        (httpx.ReadError("x"), "offline", "no connection"),
        (httpx.ProxyError("407"), "offline", "proxy"),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), "offline", "no connection"),
        (httpx.RemoteProtocolError("peer closed (incomplete chunked read)"), "protocol", "breaks off"),
        (httpx.RemoteProtocolError("illegal status line"), "protocol", "makes no sense"),
        (httpx.InvalidURL("x"), "refused", "malformed"),
        (httpx.UnsupportedProtocol("x"), "refused", "malformed"),
        (ValueError("x"), "protocol", "makes no sense (ValueError)"),
    ],
)
def test_so_does_every_error_of_a_proxy(error: Exception, kind: str, words: str) -> None:
    with pytest.raises(Exception) as caught, translated():  # noqa: PT011 - each is of a kind of its own
        raise error
    problem = explain(caught.value, URL)
    assert problem.kind == kind
    assert words in str(problem)


def test_one_of_ours_stays_itself() -> None:
    error = FetchError("size", "x")
    assert explain(error, URL) is error


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__context__, second.__context__ = second, first
    assert explain(first, URL).kind == "protocol"


def test_they_travel_between_processes() -> None:
    error = status_problem(URL, 503, 60)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.kind, copy.status, copy.retry_after) == (str(error), "status", 503, 60)


def test_silence_is_told_in_minutes() -> None:
    error = silenced(URL, 1800)
    assert (
        str(error)
        == "could not fetch https://x.org/feed: its server asked us to wait, another 30 min; it is asked again later"
    )


def test_of_a_story_s_parts_the_address_is_not_said_again() -> None:
    gone = status_problem("https://a.example/1", 404, None)
    assert gone.of("The full story did not come") == "The full story did not come: the server says 404 Not Found."
    shy = status_problem("https://a.example/1", 403, None).of("It did not come")
    assert (
        shy
        == "It did not come: the server says 403 Forbidden; the site refuses programs like this one; try it in the browser."
    )
    assert TuinewsError("a page of 40 MB is too large").of("It did not come") == "A page of 40 MB is too large"
