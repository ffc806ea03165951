"""Where quotations begin and end, and what kind they are."""

from __future__ import annotations

import pytest

from tui_news.text.quotes import find_quotes


def found(text: str, lang: str | None = None) -> list[tuple[str, str]]:
    return [(q.kind, text[q.start : q.end]) for q in find_quotes(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "spans"),
    [
        ("“The bridge is safe,” she said.", "en", ["“The bridge is safe,”"]),
        ("„Wir haben verloren“, sagte Weber.", "de", ["„Wir haben verloren“"]),
        ("„Wir warten\", sagte Weber.", "de", ["„Wir warten\""]),
        ("»Det er en skandale,« siger Mette Holm.", "da", ["»Det er en skandale,«"]),
        ("«Vi har tapt», skriver Per Hansen.", "no", ["«Vi har tapt»"]),
        ("”Det är för tidigt”, säger Eva Ek.", "sv", ["”Det är för tidigt”"]),
        ("»Olen iloinen», sanoo Matti Virtanen.", "fi", ["»Olen iloinen»"]),
        ("« Nous partons », dit Paul Roux.", "fr", ["« Nous partons »"]),
        ("``It rains,'' said Bo.", "en", ["``It rains,''"]),
        ("'It's over,' Jones said. 'The players' union won't have it.'", "en",
         ["'It's over,'", "'The players' union won't have it.'"]),
        ("‚Das geht nicht‘, sagte Weber.", "de", ["‚Das geht nicht‘"]),
        ("“It can't be,\" Ann said. \"It is.”", "en", ["“It can't be,\"", "\"It is.”"]),
        ("The board is 27\" wide. \"It fits,\" said Tim.", "en", ["\"It fits,\""]),
        ("\"The 27\" board fits well,\" said Tim.", "en", ["\"The 27\" board fits well,\""]),
        ("He is 6'2\" tall. \"I never counted,\" he said.", "en", ["\"I never counted,\""]),
        ("王毅表示：“中国将继续开放。”", "zh", ["“中国将继续开放。”"]),
        ("אמר ד\"ר לוי: \"אנחנו מוכנים\".", "he", ["\"אנחנו מוכנים\""]),
    ],
)  # fmt: skip
def test_marks_of_many_traditions(text: str, lang: str, spans: list[str]) -> None:
    assert [s for _, s in found(text, lang)] == spans


@pytest.mark.parametrize(
    "text",
    [
        'print("hello") and x="y" are code.',
        "In the ’80s the Jones’ dogs’ bowls weren’t theirs.",
        "'Twas the night; rock 'n' roll in the '60s.",
        "Perioden 2005–2007 og strekningen Oslo – Bergen.",
        '“” "" «» and nothing between “ ”.',
        "No marks at all.",
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert found(text) == []


def test_an_unclosed_mark_colours_nothing() -> None:
    assert found("“This never closes.\n\nThe next paragraph is prose.") == []


def test_a_quotation_over_paragraphs_opens_again_in_each() -> None:
    text = "“The first part.\n\n“The second part.\n\n“The third,” Ann Berg said. “And more.”"
    quotes = find_quotes(text, "en")
    assert [text[q.start : q.end] for q in quotes] == [
        "“The first part.", "“The second part.", "“The third,”", "“And more.”"
    ]  # fmt: skip
    assert {q.speaker for q in quotes} == {"Ann Berg"}


def test_nested_quotes_lie_inside_their_outer_one() -> None:
    text = "“I said ‘no’ twice,” Ali recalled. „Er sagte ‚nein‘ dazu“, so Max."
    assert [k for k, _ in found(text, "en")][:2] == ["speech", "nested"]
    deep = "“a ‘b “c ‘d “e ‘f “g ‘h’ g” f’ e” d’ c” b’ a.”"
    assert {k for k, _ in found(deep, "en")} <= {"speech", "nested", "term"}


@pytest.mark.parametrize(
    ("text", "lang", "kinds"),
    [
        ("The so-called “green tax” hurts.", "en", ["term"]),
        ("The word “cosy” will not do.", "en", ["term"]),
        ("Dwayne “The Rock” Johnson arrived.", "en", ["term"]),
        ("The song “Yellow Moon” topped the charts.", "en", ["title"]),
        ("Her novel “a quiet life in seven long and rainy winters” sold.", "en", ["title"]),
        ("Der Roman „Die Blechtrommel“ erschien 1959.", "de", ["title"]),
        ("他读了《红楼梦》。", "zh", ["title"]),
        ("映画「七人の侍」は名作だ。", "ja", ["title"]),
        ("She will speak on “Meet The Nation.”", "en", ["title"]),
        ("They kept the “very old” ways.", "en", ["term"]),
        ("He wrote of “a house with nine rooms and no doors” there.", "en", ["speech"]),
        ("According to “Der Bote”, it rained.", "en", ["title"]),
        ("Then came a cry: “Fire!”", "en", ["speech"]),
        ("Ann Berg wrote: “The Time For Talk Is Long Over Now.”", "en", ["speech"]),
        ("The word “we shall never see its like again here.” ends it.", "en", ["speech"]),
        ("“A ‘b“ c’ d,” he said.", "en", ["speech"]),
        ("Nothing but “?!” was left.", "en", []),
        ("Under the sign “Keep Off The Grass,” two dogs slept.", "en", ["title"]),
    ],
)
def test_kinds(text: str, lang: str, kinds: list[str]) -> None:
    assert [k for k, _ in found(text, lang)] == kinds


def test_the_article_s_own_headline_is_a_title_when_quoted() -> None:
    text = (
        "The harbour board wants to move the pier\n\nProse.\n\n3 comments on “The harbour board wants to move the pier”"
    )
    assert [k for k, _ in found(text, "en")] == ["title"]


def test_a_page_of_marks_gets_no_speakers() -> None:
    quotes = find_quotes("“a” said Bob " * 400, "en")
    assert len(quotes) == 400
    assert all(q.speaker is None for q in quotes)


def test_a_quotation_that_is_a_line_of_its_own_in_a_wrapped_text() -> None:
    text = "Trump spoke.\n“Go and see,” Bell implored. “All of you.”\nThen he left."
    assert [q.speaker for q in find_quotes(text, "en")] == ["Bell", "Bell"]


def test_a_sentence_without_end_is_cut_and_still_read() -> None:
    text = "word " * 400 + "“a b c d e f,” Bo Dahl said"
    assert [q.speaker for q in find_quotes(text, "en")] == ["Bo Dahl"]


def test_a_lone_single_mark_that_crosses_a_pair_is_dropped() -> None:
    assert found("“We saw the boys’ ‘new bikes” and nothing,’ he said.", "en") == [
        ("speech", "“We saw the boys’ ‘new bikes”")
    ]
