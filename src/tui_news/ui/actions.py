"""Every key of the app, once: bindings, hints, the palette, the `?` screen and the documentation follow from here."""

from __future__ import annotations

from collections.abc import Mapping

from tui_news.models.late import dataclass

CONTEXTS = ("feeds", "list", "story", "thread")
CONTEXT_TITLES = {
    "feeds": "Among the feeds",
    "list": "In the list",
    "story": "In a story",
    "thread": "In a thread",
}
LISTS = ("feeds", "list")
READING = ("story", "thread")
ANYWHERE = CONTEXTS


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does.

    id: "room.verb"; the reader screen's controller of that name has the method. keys: as Textual names them, or the
    character itself. label: a word or two for the hint line. help: what it does, for `?` and the palette.
    hint: place in the hint line (0: not shown), smaller first.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    contexts: tuple[str, ...]
    hint: int = 0


ACTIONS: tuple[Action, ...] = (
    # Moving
    Action("move.down", ("j", "down"), "move", "Move down; scroll down", ("feeds", "list", "story"), 1),
    Action("move.up", ("k", "up"), "up", "Move up; scroll up", ("feeds", "list", "story")),
    Action("move.top", ("g", "home"), "top", "To the top", ANYWHERE),
    Action("move.bottom", ("G", "end"), "bottom", "To the bottom", ANYWHERE),
    Action("move.half_down", ("ctrl+d",), "half page", "Half a page down", ANYWHERE),
    Action("move.half_up", ("ctrl+u",), "half page up", "Half a page up", ANYWHERE),
    Action("move.page_down", ("pagedown", "ctrl+f"), "page", "A page down", ANYWHERE),
    Action("move.page_up", ("pageup", "ctrl+b"), "page up", "A page up", ANYWHERE),
    # Reading
    Action("list.open", ("enter", "l", "right"), "read", "Read this story", ("list",), 2),
    Action("feed.open", ("enter", "l", "right"), "open", "Show these stories", ("feeds",), 2),
    Action("feed.fold", ("-", "left"), "fold", "Fold or unfold the folder", ("feeds",), 4),
    Action("story.space", ("space",), "next", "A page further, then the next unread: reads everything", ANYWHERE, 3),
    Action("story.next_unread", ("n",), "next unread", "The next unread story, across feeds (in a search: next match)",
           ("feeds", "list", "story"), 8),
    Action("story.previous_unread", ("N",), "previous unread",
           "The previous unread story, across feeds (in a search: previous match)", ("feeds", "list", "story")),
    Action("story.next", ("J",), "next story", "The next story of the list", READING),
    Action("story.previous", ("K",), "previous story", "The previous story of the list", READING),
    Action("story.back_track", ("ctrl+o",), "where I was", "Back through the stories you came from", ANYWHERE),
    Action("app.leave", ("q",), "back", "Back; from the list, leave tuinews", ANYWHERE, 20),
    Action("app.back", ("escape", "h"), "back", "Back: out of a search, a zoom, the story", ANYWHERE),
    # Marking
    Action("story.toggle_read", ("m",), "read/unread", "Mark read or unread", ("list", "story", "thread")),
    Action("story.toggle_star", ("s",), "star", "Star or unstar", ("list", "story", "thread"), 9),
    Action("list.mark_all_read", ("A",), "all read", "Mark everything in this list read (u undoes it)", LISTS),
    Action("app.undo", ("u", "ctrl+z"), "undo", "Undo the last act, even yesterday's", ANYWHERE),
    # The story
    Action("story.comments", ("c",), "comments", "To the comments, and back to the text",
           ("list", "story", "thread"), 4),
    Action("story.comments_browser", ("C",), "comments in browser", "Open the page of comments in the browser",
           ("list", "story", "thread")),
    Action("story.next_quote", ("]",), "next quote", "To the next quote", ("story",)),
    Action("story.previous_quote", ("[",), "previous quote", "To the previous quote", ("story",)),
    Action("story.quotes", ('"',), "quotes", "Who says what: the story's quotes by speaker",
           ("list", "story", "thread"), 5),
    Action("story.lens", ("L",), "lens", "The quote lens: all else grows dim; then the quotes alone; then off",
           READING),
    Action("quote.speaker", ("e",), "speaker", "Say who said the quote gone to, or that two names are one person",
           READING),
    Action("quote.passage", (">",), "passage", "From a comment to the passage it quotes (marked ↑), and back", READING),
    Action("quote.page", ("w",), "speaker’s page", "What the quote’s speaker said in all stories", ("story",)),
    Action("story.full_text", ("x",), "full or feed", "The full story, or the feed's own text",
           ("list", "story", "thread"), 7),
    Action("story.browse", ("o",), "browser", "Open the story in the browser", ("list", "story"), 10),
    Action("story.copy_link", ("y",), "copy link", "Copy the story's link (in a quote: the quote)", ("list", "story")),
    Action("story.copy_markdown", ("Y",), "copy as Markdown",
           "Copy as Markdown: the quote gone to, the comment, else the whole story", READING),
    Action("story.pick", ("v",), "pick", "Pick paragraphs to copy: j and k take more or fewer, y copies", ("story",)),
    Action("story.export", ("E",), "export", "Write the story to a file (from the comments: with them)", READING),
    Action("pack.pictures", ("I",), "pictures", "The story's pictures", ("list", "story", "thread")),
    Action("send.play", ("p",), "play", "Play or open what is attached (a podcast)", ("story",)),
    Action("send.share", ("|",), "hand on", "Hand the story to a command", ("list", "story", "thread")),
    Action("shelf.twin", ("ctrl+t",), "other feed", "The same story in another feed that has it",
           ("list", "story", "thread")),
    Action("story.hints", ("f",), "links", "Follow a link of the text", READING, 11),
    Action("story.find", ("/",), "find", "Find words in the story and its comments", READING, 12),
    # A thread
    Action("thread.next_comment", ("j", "down"), "comment", "The next comment (a tall one scrolls first)",
           ("thread",), 1),
    Action("thread.previous_comment", ("k", "up"), "previous", "The previous comment", ("thread",)),
    Action("thread.fold", ("enter", "l"), "fold", "Fold or unfold the comment", ("thread",), 2),
    Action("thread.next_new", ("n",), "next new", "The next new comment, opening folds on the way", ("thread",), 3),
    Action("thread.previous_new", ("N",), "previous new", "The previous new comment", ("thread",)),
    Action("thread.next_root", ("}",), "next root", "The next top-level comment", ("thread",), 6),
    Action("thread.previous_root", ("{",), "previous root", "The previous top-level comment", ("thread",)),
    Action("thread.next_sibling", (")",), "next sibling", "The next comment at this level, else shallower",
           ("thread",)),
    Action("thread.previous_sibling", ("(",), "previous sibling", "The previous comment at this level, else shallower",
           ("thread",)),
    Action("thread.parent", ("p",), "parent", "To the comment this one answers", ("thread",), 7),
    Action("thread.back_down", ("backspace",), "back down", "Back to the comment that p went up from", ("thread",)),
    Action("thread.peek", ("P",), "peek", "Peek at what this comment answers", ("thread",)),
    Action("thread.fold_branch", ("X",), "fold branch", "Fold the whole branch and go to the next one", ("thread",), 8),
    Action("thread.less", ("-",), "less", "One level less everywhere", ("thread",)),
    Action("thread.more", ("+", "="), "more", "One level more everywhere", ("thread",)),
    Action("thread.fold_all", ("0",), "fold all", "Fold every branch", ("thread",)),
    Action("thread.unfold_all", ("9",), "open all", "Open every branch", ("thread",)),
    Action("thread.quotes", ("T",), "fold quotes", "Fold or unfold what comments quote", ("thread",)),
    Action("thread.zoom", ("Z",), "zoom", "This comment alone with its replies; esc comes back", ("thread",)),
    Action("thread.order", ("S",), "order", "Order: the site's, oldest, newest, most replies", ("thread",)),
    Action("thread.only_op", ("O",), "author only", "Only what the story's author wrote, and what that answers",
           ("thread",)),
    Action("thread.all_seen", ("A",), "all seen", "Mark every comment here seen", ("thread",)),
    Action("thread.keep_new", ("M",), "keep new", "Keep the marks of what is new for the next visit", ("thread",)),
    Action("thread.copy", ("y",), "copy", "Copy the comment", ("thread",)),
    Action("thread.browse", ("o",), "permalink", "Open the comment in the browser", ("thread",)),
    # Lists and feeds
    Action("list.search", ("/",), "search", "Search all stories and comments", LISTS, 6),
    Action("pack.go", ("P",), "pack", "Make the selection or the list readable offline; again stops it", LISTS),
    Action("list.order", ("O",), "order", "Order: newest, oldest, unread first, most comments, feed by feed", LISTS),
    Action("list.select", ("v",), "select", "Select the story, for the next act on all that are (esc lets go)",
           ("list",)),
    Action("list.filter", ("F",), "filter", "Narrow the list: words, fields, - and OR, as in a search", LISTS),
    Action("query.save", ("+",), "save query", "Keep what is shown (its filter too) as a smart feed", LISTS),
    Action("query.mute", ("M",), "mute", "Mute rules: what is hidden and by which; make one, take one back", LISTS),
    Action("query.tag", ("t",), "tag", "Put a tag on the story or the selection, or take it off",
           ("list", "story", "thread")),
    Action("list.unread_only", ("U",), "unread only", "Show only unread stories, or all of them", LISTS),
    Action("feed.refresh", ("r",), "refresh", "Refresh this feed (in a story: its text and comments)", ANYWHERE, 13),
    Action("feed.refresh_all", ("R",), "refresh all", "Refresh every feed now", ANYWHERE),
    Action("feed.stop", ("ctrl+x",), "stop", "Stop the refresh or the pack under way; what came stays", ANYWHERE),
    Action("feed.add", ("a",), "add", "Add a feed by the address of the feed or of its site", ANYWHERE, 14),
    Action("feed.edit", ("e",), "edit", "The feed's title, folder and settings; a folder's name", LISTS),
    Action("shelf.lower", ("J",), "move down", "Move the feed or folder down", ("feeds",)),
    Action("shelf.higher", ("K",), "move up", "Move the feed or folder up", ("feeds",)),
    Action("shelf.new_folder", ("ctrl+n",), "new folder", "Make a folder", LISTS),
    Action("shelf.together", ("D",), "twins", "Show a story that several feeds have once, or in each of them", LISTS),
    Action("feed.remove", ("d",), "unsubscribe", "Unsubscribe from the feed (u undoes it)", LISTS),
    Action("feed.starter", ("S",), "starter", "Pick from a list of well-known feeds", LISTS),
    Action("feed.import_file", ("i",), "import", "Move in from another reader: OPML, newsboat, newsraft", LISTS),
    Action("feed.health", ("!",), "health", "How the feeds are: last visit, next visit, what failed", LISTS),
    # Panes
    Action("pane.next", ("tab",), "pane", "To the next pane", ANYWHERE),
    Action("pane.previous", ("shift+tab",), "previous pane", "To the previous pane", ANYWHERE),
    Action("pane.feeds", ("1",), "feeds", "To the feeds", ANYWHERE, 15),
    Action("pane.list", ("2",), "list", "To the list", ANYWHERE),
    Action("pane.story", ("3",), "story", "To the story", ANYWHERE),
    Action("pane.zen", ("z",), "zen", "Nothing but the text", ANYWHERE),
    Action("app.help", ("?",), "keys", "What the keys do here", ANYWHERE, 21),
    Action("app.palette", (":", "ctrl+p"), "commands", "Find any command or feed by name", ANYWHERE),
    Action("app.settings", ("comma",), "settings", "Settings: theme, density, text width and more", ANYWHERE),
    Action("app.redraw", ("ctrl+l",), "redraw", "Draw the screen again, where another program wrote on it", ANYWHERE),
    Action("app.quit", ("Q", "ctrl+q"), "quit", "Leave tuinews", ANYWHERE),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

NAMES = {
    "escape": "esc", "question_mark": "?", "slash": "/", "colon": ":", "comma": ",", "space": "space",
    "pagedown": "pgdn", "pageup": "pgup", "down": "↓", "up": "↑", "left": "←", "right": "→", "shift+tab": "shift-tab",
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people write it: "esc", "ctrl-d", "↓"."""
    return NAMES.get(key, key.replace("ctrl+", "ctrl-"))


def in_context(context: str) -> list[Action]:
    return [action for action in ACTIONS if context in action.contexts]


def hints(context: str, keys: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """(key, label) for the hint line, the most useful first."""
    shown = sorted((a for a in in_context(context) if a.hint and keys.get(a.id)), key=lambda a: a.hint)
    return [(_pair(action.id, keys), action.label) for action in shown]


def _pair(action_id: str, keys: Mapping[str, tuple[str, ...]]) -> str:
    """ "j/k" for movement: the way back is half of the hint."""
    twin = {"move.down": "move.up", "thread.next_comment": "thread.previous_comment"}.get(action_id, "")
    first = key_name(keys[action_id][0])
    return f"{first}/{key_name(keys[twin][0])}" if keys.get(twin) else first


def keys_markdown(keys: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """The documentation's tables of keys: one a context, what works everywhere first."""
    keys = keys if keys is not None else {action.id: action.keys for action in ACTIONS}
    everywhere = [action for action in ACTIONS if action.contexts == ANYWHERE]
    parts = [_table("Anywhere", everywhere, keys)]
    for context in CONTEXTS:
        own = [action for action in in_context(context) if action.contexts != ANYWHERE]
        parts.append(_table(CONTEXT_TITLES[context], own, keys))
    return "\n".join(parts)


def _table(title: str, actions: list[Action], keys: Mapping[str, tuple[str, ...]]) -> str:
    lines = [f"## {title}", "", "| key | does | name |", "|---|---|---|"]
    for action in actions:
        shown = " ".join(f"`{key_name(key)}`" for key in keys.get(action.id, ())) or "(none)"
        lines.append(f"| {shown} | {action.help} | `{action.id}` |")
    return "\n".join([*lines, ""])
