"""The whole library as one JSON document, a row a line, and back again.

{"tuinews": 1, "schema": n, "tables": {"feed": {"columns": [...], "rows": [[...], ...]}, ...}}. Bytes are objects: the
text they hold ({"zlib": text}: deflated; {"packed": text}: with the codec's first byte) or {"base64": ...}.
Valid JSON throughout, and read line by line: a large library is never in memory at once.
"""

# ruff: noqa: S608 - names come from the schema or are checked against it; values are always bound

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tui_news.models import TuinewsError
from tui_news.store.connection import Db, storable
from tui_news.store.migrate import version_of
from tui_news.store.schema import TABLES

FORMAT = 1
_MOST = 64 << 20  # bytes that one value may inflate to: a planted document must not fill the memory
NOT_KEPT = ("index", "upkeep")  # kinds of memo that are about this file, not about its reader


def dump(db: Db, address: Callable[[str], str] = str) -> Iterator[str]:
    """The document, line by line. One moment's view if the caller holds a transaction.

    address: what becomes of a feed's address (a password in it, say, may be left out).
    """
    yield f'{{"tuinews": {FORMAT}, "schema": {version_of(db)}, "tables": {{'
    for number, (table, key) in enumerate(TABLES):
        names = [row[1] for row in db.all(f"PRAGMA table_info({table})")]
        yield f'"{table}": {{"columns": {json.dumps(names)}, "rows": ['
        last = ""
        for row in db.each(f"SELECT {', '.join(names)} FROM {table} ORDER BY {key}"):
            if last:
                yield last + ","
            if table == "feed":
                row = (row[0], address(row[1]), *row[2:])
            last = json.dumps([_out(value) for value in row], ensure_ascii=False, separators=(",", ":"))
        if last:
            yield last
        yield "]}" + ("," if number < len(TABLES) - 1 else "")
    yield "}}"


def _out(value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    for name, lead in (("zlib", b""), ("packed", b"\x01"), ("plain", b"\x02")):
        if value[:1] == lead[:1] or not lead:
            try:
                text = value[1:].decode() if name == "plain" else zlib.decompress(value[len(lead) :]).decode()
                return {name: text}
            except (zlib.error, UnicodeDecodeError):
                continue
    return {"base64": base64.b64encode(value).decode()}


def _in(value: Any) -> Any:
    """Raises ValueError for what no export of ours holds."""
    if isinstance(value, str):
        return storable(value)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, dict) and len(value) == 1:
        ((name, text),) = value.items()
        if isinstance(text, str) and len(text) <= _MOST:
            data = storable(text).encode()
            match name:
                case "zlib":
                    return zlib.compress(data, 1)
                case "packed":
                    return b"\x01" + zlib.compress(data, 1)
                case "plain":
                    return b"\x02" + data
                case "base64":
                    return base64.b64decode(text, validate=True)
    raise ValueError("a value is none that an export holds")


Row = dict[str, Any]


def is_ours(head: bytes) -> bool:
    return head.lstrip()[:1] == b"{" and b'"tuinews"' in head[:200]


def rows_of(lines: Iterable[str]) -> Iterator[tuple[str, Row]]:
    """(table, row by column) as the document has them. Raises TuinewsError for a document that is none of ours."""
    try:
        yield from _rows(iter(lines))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise TuinewsError("the export could not be read", f"{error}", "was it cut off or changed?") from error


def _rows(lines: Iterator[str]) -> Iterator[tuple[str, Row]]:
    head = next(lines, "").strip()
    if not head.endswith('"tables": {'):
        yield from _whole(head + "\n".join(lines))
        return
    _check_format(json.loads(head + "}}"))
    known = {table for table, _ in TABLES}
    table, columns = "", list[str]()
    for line in map(str.strip, lines):
        if line.startswith('"'):
            name, _, rest = line.partition(":")
            table, columns = json.loads(name), json.loads(rest + "]}")["columns"]
        elif line.startswith("["):
            if table in known:
                yield table, dict(zip(columns, map(_in, json.loads(line.removesuffix(","))), strict=True))
        elif line == "}}":
            return
        elif line not in ("]}", "]},", ""):
            raise ValueError("it is not as it was written")
    raise ValueError("it ends in the middle")


def _whole(text: str) -> Iterator[tuple[str, Row]]:
    """A document that something laid out anew."""
    document = json.loads(text)
    _check_format(document)
    for table, _ in TABLES:
        held = document["tables"].get(table, {"columns": [], "rows": []})
        for row in held["rows"]:
            yield table, dict(zip(held["columns"], map(_in, row), strict=True))


def _check_format(document: Any) -> None:
    if not isinstance(document, dict) or document.get("tuinews") != FORMAT:
        raise ValueError("it is no export of tuinews, or one of a later version")
