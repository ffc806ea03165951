"""What stands around a story and is not part of it: by the words of a line, and by where in the story it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.models import Block

# Whole lines, from their first word: a story may quote any of these inside a sentence.
_ANYWHERE = re.compile(
    r"""^(?:
      (?:do\ you\ )?have\ (?:a|any)\ (?:news\ )?tips?\b.{0,120}
    | (?:got|know)\ a\ (?:news\ )?tip\b.{0,120}
    | (?:sign\ up|subscribe|register)\ (?:here\ )?(?:for|to)\ (?:our|the|my|this)\b.{0,120}(?:newsletter|mailing|email|e-mail|alerts|updates|channel|podcast).{0,120}
    | (?:get|receive)\ (?:our|the)\b.{0,80}\b(?:newsletter|in\ your\ inbox).{0,80}
    | (?:join|follow)\ (?:us|our)\b.{0,60}\b(?:on|facebook|twitter|telegram|whatsapp|instagram|linkedin|channel|google\ news)\b.{0,80}
    | (?:read|see|watch)\ (?:also|more|next|related)\s*[:»>–—-].{0,200}
    | (?:also\ read|more\ on\ this|related(?:\ (?:articles?|stories|posts|content|topics))?|recommended(?:\ (?:stories|for\ you|reading))?|you\ (?:may|might)\ (?:also\ )?(?:like|enjoy))\s*:?
    | (?:les\ også|läs\ också|læs\ også|lue\ myös|lees\ ook|lesen\ sie\ (?:auch|mehr)|mehr\ zum\ thema|lire\ aussi|à\ lire\ aussi|leia\ (?:também|mais)|lea\ también|leer\ más|leggi\ anche|przeczytaj\ także|читайте\ также)\b\s*:?.{0,200}
    | (?:share|tweet|pin|email|print)(?:\ (?:this(?:\ (?:article|story|post|page))?|on\ (?:facebook|twitter|x|linkedin|whatsapp)|via\ e-?mail))?(?:\s*[:|])?
    | (?:click\ to\ share\ on|share\ this:).{0,80}
    | (?:facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|copy\ link|link\ copied!?)
    | (?:advertisement|advertising|anzeige|annonse|reklame|publicité|publicidad|sponsored(?:\ content)?|ad)
    | (?:we|this\ (?:site|website))\ uses?\ cookies\b.{0,300}
    | (?:leave|post|write|add)\ a\ (?:comment|reply)\.?|cancel\ reply|skip\ to\ (?:main\ )?content
    | (?:like|love)\ this:?|like\ loading\.*|loading\.{2,3}
    | your\ (?:e-?mail|email)\ address\ will\ not\ be\ published\b.{0,100}
    | this\ (?:site|website)\ uses\ akismet\b.{0,120}
    | please\ enable\ javascript\b.{0,120}
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# Only at the very end: elsewhere these may be the story's own words.
_AT_END = re.compile(
    r"""^(?:
      the\ post\b.{0,400}\b(?:appeared\ first\ on|first\ appeared\ on)\b.{0,200}
    | (?:this\ (?:article|post|story)|the\ article)\b.{0,200}\b(?:appeared\ first|first\ appeared|originally\ appeared|was\ originally\ published)\b.{0,200}
    | (?:der\ beitrag|l[’']article|el\ post|het\ bericht|innlegget|indlægget|inlägget)\b.{0,400}\b(?:erschien\ zuerst\ auf|est\ apparu\ en\ premier\ sur|apareció\ primero\ en|verscheen\ eerst\ op|dukket\ først\ opp\ på|vises\ først\ på|dök\ först\ upp\ på)\b.{0,200}
    | \[?(?:read|view|see|find\ out)\ (?:more|the\ (?:full|whole|rest|original)\b.{0,40})(?:\ (?:here|at|on)\b.{0,80})?\s*(?:\.\.\.|…|[»›→>]+)?\]?
    | \[?continue\ reading\b.{0,300}\]?
    | (?:weiterlesen|les\ mer|läs\ mer|læs\ mere|lire\ la\ suite|leer\ más|seguir\ leyendo|lees\ (?:meer|verder)|leia\ mais|continua\ a\ leggere|czytaj\ dalej|читать\ далее)\b.{0,60}
    | (?:comments?|discuss(?:\ (?:this|on\b.{0,40}))?|permalink|\d+\ comments?)
    | (?:share|tags?|filed\ under|posted\ in|categories|categorized\ as)\s*:.{0,200}
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"\w+")


def is_boilerplate(text: str) -> bool:
    """Whether a whole line is furniture wherever it stands."""
    return len(text) <= 500 and bool(_ANYWHERE.match(text.strip()))


def is_trailer(text: str) -> bool:
    """Whether a line at the end only leads elsewhere ("The post … appeared first on …", "Read more")."""
    return len(text) <= 1000 and bool(_AT_END.match(text.strip()))


def tidy(blocks: Sequence[Block], title: str = "", extra: str = "") -> tuple[Block, ...]:
    """The story without its repeated title, its furniture and its trailers.

    title: shown above the story already, as is `extra` (a standfirst the reader has seen): neither is repeated.
    """
    kept = [block for block in blocks if not (_plain(block) and is_boilerplate(block.text))]
    kept = without_title(kept, title)
    while kept and (_ends_story(kept[-1])):
        kept.pop()
    return tuple(_without_echo(_without_lone_headings(kept), extra))


def _plain(block: Block) -> bool:
    return block.kind in ("para", "heading", "item", "caption") and not block.quote


def _ends_story(block: Block) -> bool:
    return block.kind == "rule" or (_plain(block) and is_trailer(block.text)) or (block.kind == "heading")


def key(text: str) -> str:
    """Words only, lower case: what two renderings of one line have in common."""
    return " ".join(_WORD.findall(text.casefold()))


def without_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """Drops a heading (or first line) that repeats the title, and any rule or byline-less heading level above it."""
    wanted = key(title)
    if not wanted:
        return list(blocks)
    for index, block in enumerate(blocks[:4]):
        same = key(block.text) == wanted
        if same and (block.kind == "heading" or (index == 0 and block.kind == "para")):
            return [*blocks[:index], *blocks[index + 1 :]]
    return list(blocks)


def _without_lone_headings(blocks: Sequence[Block]) -> list[Block]:
    """A heading whose section was furniture has nothing under it: the next block is a heading as high, or higher."""
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and kept and kept[-1] == block:
            kept.pop()
        kept.append(block)
    return kept


def _without_echo(blocks: list[Block], extra: str) -> list[Block]:
    """Pages print the standfirst twice, in the head and in the body: the first of two equal openings goes."""
    if extra and blocks and key(blocks[0].text) == key(extra) and len(blocks) > 3:
        later = [key(block.text) for block in blocks[1:6]]
        return blocks[1:] if key(extra) in later else blocks
    openings = [key(block.text) for block in blocks[:6]]
    for index, words in enumerate(openings):
        if len(words) > 40 and words in openings[index + 1 :] and blocks[index].kind == "para":
            return [*blocks[:index], *blocks[index + 1 :]]
    return blocks
