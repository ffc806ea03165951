"""The checks against the shared data, where it lies beside the project: real feeds, pages, quotes and sites.

    python .ci/shared.py ../shared

Each check prints a line; the exit code is the number of those that failed twice.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHARED = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared").resolve()
HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
STRUCTURE = 0.97  # the mean of the structured pages
GAIN, SLOWEST = 0.012, 2000  # over the extractor by itself in the same run; milliseconds
SAMPLE = 50  # pages of each set: all 334 take a minute and a half
# speech F1 and attribution F1 that a set may not fall below
EXPECTED = 1_210  # of feedparser's 1,216 expectations about what a reader keeps; see docs/scorecard.md
QUOTES = {"own": (0.97, 0.92), "polnear": (0.97, 0.80), "dewikinews": (0.92, 0.62)}


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    path = f"{HERE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    return subprocess.run(
        [PYTHON, *command], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path, **env}, timeout=900
    )


def quotes() -> str:
    """The gold sets of quotes and speakers: no figure under its floor."""
    done = run(str(SHARED / "quotes/score.py"), "adapters:find_quotes", "--path", str(HERE))
    print(done.stdout.rstrip())
    low = []
    for line in done.stdout.splitlines():
        name, *figures = line.replace("|", " ").split()
        if name in QUOTES:
            speech, attribution = float(figures[5]), float(figures[-1])
            low += [f"{name}: {speech}, {attribution}"] if (speech, attribution) < QUOTES[name] else []
            low += [f"{name}: attribution {attribution}"] if attribution < QUOTES[name][1] else []
    return "; ".join(low) if low or not done.returncode else done.stderr


def feeds() -> str:
    """2,600 real feeds, lists and pages: no crash, no hang."""
    script = str(SHARED / "feed_corpora/corpora_run.py")
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        specs = ("--parse", "adapters:parse_feed", "--html", "adapters:html_text", "--opml", "adapters:read_opml")
        done = run(script, *specs, "--clean", "FeedError,ValueError", "--adapt", "--out", out.name)
    print(done.stdout.rstrip())
    counts = [int(number) for number in re.findall(r"(?:crash|hang|timeout)\w* (\d+)", done.stdout)]
    if not counts:
        return done.stdout[-500:] + done.stderr[-2000:]
    kept = re.search(r"^feedparser .* expected values +(\d+)/", done.stdout, re.M)
    fewer = (
        f"feedparser's own expectations: {kept and kept[1]}, not {EXPECTED}"
        if not kept or int(kept[1]) < EXPECTED
        else ""
    )
    return f"{sum(counts)} crashes or hangs" if sum(counts) else fewer


def structure() -> str:
    """The hand-made pages: blocks, captions, lists, tables, by whom and when; threads have routes of their own."""
    done = run(str(SHARED / "extraction/structured/score_structure.py"), "adapters:structure", "--path", str(HERE))
    columns = re.findall(r"([\w<>. ]+?) (\d+)/(\d+)", done.stdout.splitlines()[0]) if done.stdout else []
    shares = [int(got) / int(of) for name, got, of in columns if int(of) and not name.strip().startswith("comment")]
    mean = sum(shares) / len(shares) if shares else 0.0
    print(done.stdout.rstrip()[-600:], f"\nmean over {len(shares)} aspects without threads: {mean:.3f}")
    return done.stderr if done.returncode else f"mean {mean:.3f}" if mean < STRUCTURE else ""


def articles() -> str:
    """A sample of real news pages against gold texts, beside the extractor by itself: the gain, and the time."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = (scored(name, f"{folder}/{name}.json") for name in ("extract", "trafilatura"))
    if isinstance(ours, str) or isinstance(theirs, str):
        return f"{ours if isinstance(ours, str) else ''}{theirs if isinstance(theirs, str) else ''}"
    sets = [name for name in ours if isinstance(ours[name], dict) and "f1" in ours[name]]
    mean, plain = (sum(result[name]["f1"] for name in sets) / len(sets) for result in (ours, theirs))
    print(f"mean {mean:.4f}, the extractor by itself {plain:.4f}; slowest page {ours['ms']['max']:.0f} ms")
    problems = [f"mean {mean:.4f} is not {GAIN} over {plain:.4f}"] if mean < plain + GAIN else []
    problems += [f"{ours['errors']} pages failed"] if ours["errors"] else []
    return "; ".join(problems + (["a page took over 2 s"] if ours["ms"]["max"] > SLOWEST else []))


