"""Esc and the key after it, told apart. A slow line or a busy machine hands over both at once, and so does a quick
hand; Textual then reads alt and the key, which is bound to nothing here: the esc is lost, and a `q` that was meant for
the field that should have opened leaves the program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

ESC = "\x1b"
#: What begins no sequence of a terminal's: those go on with one of [ O P ] ^ _ X N or another esc.
_PLAIN = r"[^\x1b\[OP\]^_XN]"
#: In a field that takes text: by word (alt+b, alt+f, alt+backspace), and the signs that a Mac's option key writes.
_FIELD = r"[^\x1b\[OP\]^_XNbf\x7f§0-9=-]"
#: The escape key as terminals with the kitty protocol say it: never the beginning of another.
_SAID = "[27u"
_PASTE, _PASTED = f"{ESC}[200~", f"{ESC}[201~"
_SPLIT = {writing: re.compile(f"{ESC}(?={plain})") for writing, plain in ((False, _PLAIN), (True, _FIELD))}


class Escapes:
    """Between the terminal and Textual's parser. `waiting`: the parser holds an esc, not knowing yet what it begins."""

    def __init__(self, parser: XTermParser) -> None:
        self.parser = parser
        self.waiting = self.pasting = False
        self._held = ""

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
            mark = _PASTED if self.pasting else _PASTE
            before, found, text = text.partition(mark)
            out.append((self._pasted(before, bool(found)) if self.pasting else self._keys(before, writing)) + found)
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
        """What is pasted has no keys: Textual would take what follows an esc in it for some."""
        begun = 0 if whole else next((n for n in range(len(_PASTED) - 1, 0, -1) if text.endswith(_PASTED[:n])), 0)
        if begun:
            text, self._held = text[:-begun], text[-begun:]
        return text.replace(ESC, "")


def _told_apart(event: Message) -> Iterator[Message]:
    """An esc and an O may begin a sequence: that none came of it is known when time has passed."""
    if isinstance(event, Key) and event.key.startswith("alt+") and event.character:
        yield Key("escape", ESC)
        event = Key(event.character, event.character)
    yield event
