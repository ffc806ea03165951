"""The feed corpora of `../shared` through our parsing: `python scripts/scorecard corpora`.

First every file of every corpus, each in a process that can be ended (`corpora_run.py`): crashes, hangs, and those of
feedparser's expectations that ask for what a reader keeps. Then all of feedparser's expectations, put to what our
decoding, repair and quick reader hand on (`feedwords.raw_feed`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from places import RESULTS, ROOT, SHARED

CORPORA = SHARED / "feed_corpora"
CI = ROOT / ".ci"


def kept() -> dict[str, Any]:
    """Files, crashes, hangs and expectations by corpus, as the corpora's own runner counts them."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        specs = ("--parse", "adapters:parse_feed", "--html", "adapters:html_text", "--opml", "adapters:read_opml")
        command = [sys.executable, str(CORPORA / "corpora_run.py"), *specs]
        command += ["--clean", "FeedError,ValueError", "--adapt", "--out", out.name]
        done = subprocess.run(command, cwd=CI, capture_output=True, text=True, check=False)
        print(done.stdout.rstrip(), flush=True)
        found: dict[str, Any] = json.loads(Path(out.name).read_text("utf-8"))
        return found


def handed_on() -> Iterator[tuple[str, bool]]:
    """(file, whether its expectation holds) of all of feedparser's tests."""
    sys.path[:0] = [str(CI), str(CORPORA)]
    import corpora_run
    from feedwords import raw_feed

    for path in sorted((CORPORA / "feedparser").rglob("*")):
        if not path.is_file() or path.name == "LICENSE.upstream" or path.suffix in (".py", ".md"):
            continue
        data = path.read_bytes()
        headers = {key.strip().lower(): value.strip() for key, value in corpora_run.HDR.findall(data[:4000].decode("latin-1"))}  # fmt: skip
        headers.setdefault("content-type", "application/xml")
        url = "http://127.0.0.1:8097/" + path.relative_to(CORPORA).as_posix()
        row = corpora_run.judge("feedparser", str(path), data, raw_feed(data, url, headers), False)
        if "expect" in row:
            yield path.relative_to(CORPORA).as_posix(), row["expect"]


def main(argv: list[str]) -> int:
    if not CORPORA.is_dir():
        print("skipped: no ../shared/feed_corpora here")
        return 0
    found = kept()
    wrong = found["total"]["crash"] + found["total"]["hang"]
    for row in found["corpora"]["feedparser"]["rows"]:
        if row.get("expect") is False:
            print(f"  not as feedparser: {row['file']}")
    held = dict(handed_on())
    print(f"all of feedparser's expectations: {sum(held.values())} of {len(held)}")
    for name in (name for name, fine in held.items() if not fine):
        print(f"  not so: {name}")
    RESULTS.mkdir(exist_ok=True)
    figures = {"kept": found["total"], "handed_on": sum(held.values()), "of": len(held)}
    (RESULTS / "corpora.json").write_text(json.dumps(figures), "utf-8")
    return int(wrong)
