"""Undo by picture: the rows an act changes, as they were before it. Any table and column named here may be put back.

A picture is {"op": "row", "table": t, "key": {...}, "was": {column: value} | null}; null: there was no such row.
"""

# ruff: noqa: S608 - names come from ROWS or from the schema, both ours; values are always bound

from __future__ import annotations

from collections.abc import Mapping

from tui_news.models.late import dataclass
from tui_news.store.connection import Db

Key = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """A table whose rows may be put back. key: its key's columns. columns: the only ones that are; empty: all.

    Name the columns where others of the row are not the reader's: putting a feed's whole row back would bring old
    validators and times with it. A row of such a table is never made or deleted, only changed.
    """

    key: tuple[str, ...]
    columns: tuple[str, ...] = ()


ROWS: Mapping[str, Kind] = {
    "feed": Kind(
        ("id",),
        ("own_title", "folder", "position", "interval_minutes", "full_text", "comments", "muted", "retention_days"),
    ),
    "folder": Kind(("path",)),
    "smart_feed": Kind(("id",)),
    "rule": Kind(("id",)),
    "story_tag": Kind(("tag", "feed_id", "identity")),
    "memo": Kind(("kind", "key")),
}


def check(table: object, key: object) -> None:
    """Raises ValueError for what may not be put back."""
    kind = ROWS.get(str(table))
    if kind is None:
        raise ValueError(f"no rows of {table!r} can be put back: see store.undo.ROWS")
    if not isinstance(key, Mapping) or set(key) != set(kind.key):
        raise ValueError(f"the key of {table} is {kind.key}, not {key!r}")


def picture(db: Db, table: str, key: Key) -> dict[str, object]:
    """The row as it is now. Raises ValueError for a table that is not in ROWS, or a key that is not its key."""
    check(table, key)
    columns = _columns(db, table)
    row = db.one(f"SELECT {', '.join(columns)} FROM {table} WHERE {_where(key)}", list(key.values()))
    was = None if row is None else dict(zip(columns, row, strict=True))
    if was and any(isinstance(value, bytes) for value in was.values()):
        raise ValueError(f"{table} holds bytes: name the columns that are to be put back")
    return {"op": "row", "table": table, "key": dict(key), "was": was}


def put_back(db: Db, op: Mapping[str, object]) -> None:
    """Make the row what the picture shows. Columns that a newer schema added stay as they are."""
    table, key, was = str(op["table"]), op["key"], op["was"]
    check(table, key)
    assert isinstance(key, Mapping)
    if was is None:
        if not ROWS[table].columns:
            db.run(f"DELETE FROM {table} WHERE {_where(key)}", list(key.values()))
        return
    assert isinstance(was, Mapping)
    known = set(_columns(db, table)) | set(key)
    values = {name: value for name, value in {**key, **was}.items() if name in known}
    sets = ", ".join(f"{name} = ?" for name in values)
    changed = db.run(f"UPDATE {table} SET {sets} WHERE {_where(key)}", [*values.values(), *key.values()])
    if not changed.rowcount and not ROWS[table].columns:
        marks = ", ".join("?" * len(values))
        db.run(f"INSERT INTO {table}({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _columns(db: Db, table: str) -> tuple[str, ...]:
    """Those to put back, of the columns the table has."""
    held = tuple(str(row[1]) for row in db.all(f"PRAGMA table_info({table})"))
    wanted = ROWS[table].columns
    return tuple(name for name in held if name in wanted) if wanted else held


def _where(key: Key) -> str:
    return " AND ".join(f"{name} = ?" for name in key)
