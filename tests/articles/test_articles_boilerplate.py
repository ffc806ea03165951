"""Furniture by its words: whole lines in several languages go, the same words in a story's sentences stay."""

from __future__ import annotations

import pytest

from tui_news.articles.boilerplate import is_boilerplate, tidy
from tui_news.models import Block, Span

STORY = (Block("para", "The bridge has a new name, and nobody on the council is happy with it."),)


@pytest.mark.parametrize(
    "line",
    [
        "Facebook Twitter Email", "Facebook | X | WhatsApp | Copy link", "Share", "Video", "Enlarge this image",
        "Read more", "Image 3 of 12", "Sign up for our weekly newsletter and miss nothing",
        "Abonnieren Sie unseren Newsletter", "Meld deg på nyhetsbrevet vårt", "Inscrivez-vous à notre newsletter",
        "Suscríbete a nuestro boletín semanal", "Iscriviti alla newsletter", "Schrijf je in voor de nieuwsbrief",
        "Prenumerera på vårt nyhetsbrev", "Подпишитесь на рассылку", "Følg oss på Facebook og Instagram",
        "Folgen Sie uns auf Instagram", "Suivez-nous sur WhatsApp", "Follow Coast Post on Bluesky",
        "Legg igjen en kommentar", "Schreibe einen Kommentar", "Laisser un commentaire", "Deja un comentario",
        "Har du tips til oss?", "Haben Sie Hinweise? Schreiben Sie uns.", "CLICK HERE TO READ MORE ON COAST",
        "If you buy through our links, we may earn a small affiliate commission at no cost to you.",
        "Vi bruker cookies på denne siden.", "Diese Seite verwendet Cookies, um besser zu werden.",
    ],
)  # fmt: skip
def test_lines_that_are_furniture(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Follow the money, she said, and it leads to the harbour.",
        "The commission may earn a place in history, but it will not buy the links.",
        "Agents receive commissions of five per cent.", "Video of the fire shows how fast it spread.",
        "He shared the picture on Facebook and Instagram.", "Sign up at the door, the club asks of its members.",
        "Har du tips om hvor båten er, vil politiet gjerne høre fra deg, og det er i orden å ringe midt på natta, sier "
        "lensmannen til avisa, som selv har vært ute og lett siden mandag kveld sammen med halve bygda og to hunder.",
        "Email is how the council talks to itself.", "Register the boat by Monday.", "Close the door.",
        "Click here to get more information or download this game.",
    ],
)  # fmt: skip
def test_sentences_that_only_begin_like_it(line):
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "This article appeared in the Leaders section of the print edition under the headline “Named”",
        "Ann Lee can be reached at ann@coast.example.", "Contact Ann Lee at ann@coast.example", "© 2026 Coast Post",
        "Tags: bridges, names", "Alle Rechte vorbehalten.", "More from Coast Post", "Published under: Bridges , Names",
    ],
)  # fmt: skip
def test_what_ends_a_page_goes_from_the_end_only(line):
    trailer = Block("para", line)
    assert tidy((*STORY, trailer)) == STORY
    assert tidy((trailer, *STORY)) == (trailer, *STORY)


def test_title_and_author_who_stand_above_are_not_said_again():
    head = (Block("heading", "Bridge gets a new name, at last", level=1), Block("para", "By Ann Lee, Staff Writer"))
    about = Block("para", "Ann Lee is a reporter who covers bridges.")
    title = "The bridge gets a new name at last"
    assert tidy((*head, *STORY, about), title, "Ann Lee") == STORY
    said = Block("para", "Ann Lee, who lives by the bridge, disagrees.")
    last = Block("para", "Ann Lee said so, too.")
    assert tidy((said, *STORY, last), title, "Ann Lee") == (said, *STORY, last)
    other = Block("heading", "What the council says", level=1)
    assert tidy((other, *STORY), title) == (other, *STORY)


def test_a_line_that_is_a_link_to_another_story_goes():
    def linked(text):
        return Block("para", text, (Span(0, len(text), "link", "https://x.example/"),))

    for line in ("TEN MORE BRIDGES THAT YOU SHOULD SEE", "Also: ten more bridges", "Lire aussi : dix ponts"):
        assert tidy((linked(line), *STORY)) == STORY
    for line in ("The minutes of the meeting", "NASA"):
        assert tidy((linked(line), *STORY)) == (linked(line), *STORY)
    assert tidy((Block("para", "Also: the bridge is wet."), *STORY))[0].text == "Also: the bridge is wet."


