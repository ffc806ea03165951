"""A feed's own body: what of it is the story, and whether it is the story at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.articles import feedbody
from tui_news.articles.boilerplate import is_boilerplate, is_trailer, tidy
from tui_news.articles.feedbody import count_words, from_feed, is_teaser
from tui_news.articles.phrases import CUT_OFF, cut_off
from tui_news.models import Block

URL = "https://news.example/bridge"
WORDS = "The council voted late on Monday to rename the bridge. "  # ten words
LONG = "".join(f"<p>{WORDS * 5}</p>" for _ in range(6))


def texts(article):
    return [block.text for block in article.blocks]


def test_a_body_becomes_blocks_with_its_quotes():
    html = '<p>“We never expected this,” said Ann Lee.</p><p>See <a href="/more">the rest</a> for it.</p>'
    article = from_feed(html, URL, title="A bridge", lang="en", now=5)
    assert (article.source, article.title, article.lang, article.fetched_at, article.note) == (
        "feed",
        "A bridge",
        "en",
        5,
        "",
    )
    assert texts(article) == ["“We never expected this,” said Ann Lee.", "See the rest for it."]
    assert article.blocks[1].spans[0].href == "https://news.example/more"
    (quote,) = article.quotes
    assert (quote.block, quote.text) == (0, "“We never expected this,”")


def test_the_title_is_not_said_twice():
    assert texts(from_feed(f"<h1>A Bridge!</h1><p>{WORDS}</p>", URL, title="A bridge")) == [WORDS.strip()]
    assert texts(from_feed(f"<p>A bridge</p><p>{WORDS}</p>", URL, title="A bridge")) == [WORDS.strip()]
    assert len(texts(from_feed(f"<p>{WORDS}</p><p>A bridge</p><p>x</p>", URL, title="A bridge"))) == 3
    assert len(texts(from_feed("<h1>Other</h1><p>x</p>", URL, title=""))) == 2


@pytest.mark.parametrize(
    "tail",
    [
        '<p>The post <a href="x">A bridge</a> appeared first on <a href="y">News</a>.</p>',
        "<p>Der Beitrag Brücke erschien zuerst auf Zeitung.</p>",
        "<p>Read more</p>",
        "<p>Read the full story here »</p>",
        '<p><a href="x">Continue reading “A bridge”</a></p>',
        "<p>Les mer…</p>",
        '<p><a href="x">12 comments</a></p>',
        "<p>Tags: bridges, councils</p>",
        "<hr><h3>Share this</h3><p>Facebook</p>",
        "<h2>Related posts:</h2>",
    ],
)
def test_lines_that_only_lead_elsewhere_are_dropped_at_the_end(tail):
    assert texts(from_feed(f"<p>{WORDS}</p>{tail}", URL)) == [WORDS.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "Do you have a news tip for Norway Daily? We want to hear it. Write to tips@news.example",
        "Got a tip?",
        "Sign up for our daily newsletter here",
        "Subscribe to our YouTube channel",
        "Follow us on Twitter and Facebook",
        "Read also: Another bridge was renamed",
        "Les også: En annen bro",
        "READ MORE: Another bridge",
        "Advertisement",
        "This website uses cookies to give you the best of everything.",
        "Leave a comment",
        "Share this:",
        "Your email address will not be published. Required fields are marked *",
    ],
)
def test_furniture_is_dropped_wherever_it_stands(line):
    assert is_boilerplate(line)
    assert tidy((Block("para", "One."), Block("para", line), Block("para", "Two."))) == (
        Block("para", "One."),
        Block("para", "Two."),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Do you have a news tip, the officer asked, and she had.",
        "“Follow us,” said the guide, and the crowd went down to the river.",
        "The advertisement was taken down on Friday.",
        "Share prices fell on Monday after the council voted.",
        "Sign up, the recruiter told him, and see the world.",
        "Watch your step, the sign says, and people do.",
        "Comment is free, but facts are sacred.",
        "See the mayor run.",
    ],
)
def test_a_storys_own_words_stay(line):
    assert not is_boilerplate(line)
    assert not is_trailer(line)


def test_furniture_words_in_a_quote_or_in_code_are_words():
    said = (Block("para", "Advertisement", quote=1), Block("code", "Read more"))
    assert tidy(said) == said


def test_an_opening_printed_twice_is_shown_once():
    opening = "The council voted late on Monday to rename the bridge for a second time."
    blocks = (Block("para", opening), Block("image", ""), Block("para", opening), Block("para", "More."))
    assert tidy(blocks) == blocks[1:]
    refrain = (Block("para", "Again."), Block("para", "Again."), Block("para", "End."))
    assert tidy(refrain) == refrain


def test_of_two_equal_headings_in_a_row_one_stays():
    heading = Block("heading", "North", level=2)
    assert tidy((heading, Block("para", "Advertisement"), heading, Block("para", "x"))) == (heading, Block("para", "x"))


TEASERS = [
    ("", False),
    ('<a href="https://news.ycombinator.com/item?id=1">Comments</a>', False),
    ('<p><a href="x">Link</a> <a href="y">Comments</a></p>', True),
    (f"<p>{WORDS}</p>", False),
    (f"{WORDS * 5}[&hellip;]", True),
    (f"{WORDS * 5}[…]", True),
    (f"{WORDS * 5}…", True),
    (f"<p>{WORDS * 5}... <a href='x'>Read more</a></p>", True),
    (f"<p>{WORDS * 5}</p><p><a href='x'>Continue reading <span>A bridge</span> →</a></p>", True),
    (f"<p>{WORDS * 5} […]</p><p>The post <a>A</a> appeared first on <a>B</a>.</p>", True),
    (f"<p>{WORDS * 15}</p>", False),
    ("<script>" + WORDS * 50 + "</script><p>Short.</p>", True),
    ("<p>" + "橋の名前が変わりました。" * 3 + "</p>", False),
]
STORIES = [
    (LONG, False),
    (LONG, True),
    (f"<p>{WORDS * 4}</p>", True),
    (f"{LONG}<p>{WORDS * 12}</p><p>And so on…</p>", True),
    (f"<p>{WORDS * 5}</p><p>{WORDS * 5}</p><p>{WORDS * 5}</p>", False),
    (WORDS * 21, False),
    ("<p>" + "橋の名前が変わりました。" * 60 + "</p>", False),
    ("<b>" * 100_000, False),
    (f"<a href='x'>{WORDS * 10}</a>", True),
]


@pytest.mark.parametrize(("html", "content"), TEASERS)
def test_too_little_is_a_teaser(html, content):
    assert is_teaser(html, has_content=content)


@pytest.mark.parametrize(("html", "content"), STORIES)
def test_enough_is_a_story(html, content):
    assert not is_teaser(html, has_content=content)


def test_words_of_scripts_without_spaces_count_too():
    assert count_words("two words") == 2
    assert count_words("橋の名前が") == 1 + 2


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/pa \n“”\"'&;x.…[]hr=\x1b\u202e", max_size=200), st.booleans())
def test_nothing_breaks_on_any_body(html, content):
    assert isinstance(is_teaser(html, has_content=content), bool)
    article = from_feed(html, URL, title=html[:20])
    for block in article.blocks:
        assert "\x1b" not in block.text
        assert "\u202e" not in block.text
    for quote in article.quotes:
        assert article.blocks[quote.block].text[quote.start : quote.end]


def test_hostile_bodies_take_no_time():
    import time

    started = time.perf_counter()
    for html in ("<a " * 60_000, "<!--" * 40_000, "<script>" * 20_000, "The post " * 20_000, "&#x1b;[" * 20_000):
        is_teaser(html)
    assert time.perf_counter() - started < 5


PIECES = st.sampled_from(
    [
        *(
            "word",
            "Word",
            "words words",
            " ",
            "  \n",
            "<p>",
            "</p>",
            "<br>",
            '<a href="https://a.example/b?c=d&amp;e=f">',
        ),
        *("</a>", "&amp;", "&#8220;", "&lt;b", "<", "a<b", "…", "...", "[…]", "橋の名前", "<b>", "</b>", "&hellip;"),
        *("Read more", "continue reading", "(more)", "<li>", "<!-- x -->", "<script>x</script>", "weiterlesen", "İı"),
        *(
            "The post A appeared first on B.",
            "APPEARED FIRST ON",
            "The Post",
            "appeared first",
            "first on",
            "read the full",
        ),
        *("The post A first appeared on B", "<img src='x' alt='a b c d e f g h'>"),
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(PIECES, st.integers(1, 60)), max_size=14), st.booleans())
def test_a_beginning_and_an_end_tell_what_the_whole_would(pieces, content):
    html = " ".join(f"{piece} " * times for piece, times in pieces)
    quick = is_teaser(html, has_content=content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedbody, "_plainly_whole", lambda *_: False)
        assert is_teaser(html, has_content=content) is quick


@given(st.text(alphabet=".…»] (morecntiugadRMIıſK&", max_size=60), st.sampled_from(("", "Read more", "leer más …")))
def test_the_words_of_what_is_cut_off_are_looked_for_first(text, end):
    assert cut_off(text + end) is bool(CUT_OFF.search(text + end))


@given(
    st.sampled_from(
        ["(more", "read more", "See the rest", "läs mer", "Leia mais", "…", "continue reading", "ＶＩＥＷ ON"]
    ),
    st.integers(0, 130),
    st.sampled_from(["a", "ﬃ", "ΐ", "İ"]),
    st.sampled_from(["", ")", " . »", "]"]),
)
def test_and_as_far_from_the_end_as_they_may_stand(words, room, letter, end):
    text = f"Told. {words} {letter * room}{end}"
    assert cut_off(text) is bool(CUT_OFF.search(text))
