"""Strings of our own beside the corpus: what it lacks. Each is (id, text, what must be left of it)."""

from __future__ import annotations

from typing import Any

ESC, ST, BEL, MARK = "\x1b", "\x1b\\", "\x07", "CNRY7F"
FLAG = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"
HARM = {
    "c1-csi-utf8": "\x9b31m", "c1-osc-utf8": f"\x9d0;{MARK}\x9c", "c1-dcs-utf8": f"\x90q{MARK}\x9c", "c1-apc-utf8": f"\x9f{MARK}\x9c",
    "c1-all": "".join(map(chr, range(0x80, 0xA0))), "c0-all": "".join(map(chr, range(0x20))),
    "high-surrogate": "\ud83d", "low-surrogate": "\ude00", "surrogates-swapped": "\ude00\ud83d", "pair-in-two": "\ud83d\ude00",
    "bidi-overrides": "\u202e\u202dx\u202c", "bidi-isolates": "\u2066\u2067\u2068x\u2069", "bidi-marks": "\u200e\u200f\u061c",
    "bidi-deep": "\u202b" * 200, "bidi-unclosed": "\u2067\u202e",
    "joiners": "a\u200db\u200cc\u2060d\u2063e", "joiner-flood": "\u200d" * 500, "zero-width": "\u200b\ufeff\u180e\u00ad",
    "tags": "".join(chr(0xE0000 + ord(letter)) for letter in "hidden"), "tags-long": "\U0001f3f4" + "\U000e0061" * 300,
    "selectors": "a" + "\ufe0f" * 400, "selectors-high": "a" + "".join(chr(0xE0100 + n) for n in range(240)),
    "zalgo": "".join(letter + "\u0316\u0317\u0300\u0345\u0489\u20dd" * 20 for letter in "scary"), "marks-alone": "\u0301\u20dd",
    "annotation": "\ufff9base\ufffagloss\ufffb", "object": "\ufffc", "breaks": "a\x85b\u2028c\u2029d\x0be\x0cf",
    "overlong": "\xc0\x9b\xe0\x80\x9b\xc1\x9b", "private": "\ue000\U000f0000\U0010fffd", "noncharacters": "\ufffe\uffff\U0001fffe\ufdd0",
    "osc8-id": f"{ESC}]8;id=x:y;http://e.example/{MARK}{ST}tap{ESC}]8;;{ST}", "osc8-bel": f"{ESC}]8;;file:///{MARK}{BEL}x",
    "osc52": f"{ESC}]52;c;{MARK}{BEL}", "osc9": f"{ESC}]9;{MARK}{BEL}", "osc777": f"{ESC}]777;notify;{MARK};x{BEL}", "osc1337": f"{ESC}]1337;File=:{MARK}{BEL}",
    "osc-title": f"{ESC}]2;{MARK}{ST}", "osc-colour": f"{ESC}]10;?{BEL}", "osc-cut": f"{ESC}]0;{MARK}", "osc-7-cwd": f"{ESC}]7;file://h/{MARK}{BEL}",
    "dcs-sixel": f"{ESC}Pq#0;2;0;0;0{MARK}{ST}", "dcs-decrqss": f"{ESC}P$q{MARK}{ST}", "apc-kitty": f"{ESC}_Ga=T,f=100;{MARK}{ST}",
    "pm": f"{ESC}^{MARK}{ST}", "sos": f"{ESC}X{MARK}{ST}", "dcs-tmux": f"{ESC}Ptmux;{ESC}{ESC}]0;{MARK}{BEL}{ST}",
    "cr": f"safe.txt\rrm {MARK}", "crlf": "a\r\nb\r\r\nc", "backspace": "rm\b\b  \bok", "delete": "a\x7f\x7fb", "tabs": "a\t\t\tb", "bell": BEL * 50,
    "csi-cut": f"{ESC}[", "csi-report": f"{ESC}[6n{ESC}[c{ESC}[>c", "csi-clear": f"{ESC}[2J{ESC}[H", "csi-modes": f"{ESC}[?1049l{ESC}[?25l{ESC}[?1003h",
    "esc-reset": f"{ESC}c", "esc-charset": f"{ESC}(0{ESC})B\x0e\x0f", "csi-keys": f"{ESC}[>4;2m{ESC}[?u", "csi-title": f"{ESC}[21t",
    "kitty-query": f"{ESC}_Gi=31,a=q;{MARK}{ST}{ESC}[?u{ESC}[>1u{ESC}[=1;1u", "xtgettcap": f"{ESC}P+q544e;{MARK}{ST}", "decrqm": f"{ESC}[?2026$p{ESC}[?1004h",
    "title-report": f"{ESC}]0;x{MARK}{BEL}{ESC}[21t{ESC}[20t{ESC}[18t{ESC}[?15n", "osc-query": f"{ESC}]4;0;?{BEL}{ESC}]11;?{BEL}{ESC}]52;c;?{BEL}{ESC}]50;{MARK}{BEL}",
    "osc-99": f"{ESC}]99;i=1:d=0;{MARK}{ST}", "osc-133": f"{ESC}]133;A{BEL}{ESC}]633;{MARK}{BEL}", "csi-print": f"{ESC}[5i{MARK}{ESC}[4i", "csi-repeat": f"x{ESC}[1000000b", "csi-region": f"{ESC}[5;6r{ESC}[!p{ESC}#8",
    "esc-not-utf8": f"{ESC}%@\x9b2J{ESC}%G", "dcs-unclosed": f"{ESC}P1;2|{MARK}", "apc-c1-open": f"\x9f{MARK}", "sos-c1": f"\x98{MARK}\x9c", "pm-c1": f"\x9e{MARK}\x9c", "st-alone": f"{ST}\x9c{MARK}",
    "esc-at-end": f"{MARK}{ESC}", "esc-split": f"{ESC}<b></b>]0;{MARK}{BEL}", "esc-by-reference": f"&#x1b;]0;{MARK}&#7;", "esc-cdata": f"<![CDATA[{ESC}]0;{MARK}{BEL}]]>", "c1-windows": "&#128;&#155;&#157;0;x&#156;",
    "marks-ten-thousand": "a" + "\u0301" * 10_000, "marks-in-two": "a" + "\u0301" * 6 + "<b></b>" + "\u0301" * 6, "marks-mixed": "a" + "\u0301\u20e3\ufe0f\u0489" * 50, "emoji-chain": "\U0001f469\u200d" * 300,
    "flags-odd": "\U0001f1f3" * 201, "width-lies": "\ufdfd\u2e3b\U00012031\u0bf5", "soft-hyphens": "a\u00adb\u00ad\u00adc", "grapheme-joiner": "a\u034f\u034fb", "hangul-fillers": "\u115f\u1160\u3164\uffa0", "braille-blank": "\u2800" * 40,
    "musical": "\U0001d173\U0001d17a", "shorthand": "\U0001bca0\U0001bca3", "hieroglyphs": "\U00013430\U0001343f", "language-tag": "\U000e0001\U000e0065", "tags-cut": "\U0001f3f4\U000e0067\U000e0062", "khmer-vowels": "\u17b4\u17b5",
    "mongolian": "\u180b\u180c\u180d\u180e", "deprecated": "\u206a\u206b\u206c\u206d\u206e\u206f", "operators": "\u2061\u2062\u2063\u2064", "isolates-open": "\u2067" * 50 + "x", "pop-only": "\u202c\u2069" * 9, "nel": "a\x85b\x84c",
    "html-ref": "&#27;[2J &#x9b;31m &#155; &#xd800; &#0;", "html-ref-twice": "&amp;#27;[2J", "percent": "%1b[2J%00%0a", "caret": "^[[2J",
    "json-esc": "\\u001b[2J\\x1b", "markup-nested": "[[b]]x[/[b]]", "markup-action": "[@click=app.quit]tap[/]", "markup-close": "[/]", "markup-link": "[link=file:///x]y[/link]",
    "markup-open": "[b", "markup-vars": "$x ${y} {z} %s %(a)s {0.__class__}", "shell": "$(touch x);`y`|z&", "option": "--version", "query": 'feed:"x" OR -( tag:',
}  # fmt: skip
LIVING = {
    "hebrew": "שלום עולם נִקּוּד", "arabic": "السَّلامُ عليكم ﷺ", "persian": "می\u200cخواهم نمی\u200cدانم", "urdu": "اُردُو",
    "vietnamese": "Tiếng Việt phở ướt", "thai": "ภาษาไทยที่น้ำ", "tibetan": "བོད་སྐད་ཀྱི", "devanagari": "क्\u200dष हिन्दी श्री", "bengali": "বাংলা ক্\u200dষ",
    "tamil": "தமிழ் க்ஷ", "khmer": "ភាសាខ្មែរ", "burmese": "မြန်မာ", "sinhala": "ශ්\u200dරී ලංකා", "malayalam": "മലയാളം", "korean": "한국어 각", "japanese": "日本語が",
    "family": "👨\u200d👩\u200d👧\u200d👦", "rainbow": "🏳️\u200d🌈", "skin": "👩🏽\u200d🚒", "flags": "🇳🇴🇯🇵", "scotland": FLAG, "keycap": "1️⃣", "text-heart": "❤\ufe0e", "emoji-heart": "❤️",
    "polish": "Zażółć gęślą", "greek": "Ἀχιλλεύς", "sami": "Sámegiella", "combining": "e\u0301a\u0308",
}  # fmt: skip


def strings() -> list[dict[str, Any]]:
    """In the corpus' shape. All must leave their neighbours; living writing must come out as it went in."""
    made = [{"id": f"own-{name}", "text": f"AA {text} ZZ", "must_keep": ["AA", "ZZ"]} for name, text in HARM.items()]
    for name, text in LIVING.items():
        made.append(
            {"id": f"own-{name}", "text": f"AA {text} ZZ", "must_keep": ["AA", "ZZ"], "expected_plain": f"AA {text} ZZ"}
        )
    return made
