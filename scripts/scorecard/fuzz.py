"""Random and mutated input for every parser: `python scripts/scorecard fuzz [--cases 100000] [--seconds 3600] [--only NAME]`.

Two ways: Hypothesis makes text of the kinds that hurt (`--cases` for each target); atheris, where it is installed
(`pip install atheris`), mutates towards code not yet reached (`--seconds` for each target, in a process of its own).
What a target may raise is named; anything else, a hang of ten seconds, or an unsafe character is a failure. What was
found is kept as a test beside the code that it hit.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from places import RESULTS, ROOT

PIECES = (
    "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#x1b;", "&#xd800;", "&amp;", "&lt;", '"', "'", "“", "”", "«", "»", "„", "—", "–", "> ", "\n", "\n\n", "\t", "\x00", "\x1b]0;x\x07", "\x9b", "\u202e", "\u200d", "\u200c", "\u0301", "\ud800", "\ufeff",
    "<p>", "</p>", "<blockquote>", "<table>", "<tr>", "<td>", "<pre>", "<a href=", "javascript:", "http://a.b/", "<img src=x alt=", "<base href=", "<br>", "<ul>", "<li>", "<svg>", "<script>", "<template>", "<rss>", "<channel>", "<item>", "<title>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<opml>", "<outline xmlUrl='", "text='", "<!DOCTYPE x [", "<!ENTITY a 'b'>",
    "{", "}", "[", "]", ":", ",", '"children"', '"text"', '"id"', '"author"', "null", "1e999", "said Ann Lee", "told us", "он сказал", "日本語", "「", "」", "שלום", "👩‍👩‍👧", "a", "word ", "0", "9" * 30,
)  # fmt: skip


def html_to_blocks(text: str) -> None:
    from tui_news.text.html import html_to_blocks as blocks
    from tui_news.text.sanitize import is_safe

    for block in blocks(text, "https://a.example/"):
        assert is_safe(block.text)
        assert all(0 <= span.start <= span.end <= len(block.text) for span in block.spans)
        assert all(span.href is None or span.href.isprintable() for span in block.spans)


def quotes(text: str) -> None:
    from tui_news.text.quotes import find_quotes
    from tui_news.text.sanitize import clean_text

    clean = clean_text(text)
    for quote in find_quotes(clean):
        assert 0 <= quote.start < quote.end <= len(clean)


def sanitizer(text: str) -> None:
    from tui_news.text.sanitize import clean_line, clean_text, clean_url, is_safe

    line, whole = clean_line(text), clean_text(text)
    assert is_safe(line)
    assert is_safe(whole)
    assert "\n" not in line
    assert clean_line(line) == line
    url = clean_url(text)
    assert url is None or (url.isascii() and url.isprintable() and url.startswith(("http://", "https://", "mailto:")))


def opml(text: str) -> None:
    from tui_news.feeds.opml import read_opml
    from tui_news.models import FeedError

    try:
        for one in read_opml(text.encode("utf-8", "surrogatepass")):
            assert one.url.startswith(("http://", "https://", "builtin:"))
    except FeedError:
        pass


def feed(text: str) -> None:
    from tui_news.feeds.parse import parse_feed
    from tui_news.models import FeedError
    from tui_news.text.sanitize import is_safe

    try:
        for entry in parse_feed(text.encode("utf-8", "surrogatepass"), "https://a.example/").entries:
            assert is_safe(entry.title + entry.author + entry.link)
    except FeedError:
        pass


def comments(text: str) -> None:
    from tui_news.comments.sources import hackernews, json_thread
    from tui_news.models import ThreadError

    body = text.encode("utf-8", "surrogatepass")
    for parse in (lambda: json_thread.parse(body, "https://a.example/"), lambda: hackernews.parse_tree(body)):
        try:
            parse()
        except ThreadError:
            pass


def comment_feed(text: str) -> None:
    from tui_news.comments.sources.atom_xml import parse_page
    from tui_news.models import ThreadError

    try:
        parse_page(text.encode("utf-8", "surrogatepass"), "https://a.example/")
    except ThreadError:
        pass


def dates(text: str) -> None:
    from tui_news.feeds.dates import parse_date

    found = parse_date(text)
    assert found is None or 0 < found < 5_000_000_000


TARGETS: dict[str, Callable[[str], None]] = {
    one.__name__: one for one in (html_to_blocks, quotes, sanitizer, opml, feed, comments, comment_feed, dates)
}
MUTATED = ("html_to_blocks", "quotes", "opml", "comments")  # where atheris goes


def by_hypothesis(name: str, cases: int) -> str:
    """The failure, "" when there was none."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)
    run = settings(
        max_examples=cases, deadline=10_000, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink)
    )(given(texts)(TARGETS[name]))  # fmt: skip
    try:
        run()
    except Exception as error:
        return f"{type(error).__name__}: {error}; {getattr(error, '__notes__', [])}"[:800]
    return ""


def by_atheris(name: str, seconds: int) -> None:
    """Runs until the time is up or something is found. Never returns: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["tui_news"]):
        target = TARGETS[name]
        target("<p>“Warm up,” said Ann.</p>")
    corpus, found = RESULTS / f"corpus-{name}", RESULTS / f"found-{name}-"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, piece in enumerate(PIECES):
        (corpus / f"piece{number}").write_bytes((piece * 2).encode("utf-8", "surrogatepass"))

    def one(data: bytes) -> None:
        target(data.decode("utf-8", "replace"))

    limits = [
        f"-max_total_time={seconds}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-max_len=4096",
        f"-artifact_prefix={found}",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *limits], one)
    atheris.Fuzz()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard fuzz")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--only", default="")
    parser.add_argument("--atheris", default="", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    RESULTS.mkdir(exist_ok=True)
    if args.atheris:
        by_atheris(args.atheris, args.seconds)
        return 0
    failures, figures = 0, {}
    for name in TARGETS if args.cases else ():
        if args.only in ("", name):
            start = time.monotonic()
            why = by_hypothesis(name, args.cases)
            failures += bool(why)
            figures[name] = {"cases": args.cases, "why": why, "seconds": round(time.monotonic() - start)}
            print(f"hypothesis {name}: {args.cases} cases: {why or 'ok'}", flush=True)
    for name in MUTATED if args.seconds and importlib.util.find_spec("atheris") else ():
        if args.only in ("", name):
            command = [
                sys.executable,
                str(Path(__file__).parent),
                "fuzz",
                "--atheris",
                name,
                "--seconds",
                str(args.seconds),
            ]
            done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
            runs = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("Done ")), "")
            why = "" if done.returncode == 0 else (done.stdout + done.stderr)[-600:]
            failures += bool(why)
            figures[f"atheris {name}"] = {"seconds": args.seconds, "runs": runs, "why": why}
            print(f"atheris {name}: {args.seconds} s: {why or 'ok'} {runs}", flush=True)
    (RESULTS / "fuzz.json").write_text(json.dumps(figures), "utf-8")
    return failures
