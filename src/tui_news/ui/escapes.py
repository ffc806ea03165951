"""What the terminal says, read so that no key is lost and nothing ends the reader.

Esc and the key after it are told apart. A slow line or a busy machine hands over both at once, and so does a quick
hand; Textual then reads alt and the key, which is bound to nothing here: the esc is lost, and a `q` that was meant for
the field that should have opened leaves the program.

Numbers are not taken on trust. At a code that is no character, or at subfields of the kitty protocol that it did not
ask for (another program did, and left), Textual raises; a size that no screen has, it would lay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual._xterm_parser import XTermParser
from textual.events import Key, Resize
from textual.keys import Keys
from textual.message import Message

from tui_news.text.sanitize import UNSAFE

ESC = "\x1b"
#: What begins no sequence of a terminal's: those go on with one of [ O P ] ^ _ X N or another esc.
_PLAIN = r"[^\x1b\[OP\]^_XN]"
#: In a field that takes text: by word (alt+b, alt+f, alt+backspace), and the signs that a Mac's option key writes.
_FIELD = r"[^\x1b\[OP\]^_XNbf\x7f§0-9=-]"
#: The escape key as terminals with the kitty protocol say it: never the beginning of another.
_SAID = "[27u"
_PASTE, _PASTED = f"{ESC}[200~", f"{ESC}[201~"
_SPLIT = {writing: re.compile(f"{ESC}(?={plain})") for writing, plain in ((False, _PLAIN), (True, _FIELD))}
#: code:shifted:base ; modifiers:event ; text - https://sw.kovidgoyal.net/kitty/keyboard-protocol/
_EXTENDED = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:;(\d*)(?::(\d*))?(?::[\d:]*)?)?(;[\d:]*)?;?([u~ABCDEFHPQRS])")
_RELEASED = "3"
_CELLS = 1_000_000  # of the largest screen that is believed


class Sequences(XTermParser):
    """Textual's parser; what it would fall over is a key that nobody pressed."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> list[Key]:
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            plain = _plain(sequence)
            return _nothing(sequence) if plain in ("", sequence) else self._sequence_to_key_events(plain, alt)
        surrogates = any("\ud800" <= letter <= "\udfff" for key in keys for letter in key.character or "")
        return _nothing(sequence) if surrogates else keys


def _plain(sequence: str) -> str:
    """Without the subfields; "" for what is no sequence, or a key that was let go."""
    found = _EXTENDED.fullmatch(sequence)
    if found is None or found[3] == _RELEASED:
        return ""
    return f"\x1b[{found[1]};{found[2] or 1}{found[4] or ''}{found[5]}"


def _nothing(sequence: str) -> list[Key]:
    return [Key(Keys.Ignore, sequence)]


def _believable(event: Message) -> bool:
    """Whether it can be so: a screen has cells, and not millions."""
    return not isinstance(event, Resize) or 0 < event.size.area <= _CELLS


class Escapes:
    """Between the terminal and Textual's parser. `waiting`: the parser holds an esc, not knowing yet what it begins."""

    def __init__(self, parser: XTermParser) -> None:
        self.parser = parser
        self.waiting = self.pasting = False
        self._held = self._begun = ""  # of a paste's mark: kept until the rest has come, and handed on already

    def read(self, text: str, writing: bool) -> Iterator[Message]:
        """What was typed. writing: a field has the focus. An empty text would end the parser."""
        if parted := self.part(text, writing):
            for event in self.parser.feed(parted):
                yield from _told_apart(event)

    def tick(self) -> Iterator[Message]:
        """What was meant by what came before, now that time has passed."""
        for event in self.parser.tick():
            self.waiting = False
            yield from _told_apart(event)

    def part(self, text: str, writing: bool) -> str:
        """The text with each esc before a plain key as a key of its own."""
        text, self._held = self._held + text, ""
        out = []
        while text:
            if self.pasting:
                before, found, text = text.partition(_PASTED)
                out += [self._pasted(before, bool(found)), found]
            else:
                begun, self._begun = len(self._begun), ""
                before, found, text = (_PASTE[:begun] + text).partition(_PASTE)
                out += [self._keys(before[begun:], writing), found[0 if before else begun :]]
                self._begun = "" if found else _start_of(_PASTE, before)
            if found:
                self.pasting, self.waiting = not self.pasting, False
        return "".join(out)

    def _keys(self, text: str, writing: bool) -> str:
        split = _SPLIT[writing]
        if self.waiting and text and split.match(ESC + text[:1]):
            text = _SAID + text
        text = split.sub(lambda _: ESC + _SAID, text)
        self.waiting = text.endswith(ESC) if text else self.waiting
        return text

    def _pasted(self, text: str, whole: bool) -> str:
        """What is pasted has no keys: Textual would take what follows an esc in it for some. Nor has it other controls:
        it may become a name."""
        self._held = "" if whole else _start_of(_PASTED, text)
        text = text.removesuffix(self._held)
        return UNSAFE.sub("", text.replace("\r", "\n").replace("\t", " "))


def _start_of(mark: str, text: str) -> str:
    """What of a mark the text ends with, the rest of which may be still to come."""
    return next((mark[:size] for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), "")


def _told_apart(event: Message) -> Iterator[Message]:
    """An esc and an O may begin a sequence: that none came of it is known when time has passed."""
    if isinstance(event, Key) and event.key.startswith("alt+") and event.character:
        yield Key("escape", ESC)
        event = Key(event.character, event.character)
    if _believable(event):
        yield event
