"""What furniture says, as patterns of whole lines: a story may say any of it inside a sentence.

`ANYWHERE` is furniture wherever it stands; `AT_END` only at the end, for elsewhere it may be the story's own words.
Written for the languages of the feeds we ship and their neighbours; what is not listed stays, which is the safe side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_READ_ALSO = (
    "read also", "also read", "see also", "read more", "read next", "watch", "related", "more on this", "les også",
    "läs också", "læs også", "lue myös", "lees ook", "lesen sie auch", "lesen sie mehr", "mehr zum thema", "lire aussi",
    "à lire aussi", "leia também", "leia mais", "lea también", "leer más", "leggi anche", "przeczytaj także",
    "czytaj także", "читайте также", "читать также",
)  # fmt: skip
_READ_ON = (
    "weiterlesen", "les mer", "läs mer", "læs mere", "lue lisää", "lire la suite", "leer más", "seguir leyendo",
    "lees meer", "lees verder", "leia mais", "continua a leggere", "czytaj dalej", "читать далее",
)  # fmt: skip
_FIRST_ELSEWHERE = (
    "appeared first on", "first appeared on", "originally appeared", "was originally published", "erschien zuerst auf",
    "est apparu en premier sur", "apareció primero en", "verscheen eerst op", "dukket først opp på", "vises først på",
    "dök först upp på",
)  # fmt: skip
_PLACES = "facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|telegram|instagram|bluesky|mastodon|threads"


def _any(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(phrase) for phrase in phrases) + ")"


_ANYWHERE = (
    r"(?:do you )?(?:have|got|know) (?:a|any) (?:news |story )?tips?(?: (?:for|to|about|you)\b[^.?!]{0,80})?\?.{0,200}",
    r"(?:sign up|subscribe|register)\b.{0,40}\b(?:for|to) (?:our|the|my|this)\b.{0,80}"
    r"\b(?:newsletter|mailing list|email|e-mail|alerts|updates|channel|podcast)\b.{0,80}",
    r"(?:get|receive) (?:our|the)\b.{0,80}\b(?:newsletter|in your inbox)\b.{0,80}",
    rf"(?:join|follow|like) us\b.{{0,40}}\b(?:{_PLACES}|google news|our channel)\b.{{0,60}}",
    rf"{_any(_READ_ALSO)}\s*[:»>–—|].{{0,200}}",
    r"(?:related|recommended)(?: (?:articles?|stories|posts|content|topics|reading|for you))?:?",
    r"you (?:may|might)(?: also)? (?:like|enjoy)(?: these)?:?|more from .{2,40}:",
    r"(?:share|tweet|pin|email|print)(?: this)?(?: (?:article|story|post|page))?\s*:?",
    rf"share (?:this )?(?:on|via|to) (?:{_PLACES}|e-?mail)\b.{{0,40}}|click to (?:share|email|print)\b.{{0,80}}",
    r"(?:facebook|twitter|linkedin|whatsapp|reddit|pinterest|telegram|instagram|copy link|link copied!?)",
    r"(?:advertisements?|advertising|anzeige|annonse|reklame|publicité|publicidad|sponsored(?: content)?)",
    r"(?:we|this (?:site|website)) uses? cookies\b.{0,300}",
    r"(?:leave|post|write|add) a (?:comment|reply)\.?|cancel reply|skip to (?:main )?content",
    r"like this:?|like loading\.*|loading(?:\.{2,3}|…)",
    r"your e-?mail address will not be published\b.{0,100}",
    r"this (?:site|website) uses akismet\b.{0,120}|please enable javascript\b.{0,120}",
)
_AT_END = (
    rf"(?:the post|this (?:article|post|story)|the article|der beitrag|l[’']article|el post|het bericht|innlegget|"
    rf"indlægget|inlägget)\b.{{0,400}}\b{_any(_FIRST_ELSEWHERE)}\b.{{0,200}}",
    r"\[?(?:read|view) (?:more|the (?:full|whole|rest|original)\b.{0,40})"
    r"(?: (?:here|at|on)\b.{0,80})?[\s.…»›→>\]]{0,6}",
    r"\[?continue reading\b.{0,300}",
    rf"{_any(_READ_ON)}\b.{{0,60}}",
    r"(?:comments?|\d+ comments?|discuss(?: (?:this|on\b.{0,40}))?|permalink)",
    r"(?:share|tags?|filed under|posted in|categories|categorized as|tagged(?: with)?)\s*:.{0,200}",
)
ANYWHERE = re.compile("|".join(_ANYWHERE), re.IGNORECASE)
AT_END = re.compile("|".join(_AT_END), re.IGNORECASE)
# A text that was cut off says so in its last words.
CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3}|\(more\b[^)]{0,10}\)"
    r"|\b(?:read|view|see) (?:more|on|the (?:full|rest|whole)\b.{0,40})|\bcontinue reading\b.{0,300}"
    rf"|\b{_any(_READ_ON)}\b.{{0,60}})[\s»›→>.\]]{{0,9}}$",
    re.IGNORECASE,
)
