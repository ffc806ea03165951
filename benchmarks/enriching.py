"""A large library with all that queries ask for: tags from few to many, quotations, languages, muted stories.

    python benchmarks/enriching.py [--stories 100000]

makes it once (two minutes), prints its TUINEWS_HOME, and keeps it between runs: what `every_query.py` is given.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

from filling import Maker, fill
from growing import base_folder

from tui_news.store import Library
from tui_news.text.quotes.people import person_key

# Of a thousand stories so many have the tag, by chance; `kept` (10) is there.
TAGS = {"few": 1, "mid": 29, "big": 200, "bigger": 400}
LANGUAGES = (("en", 300), ("fi", 10), ("nb_NO", 30), ("no", 20))
QUOTES, PERSONS = (
    0.5,
    4000,
)  # quotations a story; names, of which each is heard half as often as the one before its half
MUTED = "title:rareword OR feed:11"


def rich_home(stories: int, folder: Path | None = None) -> Path:
    home = (folder or base_folder()) / f"rich-{stories}"
    if not (home / "made").exists():
        from tui_news.paths import default_paths

        home.mkdir(parents=True, exist_ok=True)
        os.environ["TUINEWS_HOME"] = str(home)
        library = Library.open(default_paths())
        fill(library, stories)
        enrich(library, stories)
        library.close()
        (home / "made").touch()
    return home


def enrich(library: Library, stories: int) -> None:
    dice = random.Random(3)
    with library.write():
        for tag, share in TAGS.items():
            _tag(library, tag, [number for number in range(1, stories + 1) if dice.random() * 1000 < share])
        for lang, share in LANGUAGES:
            chosen = [(lang, number) for number in range(1, stories + 1) if dice.random() * 1000 < share]
            library.db.many("UPDATE story SET lang = ? WHERE id = ?", chosen)
        library.db.run("UPDATE story SET offline = 0 WHERE id % 4 = 1")
    _quote(library, dice, stories)
    library.rules.add(MUTED)
    library.db.run("PRAGMA optimize")


def _tag(library: Library, tag: str, numbers: list[int]) -> None:
    library.db.many(
        "INSERT INTO story_tag(tag, feed_id, identity) SELECT ?, feed_id, identity FROM story WHERE id = ?",
        ((tag, number) for number in numbers),
    )


def _quote(library: Library, dice: random.Random, stories: int) -> None:
    """Said by people with names of two words; half of their words are of the stories' own kind."""
    text = Maker().text
    first = ("Tore", "Kari", "Anna", "Bela", "Karl", "Mira", "Ole", "Siv", "Aino", "Kato")
    names = [f"{first[number % 10]} {text[number].title()}{number % 400}" for number in range(PERSONS)]
    rows = []
    for _ in range(int(stories * QUOTES)):
        at, name = dice.randrange(len(text) - 20), names[int(PERSONS * dice.random() ** 3)]
        words = ["there", "is", dice.choice(("hope", "doubt", "a", "no")), *text[at : at + dice.randint(4, 16)]]
        norm = f" {' '.join(words)} "
        said = f"“{' '.join(words)}”"
        rows.append((dice.randint(1, stories), name, person_key(name), said, norm))
    rows.sort()
    with library.write():
        library.db.many(
            """INSERT INTO quote(story_id, block, start, stop, kind, speaker, who, how, words, norm)
            VALUES (?, 0, 0, 40, 'speech', ?, ?, 'said', ?, ?)""",
            rows,
        )
        library.db.run(
            "UPDATE story SET quotes = (SELECT count(*) FROM quote WHERE story_id = story.id) WHERE id IN (SELECT story_id FROM quote)"
        )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stories", type=int, default=100_000)
    print(rich_home(arguments.parse_args().stories))
