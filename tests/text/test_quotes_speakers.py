"""Who says it."""

from __future__ import annotations

import pytest

from tui_news.text.quotes import find_quotes


def said(text: str, lang: str | None = None) -> list[str | None]:
    return [q.speaker for q in find_quotes(text, lang) if q.kind == "speech"]


ENGLISH = [
    ("“It fits,” Tim Vale said.", ["Tim Vale"]),
    ("“It fits,” said Dr. Kim Lee, director of the U.S. centre.", ["Kim Lee"]),
    ("“The bridge is safe,” the engineer said. “We tested it.”", ["the engineer", "the engineer"]),
    ("“Are you coming?” Ruth Bell asked. “No,” said Tom.", ["Ruth Bell", "Tom"]),
    ("“Are you coming?” Ruth Bell, the skipper's cousin, asked on Friday.", ["Ruth Bell"]),
    ("According to Maria Lopez, the plan was “a complete disaster from day one.”", ["Maria Lopez"]),
    ("“We will appeal,” a spokeswoman for the firm said.", ["a spokeswoman for the firm"]),
    ("A senior official, who asked not to be named, said: “It was chaos.”", ["A senior official"]),
    ("“I don’t know,” admitted the mayor, Ana Ruiz. “Nobody told me.”", ["Ana Ruiz", "Ana Ruiz"]),
    ("Anna Holt, chief of Brux, told the BBC: \"We are sorry.\"", ["Anna Holt"]),
    ("Berg: “No comment.”\n\nLund: “Me neither.”", ["Berg", "Lund"]),
    ("Ford said he was “very sorry,” but Lee called him “a liar.”", ["Ford", "Lee"]),
    ("“No,” Prime Minister Kaja Moen, who took office in May, told parliament.", ["Kaja Moen"]),
    ("Asked why, Reed said only: “Because.”", ["Reed"]),
    ("Ida Moe told NTB she was glad, adding that it was “a relief for us all.”", ["Ida Moe"]),
    ("Ida Moe tried to argue on Sunday that the vote “was never a fair one.”", ["Ida Moe"]),
    ("There was time for Bo Dahl to say that it was “all a bit much for him.”", ["Bo Dahl"]),
    ("Bo Dahl left the room and declared, “We will never be stopped.”", ["Bo Dahl"]),
    ("The paper quoted Bo Dahl as saying “it was never about money.”", ["Bo Dahl"]),
    ("The law was described by Bo Dahl as “a gift to nobody at all.”", ["Bo Dahl"]),
    ("“A gift to nobody,” tweeted by Bo Dahl, was shared widely.", ["Bo Dahl"]),
    ("The town lives in fear. “We hear them at night,” many residents say.", ["many residents"]),
    ("“The new rules will ruin us all” is wrong, Bo Dahl said.", ["Bo Dahl"]),
    ("“We have had enough,” reads the letter, signed by 40 teachers.", ["the letter"]),
    ("The Labor Party and the Center Party write that they will “develop the north together.”",
     ["The Labor Party and the Center Party"]),
    ("Anna Berg, head of the board said it was “very hard to take at all.”", ["Anna Berg"]),
    ("“A hope,” said Bo Dahl, adding: “It is here now.”", ["Bo Dahl", "Bo Dahl"]),
    ("The mayor and the council said it was “all too late for that.”", ["The mayor and the council"]),
    ("The judge of the city court, Ada Holm, said it was “all too late for that.”", ["Ada Holm"]),
    ("Ida Moe spoke to residents who say the pier is “about to fall into the sea.”", ["residents"]),
    ("In 2019 Ida Moe wrote that the pier was “about to fall into the sea.”", ["Ida Moe"]),
    ("On Friday Ida Moe wrote that the pier was “about to fall into the sea.”", ["Ida Moe"]),
    ("The pier was described as “unsafe” by Ida Moe of the board.", ["Ida Moe"]),
    ("The pier was called “unsafe at any time of the year.”", [None]),
    ("His office said: “We are closed.”", ["His office"]),
    ("“They are closed,” she and Bo Dahl said.", ["Bo Dahl"]),
    ("Ida Moe believes “it is about to fall into the sea.”", ["Ida Moe"]),
    ("Quickly then said Ida Moe: “Come on in.”", ["Ida Moe"]),
    ("“The “old” pier is safe,” Ida Moe said.", ["Ida Moe"]),
    ("“Go!” Ida Moe said to cheers. “Go at once.”", ["Ida Moe", "Ida Moe"]),
    ("“We have massive crowds.” Ida Moe said to cheers. “Big ones.”", ["Ida Moe", "Ida Moe"]),
    ("“We have massive crowds.” Ida Moe said that it rained.", [None]),
    ("Ida Moe swore on Friday that she was “not about to give in to them.”", ["Ida Moe"]),
    ("It rained – later, Ida Moe, 34, said it was “not about to stop at all.”", ["Ida Moe"]),
    ("That and more, said Ida Moe. “It will stop.”", ["Ida Moe"]),
    ("Ida Moe Wrote That Really Nobody “Should Ever Have To Live Like This.”", ["Ida Moe"]),
    ("“It fits,” who said, nobody knows.", []),
    ("The paper cited the mayor; Ida Moe said it was “not about to stop at all.”", ["Ida Moe"]),
    ("“A hope,” he said, adding: “It is here now.”", [None, None]),
    ("“A hope” – and he said more, adding: “It is here now.”", [None]),
    ("It was late, and said: “Go away from here.”", [None]),
    ("– a man, who said: “Go away from here.”", ["a man"]),
    ("They and Ida Moe, and others, said: “Go away from here.”", [None]),
    ("Only then, in a letter to the many members of the board, he said: “Go away.”", [None]),
    ("The judge, who was late, Ada Holm, said it was “all too late for that.”", ["Ada Holm"]),
    ("“It fits,” said the judge of the court which sat late, in town.", ["the judge of the court"]),
    ("“It fits,” said the judge, Ada Holm ran away.", ["the judge"]),
    ("“It fits,” said the judge, Monday came.", ["the judge"]),
    ("“It fits,” said that.", []),
    ("“It fits,” said his dog Rex.", ["Rex"]),
    ("“It fits,” said a group of the House.", ["a group of the House"]),
    ("“It fits,” said the old House.", ["the old House"]),
    ("The Nordic Council quickly said: “It fits.”", ["Nordic Council"]),
    ("Ida Moe won. The “new” and the “very old and broken down one” stay.", [None]),
    ("34 of 50 said “it will not happen in my time here.”", ["34 of 50"]),
    ("He said nothing. “It is what it is.”", [None]),
    ("“I wonder who said this in the end.”", [None]),
    ("I said “it will never be the same again.”", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speakers"), ENGLISH)
def test_english(text: str, speakers: list[str | None]) -> None:
    assert said(text, "en") == speakers


OTHERS = [
    ("no", "– Dette er galskap, mener leder Kari Nordmann i Naturvernforbundet.", ["Kari Nordmann"]),
    ("no", "– Når kommer bussen? spør Ola Dahl.", ["Ola Dahl"]),
    ("no", "Statsminister Jonas Gahr Støre (Ap) sier at dette er «helt uakseptabelt».", ["Jonas Gahr Støre"]),
    ("no", "– Nei, svarer Lie kort. – Aldri.", ["Lie", "Lie"]),
    ("no", "- Vi må handle nå, sier Nina Berg til NRK.", ["Nina Berg"]),
    ("no", "– Nei, sa Ida Moe. Det går ikke. Hun sier at det er nok.", ["Ida Moe", "Ida Moe"]),
    ("no", "– Det kan så være, fortsatte Ida Moe, men jeg reiser.", ["Ida Moe", "Ida Moe"]),
    ("no", "Ifølge politiet er saken «under etterforskning og svært alvorlig».", ["politiet"]),
    ("no", "Ordfører Ola Dahl svarer:\n\n– Ingen kommentar.", ["Ola Dahl"]),
    ("nn", "– Eg er ikkje redd, seier Anne Vik.", ["Anne Vik"]),
    ("da", "– Vi er klar, siger Bo Lund.", ["Bo Lund"]),
    ("sv", "– Vi vet inte, säger Lena Ström. Utredningen pågår.", ["Lena Ström", "Lena Ström"]),
    ("de", "„Wir haben verloren“, sagte der Trainer. „Das tut weh.“", ["der Trainer", "der Trainer"]),
    ("de", "Wie Innenminister Hans Maier mitteilte, sei die Lage „unter Kontrolle und völlig stabil“.", ["Hans Maier"]),
    ("de", "Merkel nannte den Vorschlag „abwegig“.", ["Merkel"]),
    ("de", "Außerdem sprach Hans Maier von „einem sehr schweren Fehler“.", ["Hans Maier"]),
    ("de", "Laut Polizei war der Fahrer „stark betrunken und nicht ansprechbar“.", ["Polizei"]),
    ("de", "„Ich gehe“, so die Ministerin weiter, „und zwar sofort.“", ["die Ministerin", "die Ministerin"]),
    ("de", "Hans Maier kritisierte den Plan. Er sei „ein schwerer Schaden für das Land“.", ["Hans Maier"]),
    ("de", "Das Gesetz wurde von Eva Roth als „ein Geschenk an niemanden“ bezeichnet.", ["Eva Roth"]),
    ("de", "In einem Brief der Kammer heißt es, das sei „eine sehr gute Idee für alle“.", ["Brief der Kammer"]),
    ("de", "Das Blatt zitiert Eva Roth mit den Worten: „So geht es nicht.“", ["Eva Roth"]),
    ("de", "„Er ist hart“, so beschrieb ihn der Sprecher der Kammer, Max Ott.", ["Max Ott"]),
    ("de", "„Es reicht“, so. „Wir gehen jetzt alle nach Hause.“", [None]),
    ("de", "Das Blatt zitiert aus dem Plan: „So geht es nicht.“", ["Das Blatt"]),
    ("de", "Der Plan wurde gelobt als „ein großer Wurf für die ganze Stadt“.", ["Der Plan"]),
    ("de", "„Es reicht“, sagte am Montag die Ministerin.", ["die Ministerin"]),
    ("nl", "“We zijn klaar”, aldus minister Jan de Vries.", ["Jan de Vries"]),
    ("fr", "« Nous partons », a déclaré le ministre Paul Roux.", ["Paul Roux"]),
    ("fr", "— Tu viens ? demanda Claire.\n— Non, répondit Luc.", ["Claire", "Luc"]),
    ("fr", "« La place est vide, regrette Anne Roy, et personne ne vient. »", ["Anne Roy", "Anne Roy"]),
    ("fr", "Selon Marc Petit, « la situation est grave et va empirer ».", ["Marc Petit"]),
    ("es", "—No iré —dijo Marta Gil—. Estoy cansada.", ["Marta Gil", "Marta Gil"]),
    ("es", "Según el ministro Juan Paz, “no hay ningún motivo de alarma”.", ["Juan Paz"]),
    ("it", "«Non è vero», ha detto Mario Rossi ai giornalisti.", ["Mario Rossi"]),
    ("pt", "“Não vou renunciar”, afirmou o presidente João Silva.", ["João Silva"]),
    ("ro", "„Suntem pregătiți”, a spus ministrul Ion Popa.", ["Ion Popa"]),
    ("fi", "– En tiedä, vastasi ministeri Liisa Korhonen.", ["Liisa Korhonen"]),
    ("pl", "– Nie wiem – odpowiedziała Anna Nowak. – Zobaczymy.", ["Anna Nowak", "Anna Nowak"]),
    ("cs", "„Nevím,“ uvedla ministryně Jana Nová.", ["Jana Nová"]),
    ("ru", "«Мы, — сказал Петров, — не уйдём».", ["Петров", "Петров"]),
    ("uk", "— Ми вдома, — сказала Олена Коваль.", ["Олена Коваль"]),
    ("tr", "Bakan Ali Demir, \"Her şey yolunda\" dedi.", ["Ali Demir"]),
    ("el", "Ο πρωθυπουργός δήλωσε: «Θα νικήσουμε».", ["Ο πρωθυπουργός"]),
    ("ar", "قال الوزير أحمد خالد: \"لن نتراجع عن القرار\".", ["أحمد خالد"]),
    ("he", "\"אנחנו מוכנים\", אמר יוסי לוי.", ["יוסי לוי"]),
    ("ja", "「準備はできている」と山田社長は話した。", ["山田社長"]),
    ("ja", "山田社長は「準備はできている」と話した。", ["山田社長"]),
    ("ja", "山田社長：「準備はできている」", ["山田社長"]),
    ("zh", "“我们准备好了，”李明说。", ["李明"]),
    ("zh", "王毅周一表示：“中国将继续开放。”", ["王毅"]),
    ("zh", "李明：“我们准备好了。”", ["李明"]),
    ("zh", "李明说：“好。”\n\n“我们都准备好了，明天出发。”", ["李明", "李明"]),
    ("ko", "이재명 대통령은 \"최선을 다하겠다\"고 밝혔다.", ["이재명 대통령"]),
    ("ko", "\"준비됐다\"고 박지훈 감독이 말했다.", ["박지훈 감독"]),
    ("hu", "„Nem tudjuk” – mondta Kovács Péter.", ["Kovács Péter"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "speakers"), OTHERS)
def test_other_languages(lang: str, text: str, speakers: list[str | None]) -> None:
    assert said(text, lang) == speakers


def test_a_long_quoteless_paragraph_is_not_searched_for_a_topic() -> None:
    assert said("Ann Berg spoke. " * 400 + "\n\n“It is late, my dear old friends.”", "en") == [None]


def test_a_surname_gets_the_full_name_seen_before() -> None:
    text = (
        "Defence Minister Odd Berg went to Brussels.\n\n“It is a hope,” Berg told NTB.\n\n“But it is a goal as well.”"
    )
    assert said(text, "en") == ["Odd Berg", "Odd Berg"]


def test_a_pronoun_means_the_last_person_of_that_gender() -> None:
    text = (
        "Helen Mirza has run the shelter for years.\n\n“This one is different,” she said.\n\n"
        "“Why?” John Reed asked.\n\n“It is cold,” she said. “Very,” he said."
    )
    assert said(text, "en") == ["Helen Mirza", "John Reed", "Helen Mirza", "John Reed"]


def test_titles_tell_the_gender_too() -> None:
    text = "“Come in,” Mrs. Dahl said.\n\n“Thank you,” Mr. Moe said.\n\n“Sit down,” she said."
    assert said(text, "en") == ["Dahl", "Moe", "Dahl"]


def test_of_two_full_names_the_more_frequent_one_wins() -> None:
    text = "Bo Dahl met Eva Dahl. Eva Dahl won. “I won,” Dahl said."
    assert said(text, "en") == ["Eva Dahl"]


def test_a_quoteless_lead_in_paragraph_names_the_speaker() -> None:
    assert said("Le maire a pris la parole.\n\n« Mes amis, il est tard. »", "fr") == ["Le maire"]
    assert said("x " * 3000 + "\n\n“It is late, my dear friends.”", "en") == [None]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("– Jeg var livredd", ["– Jeg var livredd"]),
        ("Ta med:\n\n- lykt\n- vann\n- batterier", []),
        ("– lykt\n– vann\n– batterier", []),
        ("— Kari Nordmann", []),
        ("– Ja!", ["– Ja!"]),
        ("– Han sa «nei» til meg, sier Ola Dahl.", ["– Han sa «nei» til meg", "«nei»"]),
        ("Ola sa «ja».\n– Fint, sa St. Hansen", ["«ja»", "– Fint"]),
    ],
)
def test_dash_speech_and_what_only_looks_like_it(text: str, spans: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text, "no")] == spans