def scored(name: str, out: str) -> dict[str, Any] | str:
    """The scorer's figures for one of our adapters; its complaint when it fails."""
    script = str(SHARED / "extraction/score.py")
    done = run(script, f"adapters:{name}", "--path", str(HERE), "--json", out, "--limit", str(SAMPLE))
    if done.returncode:
        return done.stderr[-2000:]
    figures: dict[str, Any] = json.loads(Path(out).read_text(encoding="utf-8"))
    return figures


def seed() -> str:
    """The story that the project began with: read through the real program at its real address."""
    with tempfile.TemporaryDirectory() as home:
        replay = [str(SHARED / "recorded_web/replay.py"), "--records", str(SHARED / "seed_story"), "--"]
        env = {"TUINEWS_HOME": home}
        site = (SHARED / "seed_story/index.tsv").read_text(encoding="utf-8").split("\t", 1)[0].split()[-1]
        root = "/".join(site.split("/")[:3]) + "/"
        added = run(*replay, PYTHON, "-m", "tui_news", "add", root, "--json", **env)
        if added.returncode:
            return f"add {root}: {added.stdout}{added.stderr}"
        story = run(*replay, PYTHON, "-m", "tui_news", "read", "1", "--json", **env)
        offline = run("-m", "tui_news", "read", "1", "--json", "--offline", **env)
        if json.loads(story.stdout) != json.loads(offline.stdout):
            return "offline it reads differently"
        return judge_seed(json.loads(story.stdout))


def judge_seed(story: dict[str, object]) -> str:
    gold = next(
        row
        for line in (SHARED / "quotes/own.jsonl").open(encoding="utf-8")
        if (row := json.loads(line))["id"] == "seed-000"
    )
    article, thread = story["article"], story["comments"]
    spoken = {flat(quote["text"]) for quote in article["quotes"] if quote["kind"] in ("speech", "block")}
    wanted = {flat(quote["text"]) for quote in gold["quotes"] if quote["kinds_ok"] == ["speech"]}
    said = {
        flat(quote["text"]): quote["speaker"] for quote in article["quotes"] if quote["kind"] in ("speech", "block")
    }
    problems = [f"not highlighted: {text[:60]}" for text in sorted(wanted - spoken)]
    problems += misnamed(gold["quotes"], said)
    problems += [f"wrongly highlighted: {text}" for text in spoken if "red-green" in text.casefold() and len(text) < 20]
    problems += [
        f"boilerplate: {word}" for word in ("news tip", "Leave a comment", "email address") if word in article["text"]
    ]
    paragraphs = [flat(block["text"]) for block in article["blocks"] if block["kind"] == "para"]
    problems += [f"twice: {text[:50]}" for text in set(paragraphs) if paragraphs.count(text) > 1]
    if thread is None or thread["total"] != 1 or "Victoria Nuland" not in thread["threads"][0]["text"]:
        problems.append("its comment is not there")
    return "\n".join(problems)


def misnamed(gold: list[dict[str, Any]], said: dict[str, str | None]) -> list[str]:
    """Each speaker as the gold has it: the name, an alias of it, or part of one; nobody where it has nobody."""
    out = []
    for quote in gold:
        found = said.get(flat(quote["text"]))
        if quote["kind"] != "speech" or not quote.get("speaker_scored", True) or flat(quote["text"]) not in said:
            continue
        names = [words(name) for name in quote["aliases"]] if quote["speaker"] else []
        mine = words(found or "")
        if bool(found) != bool(names) or (names and not any(mine <= name or name <= mine for name in names)):
            out.append(f"speaker {found}, not {quote['speaker']}: {quote['text'][:50]}")
    return out


