"""A quote with its source, and a link that opens the page at the quote (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote as percent

from tui_news.models import Block
from tui_news.models.late import dataclass
from tui_news.text.markdown import styled

__all__ = ["Citation", "as_markdown", "as_text", "fragment", "link_to"]

WORDS = 9  # a quote longer than this is named by its ends
ENDS = 5  # words of each end
AROUND = 4  # words before an ambiguous one
LETTERS = 16  # of each end, in scripts that write no spaces
_MARKS = "\"'“”‘’„‚«»‹›「」『』《》〈〉–—―-  \n\t"
_STOPS = ",.;:!?…、。，"  # the last one is often ours or the marks' alone: pages differ on which side it stands
_OPENING = re.compile("^[\"'“”‘„‚«»‹›「『《〈–—―-]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says; what is not known is "". `link` opens at the quote."""

    text: str
    speaker: str
    source: str
    date: str
    link: str


def as_text(cited: Citation) -> str:
    """`“…” — Speaker, Source, date, link`."""
    after = ", ".join(part for part in (cited.speaker, cited.source, cited.date, cited.link) if part)
    return f"{_quoted(cited.text)} — {after}" if after else _quoted(cited.text)


def as_markdown(cited: Citation) -> str:
    """A block quote, and under it who said it where, the source being the link."""
    source = styled(cited.source, ())
    if cited.link:
        source = f"[{source or cited.link}]({cited.link.replace('(', '%28').replace(')', '%29')})"
    after = ", ".join(part for part in (styled(cited.speaker, ()), source, cited.date) if part)
    lines = [styled(_quoted(cited.text), ())]
    return "\n".join(f"> {line}".rstrip() for line in [*lines, *(("", f"— {after}") if after else ())])


def _quoted(text: str) -> str:
    """In one line, in the marks it has, or in ours when it has none (a line of dialogue behind a dash, a block)."""
    text = " ".join(text.split())
    return text if _OPENING.match(text) else f"“{text}”"


def link_to(url: str, blocks: Sequence[Block], block: int, start: int, end: int) -> str:
    """The story's link, opening at `text[start:end]` of that block; as it is when there is nothing to point at."""
    directive = fragment([one.text for one in blocks], block, start, end)
    if not directive:
        return url
    return url + ("" if "#" in url else "#") + ":~:text=" + directive


def fragment(texts: Sequence[str], number: int, start: int, end: int) -> str:
    """`[prefix-,]start[,end]` for a stretch of text `number`: long ones by their ends, ambiguous ones after a prefix.

    A browser goes to the first place that fits, so words that were on the page earlier ask for a prefix.
    """
    if not 0 <= number < len(texts):
        return ""
    text = texts[number]
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS + _STOPS:
        end -= 1
    first, last = _ends(text[start:end])
    if not first:
        return ""
    before = " ".join(" ".join([*texts[:number], text[:start]]).split())
    page = before + " " + " ".join(text[start:].split()) + " " + " ".join(" ".join(texts[number + 1 :]).split())
    prefix = ""
    if page.casefold().count(first.casefold()) > 1:
        words = before.rsplit(" ", AROUND)[-AROUND:] if " " in before else [before[-LETTERS:]]
        prefix = " ".join(words).strip()
    parts = [f"{_encoded(prefix)}-"] if prefix else []
    return ",".join([*parts, _encoded(first), *([_encoded(last)] if last else [])])


def _ends(text: str) -> tuple[str, str]:
    """The words whole, or the first and the last of them."""
    lines = text.split("\n")
    words = text.split()
    if len(words) <= 2 and len(text) > 3 * LETTERS:  # a script without spaces
        return text[:LETTERS].split("\n")[0], text[-LETTERS:].split("\n")[-1]
    if len(words) <= WORDS and len(lines) == 1:
        return " ".join(words), ""
    return " ".join(lines[0].split()[:ENDS]), " ".join(lines[-1].split()[-ENDS:])


def _encoded(text: str) -> str:
    """Percent-encoded, the three signs with a meaning in a directive (`-`, `,`, `&`) among them."""
    return percent(text, safe="").replace("-", "%2D")
