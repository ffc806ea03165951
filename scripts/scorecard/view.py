"""What a person would see of the bytes that a program wrote, as far as pyte draws them."""

from __future__ import annotations

import re

import pyte

# What pyte does not know and would print: private modes with > = <, kitty's keyboard, synchronized output.
UNKNOWN = re.compile(
    rb"\x1b\[[>=<][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*u|\x1bP[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*\$p"
)


class View:
    """The screen that is made of the bytes from those on that are there now. raw: grows while the program writes."""

    def __init__(self, raw: bytearray, columns: int, rows: int) -> None:
        self.raw, self.at = raw, len(raw)
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)

    def resize(self, columns: int, rows: int) -> None:
        self.rows()  # what came before was drawn for the size of before
        self.screen.resize(rows, columns)

    def rows(self) -> list[str]:
        data = bytes(self.raw[self.at :])
        cut = data.rfind(b"\x1b")
        if len(data) - cut < 24 and cut >= 0 and not re.match(rb"\x1b\[[0-9;:?]*[A-Za-z]", data[cut:]):
            data = data[:cut]
        self.at += len(data)
        self.stream.feed(UNKNOWN.sub(b"", data))
        buffer, columns = self.screen.buffer, range(self.screen.columns)
        return ["".join(buffer[y][x].data for x in columns).rstrip() for y in range(self.screen.lines)]