def words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold())) - {"the", "a", "an"}


def flat(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()


def escapes() -> str:
    """179 hostile strings through the sanitising door: nothing that a terminal would obey comes out."""
    from tui_news.text.sanitize import clean_line, clean_text, is_safe

    corpus = json.loads((SHARED / "hostile/escape_corpus.json").read_text(encoding="utf-8"))
    rows = corpus["strings"] if isinstance(corpus, dict) and "strings" in corpus else corpus
    rows = (
        rows
        if isinstance(rows, list)
        else next(value for value in corpus.values() if isinstance(value, list) and len(value) > 100)
    )
    bad = [
        row.get("id", "?")
        for row in rows
        if not (is_safe(clean_line(row["text"])) and is_safe(clean_text(row["text"])))
    ]
    print(f"{len(rows) - len(bad)} of {len(rows)}")
    return f"unsafe: {bad}" if bad else ""


def wordpress() -> str:
    """A real WordPress on loopback: every comment present and in its place, online and with the server stopped."""
    script = str(SHARED / "wordpress/wordpress_setup.sh")
    if not (Path("/usr/share/wordpress").is_dir() and shutil.which("php") and shutil.which("mariadbd")):
        print("skipped: no WordPress on this machine (the script's head says what to install)")
        return ""
    with tempfile.TemporaryDirectory() as home:
        env = {"TUINEWS_HOME": home + "/library", "WPDIR": home + "/wp", "WPPORT": "8799"}
        start = subprocess.run(["bash", script, "start"], env={**os.environ, **env}, capture_output=True, text=True)
        if start.returncode:
            return start.stdout + start.stderr
        try:
            added = run("-m", "tui_news", "add", "http://127.0.0.1:8799/", "--json", **env)
            run("-m", "tui_news", "refresh", "--force", "--full", **env)
            rows = json.loads(run("-m", "tui_news", "list", "--json", **env).stdout or "[]")
            online = {row["id"]: tree(row["id"], env) for row in rows}
            truth = {row["title"]: rest_tree(row) for row in rows}
        finally:
            subprocess.run(["bash", script, "stop"], env={**os.environ, **env}, capture_output=True)
        offline = {row["id"]: tree(row["id"], env) for row in rows}
    problems = [added.stderr] if added.returncode else []
    for row in rows:
        wanted, found = truth[row["title"]], online[row["id"]]
        print(f"{row['title']}: {len(found)} of {len(wanted) if wanted is not None else 'a closed list'}")
        if wanted is not None and found != wanted:
            problems.append(f"{row['title']}: {len(set(wanted.items()) ^ set(found.items()))} comments differ")
    return "\n".join(problems + ([] if offline == online else ["with the server stopped it reads differently"]))


def tree(story: int, env: dict[str, str]) -> dict[str, str | None]:
    """Comment id -> the id of the comment that it hangs under, as `read --json` shows it."""
    shown = json.loads(run("-m", "tui_news", "read", str(story), "--json", **env).stdout)
    found: dict[str, str | None] = {}
    stack = [(node, None) for node in (shown["comments"] or {"threads": []})["threads"]]
    while stack:
        node, parent = stack.pop()
        found[node["id"]] = parent
        stack.extend((reply, node["id"]) for reply in node["replies"])
    return found


def rest_tree(row: dict[str, Any]) -> dict[str, str | None] | None:
    """The same by WordPress's own word; None for a post whose comments REST keeps back. An absent parent is a root."""
    slug = row["url"].rstrip("/").rsplit("/", 1)[-1]
    base = "http://127.0.0.1:8799/wp-json/wp/v2"
    post = get_json(f"{base}/posts?slug={slug}&_fields=id")[0]["id"]
    rows: list[dict[str, Any]] = []
    try:
        for page in range(1, 100):
            more = get_json(f"{base}/comments?post={post}&per_page=100&page={page}&_fields=id,parent")
            rows += more
            if len(more) < 100:
                break
    except urllib.error.HTTPError:
        return None
    held = {one["id"] for one in rows}
    return {str(one["id"]): str(one["parent"]) if one["parent"] in held else None for one in rows}


def get_json(url: str) -> Any:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=20) as answer:
        return json.load(answer)


