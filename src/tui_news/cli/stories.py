"""The verb `read`, and how stories are printed."""

from __future__ import annotations

import argparse
import asyncio
import time

from tui_news.cli import DONE
from tui_news.cli.output import complain, say, say_json
from tui_news.cli.shapes import story_shape
from tui_news.cli.threads import print_thread
from tui_news.models import Feed, OpenStory, StoryRow, TuinewsError
from tui_news.paths import default_paths
from tui_news.services.desk import LibraryDesk
from tui_news.text.dates import ago, day
from tui_news.text.plain import markdown, plain_text

Args = argparse.Namespace


def row_line(row: StoryRow, now: int) -> str:
    marks = ("*" if row.starred else " ") + (" " if row.read else "N")
    facts = [" + ".join((row.feed, *row.also)), ago(row.sort, now)]
    if row.quotes:
        facts.append(count(row.quotes, "quote"))
    if row.comments:
        facts.append(count(row.comments, "comment") + (f", {row.comments_new} new" if row.comments_new else ""))
    return f"{row.id:>6} {marks} {row.title}  ({' · '.join(facts)})"


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def read(args: Args) -> int:
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        story_id = find_story(desk, args.story)
    problems = [] if args.offline else asyncio.run(fetch(story_id))
    with open_desk() as desk:
        opened = desk.open(story_id)
        feed = next((feed for feed in desk.feeds() if opened and feed.id == opened.story.row.feed_id), None)
    assert opened is not None
    for problem in problems:
        complain(problem)
    if args.json:
        say_json(story_shape(opened, feed))
    else:
        print_story(opened, feed, args)
    return DONE


def find_story(desk: LibraryDesk, name: str) -> int:
    if name.isdecimal() and desk.rows([int(name)]):
        return int(name)
    found = desk.library.stories.by_url(name)
    if found is None:
        raise TuinewsError(f"no story {name!r}", "it is not in the library", "`tuinews list` shows ids")
    return found


async def fetch(story_id: int) -> list[str]:
    """Fetch what is not held yet; what cannot be fetched is a sentence, and what is held is shown all the same."""
    from tui_news.services.discussing import fetch_comments
    from tui_news.services.reading import fetch_article
    from tui_news.services.tools import open_tools

    problems = []
    async with open_tools(default_paths(), time.time) as tools:
        for trip in (fetch_article, fetch_comments):
            try:
                await trip(tools, story_id)
            except TuinewsError as error:
                problems.append(str(error))
    return problems


def print_story(opened: OpenStory, feed: Feed | None, args: Args) -> None:
    row, article = opened.story.row, opened.article
    head = [f"# {row.title}" if args.markdown else row.title]
    author = row.author or (article.author if article else "")
    by = author and (f"{author} · " if author.casefold().startswith("by ") else f"By {author} · ")
    published = row.published or (article.published if article else None)
    date = day(published) if published else "undated"
    if article and article.updated and published and day(article.updated) != date and article.updated > published:
        date += f", updated {day(article.updated)}"
    head.append(f"{feed.title if feed else row.feed} · {by}{date}")
    head.extend(line for line in (row.url, article.note if article else "") if line)
    say("\n".join(head) + "\n")
    if article and article.blocks:
        say(markdown(article.blocks) if args.markdown else plain_text(article.blocks, figures=True, raised=True))
    else:
        say("The feed has no text for this story, and its page is not held.\n")
    if args.comments:
        print_thread(opened, int(time.time()))
