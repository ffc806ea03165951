"""Random and mutated input for every parser: `python scripts/scorecard fuzz [--cases 100000] [--seconds 3600] [--only NAME]`.

Two ways: Hypothesis makes text of the kinds that hurt (`--cases` for each target); atheris, where it is installed
(`pip install atheris`), mutates towards code not yet reached (`--seconds` for each target, in a process of its own; what
it learnt is kept in `.scorecard/corpus-NAME`, and real documents of `../shared` are its first teachers). What a target
may raise is named in `fuzz_targets.py`; anything else, five seconds for a small input, or an unsafe character is a
failure. What was found is kept as a test beside the code that it hit.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fuzz_targets import TARGETS
from places import RESULTS, ROOT, SHARED

PIECES = (
    "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#x1b;", "&#xd800;", "&amp;", "&lt;", '"', "'", "“", "”", "«", "»", "„", "—", "–", "> ", "\n", "\n\n", "\t", "\x00", "\x1b]0;x\x07", "\x9b", "\u202e", "\u200d", "\u200c", "\u0301", "\ud800", "\ufeff",
    "<p>", "</p>", "<blockquote>", "<table>", "<tr>", "<td>", "<pre>", "<a href=", "javascript:", "http://a.b/", "<img src=x alt=", "<base href=", "<br>", "<ul>", "<li>", "<svg>", "<script>", "<template>", "<rss>", "<channel>", "<item>", "<title>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<opml>", "<outline xmlUrl='", "text='", "<!DOCTYPE x [", "<!ENTITY a 'b'>",
    "{", "}", "[", "]", ":", ",", '"children"', '"text"', '"id"', '"author"', "null", "1e999", "said Ann Lee", "told us", "он сказал", "日本語", "「", "」", "שלום", "👩‍👩‍👧", "a", "word ", "0", "9" * 30,
)  # fmt: skip
MUTATED = ("html_to_blocks", "quotes", "opml", "comments", "feed")  # where atheris goes
SLOW = 5.0  # seconds for a small input that nobody may wait
# Where the first documents of each are, with what they end in; none of it is needed.
SEEDS = {
    "html_to_blocks": ("extraction", (".html",)),
    "quotes": ("quotes", (".txt",)),
    "opml": ("feed_corpora/listparser", (".opml",)),
    "comments": ("comment_samples", (".json",)),
    "feed": ("feed_corpora", (".xml", ".atom", ".rss", ".json")),
}
ROOTS = (
    ("<rss version='2.0'><channel>", "</channel></rss>"),
    (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>",
        "</channel></rss>",
    ),
    (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0' xml:base='http://a.b/c/'>",
        "</feed>",
    ),
    (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>",
        "</rdf:RDF>",
    ),
    ("<opml version='2.0'><body>", "</body></opml>"),
    ("<!DOCTYPE x [<!ENTITY e 'f'>]><rss><channel>", "</channel></rss>"),
    ("<html><body><div id='comments'>", "</div></body></html>"),
    ("<CHANNEL BASE='http://a.b/'>", "</CHANNEL>"),
)
ELEMENTS = (
    "title",
    "link",
    "guid",
    "id",
    "description",
    "summary",
    "content",
    "content:encoded",
    "pubDate",
    "updated",
    "dc:date",
    "published",
    "author",
    "name",
    "dc:creator",
    "category",
    "enclosure",
    "media:group",
    "media:content",
    "thr:in-reply-to",
    "comments",
    "language",
    "image",
    "url",
    "ttl",
    "outline",
    "p",
    "blockquote",
    "article class='h-entry u-comment'",
    "li class='comment' id='comment-1'",
    "cite class='fn'",
)
ATTRIBUTES = (
    "href='/x'",
    "href='javascript:x'",
    "rel='alternate'",
    "rel='replies'",
    "rel='enclosure'",
    "type='html'",
    "type='xhtml'",
    "type='text'",
    "url='http://a.b/c'",
    "xmlUrl='http://a.b/f'",
    "text='&#x1b;[2J'",
    "title='x'",
    "isPermaLink='false'",
    "length='-1'",
    "length='9e99'",
    "xml:base='//[::'",
    "xml:base='/d/'",
    "term='t'",
    "label='l'",
    "ref='1'",
    "category='/a/b,c'",
    "itemprop='comment' itemscope",
    "id='comment-1'",
    "class='comment depth-2'",
    "mode='base64'",
    "mode='escaped'",
    "xml:lang='\u202e'",
)
KEYS = {  # the names that the sources' answers use
    "rows": ("children", "comments", "replies", "items", "descendants", "posts", "hidden_replies"),
    "tops": ("thread", "post_stream", "meta", "post", "record", "author", "content", "comment", "creator", "counts", "account"),
    "leaves": (
        "id", "parent", "parent_id", "text", "body", "html", "cooked", "content_html", "author_name", "username", "display_name",
        "created_at", "created_at_i", "created", "date_gmt", "time", "score", "url", "link", "uri", "short_id", "depth", "path",
        "in_reply_to_id", "reply_to_post_number", "post_number", "rendered", "member", "name", "kids", "deleted", "dead", "by", "type",
    ),
}  # fmt: skip


def text_cases() -> Any:
    from hypothesis import strategies as st

    return st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


def xml_cases() -> Any:
    """Feeds, lists and pages that are nearly whole: elements that parsers know, with what hurts inside."""
    from hypothesis import strategies as st

    inside = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=6).map("".join)
    element = st.builds(
        lambda name, given, text: f"<{name} {given}>{text}</{name.split(' ')[0]}>",
        st.sampled_from(ELEMENTS), st.lists(st.sampled_from(ATTRIBUTES), max_size=2).map(" ".join), inside,
    )  # fmt: skip
    item = st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(("item", "entry", "outline", "div", "li")), st.lists(element | inside, max_size=6),
    )  # fmt: skip
    return (
        st.builds(lambda ends, parts: ends[0] + "".join(parts) + ends[1], st.sampled_from(ROOTS), st.lists(item | element, max_size=5))
        | text_cases()
    )  # fmt: skip


def json_cases() -> Any:
    """Documents with the names that sources use and values of every wrong type, and broken ones."""
    from hypothesis import strategies as st

    text = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=6)
    numbers = st.integers(-(2**70), 2**70) | st.floats() | st.sampled_from([0, 1, 2, 1_600_000_000, 1e300])
    leaf = st.none() | st.booleans() | numbers | text | st.sampled_from(["1", "2", "2026-01-02T03:04:05Z"])
    keys = st.sampled_from([key for names in KEYS.values() for key in names])

    def deeper(inner: Any) -> Any:
        rows = st.dictionaries(st.sampled_from(KEYS["rows"]), st.lists(inner, max_size=4), max_size=2)
        fields = st.dictionaries(keys, leaf | inner, max_size=8)
        return st.lists(inner, max_size=4) | st.builds(lambda a, b: {**a, **b}, fields, rows)

    return st.recursive(leaf, deeper, max_leaves=25).map(json.dumps) | text_cases()


CASES = {
    "comments": json_cases,
    "feed": lambda: xml_cases() | json_cases(),
    **dict.fromkeys(("opml", "comment_feed", "comment_page", "discovery", "html_to_blocks"), xml_cases),
}


def by_hypothesis(name: str, cases: int) -> str:
    """The failure, "" when there was none."""
    from hypothesis import HealthCheck, Phase, given, settings

    texts = CASES.get(name, text_cases)()
    run = settings(
        max_examples=cases, deadline=10_000, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink)
    )(given(texts)(TARGETS[name]))  # fmt: skip
    try:
        run()
    except Exception as error:
        return f"{type(error).__name__}: {error}; {getattr(error, '__notes__', [])}"[:800]
    return ""


def seeds(name: str) -> Iterator[bytes]:
    yield from ((piece * 2).encode("utf-8", "surrogatepass") for piece in PIECES)
    folder, ends = SEEDS.get(name, ("", ()))
    files = sorted((SHARED / folder).rglob("*")) if folder and (SHARED / folder).is_dir() else []
    fitting = [path for path in files if path.suffix in ends and path.is_file() and path.stat().st_size < 8_000]
    yield from (path.read_bytes() for path in fitting[:: max(1, len(fitting) // 600)])
    if name == "quotes":
        for path in sorted((SHARED / "quotes").glob("*.jsonl")):
            for line in path.read_text("utf-8").splitlines()[:60]:
                yield str(json.loads(line).get("text", ""))[:3000].encode()


class Finder:
    """Runs a target on each input, writes down what is wrong once for each place, and goes on."""

    def __init__(self, name: str, target: Callable[[bytes], None]) -> None:
        self.name, self.target = name, target
        self.found: set[str] = set()

    def __call__(self, data: bytes) -> None:
        start = time.perf_counter()
        try:
            self.target(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            ours = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames if "tui_news" in frame.filename]
            asserted = f"{frames[-1].line}" if isinstance(error, AssertionError) else ""
            self.note(f"{type(error).__name__} {ours[-1:]} {asserted}", data, error)
        if time.perf_counter() - start > SLOW:
            self.note("slow", data, None)

    def note(self, what: str, data: bytes, error: Exception | None) -> None:
        if what in self.found or len(self.found) > 50:
            return
        self.found.add(what)
        digest = hashlib.sha1(what.encode()).hexdigest()[:8]
        (RESULTS / f"found-{self.name}-{digest}").write_bytes(data)
        said = "".join(traceback.format_exception(error)) if error else ""
        (RESULTS / f"found-{self.name}-{digest}.txt").write_text(f"{what}\n{said}", "utf-8", "replace")


def by_atheris(name: str, seconds: int) -> None:
    """Runs until the time is up. Never returns: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["tui_news", "feedparser"]):
        target = TARGETS[name]
        target("<p>“Warm up,” said Ann.</p>")
    corpus = RESULTS / f"corpus-{name}"
    if not corpus.exists():
        corpus.mkdir(parents=True)
        for number, data in enumerate(seeds(name)):
            (corpus / f"seed{number}").write_bytes(data)
    limits = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-max_len=8192",
        f"-artifact_prefix={RESULTS / f'found-{name}-'}",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *limits], Finder(name, target))
    atheris.Fuzz()


