"""Is what stands on the terminal what would be drawn anew? `python scripts/scorecard redraw [--keys 10000] [--seed N]`.

Keys at random on hostile stories, as in `terminal`; after each burst the screen that the bytes so far made (pyte) is put
beside the one that a resize back and forth draws from nothing. Rows must be the same, ages and passing messages aside;
the frame must be whole: a footer, and no row that is half of one thing and half of another. Stories with letters on
whose width terminals disagree are left out: what they leave at a row's end is their terminal's doing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import tempfile
import time
from pathlib import Path

from escapes import CORPUS, corpus
from places import RESULTS
from screen import Screen, harm_on_screen
from view import View

from terminal import OWN, Life, answered, one_burst, prepared, reports, state

PASSING = re.compile(r"\b\d+(?:m|h|d|w|mo|y)\b|\bnow\b|[⠁-⣿]|\d+ of \d+")
CURSOR = re.compile(rb"\x1b\[\?25[lh]")


SURE = re.compile(
    r"[\x20-\u024f\u0370-\u0377\u0384-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25ff\u2713\u275d-\u275e\u2801-\u28ff]*"
)


def sure(row: str) -> bool:
    """Whether every terminal draws the row in the same cells."""
    return bool(SURE.fullmatch(row))


def agreed(text: str) -> bool:
    """Whether the text is as wide by the tables of terminals, letter by letter, as by ours."""
    import wcwidth

    from tui_news.text.cells import cell_len
    from tui_news.text.sanitize import clean_line

    clean = clean_line(text)
    return sum(max(0, wcwidth.wcwidth(char)) for char in clean) == cell_len(clean)


def plain(row: str) -> str:
    return re.sub(r"\s+", " ", PASSING.sub("#", row)).strip()


def different(seen: list[str], again: list[str]) -> list[str]:
    pairs = zip(seen, again, strict=True)
    return [
        f"{number}: {old!r} is {new!r}"
        for number, (old, new) in enumerate(pairs)
        if sure(old) and sure(new) and plain(old) != plain(new)
    ]


def redrawn(screen: Screen, columns: int, rows: int) -> list[str]:
    """The screen as it is drawn on an empty terminal."""
    screen.press(f"resize {columns - 7}x{rows}")
    answered(screen)
    view = View(screen.raw, columns, rows)
    screen.press(f"resize {columns}x{rows}")
    answered(screen)
    return view.rows()


def life(home: Path, until: int, size: tuple[int, int], chance: random.Random, tally: Life, found: list[str]) -> None:
    with Screen(home, *size) as screen:
        tally.starts += 1
        view = View(screen.raw, *size)
        view.at = 0
        screen.start()
        while tally.done < until and not screen.ended:
            tally.done += one_burst(screen, chance)
            tally.busy += not answered(screen)
            if state(screen.process.pid) == "T":
                screen.process.send_signal(signal.SIGCONT)
                answered(screen)
            if screen.ended:
                break
            seen = view.rows()
            again = redrawn(screen, *size)
            if screen.ended:
                break
            after, once = view.rows(), []
            lasting = different(seen, again)
            if lasting:  # once more: what was passing (a message that went, a fetch that came) is not there any more
                once = redrawn(screen, *size)
                lasting = [row for row in different(after, once) if row in lasting]
                view.rows()
            if not any(row.strip() for row in again[-2:]):
                lasting.append("no footer")
            if lasting:
                found.append(f"after {tally.done} keys at {size}: {lasting[:6]}")
                parts = ("== seen", *seen, "== again", *again, "== once", *once)
                (RESULTS / f"redraw-{tally.done}.txt").write_text("\n".join((*lasting, *parts)), "utf-8", "replace")
        if screen.ended and screen.process.poll() not in (0, -2, 130):
            tally.why.append(f"it left with {screen.process.poll()}: {screen.last_words()}")
        tally.why += [one for one in harm_on_screen(bytes(screen.raw)) if "traceback" in one or "sequence" in one]
        tally.written += len(screen.raw)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard redraw")
    parser.add_argument("--keys", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args(argv)
    RESULTS.mkdir(exist_ok=True)
    chance, tally, found = random.Random(args.seed), Life(), list[str]()
    texts = [row["text"] for row in corpus()] if CORPUS.exists() else OWN
    with tempfile.TemporaryDirectory(prefix="tuinews-redraw-") as folder:
        home = Path(folder)
        prepared(home, [text for text in texts if agreed(text)])
        while tally.done < args.keys and not tally.why:
            size = (chance.choice((80, 120, 200)), chance.choice((24, 40, 50)))
            life(home, min(args.keys, tally.done + 2500), size, chance, tally, found)
            tally.why += reports(home)
            print(f"  {tally}; {len(found)} screens not as drawn anew", flush=True)
    for one in found:
        print(f"  {one}"[:600])
    (RESULTS / "redraw.json").write_text(
        json.dumps({"keys": tally.done, "seed": args.seed, "found": found, "why": tally.why}), "utf-8"
    )
    print(f"{tally.done} keys: {len(found)} screens not as drawn anew; {tally.why or 'ok'}")
    return len(found) + len(tally.why)
