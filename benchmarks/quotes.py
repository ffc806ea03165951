"""The quotes of 1,000 stored stories, found and indexed; and what the finder costs for 1,000 characters.

    python benchmarks/quotes.py [--stories 1000] [--runs 3]

Stories are made here, about 4,000 characters each, in four languages. Figures are CPU seconds of this process, the median
of the runs. The ratio is to a single pass of one regular expression for text between marks over the same text, in the
same run: it says how much the machine's mood weighs.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import statistics
import tempfile
import time
from pathlib import Path

from tui_news.models import Article, Block, Entry
from tui_news.paths import Paths
from tui_news.store import Library
from tui_news.text.quotes import find_quotes

NAMES = (
    "Ada Birk",
    "Olav Ness",
    "Ruth Calder",
    "Kari Solberg",
    "Jana Kröger",
    "Claire Morin",
    "Tom Reyes",
    "Liv Hauge",
)
SAID = {
    "en": "“{0},” said {1}, who has lived here for {2} years. “{3}.”",
    "no": "– {0}, sier {1} til avisa. Hun har bodd her i {2} år.\n\n– {3}.",
    "de": "„{0}“, sagte {1} nach {2} Jahren. „{3}.“",
    "fr": "« {0} », a déclaré {1} après {2} ans. « {3}. »",
}
PLAIN = {
    "en": "The council of {0} met on Tuesday, and the “{1}” plan was put off until the spring, as it was {2} years ago.",
    "no": "Kommunestyret i {0} møttes tirsdag, og den såkalte «{1}»-planen ble utsatt til våren, som for {2} år siden.",
    "de": "Der Rat von {0} tagte am Dienstag, und der Plan „{1}“ wurde wie vor {2} Jahren auf das Frühjahr verschoben.",
    "fr": "Le conseil de {0} s’est réuni mardi, et le plan « {1} » a été remis au printemps, comme il y a {2} ans.",
}
WORDS = [
    "wall",
    "harbour",
    "storm",
    "road",
    "winter",
    "boat",
    "light",
    "quay",
    "herring",
    "bridge",
    "school",
    "money",
    "ferry",
    "rain",
    "field",
    "stone",
]
NAIVE = re.compile(r"[“„«][^“”„«»]{1,800}[”“»]")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stories", type=int, default=1000)
    arguments.add_argument("--runs", type=int, default=3)
    args = arguments.parse_args()
    stories = [story(number) for number in range(args.stories)]
    size = sum(len(text) for _, paras in stories for text in paras)
    finding = [found(stories) for _ in range(args.runs)]
    naive = [scanned(stories) for _ in range(args.runs)]
    indexing = [indexed(stories) for _ in range(args.runs)]
    one, two = statistics.median(finding), statistics.median(naive)
    print(f"{args.stories} stories, {size:,} characters")
    print(
        f"found:             {one:6.2f} s CPU, {one * 1e6 / size:.2f} ms for 1,000 characters, {one / two:.0f} x one pattern"
    )
    print(f"found and indexed: {statistics.median(i for i, _, _ in indexing):6.2f} s CPU")
    print(f"speakers:          {statistics.median(s for _, s, _ in indexing) * 1000:6.1f} ms, the first time")
    print(f"said again:        {statistics.median(a for _, _, a in indexing) * 1000:6.2f} ms a quote")


def story(number: int) -> tuple[str, list[str]]:
    rng = random.Random(number)
    lang = tuple(SAID)[number % len(SAID)]
    paras: list[str] = []
    while sum(map(len, paras)) < 4000:
        makes = SAID if rng.random() < 0.5 else PLAIN
        paras += makes[lang].format(phrase(rng), rng.choice(NAMES), rng.randint(2, 60), phrase(rng)).split("\n\n")
    return lang, paras


def phrase(rng: random.Random) -> str:
    return "We " + " ".join(rng.choices(WORDS, k=rng.randint(6, 18)))


def found(stories: list[tuple[str, list[str]]]) -> float:
    start = time.process_time()
    for lang, paras in stories:
        find_quotes("\n\n".join(paras), lang)
    return time.process_time() - start


def scanned(stories: list[tuple[str, list[str]]]) -> float:
    start = time.process_time()
    for _, paras in stories:
        for _ in NAIVE.finditer("\n\n".join(paras)):
            pass
    return time.process_time() - start


def indexed(stories: list[tuple[str, list[str]]]) -> tuple[float, float, float]:
    """Articles as an older detector left them -> (found and indexed, all speakers, said again)."""
    with tempfile.TemporaryDirectory() as home:
        root = Path(home)
        library = Library.open(Paths(root / "data", root / "cache", root / "config", root / "state"))
        feed, _ = library.feeds.add("https://paper.example/feed", title="Paper")
        entries = [
            Entry(str(n), str(n), f"https://paper.example/{n}", f"Story {n}", "", n, n, "", str(n))
            for n in range(len(stories))
        ]
        ids = library.stories.store(feed, entries, [], 1)
        with library.write():
            for story_id, (lang, paras) in zip(ids, stories, strict=True):
                blocks = tuple(Block("para", text) for text in paras)
                library.articles.put(story_id, Article("page", blocks, lang=lang), detector=0)
        times = [time.process_time()]
        while library.quotes.update():
            pass
        times.append(time.process_time())
        library.quotes.speakers()
        times.append(time.process_time())
        asked = list(itertools.islice(library.quotes.newest(), 200))
        for quote in asked:
            library.quotes.said_again(quote.story_id, quote.text)
        times.append(time.process_time())
        library.close()
    return times[1] - times[0], times[2] - times[1], (times[3] - times[2]) / len(asked)


if __name__ == "__main__":
    main()
