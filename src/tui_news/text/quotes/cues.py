"""Weigh what in a sentence says who speaks a quote, and take the strongest."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.nouns import Source, phrase, read_right
from tui_news.text.quotes.source_phrases import FIRM, NOTHING, REPORTED, Cue, SourcePhrases, Toks
from tui_news.text.quotes.subjects import left_subject, main_subject

__all__ = ["FIRM", "NOTHING", "REPORTED", "Cue", "Sentence"]

_BE = frozenset(
    str.split("is was were are be been being wird wurde wurden worden werden blir ble blev bliver werd wordt")
)
_HAVE = frozenset(str.split("hat habe haben hatte hatten har hadde havde hade heeft hebben had hadden"))
_FROM = frozenset({"fra", "frå", "från"})
_ASKED = frozenset(str.split("remember note recall think ask consider imagine read tell call"))  # "Remember when …?"
_PAUSES = frozenset({",", "–", "—", "―", "-", ".", "!", "?", "…", "...", "،"})
_DASHES = frozenset("–—―")
_AS = frozenset({"as", "wie", "so", "som", "como", "come", "comme"})
_INFINITIVE_FAR = 24  # words between "to argue" and what was argued


class Sentence(SourcePhrases):
    """One sentence's tokens, asked about each of its quotes."""

    def __init__(self, toks: Toks, begin: int, end: int, lex: Lexicon) -> None:
        super().__init__(toks, begin, end, lex)
        self.headline = self._in_headline_case()
        self.verbs = [n for n in range(begin, end) if self.is_verb(n)]
        self._main: Source | None = None
        self._main_known = False

    def is_verb(self, n: int) -> bool:
        tok, lex = self.toks[n], self.lex
        if tok.kind != "w" or (tok.cap and n > self.begin and not self.headline):
            return False
        if tok.low in lex.gerunds:
            return True
        if tok.low not in lex.say or (n == self.begin and lex.lang == "en" and tok.low in _ASKED):
            return False
        before = self.toks[n - 1] if n > self.begin else None
        return before is None or before.low not in lex.not_after

    def _in_headline_case(self) -> bool:
        """Whether nearly all words are capitalised: then capitals tell no names from verbs."""
        long = [t.cap for t in self.toks[self.begin : self.end] if t.kind == "w" and len(t.low) > 3]
        return len(long) > 3 and sum(long) * 10 > len(long) * 8

    def main(self) -> Source | None:
        """The sentence's own subject."""
        if not self._main_known:
            self._main = main_subject(self.toks, self.begin, self.end, self.lex)
            self._main_known = True
        return self._main

    def cue(self, at: int) -> Cue:
        """The best cue for the quote at token `at`."""
        behind = NOTHING if self._conceded(at) else self.behind(at)
        found = [behind, self.named_before_colon(at), self.according(at), self.ahead(at), self.tail(at)]
        found += [self.infinitive(at), self.passive_agent(at), self.perfect(at), self.trailing(at)]
        best = max(found, key=lambda c: c.weight)
        if best.source is None and at > self.begin and self.toks[at - 1].text in {":", "："}:
            return Cue(None, 76)
        if best.source is not None or best.weight:
            return best
        return Cue(self.main(), 20)

    def _conceded(self, at: int) -> bool:
        """`While NAME insisted it was "…," OTHER said …`: what follows is the other clause."""
        opens = self.toks[self.begin].low in self.lex.joints - _AS
        return opens and any(v < at and self.toks[v].low not in self.lex.gerunds for v in self.verbs)

    # -- what follows the quote

    def _step(self, at: int) -> int:
        at += 1
        while at < self.end and self.toks[at].kind == "p" and self.toks[at].text in _PAUSES:
            at += 1
        return at

    def _stop(self, at: int) -> int:
        """The next quote after `at`, or the sentence's end."""
        for n in range(at + 1, self.end):
            if self.toks[n].kind == "q":
                return n
        return self.end

    def behind(self, at: int) -> Cue:
        """`"…", said NAME` and `"…", NAME said`."""
        first, stop = self._step(at), self._stop(at)
        if first >= stop or self.toks[first].kind != "w":
            return NOTHING
        if self.toks[first].low in self.lex.joints - _AS:
            return NOTHING  # a clause of its own
        paused = first > at + 1
        put = self._as_put(first, stop)
        if put.weight:
            return put
        verb = self._leading_verb(first, stop)
        if verb >= 0:
            return self._inverted(at, verb, stop, paused)
        signed = self._signed(at, first, stop)
        if signed.weight:
            return signed
        unlisted = self._unlisted(at, first, stop, paused or self.toks[at].low == ",")
        if unlisted.weight:
            return unlisted
        verb = next((n for n in self.verbs if first < n < stop and self.toks[n].low not in self.lex.gerunds), -1)
        if verb < 0 or verb - first > 32:
            return NOTHING
        ahead = main_subject(self.toks, self.begin, at, self.lex, tight=True) if self.lex.verb_last else None
        subject = ahead or left_subject(self.toks, verb, first, self.lex)
        if subject is None:
            return NOTHING
        near = subject.at - self.toks[first].start < 40
        return Cue(subject, (95 if near else 72) if paused or self._closed(at) else (88 if near else 50))

    def _as_put(self, first: int, stop: int) -> Cue:
        """`"…", as NAME, an engineer, puts it`, `"…" was how NAME put it`: the name stands before all else."""
        toks = self.toks
        if self.lex.lang != "en":
            return NOTHING
        how = toks[first].low in _BE and first + 1 < stop and toks[first + 1].low == "how"
        at = first + 2 if how else first + 1
        if (
            at >= stop
            or not (how or toks[first].low == "as")
            or not any(n in self.verbs or toks[n].low == "put" for n in range(at + 1, stop))
        ):
            return NOTHING
        source = read_right(toks, at, stop, self.lex)
        return Cue(source, 90) if source is not None and source.kind != "role" else NOTHING

    def _unlisted(self, at: int, first: int, stop: int, paused: bool) -> Cue:
        """`"…", chirped NAME` and (English) `"…," NAME chirped`: the place tells a verb of saying that no list has."""
        lex, toks = self.lex, self.toks
        if not paused or not self._closed(at):
            return NOTHING
        verb = first
        while verb < min(stop, first + 3) and toks[verb].low in lex.skip and not toks[verb].cap:
            verb += 1
        if verb + 1 < stop and self._plain(verb) and not self._no_verb(toks[verb].low):
            after = toks[verb + 1]
            if after.kind == "w" and (after.cap or after.low in lex.pronouns or after.low in lex.dets):
                subject = read_right(toks, verb + 1, stop, lex)
                if subject is not None and subject.kind != "role":
                    return Cue(subject, 82)
        return self._named_first(first, stop)

    def _no_verb(self, low: str) -> bool:
        """By its ending: an English gerund, a German adjective."""
        if self.lex.lang == "de":
            return not low.endswith(("t", "te", "ten")) and low not in self.lex.weak
        return self.lex.lang == "en" and low.endswith("ing")

    def _signed(self, at: int, first: int, stop: int) -> Cue:
        """`"…" — NAME, ferryman`: a dash, a full name, and no verb."""
        toks, lex = self.toks, self.lex
        if toks[at + 1].text not in _DASHES or not self._closed(at) or lex.caseless or not toks[first].cap:
            return NOTHING
        end = first
        while end < stop and toks[end].kind == "w" and toks[end].cap:
            end += 1
        if end - first < 2 or any(first <= verb < stop for verb in self.verbs):
            return NOTHING
        if end < stop and toks[end].kind == "w":
            return NOTHING
        return Cue(phrase(toks[first:end], lex), 88)

    def _named_first(self, first: int, stop: int) -> Cue:
        lex, toks = self.lex, self.toks
        if lex.lang != "en" or not toks[first].cap or toks[first].low in lex.stops:
            return NOTHING
        verb = first
        while verb < stop and toks[verb].kind == "w" and toks[verb].cap:
            verb += 1
        if verb < stop and verb not in self.verbs and self._plain(verb) and toks[verb].low.endswith("ed"):
            subject = left_subject(toks, verb, first, lex)
            return Cue(subject, 80) if subject is not None and subject.kind == "name" else NOTHING
        return NOTHING

    def _plain(self, n: int) -> bool:
        """Whether the word could be a verb for all we know."""
        tok, lex = self.toks[n], self.lex
        if tok.kind != "w" or tok.cap or not tok.text.isalpha() or tok.low in lex.pronouns:
            return False
        little = (lex.preps, lex.dets, lex.oblique, lex.joints, lex.relatives, lex.ands, lex.skip, lex.gerunds)
        return all(tok.low not in words for words in little)

    def _closed(self, at: int) -> bool:
        """Whether nothing but the quote stands before it in the sentence."""
        return all(t.kind != "w" for t in self.toks[self.begin : at])

    def _leading_verb(self, first: int, stop: int) -> int:
        lex, toks = self.lex, self.toks
        n = first
        if toks[n].low == "so" and n + 1 < stop:
            n += 1
        while n < min(stop, first + 4):
            if n in self.verbs and toks[n].low not in lex.gerunds:
                return n
            if toks[n].kind != "w" or toks[n].cap or toks[n].low not in lex.skip:
                break
            n += 1
        return -1

    def _inverted(self, at: int, verb: int, stop: int, paused: bool) -> Cue:
        lex, toks = self.lex, self.toks
        if lex.verb_last and verb + 2 < stop and verb + 1 in self.verbs:
            verb += 1  # Turkish "diye konuşan NAME"
        after = toks[verb + 1] if verb + 1 < stop else None
        if after and after.low in lex.by and lex.lang == "en":
            return Cue(read_right(toks, verb + 2, stop, lex), 85)
        if after and after.low == "det" and verb + 3 < stop and toks[verb + 2].low in _FROM:
            return Cue(read_right(toks, verb + 3, stop, lex, oblique=True), 92)  # Nordic "lyder det fra NAME"
        subject = read_right(toks, verb + 1, stop, lex)
        if subject is None and lex.verb_last:
            subject = main_subject(toks, self.begin, at, lex, tight=True)
        if subject is None and lex.drops and (paused or self._closed(at)):
            return Cue(Source("", "pronoun", "n", toks[verb].start), 85)
        if subject is None:
            subject = left_subject(toks, at, self.begin, lex) if not paused else None
            ends = lex.inverts and verb + 1 < self.end and toks[verb + 1].kind == "p"
            return Cue(subject, 80 if ends else 62) if subject else NOTHING
        return Cue(subject, 100 if paused or self._closed(at) else 84)

    def tail(self, at: int) -> Cue:
        """`… the “new normal” will last, NAME said.`: the verb closes the sentence, farther on."""
        last = [n for n in self.verbs if n > at and self.toks[n].low not in self.lex.gerunds]
        if not last or self.end - last[-1] > 14:
            return NOTHING
        verb = last[-1]
        comma = next((n for n in range(verb, at, -1) if self.toks[n].text == ","), -1)
        if comma < 0 or any(n < at for n in self.verbs):
            return NOTHING
        inverted = verb == comma + 1
        subject = read_right(self.toks, verb + 1, self.end, self.lex) if inverted else None
        subject = subject or left_subject(self.toks, verb, at + 1, self.lex)
        return Cue(subject, 65) if subject else NOTHING

    # -- what comes before the quote

    def ahead(self, at: int) -> Cue:
        """`NAME said: "…"`, `NAME called it "…"`, `…, adding "…"`."""
        before = [n for n in self.verbs if n < at]
        for verb in before[:1] if self.headline else reversed(before[-4:]):
            cue = self._from_verb(verb, at)
            if cue.source is not None or self._passive(verb):
                return cue
        weak = next((n for n in range(at - 1, self.begin - 1, -1) if self.toks[n].low in self.lex.weak), -1)
        if weak >= 0:
            subject = left_subject(self.toks, weak, self.begin, self.lex) or self._inverted_subject(weak, at)
            return Cue(subject, 45 if at - weak <= 8 else 35) if subject else NOTHING
        return NOTHING

    def infinitive(self, at: int) -> Cue:
        """`NAME tried to argue that "…"`, and `for NAME to say "…"`."""
        lex, toks = self.lex, self.toks
        if lex.lang != "en":
            found = next((n for n in range(at - 1, self.begin, -1) if toks[n].low in lex.infinitives), -1)
            return Cue(self.main(), 55) if found >= 0 and at - found <= 10 else NOTHING
        for n in range(at - 1, max(self.begin, at - _INFINITIVE_FAR), -1):
            if toks[n].low in lex.infinitives and toks[n - 1].low == "to":
                given = next((k for k in range(n - 2, max(self.begin, n - 6), -1) if toks[k].low == "for"), -1)
                source = read_right(toks, given + 1, n - 1, lex) if given >= 0 else None
                return Cue(source or self._subject_before(n), 64 if at - n <= 12 else 55)
        return NOTHING

    def perfect(self, at: int) -> Cue:
        """Germanic `NAME hat den Krieg als „…“ bezeichnet`: the participle closes, the subject opens the sentence."""
        toks, lex = self.toks, self.lex
        last = next((v for v in self.verbs if at < v <= at + 3), -1)
        if not lex.inverts or last < 0 or any(t.kind == "p" for t in toks[at + 1 : last]):
            return NOTHING
        helped = next((n for n in range(self.begin, at) if toks[n].low in _HAVE), -1)
        if helped < 0 or any(v < at for v in self.verbs):
            return NOTHING
        return Cue(left_subject(toks, helped, self.begin, lex) or read_right(toks, helped + 1, at, lex), 80)

    def passive_agent(self, at: int) -> Cue:
        """German and Nordic `wird von NAME als „…“ bezeichnet`."""
        lex, toks = self.lex, self.toks
        if not lex.inverts or not any(t.low in _BE for t in toks[self.begin : self.end]):
            return NOTHING
        if not any(v > at or (v > self.begin and toks[v - 1].low in _BE) for v in self.verbs):
            return NOTHING
        for n in range(self.begin, self.end):
            if toks[n].low in lex.by:
                source = read_right(toks, n + 1, self.end, lex, oblique=True)
                if source is not None:
                    return Cue(source, 75)
        return NOTHING

    def _from_verb(self, verb: int, at: int) -> Cue:
        toks, lex = self.toks, self.lex
        gap = at - verb
        weight = 90 if gap <= 2 else 80 if gap <= 12 else 66
        if toks[verb].low in lex.gerunds:
            quoted = self._quoted_before(verb)
            if quoted is not None:
                return Cue(quoted, weight)
            subject = left_subject(toks, verb, verb - 1, lex) if verb - 1 >= self.begin and toks[verb - 1].cap else None
            return Cue(subject or self._subject_before(verb), weight - 2)
        if toks[verb].low.startswith(("quot", "zitier", "cite")):
            quoted = self._quoted(verb, at)
            if quoted is not None:
                return Cue(quoted, weight)
        if self._passive(verb):
            return self._agent(verb, at)
        low = max((n + 1 for n in range(self.begin, verb) if toks[n].kind == "q"), default=self.begin)
        if self._shares(verb):
            return Cue(self._subject_before(verb), weight)
        subject = left_subject(toks, verb, low, lex) or self._inverted_subject(verb, at)
        return Cue(subject or self._subject_before(verb), weight)

    def _quoted(self, verb: int, at: int) -> Source | None:
        """`quoted NAME as saying "…"`, `zitiert NAME mit den Worten „…“`: the object speaks."""
        rest = {t.low for t in self.toks[verb + 1 : at]}
        if rest & {"saying", "worten"}:
            return read_right(self.toks, verb + 1, at, self.lex, oblique=True)
        return None

    def _quoted_before(self, verb: int) -> Source | None:
        if self.toks[verb - 1].low != "as" or verb - 1 <= self.begin:
            return None
        earlier = [n for n in self.verbs if n < verb and self.toks[n].low.startswith("quot")]
        return self._quoted(earlier[-1], verb + 1) if earlier else None

    def _shares(self, verb: int) -> bool:
        """Whether the verb is joined by "and" to one before it and takes its subject."""
        n = verb - 1
        while n > self.begin and self.toks[n].low in self.lex.skip:
            n -= 1
        return n > self.begin and self.toks[n].low in self.lex.ands

    def _inverted_subject(self, verb: int, at: int) -> Source | None:
        lex = self.lex
        if lex.inverts or lex.verb_first or (lex.lang != "en" and verb <= self.begin + 1):
            return read_right(self.toks, verb + 1, at, lex)
        return None

    def _subject_before(self, verb: int) -> Source | None:
        """The subject of the nearest earlier verb, else the sentence's."""
        for earlier in reversed([n for n in self.verbs if n < verb and self.toks[n].low not in self.lex.gerunds][-3:]):
            found = left_subject(self.toks, earlier, self.begin, self.lex)
            if found is None:
                found = read_right(self.toks, earlier + 1, verb, self.lex) if self._after_quote(earlier) else None
            if found:
                return found
        return self.main()

    def _after_quote(self, verb: int) -> bool:
        n = verb - 1
        while n >= self.begin and self.toks[n].kind == "p":
            n -= 1
        return n >= self.begin and self.toks[n].kind == "q"

    def _passive(self, verb: int) -> bool:
        if self.lex.lang != "en" or self.toks[verb].low in self.lex.gerunds:
            return False
        n = verb - 1
        while n > self.begin and self.toks[n].low in self.lex.skip - _BE:
            n -= 1
        return n >= self.begin and self.toks[n].low in _BE

    def _agent(self, verb: int, at: int) -> Cue:
        for n in range(verb + 1, min(verb + 12, self.end)):
            if self.toks[n].low in self.lex.by:
                return Cue(read_right(self.toks, n + 1, self.end, self.lex), 75)
        return Cue(None, 62)  # somebody, unsaid

    def named_before_colon(self, at: int) -> Cue:
        """`NAME: "…"`, `NAME on the closure: "…"`, `NAME, editor of X: "…"`."""
        n = at - 1
        if n <= self.begin or self.toks[n].text not in {":", "："}:
            return NOTHING
        verbs = [v for v in self.verbs if v < n]
        if verbs:
            cue = self._from_verb(verbs[-1], n)
            return Cue(cue.source, 97) if cue.source else NOTHING
        subject = main_subject(self.toks, self.begin, n, self.lex)
        comma = next((k for k in range(n - 1, max(self.begin, n - 4), -1) if self.toks[k].text == ","), -1)
        if self.lex.caseless and comma > 0:  # "head of the city, Yael Cohen:"
            subject = phrase(self.toks[comma + 1 : n], self.lex) or subject
        return Cue(subject, 92 if subject and n - self.begin <= 12 else 70) if subject else NOTHING
