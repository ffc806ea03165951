"""Which language a text is read in."""

from __future__ import annotations

import pytest

from tui_news.text.quotes import find_quotes
from tui_news.text.quotes.languages import language_of
from tui_news.text.quotes.lexicon import lexicon


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The ferry was late and the passengers were not amused by it."),
        ("de", "Die Fähre war zu spät und die Gäste waren nicht erfreut über das Wetter."),
        ("no", "Fergen var forsinket og passasjerene ble ikke blide av det, sier han."),
        ("nn", "Ferja var forseinka og ho seier at dei ikkje var glade for det."),
        ("sv", "Färjan var sen och passagerarna var inte glada för det, säger hon."),
        ("fr", "Le bateau est en retard et les passagers ne sont pas dans la joie."),
        ("es", "El barco llegó tarde y los pasajeros no estaban contentos con el tiempo."),
        ("fi", "Lautta oli myöhässä ja matkustajat eivät olleet iloisia, hän sanoi."),
        ("ru", "Паром опоздал, и пассажиры были не рады этому."),
        ("uk", "Пором запізнився, і пасажири були не раді цьому."),
        ("bg", "Корабът закъсня и пътниците не са доволни от това, каза той."),
        ("sr", "Брод је каснио и путници нису били срећни, рекла је њихова вођа."),
        ("ja", "フェリーは遅れた。"),
        ("zh", "渡轮晚点了，乘客不高兴。"),
        ("ko", "배가 늦었다."),
        ("he", "המעבורת איחרה."),
        ("ar", "تأخرت العبارة."),
        ("el", "Το πλοίο άργησε."),
        ("en", "x"),
        ("en", ""),
    ],
)
def test_the_guess(lang: str, text: str) -> None:
    assert language_of(text) == lang


@pytest.mark.parametrize(
    ("claimed", "meant"),
    [("nb-NO", "no"), ("de_AT", "de"), ("EN", "en"), ("ja", "ja"), ("uk", "uk"), ("xx", "en"), ("", "en")],
)
def test_what_the_source_claims_wins_when_we_know_it(claimed: str, meant: str) -> None:
    assert language_of("The ferry was late.", claimed) == meant


def test_every_language_has_a_lexicon() -> None:
    for lang in [
        "en",
        "de",
        "no",
        "nn",
        "da",
        "sv",
        "nl",
        "fr",
        "es",
        "ca",
        "it",
        "pt",
        "ro",
        "pl",
        "cs",
        "sk",
        "hr",
        "sl",
        "sr",
        "ru",
        "uk",
        "bg",
        "fi",
        "et",
        "hu",
        "tr",
        "el",
        "he",
        "ar",
        "id",
        "vi",
        "hi",
        "th",
        "xx",
    ]:
        assert lexicon(lang).say
        assert lexicon(lang).lang == lang


def test_without_a_language_the_guess_is_used() -> None:
    text = "– Det er ikke lett å være her nå, sier Ola Dahl til avisen."
    assert [q.speaker for q in find_quotes(text)] == ["Ola Dahl"]
