"""Dutch."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words


def build(lang: str) -> Lexicon:
    """Dutch."""
    return Lexicon(
        lang=lang,
        say=words(
            "zegt zei zeiden zeggen gezegd verklaarde verklaart verklaarden vertelt vertelde vertelden stelt stelde "
            "stelden vindt vond vinden schrijft schreef schreven geschreven meldt meldde melden benadrukt benadrukte "
            "vraagt vroeg antwoordt antwoordde reageert reageerde voegt voegde legt legde laat liet noemt noemde "
            "noemen waarschuwt waarschuwde denkt dacht meent meende roept riep klaagt klaagde geeft gaf erkent "
            "erkende "
            "herhaalt herhaalde belooft beloofde concludeert concludeerde twittert twitterde tweette sprak spreekt "
            "aldus bevestigt bevestigde verzekert verzekerde oordeelt oordeelde betoogt betoogde citeert"
        ),
        weak=words("hoopt hoopte gelooft geloofde wil wilde ziet zag weet wist"),
        according=phrases("volgens|aldus|in de woorden van|naar eigen zeggen van"),
        by=frozenset({"door"}),
        dets=words("de het een zijn haar hun deze dit die dat onze veel enkele twee drie beide geen alle"),
        preps=words(
            "in op aan van voor met naar bij uit over door tegen tot na om onder tussen sinds zonder tijdens wegens "
            "volgens namens als"
        ),
        of=words("van"),
        pronouns=gendered(m="hij", f="ze zij", p="we wij", i="ik"),
        relatives=words("die dat wie"),
        joints=words("dat of omdat als toen terwijl maar want en hoewel nadat voordat zodat"),
        ands=words("en"),
        skip=words("heeft had hebben is was ook nog dan later toen al weer verder daarna eerder vandaag gisteren"),
        titles=words(
            "meneer mevrouw dr prof professor premier minister president koning koningin burgemeester "
            "staatssecretaris woordvoerder voorzitter directeur burgemeester wethouder kamerlid hoogleraar"
        ),
        stops=words(
            "de het een in op maar en als toen dat dit hij ze zij wij ik maandag dinsdag woensdag donderdag "
            "vrijdag zaterdag zondag volgens ook"
        ),
        works=words("roman film boek lied album serie stuk krant tijdschrift programma"),
        named=words("zogeheten zogenaamde zogenoemde woord term begrip bijnaam"),
        inverts=True,
        dash="verb",
    )