@pytest.mark.parametrize(
    "line",
    [
        "Image 1 of / 23",
        "Show Caption",
        "1709415900",
        "Like this story? Share it with a friend!",
        "Thank you for subscribing to our newsletter. Look out for our weekly round-up.",
        "This newsletter may contain advertising, deals, or affiliate links.",
        "Listen to the whole talk wherever you get your podcasts.",
        "View this post on Instagram",
    ],
)
def test_lines_of_galleries_letters_and_posts_are_furniture(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line", ["The parish newsletter", "Photo 51 changed biology.", "She wore the caption on a hat."]
)
def test_a_sentence_about_such_things_stays(line):
    assert not is_boilerplate(line)


def test_a_byline_with_the_paper_behind_it_goes():
    blocks = [
        Block("para", "Ann Lee COAST POST"),
        Block("para", "The bridge opens on Monday."),
        Block("para", "Ann Lee"),
    ]
    assert [block.text for block in tidy(blocks, author="Ann Lee")] == ["The bridge opens on Monday."]


def test_a_credit_in_a_paragraph_of_its_own_is_a_caption():
    lines = ["Photo: Ann Lee/Coast Post", "Chris Reed/Getty Images", "Image: the bridge, as it is, will not stand."]
    tidied = tidy([STORY[0], *(Block("para", line) for line in lines), Block("para", "It closed again.")])
    assert [block.kind for block in tidied] == ["para", "caption", "caption", "para", "para"]


def test_a_caption_is_said_once_and_without_its_buttons():
    blocks = [
        Block("image", ""), Block("caption", "Ann Lee rows. Chris Reed/Coast Post hide caption toggle caption"),
        Block("image", ""), Block("para", "Chris Reed/Coast Post"), STORY[0],
    ]  # fmt: skip
    shown = [block.text for block in tidy(blocks) if block.kind != "image"]
    assert shown == ["Ann Lee rows. Chris Reed/Coast Post", STORY[0].text]


def test_a_list_of_other_stories_at_the_end_goes_and_a_list_of_sources_stays():
    link = (Span(0, 18, "link", "https://a.example/x"),)
    items = [Block("item", "Nine other bridges", spans=link, marker="•")] * 2
    assert tidy([*STORY, Block("heading", "More great stories"), *items]) == STORY
    assert len(tidy([*STORY, Block("heading", "Sources"), *items])) == 4


@pytest.mark.parametrize(
    "line",
    [
        "Published 2:16 AM EST Nov 20, 2019",
        "Updated: 20 November 2019, 10:03 GMT",
        "Oppdatert 3. mars 2026 kl. 10:03",
        "Mis à jour le 3 mars 2026 à 10h03",
        "Veröffentlicht am 03.12.2019",
        "Sign up for the Harbour Shop to get updates on the biggest sales!",
    ],
)
def test_dates_of_publishing_and_calls_to_sign_up_are_furniture(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Published in 1998 by Coast Press",
        "Updated guidance from 2019 says boats help most people in cold weather now",
        "Sign up for the race to get a shirt.",
    ],
)
def test_sentences_that_begin_like_them_stay(line):
    assert not is_boilerplate(line)


def test_what_leads_elsewhere_under_a_story_goes_with_its_picture():
    text = lambda words: Block("para", words)  # noqa: E731
    tail = (Block("heading", "Current Issue"), Block("image", "Cover of February"), text("February 2024 Issue"))
    more = (text("Keep reading"), Block("item", "Submit a correction"), Block("item", "Reprints & permissions"))
    assert tidy((*STORY, *tail, *more)) == STORY
    kept = (Block("heading", "The old bridge"), Block("image", "The bridge in 1950"))
    assert tidy((*STORY, *kept)) == (*STORY, *kept)


def test_the_title_behind_boxes_is_not_said_again():
    boxes = tuple(Block("para", f"Box {number}.") for number in range(5))
    head = Block("heading", "Bridge gets a new name", level=1)
    assert tidy((*boxes, head, *STORY), "Bridge gets a new name") == (*boxes, *STORY)


def test_a_footnote_has_no_arrow_back():
    def note(text, href):
        return Block("item", text, (Span(0, 3, "em"), Span(len(text) - 2, len(text), "link", href)), marker="1.")

    (found,) = tidy([note("The source. ↩︎", "https://p.example/x#fnref1")])
    assert (found.text, found.spans) == ("The source.", (Span(0, 3, "em"),))
    for text, href in (("The source. ↩︎", "https://p.example/x"), ("The source is b.", "https://p.example/x#fnref1")):
        assert tidy([note(text, href)])[0].text == text
