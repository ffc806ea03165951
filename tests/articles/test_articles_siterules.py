"""What a reader says of a site decides; what cannot be used is said with file and line, and costs nothing else."""

from __future__ import annotations

from tui_news.articles.extract import extract
from tui_news.articles.siterules import SiteRule, load_rules, parse_rules

RULES = """
["news.example"]
keep = "div.odd"
drop = [".promo", "p.ad"]
title = "h1.line"
author = ".by a"
next = "a.next"

["blog.news.example"]
keep = "main"
"""


def test_rules_are_found_by_host_the_longest_first():
    rules = parse_rules(RULES, "sites.toml")
    assert rules.problems == ()
    expected = SiteRule("news.example", "div.odd", ".promo, p.ad", "h1.line", ".by a", "a.next")
    assert rules.of("www.news.example") == rules.of("NEWS.example") == rules.of("m.news.example") == expected
    assert rules.of("blog.news.example") == SiteRule("blog.news.example", keep="main")
    assert rules.of("badnews.example") is None


def test_what_is_wrong_is_said_with_file_and_line():
    text = '["a.example"]\nkeep = "div >"\ncolour = "red"\ndrop = 5\ntitle = "h1"\n\n["b.example"]\nnope = "x"\n'
    rules = parse_rules(text, "sites.toml")
    assert rules.problems == (
        'sites.toml:2: "div >" is no CSS selector',
        'sites.toml:3: unknown key "colour": a site has keep, drop, title, author, next',
        'sites.toml:4: "drop" must be a selector or a list of selectors',
        'sites.toml:8: unknown key "nope": a site has keep, drop, title, author, next',
    )
    assert rules.rules == (SiteRule("a.example", title="h1"),)


def test_a_file_that_is_no_toml_or_has_unquoted_sites_says_so(tmp_path):
    assert parse_rules("[a\n", "f").problems[0].startswith("f: is no TOML:")
    assert parse_rules("[a.example]\nkeep='x'\n", "f").problems == ('f:1: write the site in quotes: ["a.example"]',)
    assert parse_rules("keep='x'\n", "f").problems == (
        'f:1: "keep" stands outside a table: write it under ["the.site"]',
    )
    assert load_rules(tmp_path / "none.toml").rules == ()
    (tmp_path / "bad").write_bytes(b"\xff")
    assert "cannot be read" in load_rules(tmp_path / "bad").problems[0]


PAGE = """<html><head><title>Site</title></head><body><h1 class=line>The  bridge</h1><p class=by>by <a>Ann Lee</a></p>
<div class=odd><p>Short.</p><div class=promo><p>Buy a bridge.</p></div><p class=ad>Buy!</p></div>
<div class=even><p>A long text that any reader of pages would take for the story, for there is nothing longer on the
page, and it has commas, too, and ends like a sentence does.</p></div><div class=odd><p>And the end.</p></div></body></html>"""


def test_a_rule_keeps_drops_and_names():
    rule = parse_rules(RULES, "f").of("news.example")
    article = extract(PAGE.encode(), "https://news.example/1", rule=rule)
    assert [block.text for block in article.blocks] == ["Short.", "And the end."]
    assert (article.title, article.author) == ("The bridge", "Ann Lee")


def test_a_rule_that_finds_nothing_leaves_it_to_the_others():
    article = extract(PAGE.encode(), "https://news.example/1", rule=SiteRule("news.example", keep="div.none"))
    assert any("taken" in block.text or "take" in block.text for block in article.blocks)
