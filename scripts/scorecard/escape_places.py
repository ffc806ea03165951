"""The places where a stranger's text can appear: what is printed, and what is pressed on the screen.

To add a place: a line in VERBS, READS or SCREENS. Of a place on the screen "see WORDS" proves that it was reached: the
words must be drawn after the place began, or stand there; "idle" waits until the program has nothing to do.
"""

from __future__ import annotations

WORD = "zebra"  # in every story, to search for

# What is printed. Each is judged by itself; {n} runs over the stories, {first} is the first of them.
VERBS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("list", ("list", "--limit", "1000")),
    ("list --json", ("list", "--json", "--limit", "1000")),
    ("feeds", ("feeds",)),
    ("feeds --json", ("feeds", "--json")),
    ("refresh", ("refresh", "--force")),
    ("refresh --json", ("refresh", "--force", "--json")),
    ("search", ("search", WORD, "--limit", "1000")),
    ("search --json", ("search", WORD, "--json", "--limit", "1000")),
    ("search in comments", ("search", "giraffe", "--limit", "1000")),
    ("export", ("export",)),
    ("export --json", ("export", "--json")),
    ("quotes", ("quotes", "--limit", "1000")),
    ("quotes --json", ("quotes", "--json", "--limit", "1000")),
    ("rules", ("rules",)),
    ("rules --json", ("rules", "--json")),
    ("rules --dry-run", ("rules", "add", "--dry-run", WORD)),
    ("smart", ("smart",)),
    ("smart --json", ("smart", "--json")),
    ("tags", ("tags",)),
    ("tags --json", ("tags", "--json")),
    ("next", ("next",)),
    ("mark", ("mark", "starred", WORD)),
    ("undo", ("undo",)),
    ("pack", ("pack", "--limit", "5")),
    ("pack --json", ("pack", "--json", "--limit", "5")),
    ("doctor", ("doctor",)),
    ("doctor --json", ("doctor", "--json")),
    ("dirs", ("dirs",)),
    ("config", ("config",)),
    ("completions", ("completions", "bash")),
    ("man", ("man",)),
    ("read what is not there", ("read", "http://127.0.0.1:1/\u202e\x1b[2J")),
    ("a query that is none", ("list", 'feed:"\x1b[2J\u202e')),
    ("an add that fails", ("add", "http://127.0.0.1:1/\x1b]0;CNRY7F\x07\u202e")),
    ("a feed that is none", ("remove", "AA\x1b[2J")),
    ("complete feeds", ("complete", "feeds")),
    ("complete folders", ("complete", "folders")),
    ("complete words", ("complete", "words")),
    ("complete tags", ("complete", "tags")),
    ("next --json", ("next", "--json", "--offline")),
    ("star", ("star", "{first}")),
    ("unread", ("unread", "{first}")),
    ("open --print", ("open", "{first}", "--print")),
    ("quotes of a speaker", ("quotes", "--speaker", "AA", "--limit", "1000")),
    ("quotes of a story", ("quotes", "--story", "{first}")),
    ("prune --dry-run", ("prune", "--dry-run", "--days", "1")),
    ("export with passwords", ("export", "--passwords")),
    ("refresh of one feed", ("refresh", "AA")),
    ("an option that is none", ("list", "--x\x1b[2J\u202e\x9b31m")),
    ("a number that is none", ("list", "--limit", "\x1b[2J")),
    ("a setting that is none", ("config", "get", "\x1b]0;CNRY7F\x07")),
    ("a file that is none", ("import", "/none\x1b]0;CNRY7F\x07\u202e")),
    ("a verb that is none", ("AA\x1b[2J\u202e",)),
)
READS = (
    ("read", ("read", "{n}", "--offline")),
    ("comments --json", ("comments", "{n}", "--json", "--offline")),
    ("read --comments", ("read", "{n}", "--comments", "--offline")),
    ("read --markdown", ("read", "{n}", "--markdown", "--comments", "--offline")),
    ("read --json", ("read", "{n}", "--json", "--offline")),
    ("comments", ("comments", "{n}", "--offline")),
)
PAGED = ("read", "read --json")  # of a story whose text is from its page; a quick run looks at no more
# As they print on a terminal: folded, with lines that rewrite themselves.
ON_TERMINAL = (
    ("list",), ("feeds",), ("search", WORD), ("quotes",), ("read", "{first}", "--comments"), ("refresh", "--force"), ("pack", "--limit", "3"),
    ("import", "{home}/own.opml", "--dry-run"), ("doctor",), ("list", "--x\x1b[2J"), ("list", "title:("),
)  # fmt: skip
LINE_BY_LINE = ("", "", "c", "w", "s", "o", "l", "/zebra", "l feed:AA", "l (", "99999", "u", "q")
# Before each place: out of whatever is open, to all stories, to the first of them.
HOME = ("resize 120x40", "esc", "esc", "1", "g", "j", "j", "j", "2", "g", "idle")
SCREENS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("list", ("G", "g", *"j" * 60, "see zebra")),
    ("folders, feeds", ("1", "G", "g", *"j" * 60, "see AA")),
    ("wide list", ("resize 200x50", "idle", "G", "ctrl+u", "ctrl+u", "g", "see zebra")),
    ("narrow list", ("resize 60x20", "idle", "G", "g", "see zebra")),
    ("palette", (":", "see Search for", "zebra", "idle", *["down"] * 12, "esc")),
    ("palette, feeds and folders", (":", "see Search for", "AA", "idle", *["down"] * 12, "see AA", "esc")),
    ("help", ("?", "see Keys", "pagedown", "esc")),
    ("health", ("!", "see How the feeds are", "pagedown", "pagedown", "G", "see AA", "esc")),
    ("search", ("/", "see Search stories", WORD, "idle", *["down"] * 30, "see zebra", "esc")),
    ("filter", ("F", "see Only", "AA", "enter", "idle", "j", "j", "see zebra", "esc")),
    ("edit a feed", ("1", "j", "j", "e", "see This feed", "tab", "tab", "see AA", "esc")),
    ("edit a folder", ("1", "j", "e", "see Folder (empty", "idle", "esc")),
    ("add what cannot be added", ("a", "see Add a feed", "http://127.0.0.1:1/x", "enter", "see could not", "esc")),
    ("marks, undo and what they say", ("m", "s", "y", "o", "u", "u", "A", "see Marked", "u", "see AA")),
    ("settings", (",", "see Settings", *["down"] * 12, "esc")),
    ("mute rules", ("M", "see Mute", "j", "j", "esc")),
    ("mute rule of a filter", ("F", "see Only", "AA", "enter", "idle", "M", "see Mute what matches", "see hide", "esc", "esc")),
    ("tags", ("t", "see Tag", "AA", "enter", "see Tagged", "t", "see It has", "esc")),
    ("smart feed", ("F", "see Only", "AA", "enter", "idle", "+", "see Save as", "AA", "enter", "see Saved AA", "esc", "1", "see AA")),
    ("order", ("O", "see oldest first", "O", "see unread first", "O", "O", "O", "idle")),
    ("selection", ("v", "v", "v", "t", "see Tag", "AA", "idle", "esc", "esc")),
    ("pack", ("P", "idle", "see pack", "P", "idle")),
    ("pictures", ("I", "see Pictures", "see AA", "j", "esc")),
    ("share", ("|", "see Give the text", "false {title}", "enter", "see false")),
    ("share with arguments", ("|", "see Give the text", "{home}/share.sh {title} {url} {feed} {author} {text}", "enter", "until {home}/shared.txt", "see has the story")),
    ("import", ("i", "see Import from", "ctrl+u", "{home}/own.opml", "enter", "see Enter imports", "esc")),
    ("import of what is not there", ("i", "see Import from", "ctrl+u", "/none\u202e", "enter", "see none", "esc")),
    ("starter list", ("1", "S", "see Feeds to begin with", "j", "j", "esc")),
    ("remove and undo", ("1", "j", "j", "j", "d", "see Unsubscribed", "u", "idle", "see AA")),
    ("twins and doubles", ("D", "ctrl+t", "idle", "D")),
    ("lens and speakers", ("enter", "see of it", "L", "]", "e", "see Who said this", "esc", "w", "idle", "esc", "L", "L")),
    ("quotes by speaker", ("enter", "see of it", '"', "idle", "j", "enter", "idle", "esc")),
    ("story out", ("enter", "see of it", "Y", "see Copied", "v", "j", "y", "p", "idle", "I", "see Pictures", "esc", "|", "see Give the text", "esc")),
    ("link hints", ("enter", "see of it", "f", "see http", "idle", "esc")),
    ("export of a story", (
        "enter", "see of it", "E", "see Export to", "ctrl+u", "{home}/out.md", "enter", "until {home}/out.md", "see The story is",
    )),
    ("export of a thread", (
        "c", "see giraffe", "E", "see Export to", "ctrl+u", "{home}/out.txt", "enter", "until {home}/out.txt", "see with its comments",
    )),
)  # fmt: skip
STORY = (
    "enter", "space", "space", "c", "}", "enter", "enter", "T", "y", "o", "P", "esc", "c", "y", "o", "f", "esc", "]", '"', "esc", "/", "AA",
    "enter", "esc", "L", "L", "L", "]", ">", "J",
)  # fmt: skip