def test_a_dash_is_no_speech_in_english_without_a_verb() -> None:
    assert said("— This is a list item of the page.", "en") == []
    assert said("— This is it, said Bo Dahl.", "en") == ["Bo Dahl"]


def test_a_bare_quotation_far_from_any_speaker_has_none() -> None:
    text = "“It fits,” Tim Vale said.\n\nOne.\n\nIt rained.\n\nRain fell.\n\n“We will see about all of that.”"
    assert said(text, "en") == ["Tim Vale", None]


DASHES = [
    ("no", "– Ja, men nå går vi, sier Ola Dahl.", ["– Ja, men nå går vi"]),
    ("no", "– Nei, sa Ola T. Dahl på kl. ni. Aldri.", ["– Nei", "Aldri."]),
    ("no", "– Nei, sa Ola Dahl", ["– Nei"]),
    ("no", "– Nei, sa Ola Dahl, som er leder, og gikk.", ["– Nei"]),
    ("no", "– Nei, sa Ola Dahl – det går ikke.", ["– Nei", "– det går ikke."]),
    ("no", "– Nei, sa " + "og ".join(["Ola "] * 90) + " slutt", ["– Nei, sa " + "og ".join(["Ola "] * 90) + " slutt"]),
    ("no", "– Nei, sa Ola Dahl. Hun sier nei.", ["– Nei"]),
    ("no", "– Nei, sa Ola Dahl. Vi går. Nå. Hun sier nei.", ["– Nei", "Vi går. Nå."]),
    (
        "no",
        "– Så «ja, sa hun og lo. Så» gikk det, sier Ola Dahl.",
        [
            "– Så «ja",
            "Så» gikk det",
        ],
    ),
    ("fr", "— Viens, dit Luc, il est tard. Vite.", ["— Viens"]),
    (
        "fr",
        "« Nous serons là, a-t-elle écrit hier soir, tous. »",
        ["« Nous serons là, a-t-elle écrit hier soir, tous. »"],
    ),
    (
        "fr",
        "« Le maire, dit le journal sans rire et sans fin ni cesse depuis hier matin à tous ceux qui veulent bien encore le lire ici. »",
        None,
    ),
    ("no", "Han sa «ja».\n– Fint.   \nOg «nei» til meg.", ["«ja»", "– Fint.", "«nei»"]),
    ("no", "– Nei, sa Ola Dahl.\nHan gikk.", ["– Nei"]),
    ("no", "– Nei, sa Ola\nog gikk.", ["– Nei"]),
    ("no", "Slik «er\n– det» nå, sier Ola Dahl.", ["– det» nå"]),
    ("no", "– Nei, sa Ola Dahl. 17 år. Nok.", ["– Nei", "17 år. Nok."]),
    ("fr", "« Nous irons, dit enfin, et puis voilà, tous. »", ["« Nous irons, dit enfin, et puis voilà, tous. »"]),
    ("it", "«Siamo pronti, dice Anna Verdi. Andiamo»", ["«Siamo pronti", "Andiamo»"]),
]


@pytest.mark.parametrize(("lang", "text", "spans"), DASHES)
def test_words_of_saying_inside_speech(lang: str, text: str, spans: list[str] | None) -> None:
    found = [text[q.start : q.end] for q in find_quotes(text, lang)]
    assert found == (spans if spans is not None else [text])


@pytest.mark.parametrize(
    "text",
    [
        "I’ve said it before: the “smartwatch for everybody” is dead to me.",
        "They're saying it for months, “opening your app” is what people want to avoid here.",
        "Sure, says everyone, “Oh, that’s not too bad at all” and then it is.",
        "Plus, as said before: “Half price until Friday, and no more after it.”",
    ],
)
def test_a_word_that_opens_a_sentence_is_nobody(text: str) -> None:
    assert said(text) == [None]
