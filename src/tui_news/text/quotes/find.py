"""Put the steps together: marks, tokens, sentences, cues, kinds and speakers, paragraph by paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tui_news.models import Quote
from tui_news.models.article import How, QuoteKind
from tui_news.models.late import dataclass
from tui_news.text.quotes import cjk
from tui_news.text.quotes.angled import angled
from tui_news.text.quotes.cues import FIRM, NOTHING, REPORTED, Cue, Sentence
from tui_news.text.quotes.dash import cut_incises, dash_speech
from tui_news.text.quotes.kinds import kind_of
from tui_news.text.quotes.languages import language_of
from tui_news.text.quotes.lexicon import Lexicon, lexicon
from tui_news.text.quotes.marks import MARK, SINGLES, pairs
from tui_news.text.quotes.memory import Memory
from tui_news.text.quotes.nouns import Source
from tui_news.text.quotes.paras import paragraphs
from tui_news.text.quotes.spans import Mark, Para
from tui_news.text.quotes.tokens import sentences, tokens

_ANY = re.compile(rf"{MARK.pattern}|^[^\S\n]*[–—―>-]|[.!?:][ \u00a0][–—][ \u00a0]", re.M)
# More outermost quotes than this in a paragraph are noise (a table of marks, an attack): they get no speakers.
_FREE, _SPACING = 12, 20
_LOOKS_BACK, _LONGEST = 3, 4000  # quoteless paragraphs read for who "she" is; code points of one that is
_FORGETS = 2  # after more quoteless paragraphs than this a bare quotation has no speaker to inherit
_OFFICE = 4  # words of an office at most
_SAME = 40  # code points between two quotes of one Japanese sentence
_PAUSE = re.compile(r"[,?!] ")
_TAG = 4  # words behind a pause among which a verb of saying shows that the quotation has ended
_BEAT = 9  # tokens of a sentence between two quotes of one speaker
_SHORT = 160  # code points of a paragraph that may introduce a speaker without a colon
_HEADLINE, _STORY = 200, 600  # code points of a headline at most, and of the story below it at least
_BRACKETED = re.compile(
    r"[,.]?[ \u00a0]\((?P<name>[^\W\d_a-zæøåäöü][\w.'’-]+(?:(?: [^\W\d_a-zæøåäöü][\w.'’-]+){1,3}"
    r"|(?<=[\w-]{9})(?=\)\.)))(?:, [^()\n]{1,80})?\)"
)
CARRIED = frozenset({REPORTED, 70})  # weights of a source found in another sentence
SAID = 60  # from here on the sentence's own words name the source
_EDGE = " .,;:!?…\"'“”„«»‘’\n"


def find_quotes(text: str, lang: str | None = None) -> list[Quote]:
    """The quotations of a plain text, sorted by start; offsets are code points, marks included, end exclusive.

    lang: the text's language if known ("nb-NO"); otherwise it is guessed. Never raises; linear in the text's length.
    """
    if not _ANY.search(text):
        return []
    return _Finder(text, lang).run()


@dataclass(slots=True)
class _Said:
    """A quotation on its way to becoming a `Quote`."""

    mark: Mark
    cue: Cue
    kind: QuoteKind
    speaker: str | None = None
    how: How = ""


class _Finder:
    def __init__(self, text: str, lang: str | None) -> None:
        self.text = text
        self.lex: Lexicon = lexicon(language_of(text, lang))
        self.memory = Memory(text, self.lex)
        self.paras = list(paragraphs(text))
        self.last: str | None = None  # the last speaker of a quotation
        first = self.paras[0] if self.paras else Para(0, 0)
        self.headline = text[first.start : min(first.end, first.start + 300)].strip(_EDGE)
        self.lead: tuple[Source | None, bool] = (None, False)  # whom the paragraph before was about; leads it in?
        self.silent = 0  # paragraphs without quotations since the last one with any
        self.unread: list[Para] = []  # the quoteless paragraphs right before, not looked at yet

    def run(self) -> list[Quote]:
        out: list[_Said] = []
        for para, marks in zip(self.paras, pairs(self.text, self.paras), strict=True):
            block = angled(self.text, para)
            if block is not None:
                out.append(self._blocked(*block))
                self.unread = []
                continue
            marks = self._with_dashes(para, marks)
            self.silent = 0 if marks else self.silent + 1
            if self.silent > _FORGETS:
                self.last = None
            if marks:
                out.extend(self._paragraph(para, marks))
            self.unread = [] if marks else [*self.unread[1 - _LOOKS_BACK :], para]
        self._share(out)
        return [_quote(said) for said in out]

    def _with_dashes(self, para: Para, marks: list[Mark]) -> list[Mark]:
        dashed = dash_speech(self.text, para, self.lex)
        if not dashed:
            return cut_incises(self.text, marks, self.lex)
        starts = [d.start for d in dashed]
        kept: list[Mark] = list(dashed)
        for mark in marks:
            after = bisect_right(starts, mark.start)
            if not after:
                kept.extend([mark] if mark.end <= starts[0] else [])
                continue
            around = dashed[after - 1]
            if around.start <= mark.start and mark.end <= around.end:
                kept.append(replace(mark, depth=mark.depth + 1))
            elif mark.start >= around.end and (after == len(starts) or mark.end <= starts[after]):
                kept.append(mark)
        return sorted(kept, key=lambda m: (m.start, -m.end))

    def _blocked(self, mark: Mark, credit: str | None) -> _Said:
        """A paragraph of `> ` lines: the words of whom its last line credits, else of whoever leads it in."""
        self._topics_before()
        source, leads = self.lead
        speaker = credit or self.memory.speaker(source)
        how: How = "stated" if credit or leads else "carried"
        return _Said(mark, NOTHING, "block", speaker, how if speaker else "")

    # -- one paragraph

    def _paragraph(self, para: Para, marks: list[Mark]) -> list[_Said]:
        outer = [m for m in marks if m.depth == 0 and not self._told_inside(m)]
        if len(outer) > _FREE + (para.end - para.start) // _SPACING:
            said = [_Said(m, NOTHING, kind_of(self.text, m, 0, (), 0, self.lex)) for m in outer]
        elif self.lex.lang in cjk.LANGS:
            said = []
            for mark in outer:
                said.append(self._cjk(para, mark, said[-1] if said else None))
        else:
            said = self._sentences(para, outer)
        nested = [_Said(m, NOTHING, "nested") for m in marks if m.depth]
        return sorted(said + nested, key=lambda s: (s.mark.start, -s.mark.end))

    def _same_sentence(self, mark: Mark, before: _Said | None) -> bool:
        """`Xは「…」と述べ、「…」と強調した`: both are X's."""
        if before is None or before.kind != "speech" or mark.start - before.mark.end > _SAME:
            return False
        return not any(c in "。.！？\n" for c in self.text[before.mark.end : mark.start])

    def _told_inside(self, mark: Mark) -> bool:
        """Whether a quotation that nobody closed holds words of saying itself (`“It is late, she said. He left.`)."""
        if mark.inner_end < mark.end or mark.style in "–>":
            return False
        said = self.text[mark.inner_start : mark.end]
        return any(word in self.lex.say for part in _PAUSE.split(said)[1:] for word in part.split()[:_TAG])

    def _cjk(self, para: Para, mark: Mark, before: _Said | None) -> _Said:
        cue = cjk.cue(self.text, para, mark, self.lex.lang)
        if mark.end - mark.start > (para.end - para.start) * 0.9 and cue.source is None:
            cue = Cue(None, 70)
        kind = kind_of(self.text, mark, cue.weight, (), 0, self.lex)
        said = _Said(mark, cue, "title" if cjk.names_work(self.text, mark) else kind)
        if said.kind == "speech":
            if cue.source is None and self._same_sentence(mark, before):
                cue = Cue(None, 70)
            named = self.memory.speaker(cue.source)
            said.speaker = named or (self.last if cue.weight == 70 else None)
            said.how = _how(cue) if named else "carried"
            self.last = said.speaker or self.last
        return said

    def _sentences(self, para: Para, outer: list[Mark]) -> list[_Said]:
        toks = tokens(self.text, para, outer, self.lex.lang)
        cuts = sentences(self.text, toks, outer)
        self._topics_before()
        out: list[_Said] = []
        reporter: Source | None = None
        topic: Source | None = None  # whom the quoteless sentence before was about
        parsed = [Sentence(toks, b, e, self.lex) for b, e in cuts]
        for n, sentence in enumerate(parsed):
            places = [i for i in range(sentence.begin, sentence.end) if toks[i].kind == "q"]
            if not places:
                reporter = self._reporter(sentence) or reporter
                topic = sentence.main() or topic
                continue
            for at in places:
                said = self._one(parsed, n, at, outer[toks[at].quote], out, reporter, topic)
                if _left_open(said):
                    continue
                out.append(said)
                if said.cue.source is not None and said.cue.weight >= FIRM:
                    reporter = said.cue.source
        return out

    def _topics_before(self) -> None:
        """Note whom the quoteless paragraphs before this one were about: "she" may mean her."""
        self.lead = (None, False)
        for para in self.unread:
            if para.end - para.start <= _LONGEST:
                self._topics_of(para)

    def _topics_of(self, para: Para) -> None:
        toks = tokens(self.text, para, (), self.lex.lang)
        for begin, end in sentences(self.text, toks, ()):
            sentence = Sentence(toks, begin, end, self.lex)
            if self.text[toks[end - 1].end - 1] in "?？":
                continue  # an interviewer's question is about nobody
            source = self._reporter(sentence) or sentence.main()
            leads = self.text[para.end - 1] in ":："
            self.lead = (source if leads or self._introduces(para, source) else None, leads)

    def _introduces(self, para: Para, source: Source | None) -> bool:
        """Whether a paragraph is short and about a person, so that a bare quotation after it is theirs."""
        if source is None or source.kind == "pronoun" or para.end - para.start > _SHORT:
            return False
        named = " " in self.memory.fullest(source.text, source.at)
        return named if source.kind == "name" else source.text.lower().split()[0] in self.lex.dets

    def _topic(self, sentence: Sentence) -> Source | None:
        main = sentence.main()
        if main is not None and main.kind == "name":
            self.memory.note(self.memory.fullest(main.text, main.at))
        elif main is not None and main.kind == "role":
            self.memory.role = (main.at, main.text)
        return main

    def _reporter(self, sentence: Sentence) -> Source | None:
        """Who is reported in a sentence without quotation marks."""
        main = self._topic(sentence)
        told = sentence.according(sentence.end).source
        if told is not None and told.kind == "name":
            self.memory.note(self.memory.fullest(told.text, told.at))  # "According to Berg, the country could …"
            return told
        if not sentence.verbs:
            return None
        cue = sentence.ahead(sentence.end)
        return cue.source if cue.source is not None and cue.weight >= 50 else main

    def _one(
        self,
        parsed: Sequence[Sentence],
        n: int,
        at: int,
        mark: Mark,
        done: list[_Said],
        reporter: Source | None,
        topic: Source | None,
    ) -> _Said:
        sentence = parsed[n]
        alone = all(sentence.toks[i].kind != "w" for i in range(sentence.begin, sentence.end))
        before = done[-1] if done else None
        cue = self._bracketed(mark) or (self._alone(parsed, n, before, reporter) if alone else sentence.cue(at))
        same = before is not None and before.mark.start >= sentence.toks[sentence.begin].start
        if not alone and same and cue.weight < 50 and before is not None and before.cue.weight > cue.weight:
            cue = Cue(before.cue.source, before.cue.weight - 10)
        told = reporter or topic
        if not alone and cue.weight < 50 and told is not None and self._indirect(sentence):
            cue = Cue(told, REPORTED)
        capitals = not sentence.headline or mark.style in SINGLES
        kind = kind_of(self.text, mark, cue.weight, sentence.toks, at, self.lex, capitals=capitals, alone=alone)
        if self._of_headline(mark):
            kind = "title"
        said = _Said(mark, cue, kind)
        if kind == "speech":
            self._note_main(sentence, cue.source)
            said.speaker = self._speaker(cue, before, alone)
            said.how = _how(cue)
            self.last = said.speaker or self.last
        return said

    def _bracketed(self, mark: Mark) -> Cue | None:
        """`"…" (Ann Berg, ferryman)`."""
        found = _BRACKETED.match(self.text, mark.end)
        if found is None or self.lex.caseless or found["name"].split()[0].lower() in self.lex.stops:
            return None
        return Cue(Source(found["name"], "name", at=found.start("name")), 90)

    def _of_headline(self, mark: Mark) -> bool:
        """Whether the quote is the article's own headline ("3 comments on …"), or stands in it: the single marks of a
        headline over a story with double ones tell in short what is quoted below."""
        end = self.paras[0].end
        if mark.start > end:
            return self.text[mark.inner_start : mark.inner_end].strip(_EDGE) == self.headline
        story = len(self.text) - end > _STORY and end - self.paras[0].start < _HEADLINE
        return story and mark.style in SINGLES and self.text.find("“" if "“" in self.text else '"', end) > 0

    def _note_main(self, sentence: Sentence, source: Source | None) -> None:
        """`NAME swore that he …`: the pronoun's nearest candidate is its own sentence's subject."""
        if source is not None and source.kind == "pronoun":
            main = sentence.main()
            if main is not None and main.kind == "name" and main.at < source.at:
                self.memory.note(self.memory.fullest(main.text, main.at))
            elif main is not None and main.at < source.at and (office := self._office(main)):
                self.memory.speaker(replace(main, text=office))

    def _office(self, source: Source) -> str | None:
        """A person's office at the head of a noun phrase ("the minister"): "she" may be its holder."""
        words = source.text.split()[:_OFFICE] if source.kind == "role" else []
        for n, word in enumerate(words):
            if word.lower() in self.lex.titles or word.lower().endswith(self.lex.suffixes or ("\0",)):
                return " ".join(words[: n + 1])
        return None

    def _speaker(self, cue: Cue, before: _Said | None, alone: bool) -> str | None:
        if cue.source is None and alone:
            return before.speaker if before is not None and before.speaker else self.last
        return self.memory.speaker(cue.source)

    def _indirect(self, sentence: Sentence) -> bool:
        """German reported speech: the subjunctive goes on telling what the last speaker said."""
        reported = self.lex.reported
        return bool(reported) and any(t.low in reported for t in sentence.toks[sentence.begin : sentence.end])

    def _alone(self, parsed: Sequence[Sentence], n: int, before: _Said | None, reporter: Source | None) -> Cue:
        """A sentence that is nothing but a quotation: the words of saying stand in a neighbour, if anywhere."""
        if n + 1 < len(parsed):
            after = parsed[n + 1]
            end = parsed[n].toks[parsed[n].end - 1].end
            asks = self.text[end - 2 : end - 1] in {"?", "!"}
            if (asks or after.end - after.begin <= 9) and all(
                t.kind != "q" for t in after.toks[after.begin : after.end]
            ):
                cue = self._tagged(after)
                if cue.weight:
                    return cue
        beat = self._beat(parsed, n)
        if beat is not None and (before is None or before.mark.start < parsed[0].toks[0].start):
            return Cue(beat, 70)
        if before is not None and before.cue.weight:
            return Cue(before.cue.source, 70) if before.cue.source else Cue(None, 70)
        if reporter is not None:
            return Cue(reporter, 70)
        if n > 0:
            main = parsed[n - 1].main()
            if main is not None:
                return Cue(main, 70)
        elif self.lead[0] is not None and (self.lead[1] or self.last is None):
            return Cue(self.lead[0], 92 if self.lead[1] else 70)
        return Cue(None, 70)

    def _beat(self, parsed: Sequence[Sentence], n: int) -> Source | None:
        """`“Honestly?” Rowan laughs. “I thought …”`: who acts in the short sentence between two quotes speaks them."""
        if n + 2 >= len(parsed):
            return None
        between, after = parsed[n + 1], parsed[n + 2]
        quoteless = all(t.kind != "q" for t in between.toks[between.begin : between.end])
        if not quoteless or between.end - between.begin > _BEAT or after.toks[after.begin].kind != "q":
            return None
        main = between.main()
        return main if main is not None and (main.kind == "name" or main.gender in ("m", "f")) else None

    def _tagged(self, sentence: Sentence) -> Cue:
        """`“…” Trump said to cheers.`: a short sentence that holds only the words of saying."""
        if not sentence.verbs or sentence.verbs[0] - sentence.begin > 20:
            return NOTHING
        rest = {t.low for t in sentence.toks[sentence.verbs[0] + 1 : sentence.verbs[0] + 4]}
        if rest & (self.lex.joints | self.lex.pronouns.keys()):
            return NOTHING
        cue = sentence.ahead(sentence.end)
        return Cue(cue.source, 85) if cue.source is not None else NOTHING

    # -- across paragraphs

    def _share(self, out: list[_Said]) -> None:
        """Parts of one quotation that runs over paragraphs have one speaker: the last part's, if it has one."""
        groups: dict[int, list[_Said]] = {}
        for said in out:
            if said.mark.group >= 0:
                groups.setdefault(said.mark.group, []).append(said)
        for parts in groups.values():
            speaker = next((s.speaker for s in reversed(parts) if s.cue.source is not None), None)
            speaker = speaker or next((s.speaker for s in parts if s.speaker), None)
            stated = any(s.how == "stated" and s.speaker == speaker for s in parts)
            for said in parts:
                said.kind, said.speaker, said.how = "speech", speaker, "stated" if stated else "carried"


def _quote(said: _Said) -> Quote:
    if said.kind not in ("speech", "block") or not said.speaker:
        return Quote(said.mark.start, said.mark.end, said.kind)
    return Quote(said.mark.start, said.mark.end, said.kind, said.speaker, said.how)


def _left_open(said: _Said) -> bool:
    """Whether a quotation has no closing mark, and nobody who is known to say it."""
    mark = said.mark
    return mark.inner_end == mark.end and mark.group < 0 and mark.style != "–" and not said.speaker


def _how(cue: Cue) -> How:
    """How far the speaker may be trusted, by the cue's weight (the technote has the measured shares)."""
    if cue.source is None or cue.weight in CARRIED:
        return "carried"
    return "stated" if cue.weight >= SAID else "doubtful"
