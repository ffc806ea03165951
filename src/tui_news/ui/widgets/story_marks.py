"""What lights up in a story: the current quote, search hits, link hints."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import NamedTuple

from textual import events

from tui_news.models import PlacedQuote
from tui_news.ui.widgets.lines import Line, Run
from tui_news.ui.widgets.reading_messages import LinkOpened
from tui_news.ui.widgets.story_base import StoryBase
from tui_news.ui.widgets.story_doc import Lit
from tui_news.ui.widgets.thread_state import Folds

MOST_MATCHES = 10_000
LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class Match(NamedTuple):
    """A search hit: in the article, or in the comment of that id (None = the article)."""

    comment: str | None
    block: int
    start: int
    end: int


class StoryMarks(StoryBase):
    """Quotes, search, hints."""

    def __init__(self, *, text_width: int = 76, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(text_width=text_width, id=id, classes=classes)
        self._quote: PlacedQuote | None = None
        self._matches: tuple[Match, ...] = ()
        self._match = -1
        self._hits = Lit()
        self._before_find: Folds | None = None
        self._hints: dict[str, tuple[int, int, str]] = {}  # label -> (row, offset, address)
        self._typed = ""

    def _forget_story(self) -> None:
        super()._forget_story()
        self._quote, self._before_find = None, None
        self._set_matches(())
        self.hide_hints()

    def _laid_out(self) -> None:
        super()._laid_out()
        self.hide_hints()

    # Quotes.
    @property
    def spoken(self) -> list[PlacedQuote]:
        """The story's spoken and block quotes in order."""
        article = self.opened.article if self.opened else None
        quotes = article.quotes if article else ()
        return sorted((q for q in quotes if q.kind in ("speech", "block")), key=lambda q: (q.block, q.start))

    def current_quote(self) -> PlacedQuote | None:
        """The quote gone to last, while it is on the screen."""
        rows = self._quote_rows(self._quote) if self._quote else None
        return self._quote if rows and rows[0] < self.top + self.rows and rows[1] >= self.top else None

    def next_quote(self, back: bool = False) -> bool:
        """Go to the next quote after the current one, or after the top of the screen; False at the last."""
        quotes = self.spoken
        if (current := self.current_quote()) is not None and current in quotes:
            number = quotes.index(current) + (-1 if back else 1)
        else:
            ahead = [n for n, q in enumerate(quotes) if (rows := self._quote_rows(q)) and rows[0] >= self.top]
            first = ahead[0] if ahead else len(quotes)
            number = first - 1 if back else first
        if not 0 <= number < len(quotes):
            return False
        self.go_to_quote(quotes[number])
        return True

    def go_to_quote(self, quote: PlacedQuote) -> None:
        """Show a quote and light it."""
        rows = self._quote_rows(quote)
        if rows is None:
            return
        self._quote = quote
        self._light()
        self._set_comment(None)
        self._reveal(rows[0], rows[1] - rows[0] + 1, margin=2)
        self._tell()

    def _quote_rows(self, quote: PlacedQuote) -> tuple[int, int] | None:
        if self.doc is None:
            return None
        first = self.doc.article.row_of(quote.block, quote.start)
        last = self.doc.article.row_of(quote.block, max(quote.start, quote.end - 1))
        return None if first is None or last is None else (first, last)

    def _light(self) -> None:
        """Put together what is lit, and draw."""
        lit = Lit(dict(self._hits.article), dict(self._hits.comments))
        if 0 <= self._match < len(self._matches):
            match = self._matches[self._match]
            run = Run(match.start, match.end, "match-current")
            if match.comment is None:
                lit.article[match.block] = [*lit.article.get(match.block, ()), run]
            else:
                blocks = dict(lit.comments[match.comment])
                blocks[match.block] = [*blocks[match.block], run]
                lit.comments[match.comment] = blocks
        if (quote := self._quote) is not None:
            run = Run(quote.start, quote.end, "quote-current")
            lit.article[quote.block] = [*lit.article.get(quote.block, ()), run]
        self.lit = lit
        self.forget()

    def _set_matches(self, matches: tuple[Match, ...]) -> None:
        self._matches, self._match, self._hits = matches, -1, Lit()
        for match in matches:
            lit = self._hits
            blocks = lit.article if match.comment is None else lit.comments.setdefault(match.comment, {})
            blocks.setdefault(match.block, []).append(Run(match.start, match.end, "match"))

    def place_context(self) -> str:
        if 0 <= self._match < len(self._matches):
            return f"match {self._match + 1}/{len(self._matches)}"
        quotes = self.spoken
        if (quote := self.current_quote()) is not None and quote in quotes and self.comment_cursor is None:
            return f"quote {quotes.index(quote) + 1}/{len(quotes)} {quote.speaker or ''}".rstrip()
        return super().place_context()

    # Search.
    def find(self, words: str) -> int:
        """Light every place that has these words, case aside, in the story and all its comments, folded or not.

        Goes to the first from the top of the screen on. Returns how many there are.
        """
        if self.thread_state is not None and self._before_find is None:
            self._before_find = self.thread_state.keep_folds()
        self._set_matches(tuple(self._search(words.strip())) if words.strip() else ())
        self._light()
        if self._matches:
            self._go_to_match(self._first_match())
        self._tell()
        return len(self._matches)

    def _search(self, words: str) -> list[Match]:
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
        found: list[Match] = []
        article = self.opened.article if self.opened else None
        texts: list[tuple[str | None, int, str]] = []
        if article is not None:
            texts += [(None, number, block.text) for number, block in enumerate(article.blocks)]
        if (state := self.thread_state) is not None:
            for position in range(len(state.nodes)):
                comment = state.comment(position)
                texts += [(comment.id, number, block.text) for number, block in enumerate(comment.blocks)]
        for name, block, text in texts:
            found += [Match(name, block, hit.start(), hit.end()) for hit in pattern.finditer(text)]
            if len(found) > MOST_MATCHES:
                break
        return found[:MOST_MATCHES]

    def _first_match(self) -> int:
        """The first match from where the reader is."""
        for number, match in enumerate(self._matches):
            if (row := self._match_row(match)) is not None and row >= self.top:
                return number
        return 0

    def _match_row(self, match: Match) -> int | None:
        if self.doc is None:
            return None
        if match.comment is None:
            return self.doc.article.row_of(match.block, match.start)
        return self.doc.row_of(("c", match.comment, match.block, match.start))

    def next_match(self, back: bool = False) -> bool:
        """The next hit, around the end; folds on the way to it open."""
        if not self._matches:
            return False
        self._go_to_match((self._match + (-1 if back else 1)) % len(self._matches))
        return True

    def _go_to_match(self, number: int) -> None:
        self._match = number
        match, state = self._matches[number], self.thread_state
        if match.comment is not None and state is not None:
            position = state.place[match.comment]
            if state.open_path(position) or state.fold(position, False):
                state.fold(position, False)
                self._refolded()
            self._set_comment(position)
        else:
            self._set_comment(None)
        self._light()
        if (row := self._match_row(match)) is not None:
            self._reveal(row, 1, margin=min(3, self.rows // 4))
        self._tell()

    def end_find(self) -> bool:
        """Put out the hits and fold again what the search opened; False when there was no search."""
        was = bool(self._matches) or self._before_find is not None
        self._set_matches(())
        if self._before_find is not None and self.thread_state is not None and self.doc is not None:
            held = self._hold()
            self.thread_state.restore_folds(self._before_find)
            if self.comment_cursor is not None:
                self._set_comment(self.thread_state.showing(self.comment_cursor))
            self._refolded()
            self._restore(held)
        self._before_find = None
        self._light()
        self._tell()
        return was

    # Hints.
    def show_hints(self) -> bool:
        """Label the links on the screen; typing a label opens its link. False when there are none."""
        links: list[tuple[int, int, str]] = []
        for row in range(self.top, self.top + self.rows):
            line = self.doc.line(row, self.lit, self.comment_cursor) if self.doc else None
            for run in line.runs if line else ():
                if run.href and not (links and links[-1][2] == run.href and run.start <= (line.lead if line else 0)):
                    links.append((row, run.start, run.href))
        labels = hint_labels(len(links))
        self._hints, self._typed = dict(zip(labels, links, strict=True)), ""
        self.forget()
        return bool(links)

    @property
    def hinting(self) -> bool:
        """Whether hints are on the screen: the next letters are theirs."""
        return bool(self._hints)

    def hide_hints(self) -> None:
        if self._hints:
            self._hints = {}
            self.forget()

    def hint_key(self, key: str) -> bool:
        """A key while hints are shown; whether it was taken."""
        if not self._hints:
            return False
        self._typed += key
        if (link := self._hints.get(self._typed)) is not None:
            self.post_message(LinkOpened(link[2]))
            self.hide_hints()
        elif not any(label.startswith(self._typed) for label in self._hints):
            self.hide_hints()
        return True

    def on_key(self, event: events.Key) -> None:
        if self.hint_key(event.key):
            event.stop()
            event.prevent_default()

    def line_at(self, line: int) -> Line | None:
        shown = super().line_at(line)
        if shown is not None and self._hints:
            here = sorted(((at, label) for label, (row, at, _) in self._hints.items() if row == line), reverse=True)
            for at, label in here:
                shown = with_hint(shown, at, label)
        return shown


def hint_labels(count: int) -> list[str]:
    """Labels all of one length, so that none begins another: one letter, or more when that is not enough."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters in islice(product(LETTERS, repeat=length), count)]


def with_hint(line: Line, at: int, label: str) -> Line:
    """The line with `[label]` before the link at offset `at`."""
    mark = f"[{label}]"

    def moved(offset: int) -> int:
        return offset + len(mark) if offset >= at else offset

    runs = tuple(
        run._replace(start=moved(run.start), end=run.end if run.end <= at else moved(run.end)) for run in line.runs
    )
    text = line.text[:at] + mark + line.text[at:]
    return Line(text, (*runs, Run(at, at + len(mark), "hint")), line.lead, line.fill)
