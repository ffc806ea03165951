"""A page becomes a story: all of it, once, in order, and nothing that is not of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.articles import page as module
from tui_news.articles.extract import LOCKED, NOTHING, ONLY_FEED, extract
from tui_news.articles.repair import CAPTION, TWICE

URL = "https://news.example/2026/bridge/"
TITLE = "Council renames the bridge"
PARAS = [
    f"Paragraph {number}: the council voted late on Monday to rename the north bridge, after a debate that ran past "
    f"midnight and left nobody quite happy with what had been decided, said the clerk in room {number}."
    for number in range(1, 9)
]
MENU = "".join(f'<li><a href="/s{n}">Section {n}</a></li>' for n in range(12))


def wordpress(body, after="", head=""):
    return f"""<!doctype html><html lang="en-US"><head><title>{TITLE} – News</title>
    <meta property="article:published_time" content="2026-03-02T09:00:00+00:00"><meta name="author" content="Ann Lee">{head}
    </head><body><nav><ul>{MENU}</ul></nav><main><article>
    <header><h1 class="entry-title">{TITLE}</h1></header><div class="entry-content">{body}</div></article>
    {after}</main><aside><h2>Recent posts</h2><ul>{MENU}</ul></aside><footer>© News</footer></body></html>""".encode()


def paragraphs(count=8):
    return "".join(f"<p>{text}</p>" for text in PARAS[:count])


COMMENTS = """<div id="comments" class="comments-area"><h2>1 comment</h2><ol class="comment-list"><li id="comment-5">
<div class="comment-content"><p>A reader's long opinion of the bridge, the council, the clerk and of midnight debates.</p></div>
</li></ol><div id="respond" class="comment-respond"><h3>Leave a comment</h3><p>Your email address will not be published.</p>
</div></div>"""


def texts(article, kind=None):
    return [block.text for block in article.blocks if kind in (None, block.kind)]


def test_a_story_comes_whole_once_and_alone():
    body = f"""<figure><img src="/b.jpg" alt="The bridge"><figcaption>The bridge. Photo: N. Nobody</figcaption></figure>
    <p><strong>The lede of the story stands in bold, and it is as long as ledes are.</strong></p>
    {paragraphs(4)}<h2>In the north</h2>{"".join(f"<p>{text}</p>" for text in PARAS[4:])}
    <div class="news-tip"><p>Do you have a news tip for us? Write to <a href="mailto:t@n.example">t@n.example</a></p></div>"""
    article = extract(wordpress(body, COMMENTS), URL, "text/html; charset=utf-8", title=TITLE, now=9)
    assert (article.source, article.note, article.title, article.fetched_at) == ("page", "", TITLE, 9)
    assert (article.author, article.published, article.lang) == ("Ann Lee", 1772409600, "en-us")
    assert texts(article, "para") == ["The lede of the story stands in bold, and it is as long as ledes are.", *PARAS]
    assert texts(article, "heading") == ["In the north"]
    assert texts(article, "caption") == ["The bridge. Photo: N. Nobody"]
    assert [block.href for block in article.blocks if block.kind == "image"] == ["https://news.example/b.jpg"]
    whole = "\n".join(texts(article))
    for furniture in ("news tip", "Section", "opinion", "Leave a comment", "Recent", "©"):
        assert furniture not in whole


def test_quotes_are_found_and_their_offsets_hold():
    body = "<p>“We never expected this,” said Ann Lee, and <q>neither did they</q>.</p>" + paragraphs()
    article = extract(wordpress(body), URL)
    assert "“neither did they”" in texts(article)[0]
    assert article.quotes
    for quote in article.quotes:
        assert article.blocks[quote.block].text[quote.start : quote.end] == quote.text


def test_a_page_without_a_named_container_goes_through_the_extractor():
    body = """<h2>Lists</h2><ol><li>First thing that was decided</li><li>Second thing that was decided</li></ol>
    <ul><li>A point of order that was made</li></ul><blockquote><p>We listened to everyone who wrote.</p></blockquote>
    <pre><code>bridge.rename("north")\nbridge.close()</code></pre>
    <table><tr><th>Name</th><th>Votes</th></tr><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>11</td></tr></table>
    <p>Read <a href="minutes.html">the minutes</a> with <em>care</em> and <code>code</code>, please, all of you.</p>"""
    page = wordpress(paragraphs() + body + paragraphs(3).replace("Paragraph", "Part")).replace(b"entry-content", b"c-7")
    article = extract(page, URL)
    items = [(block.marker, block.text) for block in article.blocks if block.kind == "item"]
    assert ("1.", "First thing that was decided") in items
    assert ("2.", "Second thing that was decided") in items
    assert [block.text for block in article.blocks if block.quote] == ["We listened to everyone who wrote."]
    assert texts(article, "code") == ['bridge.rename("north")\nbridge.close()']
    (table,) = [block for block in article.blocks if block.kind == "table"]
    assert table.rows == (("Name", "Votes"), ("North", "12"), ("South", "11"))
    (read,) = [block for block in article.blocks if block.text.startswith("Read the")]
    styles = {(read.text[span.start : span.end], span.style, span.href) for span in read.spans}
    assert ("the minutes", "link", "https://news.example/2026/bridge/minutes.html") in styles
    assert ("care", "em", None) in styles
    assert ("code", "code", None) in styles


def test_line_breaks_used_as_paragraphs_are_paragraphs():
    page = wordpress("<br><br>".join(PARAS)).replace(b"entry-content", b"c-7")
    assert texts(extract(page, URL), "para") == PARAS
    assert texts(extract(wordpress("<p>" + "<br />\n<br>".join(PARAS) + "</p>"), URL), "para") == PARAS


def test_a_refrain_is_kept():
    refrain = "<p>And the bridge stood, and the river ran under it, as they always had.</p>"
    page = wordpress(paragraphs(4) + refrain * 3 + paragraphs(4)).replace(b"entry-content", b"c-7")
    assert sum(text.startswith("And the bridge stood") for text in texts(extract(page, URL))) == 3


def test_ruby_is_read_by_its_base():
    text = "".join(
        f"<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>で橋の名前が変わりました。第{n}段落です。</p>"
        for n in range(9)
    )
    article = extract(wordpress(text).replace(b"entry-content", b"c-7"), URL)
    assert texts(article)[0] == "東京で橋の名前が変わりました。第0段落です。"


def test_the_feeds_text_is_shown_when_the_page_gives_too_little():
    feed = paragraphs() + "<p>“Fine,” said Ann Lee.</p>"
    page = wordpress("<p>Please log in to read this story, which is for those who pay for it.</p>")
    article = extract(page, URL, feed_text=feed, title=TITLE, now=3)
    assert (article.source, article.note, article.fetched_at) == ("feed", ONLY_FEED, 3)
    assert texts(article)[:8] == PARAS
    assert article.lang == "en-us"
    assert extract(wordpress(paragraphs()), URL, feed_text=feed).source == "page"
    assert extract(wordpress(paragraphs()), URL, feed_text="<p>Short.</p>").note == ""


def script(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_page_drawn_by_scripts_is_read_from_its_data():
    data = {"@graph": [{"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(PARAS),
                        "author": [{"name": "Ann Lee"}, "Bo"], "datePublished": "2026-03-02T09:00:00"}]}  # fmt: skip
    page = f"<html><head>{script(data)}</head><body><div id=app></div></body></html>".encode()
    article = extract(page, URL)
    assert texts(article) == PARAS
    assert article.title == TITLE
    assert article.author in ("Ann Lee, Bo", "Ann Lee; Bo")
    html = data | {"@graph": [{"headline": TITLE, "articleBody": paragraphs()}]}
    assert texts(extract(f"<html><head>{script(html)}</head><body>x</body></html>".encode(), URL)) == PARAS


def test_a_visible_story_is_better_than_its_data():
    data = {"headline": TITLE, "articleBody": " ".join(PARAS) + " More."}
    assert texts(extract(wordpress(paragraphs(), head=script(data)), URL)) == PARAS


@pytest.mark.parametrize("page", [b"", b"\x00", b"<html></html>", b"<!-- -->", b'<?xml version="1.0"?>', b"\xff\xfe"])
def test_a_page_of_nothing_says_so(page):
    article = extract(page, URL)
    assert (article.blocks, article.note, article.source) == ((), NOTHING, "page")


def test_an_extractor_that_gives_up_leaves_the_named_container(monkeypatch):
    import trafilatura

    def fail(*args, **kwargs):
        raise ValueError("no")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    article = extract(wordpress("<br><br>".join(PARAS)), URL, title=TITLE)
    assert texts(article) == PARAS


def test_many_links_are_not_looked_at_one_by_one(monkeypatch):
    import trafilatura

    asked = []
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *args, **kwargs: asked.append(kwargs["fast"]))
    extract(wordpress("<a href='x'>y</a>" * (module.MANY_LINKS + 1)), URL)
    extract(wordpress("<a href='x'>y</a>"), URL)
    assert asked == [True, False]


@pytest.mark.parametrize(
    ("page", "handed"),
    [("<p>x</p>" * 39_000, 1), ("<p>x</p>" * 41_000, 0), ("<img src=/i.png>" * 30_000, 1),
     ("<ol class=comment-list>" + "<li>x</li>" * 50_000 + "</ol>", 1),
     ("<script type='application/ld+json'>{" + " " * 400_000 + "}</script>", 1)],
)  # fmt: skip
def test_a_page_heavier_than_any_story_does_not_fill_the_memory(monkeypatch, page, handed):
    import trafilatura

    roots = []
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda root, **kwargs: roots.append(root))
    article = extract(f"<h1>{TITLE}</h1><article><p>{PARAS[0]}</p><p>{PARAS[1]}</p>{page}</article>".encode(), URL)
    assert PARAS[0] in texts(article)
    assert len(roots[:1]) == handed
    for root in roots:
        assert sum(1 for _ in root.iter()) <= module.MANY_PARTS
        assert sum(1 for _ in root.iter("img")) <= module.MANY_PICTURES
        assert not any(len(script.text or "") > module.LONG_DATA for script in root.iter("script"))


HOSTILE = [
    "<div>" * 5_000 + "x",
    "<blockquote>" * 300 + "x",
    "<p>\x1b[31mred\x9b5m \u202eabc</p>" * 30,
    "<a " * 20_000,
    "<q>" * 3_000,
    "<p>" + "<br>" * 20_000,
    "<table>" * 500,
    "<ruby><rt>" * 500,
    "&#27;]52;c;AAAA&#7; &#x110000; &#xD800;" * 100,
    "<figcaption>" * 500 + "x",
    "<p>The same words again and again, as a page of thousands would have them.</p>" * 4_000,
    f"{CAPTION}{TWICE}" * 50,
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_neither_crash_nor_reach_the_terminal(body):
    article = extract(wordpress(body + paragraphs(2)), URL)
    for block in article.blocks:
        assert not set(block.text) & set("\x1b\x9b\x07\u202e⸸⸹")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="<>/pbrqdivh2 \n“”\"'&;x.ul\x00\x1b\u202e⸸⸹", max_size=300))
def test_no_page_crashes(noise):
    article = extract(wordpress(noise + paragraphs(1)), URL, feed_text=noise, title=TITLE)
    for block in article.blocks:
        assert all(0 <= span.start <= span.end <= len(block.text) for span in block.spans)


def test_a_small_page_is_its_one_article_with_its_code_and_headings():
    page = """<html><body><nav>menu</nav><article><h1>Tide</h1><h2>Tables</h2><p>High at noon.</p><pre>low  tide</pre>
    <template>never</template></article><footer>foot</footer><script>x</script></body></html>"""
    blocks = extract(page.encode(), "https://a.example/1", "text/html").blocks
    assert [(block.kind, block.text) for block in blocks][-2:] == [("para", "High at noon."), ("code", "low  tide")]
    assert not any(word in block.text for block in blocks for word in ("menu", "never", "foot"))


def test_a_page_that_is_nothing_but_text_is_read_whole():
    for page in (
        "<p>se\0en at sea",
        "<blockquote>" * 4000 + "<p>deepest</p>" + "</blockquote>" * 4000 + "<p>after</p>",
    ):
        text = " ".join(block.text for block in extract(page.encode(), "https://a.example/1", "text/html").blocks)
        assert "at sea" in text or ("deepest" in text and "after" in text)


def test_a_page_of_far_too_many_tags_is_read_without_a_tree():
    page = "<p>Words first.</p>" + "<a href='/x'>y</a> " * 80_000
    assert extract(page.encode(), "https://a.example/1", "text/html").blocks[0].text.startswith("Words first.")


def test_the_structure_of_a_story_is_kept_whoever_reads_it():
    body = f"""{paragraphs(2)}<ol start="4"><li>One<ul><li>Inner</li></ul></li><li>Two</li></ol>
    <blockquote><p>We listened.</p><cite>Ann Lee</cite></blockquote><pre><code class="language-js">a = 1</code></pre>
    <p>H<sub>2</sub>O<sup>1</sup>, as a note says, is what the bridge stands in, and always has stood in.</p><hr>
    <iframe src="https://www.youtube.com/embed/x"></iframe><iframe src="https://ads.example/x"></iframe>{paragraphs()}"""
    for name in (b"entry-content", b"c-7"):
        article = extract(wordpress(body).replace(b"entry-content", name), URL, title=TITLE)
        assert [block.marker for block in article.blocks if block.kind == "item"] == ["4.", "•", "5."]
        assert [block.text for block in article.blocks if block.quote] == ["We listened.", "— Ann Lee"]
        assert [(block.text, block.lang) for block in article.blocks if block.kind == "code"] == [("a = 1", "js")]
        assert [block.text for block in article.blocks if block.kind == "embed"] == ["Video: youtube.com"]
        assert {"sub", "sup"} <= {span.style for block in article.blocks for span in block.spans}
        assert "rule" in {block.kind for block in article.blocks}


def test_a_standfirst_outside_the_container_comes_first_and_a_page_says_when_it_was_changed():
    lead = "<p class='lead'>The council has done it: the bridge has a name, and it is not the old one.</p>"
    head = '<meta property="article:modified_time" content="2026-03-03T09:00:00+00:00">'
    page = wordpress(paragraphs(), head=head).replace(b"</header>", f"</header>{lead}".encode())
    article = extract(page.replace(b"entry-content", b"c-7"), URL, title=TITLE)
    assert article.blocks[0].text.startswith("The council has done it")
    assert article.updated == 1772528400


def test_another_story_than_the_page_says_gives_way_to_what_it_says():
    told = " ".join(f"The keeper of the light said so in {n} ways, and all of them were long." for n in range(12))
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{told}\n\nThe end."})
    page = wordpress(paragraphs(), head=f'<script type="application/ld+json">{data}</script>')
    assert texts(extract(page, URL, title=TITLE))[-1] == "The end."
    assert texts(extract(page, URL, title="Quite other things happened"))[0] == PARAS[0]


def test_a_story_behind_a_password_is_said_to_be():
    form = (
        '<p class="post-password-message">Please enter a password to view.</p><form class="post-password-form"><label>Password'
        '</label><input type="password"></form>'
    )
    page = f"<html><body><h1>Protected: Quay</h1><article>{form}</article></body></html>".encode()
    found = extract(page, "https://coast.example/quay", "text/html", feed_text=form, title="Protected: Quay")
    assert (found.note, [block.text for block in found.blocks]) == (LOCKED, ["Please enter a password to view."])
    assert extract(page, "https://coast.example/quay", "text/html").note == LOCKED
    told = "".join(
        f"<p>The quay was quiet on day {day}, and nobody who lives there had seen the boat.</p>" for day in range(30)
    )
    open_page = page.replace(b"</article>", f"{told}</article>".encode())
    assert extract(open_page, "https://coast.example/quay", "text/html").note == ""