def mutate(name: str, seconds: int) -> dict[str, Any]:
    """An hour of atheris in a process of its own: its runs, and what it found."""
    before = set(RESULTS.glob(f"found-{name}-*"))
    words = ("fuzz", "--atheris", name, "--seconds", str(seconds))
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent), *words], capture_output=True, text=True, cwd=ROOT, errors="replace"
    )
    runs = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("Done ")), "")
    why = "" if done.returncode == 0 else (done.stdout + done.stderr)[-600:]
    new = sorted(path.name for path in set(RESULTS.glob(f"found-{name}-*")) - before)
    return {"seconds": seconds, "runs": runs, "why": why or ", ".join(new)}


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
    figures: dict[str, dict[str, Any]] = {}
    for name in TARGETS if args.cases else ():
        if args.only in ("", name):
            start = time.monotonic()
            why = by_hypothesis(name, args.cases)
            figures[name] = {"cases": args.cases, "why": why, "seconds": round(time.monotonic() - start)}
            print(f"hypothesis {name}: {args.cases} cases: {why or 'ok'}", flush=True)
    for name in MUTATED if args.seconds and importlib.util.find_spec("atheris") else ():
        if args.only in ("", name):
            figures[f"atheris {name}"] = row = mutate(name, args.seconds)
            print(f"atheris {name}: {args.seconds} s: {row['why'] or 'ok'} {row['runs']}", flush=True)
    (RESULTS / f"fuzz{'-' + args.only if args.only else ''}.json").write_text(json.dumps(figures), "utf-8")
    return sum(bool(row["why"]) for row in figures.values())
