"""Writes the built-in edition's comments (`src/tui_news/edition/comments/N.json`), in the shape of WordPress's REST.

    python scripts/edition_comments.py

Short threads are written out below; the three hundred comments about sandwiches are put together from sentences with a
fixed seed, so that the result is the same every time.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "tui_news" / "edition" / "comments"


@dataclass
class Said:
    """A comment as written here: author, HTML, minutes after the one before it, replies."""

    author: str
    html: str
    after: int = 20
    replies: list[Said] = field(default_factory=list)
    staff: bool = False


def said(author: str, html: str, *replies: Said, after: int = 20, staff: bool = False) -> Said:
    return Said(author, html, after, list(replies), staff)


WELCOME = [
    said(
        "Ola",
        "<p>Found the comments with <strong>c</strong>. Took me a moment to notice that I had not left the story.</p>",
        said(
            "The editors",
            "<p>That is the idea: one scroll. Press <strong>c</strong> again and you are back at your line.</p>",
            staff=True,
        ),
    ),
    said(
        "Priya",
        "<p>Works on the train. I am writing this from memory, since one cannot write here, only read.</p>",
        after=95,
    ),
]

FERRY = [
    said(
        "Kari Moen",
        "<p>I am one of the eleven. Thank you.</p>",
        said(
            "B. Skog",
            "<p>With respect, the other four thousand of us paid for your seat.</p>",
            said(
                "Kari Moen",
                "<p>&gt; the other four thousand of us paid for your seat</p><p>And I paid for the roof of a school that my children left in 2009. That is how a town works.</p>",
                said("B. Skog", "<p>Fair.</p>", said("Kari Moen", "<p>See you on the 23:40.</p>", after=6), after=14),
            ),
            said(
                "Torbjørn",
                "<p>Eleven is the <em>average</em>. On Fridays it is forty. Here are the counts that the company publishes:</p><pre><code>mon  6   thu 12\ntue  5   fri 41\nwed  7   sat 38</code></pre>",
            ),
        ),
        said(
            "Amina Yusuf",
            "<p>Thank you all for the applause. The mayor was right to stop it, I had a shift to get to.</p>",
            after=60,
        ),
    ),
    said(
        "Ingrid Solheim",
        "<p>A correction: the clerk counted “lifeline” fifteen times. I missed one while changing my pen.</p>",
        said("Vigdis", "<p>This is why I read this paper.</p>", after=9),
        after=75,
        staff=True,
    ),
    said(
        "Rolf",
        "<blockquote><p>With what money was left open.</p></blockquote><p>It always is.</p>",
        said(
            "Henrik M.",
            "<p>The engine is a real question, for what it is worth. It is from 1991.</p>",
            said("Rolf", "<p>So am I, and nobody has offered to replace me.</p>"),
        ),
        after=120,
    ),
    said(
        "Sissel",
        "<p>Fourteen on board last night. We counted.</p>",
        said("Per Aas", "<p>Fifteen, with the photographer.</p>", after=11),
        after=400,
    ),
]

LIGHTHOUSE = [
    said(
        "Freja",
        "<p>The seal line. I have read it four times.</p>",
        said(
            "Mara Lindqvist",
            "<p>There are eleven years of them. The archive lets you look if you ask nicely and bring your own pencil.</p>",
            staff=True,
        ),
    ),
    said(
        "Old Skipper",
        "<p>&gt; You notice a thing like that with your stomach.</p><p>True. I sailed past that light for nineteen years and could not have told you its rhythm, and would have known at once if it had been wrong.</p>",
        said(
            "Nils",
            "<p>&gt;&gt; You notice a thing like that with your stomach.\n&gt; I could not have told you its rhythm</p><p>Three flashes, nine seconds. You are welcome.</p>",
        ),
        after=180,
    ),
    said("Anon", "<p>So is he paid for the tea?</p>", said("Freja", "<p>In seals.</p>", after=3), after=45),
]

QUOTES = [
    said(
        "Linnea Park",
        "<blockquote><p>An attribution is a promise</p></blockquote><p>I have this on a card over my desk now. Small print on the back: a quote without a speaker is a rumour with good manners.</p>",
    )
]

OFFLINE = [
    said(
        "Yusra Haddad",
        "<p>For the record, it did come back after the second tunnel.</p>",
        said("Jonas Weidmann", "<p>For the record, I was asleep by then.</p>"),
    ),
    said(
        "Marek",
        "<p>Does <code>u</code> really undo something from last week?</p>",
        said(
            "The editors",
            "<p>Yes. It says in words what it undid, so you will know whether you wanted that.</p>",
            staff=True,
        ),
        after=200,
    ),
]

FEEDS = [
    said(
        "Ilse Quant",
        "<p>I remember writing that note. I do not remember it being that good.</p>",
        said("Nadia Okafor", "<p>I took out the swearing.</p>", staff=True),
        after=300,
    ),
]

NAMES = [
    "Ada Birk",
    "Bo",
    "Carmen Ruiz",
    "Dag",
    "Ebba",
    "Fatima",
    "Gus Ekström",
    "Hana",
    "Ivo",
    "June",
    "Kwame",
    "Lotte",
    "Milo",
    "Noor",
    "Otto Falk",
    "Petra",
    "Quinn",
    "Rosa",
    "Sami",
    "Tove",
    "Ulf",
    "Vera",
    "Walt",
    "Xenia",
    "Yves",
    "Zara",
]
CLAIMS = [
    "The bread decides. Everything after the bread is decoration.",
    "Cheese on the outside, then the pan, then silence.",
    "A sandwich that needs a napkin is a soup with ambitions.",
    "Cucumber is a texture and not a taste, and I will hear no more about it.",
    "Pickles are the punctuation of a sandwich.",
    "Cut it across the corner: it tastes of triangle.",
    "The second slice of bread is a habit. Try leaving it off for a week.",
    "Mustard belongs on the cheese side. There is no other side.",
    "Toast it on one side only and put that side in.",
    "Butter is not an ingredient, it is waterproofing.",
    "Whoever puts tomato against bread has never had to eat it at noon.",
    "Yesterday’s roast, today’s bread. Never the other way round.",
    "If it can be eaten while standing at a bus stop, it is a sandwich.",
    "Egg, but only if the window can be opened.",
    "An onion should be heard of and not met.",
]
ANSWERS = [
    "I would like this to be wrong, and it is not.",
    "You have clearly never met a good rye.",
    "That is a regional custom and you know it.",
    "I tried it at lunch. I owe you an apology.",
    "I tried it at lunch. You owe me a shirt.",
    "Say that again in front of my grandmother.",
    "There is a word for that, and the word is pie.",
    "Only in summer.",
    "Only with the crusts on.",
    "This is how wars start, and I will bring the bread.",
    "Counterpoint: no.",
    "My physiotherapist says the same about chairs.",
    "Agreed, and I resent it.",
    "It depends who is washing up.",
    "You are describing toast.",
    "So close. Now turn it over.",
    "I have nothing to add, except horseradish.",
    "Somebody had to say it. I wish it had been somebody else.",
    "That holds for white bread and for no other.",
    "Source? I mean: which bakery?",
    "We have had this discussion before, and I lost then too.",
]


def sandwiches(count: int = 300, deepest: int = 12) -> list[Said]:
    """The long thread: one chain down to `deepest` levels, the rest scattered over it, the same every time."""
    chance = random.Random(209)
    roots = [said(chance.choice(NAMES), f"<p>{CLAIMS[i % len(CLAIMS)]}</p>", after=12) for i in range(14)]
    placed = [(root, 1) for root in roots]
    node, depth = roots[2], 1
    while depth < deepest:
        depth += 1
        node.replies.append(said(NAMES[depth * 5 % len(NAMES)], answer(chance, node), after=chance.randint(2, 30)))
        node = node.replies[-1]
        placed.append((node, depth))
    while len(placed) < count:
        parent, depth = chance.choice(placed)
        if depth < deepest:
            reply = said(chance.choice(NAMES), answer(chance, parent), after=chance.randint(2, 25))
            parent.replies.append(reply)
            placed.append((reply, depth + 1))
    roots[2].replies[0].replies[0].html = "<p>I came for the story and stayed for the sandwich.</p>"
    return roots


def answer(chance: random.Random, parent: Said) -> str:
    """One or two sentences; now and then they quote what they answer."""
    text = " ".join(chance.sample(ANSWERS, chance.choice((1, 1, 1, 2))))
    if chance.random() < 0.12:
        quoted = parent.html.split("<p>")[-1].split("</p>")[0].split(". ")[0]
        return f"<p>&gt; {quoted}</p><p>{text}</p>"
    return f"<p>{text}</p>"


def rows(story: int, roots: list[Said], start: datetime) -> list[dict[str, object]]:
    """Flat rows with ids that tell the story (`story * 1000 + n`), parents before replies, times rising."""
    found: list[dict[str, object]] = []
    stack = [(root, 0, start) for root in reversed(roots)]
    offset = timedelta()
    while stack:
        node, parent, base = stack.pop()
        if parent == 0:
            offset += timedelta(minutes=node.after)
            base = start + offset
        when = base + timedelta(minutes=0 if parent == 0 else node.after)
        number = story * 1000 + len(found) + 1
        found.append(row(node, number, parent, when, story))
        stack.extend(
            (reply, number, when + timedelta(minutes=i * 3)) for i, reply in reversed(list(enumerate(node.replies)))
        )
    return found


def row(node: Said, number: int, parent: int, when: datetime, story: int) -> dict[str, object]:
    return {
        "id": number,
        "parent": parent,
        "author": 7 if node.staff else 0,
        "author_name": node.author,
        "author_url": "",
        "date_gmt": when.strftime("%Y-%m-%dT%H:%M:%S"),
        "content": {"rendered": node.html},
        "link": f"builtin:edition/?p={story}#comment-{number}",
        "type": "comment",
    }


STORIES = {
    1: (WELCOME, datetime(2026, 11, 23, 8, 20, tzinfo=UTC)),
    2: (FERRY, datetime(2026, 11, 23, 6, 55, tzinfo=UTC)),
    3: (sandwiches(), datetime(2026, 11, 22, 19, 30, tzinfo=UTC)),
    4: (LIGHTHOUSE, datetime(2026, 11, 22, 8, 0, tzinfo=UTC)),
    5: (QUOTES, datetime(2026, 11, 21, 11, 0, tzinfo=UTC)),
    6: (OFFLINE, datetime(2026, 11, 20, 17, 0, tzinfo=UTC)),
    7: (FEEDS, datetime(2026, 11, 19, 10, 0, tzinfo=UTC)),
    8: ([], datetime(2026, 11, 18, 12, 0, tzinfo=UTC)),
}


def main() -> None:
    for story, (roots, start) in STORIES.items():
        found = rows(story, roots, start)
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in found)
        (TARGET / f"{story}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        print(story, len(found))


if __name__ == "__main__":
    main()