def recorded() -> str:
    """Public sites as recorded, at their real addresses: Hacker News with a thread, Lobsters."""
    with tempfile.TemporaryDirectory() as home:
        env = {"TUINEWS_HOME": home}
        replay = [str(SHARED / "recorded_web/replay.py"), "--records", str(SHARED / "recorded_web/records"), "--"]
        problems = []
        for address in ("https://news.ycombinator.com/", "https://lobste.rs/"):
            added = run(*replay, PYTHON, "-m", "tui_news", "add", address, "--json", **env)
            print(address, (json.loads(added.stdout)["stories"] if added.returncode == 0 else added.stderr))
            problems += [added.stderr] if added.returncode else []
        return "\n".join(problems)


HOSTILE = (  # one of each kind of harm; the whole of it: python scripts/scorecard hostile
    "/bomb/gzip-1g.xml,/transport/hang-mid-body.xml,/redirect/ssrf-decimal.xml,/auth/basic.xml,/xml/xxe-file.xml,"
    "/esc/corpus.json,/status/ok-then-truncated.xml,/polite/etag.xml,/article/escapes.html,/comments/corpus.json,"
    "/opml/exec.opml,/tls/expired.xml"
)


def hostile() -> str:
    """A dozen of the hostile server's routes through the real program, beside three good feeds."""
    done = run("scripts/scorecard", "hostile", "--path", HOSTILE)
    print("\n".join(line for line in done.stdout.splitlines() if line.startswith(("PASS", "FAIL"))))
    return (done.stdout + done.stderr)[-800:] if done.returncode or "PASS" not in done.stdout else ""


def terminal() -> str:
    """The escape corpus through every verb and, a few stories of it, the screen on a pseudo-terminal."""
    done = run("scripts/scorecard", "escapes", "--quick")
    print(done.stdout.rstrip())
    return done.stdout[-800:] + done.stderr[-400:] if done.returncode else ""


# Two rows at once: the checks of the first mostly wait for real programs, those of the second reckon. Pages have a limit
# of time by the clock: they come last, when the lint that runs beside is done.
ROWS: tuple[tuple[Callable[[], str], ...], ...] = (
    (escapes, hostile, terminal),
    (seed, recorded, wordpress, quotes, structure, feeds, articles),
)


def passes(check: Callable[[], str]) -> bool:
    """Whether it holds. What it says is said in one piece, with its seconds: another check may speak meanwhile."""
    said, start = io.StringIO(), time.monotonic()
    with contextlib.redirect_stdout(said):
        problem = check()
    about = f"\n-- {check.__name__}: {check.__doc__}\n{said.getvalue()}{problem or 'ok'}"
    print(f"{about} ({time.monotonic() - start:.0f} s)", flush=True)
    return not problem


def failing(row: int) -> list[str]:
    return [check.__name__ for check in ROWS[row] if not passes(check)]


def main() -> int:
    with concurrent.futures.ProcessPoolExecutor(len(ROWS)) as rows:
        failed = [name for names in rows.map(failing, range(len(ROWS))) for name in names]
    # Real programs that wait for other real programs: each may show once more that it holds, alone. What fails twice
    # fails, and is named last, where a shortened log still has it.
    again = [name for name in failed if not passes(globals()[name])]
    print("\nfailed once:", ", ".join(failed) or "none")
    print("failed twice:", ", ".join(again) or "none")
    return len(again)


if __name__ == "__main__":
    sys.exit(main())
