"""Addresses that a stranger may write where a link is expected, and what may come of them.

CANARY stands for a command that makes a file, CANARYFILE, without a space in it.
"""

from __future__ import annotations

from collections.abc import Iterator

HOST = "a.example"
SCHEMES = (
    "javascript:alert(1)", "javascript://a.example/%0aalert(1)", "data:text/html,<script>1</script>", "data:text/html;base64,PGI+", "vbscript:x",
    "file:///etc/passwd", "file://a.example/etc/passwd", "file:/etc/passwd", "ssh://-oProxyCommand=CANARY/x", "ssh://a.example", "telnet://a.example:23",
    "ftp://a.example/x", "sftp://a.example/x", "smb://a.example/x", "nfs://a.example/x", "ldap://a.example/x", "gopher://a.example/_x", "dict://a.example:11/d",
    "jar:http://a.example!/x", "view-source:http://a.example/", "blob:http://a.example/1", "about:config", "chrome://settings", "resource://x", "intent://x#Intent;end",
    "feed:javascript:alert(1)", "feed:file:///etc/passwd", "feed://a.example/x", "podcast://a.example/x", "itpc://a.example/x", "pcast://a.example/x", "magnet:?xt=urn:btih:1",
    "tel:+123", "sms:+123", "facetime:x", "steam://run/1", "ms-msdt:/id", "ms-word:ofe|u|http://a.example", "search-ms:query=x", "vscode://x", "git://a.example", "svn+ssh://a.example",
    "ws://a.example", "urn:x", "cid:x", "mid:x", "news:x", "irc://a.example", "xmpp:a@a.example", "x-apple.systempreferences:", "httpss://a.example/", "http+unix://x", "hxxp://a.example/",
    "builtin:edition/feed.xml", "exec:CANARY", "query:x:y", "filter:CANARY:http://a.example/",
)  # fmt: skip
BROKEN = (
    "", " ", "#", "http", "http:", "http:/", "http://", "http:///", "http:////", "https://", "//", "///x", "http://?x", "http://#x", "http://:80/", "http://@/", "http://:@/",
    "http://[", "http://[]/", "http://[::1", "http://[::1]x/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[v1.x]/", "http://[1.2.3.4]/", "http://a.example:99999/",
    "http://a.example:-1/", "http://a.example:0x50/", "http://a.example:٣/", "http://a..example/", "http://.example/", "http://-a.example/", "http://a-.example/", "http://a_b.example/",
    "http://a%00b.example/", "http://a%2fb.example/", "http://a%0ab.example/", "http://a b.example/", "http://a\tb.example/", "http://a<b.example/", "http://a|b.example/", "http://a^b.example/",
    "http://a`b.example/", "http://a'b.example/", 'http://a"b.example/', "http://a{b}.example/", "http://$(x).example/", "http://;x/", "http://&x/", "http://%24%28x%29/", "http://a\\b.example/",
    "http://" + "a" * 300 + ".example/", "http://" + "a." * 200 + "example/", "http://xn--/", "http://xn--a/", "http://é" + "a" * 80 + ".example/",
)  # fmt: skip
OPTIONS = (
    "-oProxyCommand=CANARY", "--help", "--version", "-", "--", "-new-window", "--renderer-cmd-prefix=CANARY", "--utility-cmd-prefix=CANARY", "-remote", "%action", "%s", "%u",
    "@/etc/passwd", "+CANARY", "|CANARY", "!CANARY", ";CANARY", "$(CANARY)", "`CANARY`", "&CANARY", "\nCANARY", "\r\nCANARY", "/etc/passwd", "~/.ssh/id_rsa", "../../etc/passwd", "C:\\x", "\\\\host\\share",
)  # fmt: skip
# after http://a.example/ : kept, and made harmless
TAILS = (
    "a b", "a\nb", "a\r\nb", "a\tb", "a\0b", "a\x1b[2J", "a\x1b]0;CNRY7F\x07", "\x1b\\CNRY7F", "a\x07b", "a\x7fb", "a\x9bb", "a\x9d0;CNRY7F\x9c", "a\u202eb", "a\u2066b", "a\u200bb", "a\u2028b", "a\ufeffb",
    "a\U000e0041b", "a\ud800b", "é", "шпион", "日本", "%0a", "%0d%0aX:y", "%00", "%1b[2J", "%", "%z", "%%", "%s", "%d%n", "%u", "\"x\"", "'x'", "'; CANARY; '", "\"; CANARY; \"", "$(CANARY)", "`CANARY`", "${HOME}", "$HOME", ";CANARY",
    ";CANARY;", "&CANARY", "&&CANARY", "||CANARY", "|CANARY", ">CANARYFILE", "<x>", "(x)", "{x}", "[x]", "!x", "*", "?x=*", "~", "^x", "\\", "\\\\x", "..\\..", "../../x", "/../..", "//evil.example/", "/@evil.example/", "#'>", "#$(CANARY)",
    "?a=1&b=2;c=$(CANARY)", "?x='$(CANARY)'", "?x=\"$(CANARY)\"", "?u=javascript:x", "?a=--version", "--version", "-oProxyCommand=CANARY", "@", ":", ":~:text=x", "?q=" + "x" * 3000, "]8;;http://e.example", "a\x1b\\b", "x" * 7000,
    "' --version '", "%20--version", "%27%3bCANARY%3b%27", "%22%3bCANARY%3b%22", "%60CANARY%60", "%24(CANARY)", "$'\\nCANARY'", "\u2019;CANARY", "＄(CANARY)", "；CANARY",
)  # fmt: skip
WAYS = (  # spellings of a host and what is before it
    "HTTP://A.EXAMPLE/x", "hTtPs://a.example/x", " http://a.example/x", "\nhttp://a.example/x\n", "\thttp://a.example/x", "\x01http://a.example/x", "\u00a0http://a.example/x", "\ufeffhttp://a.example/x",
    "ht\ntp://a.example/x", "http\n://a.example/x", "http:\\\\a.example\\x", "http:/\\a.example/x", "http:a.example", "https:a.example", "//a.example/x", "/\\a.example/x", "\\\\a.example/x", "java\nscript:alert(1)", "java\0script:alert(1)",
    "\x01javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript\t:alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "%6aavascript:alert(1)", "javascript%3aalert(1)", "\u202ejavascript:x",
    "http://good.example@evil.example/", "http://good.example:80@evil.example/", "http://good.example%2f@evil.example/", "http://good.example%2flogin%3f@evil.example/x", "http://good.example\\@evil.example/", "http://good.example#@evil.example/",
    "http://good.example?@evil.example/", "http://user:pass@a.example/", "http://:pass@a.example/", "http://u\x1b[2J:p@a.example/", "http://" + "g" * 400 + "@evil.example/", "http://a.example:80:80/", "http://a@b@c.example/",
    "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/", "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://①②⑦.⓪.⓪.①/", "http://localhost/", "http://a.example./x",
    "http://a。example/x", "http://ａ.ｅｘａｍｐｌｅ/x", "http://а.example/x", "http://pаypal.example/x", "http://gооgle.example/", "http://bücher.example/", "http://faß.example/", "http://ex\u200dample.example/", "http://ex\u200bample.example/",
    "http://ex\u00adample.example/", "http://exa\u202emple.example/", "http://exa\u2066mple.example/", "http://℀.example/", "http://a／b.example/", "http://a？b.example/", "http://a＃b.example/", "http://a：80.example/", "http://a＠b.example/",
    "http://a⁄b.example/", "http://a∕b.example/", "http://👨\u200d👩.example/", "http://xn--80ak6aa92e.example/", "http://a.example\u2028/x", "http://a.example\x00.evil.example/", "http://a.example%00.evil.example/", "http://a.example\x1b[2J/",
)  # fmt: skip
MAILS = (
    "mailto:a@b.example", "MAILTO:a@b.example", "mailto:", "mailto:?", "mailto:a@b.example?subject=x y", "mailto:a@b.example?attach=/etc/passwd", "mailto:a@b.example?ATTACH=/etc/passwd", "mailto:a@b.example?attachment=/etc/passwd",
    "mailto:a@b.example?%61ttach=/etc/passwd", "mailto:a@b.example?subject=x&attach=/etc/passwd", "mailto:a@b.example?subject=x&amp;attach=/etc/passwd", "mailto:?attach=/etc/passwd&to=a@b.example", "mailto:a@b.example?body=x%0Ay",
    "mailto:a@b.example?from=c@d.example", "mailto:a@b.example?bcc=c@d.example", "mailto:a@b.example?subject=x%0d%0aBcc:c@d.example", "mailto:a@b.example%0d%0aBcc:c@d.example", "mailto:a@b.example%00", "mailto:-oQ/tmp@b.example",
    "mailto:%2doQ/tmp", "mailto:a@b.example,-froot", "mailto:a@b.example?to=-froot", "mailto:\"$(CANARY)\"@b.example", "mailto:`CANARY`@b.example", "mailto:a@b.example;CANARY", "mailto:|CANARY", "mailto:a@b.example?subject=$(CANARY)",
    "mailto:a@b.example?body=\x1b]0;CNRY7F\x07", "mailto:a@b.example\x1b[2J", "mailto:a@b.example?header=x&x-y=z", "mailto://a@b.example", "mailto:a@b.example#x", "mailto:a@b.example?" + "subject=x&" * 500, "mailto:a@b.example?subject='x'",
    "mailto:a@b.example?subject=x;attach=/etc/passwd", "mailto:a@b.example?subject=x?attach=/etc/passwd", "mailto:a@b.example?subject=x%26attach=/etc/passwd",
)  # fmt: skip
LONG = (
    "http://a.example/" + "x" * 50_000,
    "javascript:" + "x" * 50_000,
    "http://" + "x" * 50_000,
    "mailto:" + "a" * 50_000,
    "http://a.example/?" + "é" * 4000,
    "/" * 50_000,
    "../" * 15_000,
)


def hrefs(canary: str) -> list[str]:
    """All of them; each command in them would make the file `canary`."""
    made = [*SCHEMES, *BROKEN, *OPTIONS, *(f"http://{HOST}/{tail}" for tail in TAILS), *WAYS, *MAILS, *LONG]
    made += list(_folded(SCHEMES[:12]))
    return [one.replace("CANARYFILE", canary).replace("CANARY", f"touch${{IFS}}{canary}") for one in made]


def _folded(schemes: tuple[str, ...]) -> Iterator[str]:
    """What browsers were talked into: blanks, controls and references before, in and after the scheme."""
    for one in schemes:
        scheme, _, rest = one.partition(":")
        yield f" \t\n{one}"
        yield f"\x00{one}"
        yield f"{scheme[:3]}\t{scheme[3:]}:{rest}"
        yield f"{scheme}\n:{rest}"
        yield f"{scheme.upper()}:{rest}"
        yield f"\u200b{one}"
        yield f"http://a.example/\n{one}"
