"""The verb `quotes`: who said what, across the library."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from tui_news.cli import DONE
from tui_news.cli.output import complain, say, say_json
from tui_news.cli.shapes import when
from tui_news.cli.stories import count, find_story
from tui_news.cli.verbs import open_desk
from tui_news.models import SaidAgain, Speaker, SpokenQuote, TuinewsError
from tui_news.services.desk import LibraryDesk
from tui_news.text.dates import day

Args = argparse.Namespace
Said = tuple[SpokenQuote, tuple[SaidAgain, ...]]


def quotes(args: Args) -> int:
    """--speaker: what they said; --story: who says what in it; neither: the speakers, the most quoted first."""
    with open_desk() as desk:
        for problem in desk.quotes.index():
            complain(problem)
        story = find_story(desk, args.story) if args.story else None
        people = desk.quotes.speakers(args.speaker or "", limit=args.limit if story is None else 0)
        said = list(_said(desk, args, story))
    if args.speaker and not (said if story else people):
        raise TuinewsError(f"nobody called {args.speaker!r} is quoted", "no name in the library has these words",
                           "`tuinews quotes` lists who is")  # fmt: skip
    if args.json:
        say_json({"speakers": [speaker_shape(one) for one in people], "quotes": [said_shape(*one) for one in said]})
    elif story is not None:
        _print_story(said)
    elif args.speaker:
        _print_speakers(people, said)
    else:
        _print_people(people)
    return DONE


def _said(desk: LibraryDesk, args: Args, story: int | None) -> Iterator[Said]:
    if story is not None:
        found = desk.quotes.in_story(story)
        if args.speaker:
            names = {one.name for one in desk.quotes.speakers(args.speaker)}
            found = tuple(quote for quote in found if quote.speaker in names)
    elif args.speaker:
        found = desk.quotes.of(args.speaker, args.limit)
    else:
        found = desk.quotes.newest(args.limit) if args.json else ()
    for quote in found:
        yield quote, desk.quotes.said_again(quote.story_id, quote.text)


# for people
def _print_people(people: Sequence[Speaker]) -> None:
    for one in people:
        say(f"{one.quotes:>5}  {_person(one)}")
    if people:
        say("\n`tuinews quotes --speaker NAME` prints what they said.")
    else:
        say("Nobody is quoted yet: quotes are found when a story's text is fetched (`tuinews refresh --full`).")


def _print_speakers(people: Sequence[Speaker], said: Sequence[Said]) -> None:
    for one in people:
        say(f"{_person(one)}: {count(one.quotes, 'quote')}")
    story = 0
    for quote, again in said:
        if quote.story_id != story:
            say(f"\n{_where(quote)}")
        story = quote.story_id
        _print_quote(quote, again)


def _print_quote(quote: SpokenQuote, again: Sequence[SaidAgain]) -> None:
    say(_line(quote))
    for other in again:
        say(f"    said again: {_again(other)}")


def _print_story(said: Sequence[Said]) -> None:
    if not said:
        say("No quotes are held of this story (`tuinews read` fetches its text).")
        return
    say(_where(said[0][0]))
    for quote, again in said:
        _print_quote(quote, again)


def _person(one: Speaker) -> str:
    also = f" (also {', '.join(one.spellings)})" if one.spellings else ""
    span = day(one.first) if day(one.first) == day(one.last) else f"{day(one.first)} to {day(one.last)}"
    stories = "1 story" if one.stories == 1 else f"{one.stories} stories"
    return f"{one.name}{also} · {stories} · {span} · {', '.join(one.feeds)}"


def _where(quote: SpokenQuote) -> str:
    return f"{day(quote.when)} · {quote.feed} · {quote.title} (story {quote.story_id})"


def _line(quote: SpokenQuote) -> str:
    doubt = {"carried": " (? taken over from the words before)", "doubtful": " (? not sure)"}.get(quote.how, "")
    return f"  {flat(quote.text)} — {quote.speaker or 'nobody named'}{doubt}"


def _again(again: SaidAgain) -> str:
    other = again.quote
    words = count(again.lacks, "word")
    told = {
        "same": "the same words",
        "shorter": f"they cut {words}",
        "longer": f"{words} more than here",
        "overlaps": f"{again.words} words in common",
    }[again.relation]
    return f"{_where(other)}: {told}{f', by {other.speaker}' if other.speaker else ''}"


def flat(text: str) -> str:
    return " ".join(text.split())


# for programs
def speaker_shape(one: Speaker) -> dict[str, Any]:
    return {
        "name": one.name,
        "spellings": list(one.spellings),
        "quotes": one.quotes,
        "stories": one.stories,
        "first": when(one.first),
        "last": when(one.last),
        "feeds": list(one.feeds),
    }


def said_shape(quote: SpokenQuote, again: Sequence[SaidAgain]) -> dict[str, Any]:
    shape = quote_shape(quote)
    shape["said_again"] = [
        {**quote_shape(other.quote), "relation": other.relation, "words": other.words, "lacks": other.lacks}
        for other in again
    ]
    return shape


def quote_shape(quote: SpokenQuote) -> dict[str, Any]:
    story = {"id": quote.story_id, "title": quote.title, "url": quote.url, "feed": quote.feed}
    return {
        "story": {**story, "published": when(quote.when)},
        "block": quote.block,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "kind": quote.kind,
        "speaker": quote.speaker or None,
        "how": quote.how or None,
        "sure": quote.sure,
    }
