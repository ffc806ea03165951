"""German."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words

# Weak verbs by stem: present -t/-en, preterite -te/-ten, participle ge…t or …t.
_STEMS = """
sag meint+mein frag erklär beton versicher äußer bekräftig bestätig kritisier beklag forder antwort
erwider ergänz kommentier bemerk mahn warn bericht erzähl ruf+rief schilder behaupt kündig begründ
verkünd vermut glaub zitier erläuter verteidig bedauer versprach+versprech scherz spott witzel klag
schimpf jubel wetter raunt+raun flüster urteil resümier konstatier präzisier argumentier reagier
prophezei lob würdig rühm beteuer titulier charakterisier nenn+nannt formulier folger zeig entgegn
unterstrich+unterstreich beschwer appellier wünsch freu schwärm schlussfolger attestier monier unk
twitter tweet post jammer beschuldig hinterfrag bilanzier definier deut fürcht prognostizier
rechtfertig erinner kontert+konter fluch brüll stöhn stell plädier prangert+pranger rechn wert
distanzier moniert+monier empört+empör hoff betitel brandmark umschreib verlaut lautet+laut quittier
offenbar
"""
_STRONG = """
sprach sprachen spricht sprechen gesprochen rief riefen ruft gerufen schrieb schrieben schreibt
schreiben geschrieben nannte nannten nennt nennen genannt bezeichnete bezeichneten bezeichnet
bezeichnen gab gaben gibt geben gegeben gestand gestanden gesteht hieß heißt wies wiesen weist
verwies verwiesen verweist beschrieb beschreibt beschrieben versprach verspricht unterstrich
unterstreicht lud schloss schließt beschloss hob hebt betonte wandte wendet sah sieht hielt hält
drohte droht teilte teilt teilten mitgeteilt gesagt erklärt ausgesprochen widersprach widerspricht
fand findet räumte räumt fügte fügt fügten führte führt legte wirft warf vorgeworfen riet rät rieten
empfahl empfiehlt befand befindet bat bittet beteuerte verlangte verlangt urteilte las liest lobte
sang pries tat gebe zitierte bekannte bekennt meldete meldet meldeten verkündete kündigte stufte
eingestuft tituliert angab weise ergab versprochen berichtete berichten titelte titelt lautete
lautet lauten konstatierte umschrieb ausführte ankündigte mitteilte bezeichne spreche nenne mitteilte
mitteilt mitteilten angaben ankündigte ankündigt ausführte hinzufügte einräumte
feststellte bekanntgab zugab
"""
_DROPPED = words("stellt stellen stelle wertet werten zeigte zeigten zeigt zeigen laut lauten posten post geben gibt "
                 "findet befindet gefallen befand wendet führt legte führte hob hebt hielt hält sah sieht "
                 "gegeben gab gaben "
                 "gestellt gewertet gezeigt gerechnet gelegt gefreut rechnet rechnete freut hofft fürchtet "
                 "klagen schließt schloss offenbarte offenbart heißt hieß lud "
                 "weise weist ergab tat fand wertete deutet deutete mein erinnern laute las liest "
                 "beschloss beschließt stellte stellten")  # fmt: skip


def _forms() -> set[str]:
    forms = set(_STRONG.split())
    for item in _STEMS.split():
        stem = item.split("+")[-1]
        joint = "e" if stem.endswith(("t", "d", "chn", "gn")) else ""
        for end in ("t", "te", "ten"):
            forms.add(stem + joint + end)
        forms.add("ge" + stem + joint + "t")
        forms.add(stem + ("n" if stem.endswith(("er", "el")) else "en"))
    return forms - _DROPPED


def build(lang: str) -> Lexicon:
    """German."""
    forms = _forms()
    months = ("januar februar märz april mai juni juli august september oktober november dezember montag dienstag "
              "mittwoch donnerstag freitag samstag sonntag sonnabend dienstagabend vormittag nachmittag abend "
              "morgen jahr "
              "woche tag monat ende anfang mitte")  # fmt: skip
    return Lexicon(
        lang=lang,
        say=frozenset(forms),
        weak=_DROPPED - {"laut", "posten", "post", "mein"}
        | words("will wollte wollen möchte fordern lehnte lehnt rügte rügt"),
        infinitives=frozenset(f for f in forms if f.endswith(("en", "ern", "eln"))),
        address=words("fragte"),
        according=phrases(
            "laut|nach angaben von|nach angaben|so|gemäß|nach ansicht von|nach ansicht|nach meinung von|"
            "nach meinung|nach auffassung von|nach auffassung|zufolge|nach einschätzung von|nach aussage "
            "von|nach aussagen von|nach worten von|nach den worten von|nach den worten|nach aussage|"
            "aus sicht|nach darstellung|nach einschätzung|nach aussagen|in den worten|heißt es in|heißt es "
            "im|hieß es in|hieß es im|heißt es aus|hieß es aus|hieß es von"
        ),
        trailing=words("zufolge"),
        by=words("von vom durch"),
        dets=words(
            "der die das ein eine kein keine sein seine ihr ihre dieser diese dieses jener viele einige mehrere "
            "manche alle beide zwei drei vier unser unsere andere mein meine deren dessen jeder jede zahlreiche"
        ),
        oblique=words(
            "den dem des einem einer eines einen seinem seiner seinen seines ihrem ihrer ihren ihres diesem "
            "diesen ihn ihm uns euch mich mir"
        ),
        preps=words(
            "in im an am auf aus bei beim mit nach von vom zu zum zur vor für gegen um über unter zwischen seit "
            "durch ohne während wegen trotz laut gegenüber bis ab hinter neben ins ans aufs anlässlich angesichts "
            "bezüglich gemäß infolge innerhalb außerhalb statt mittels als wie entgegen aufgrund dank nahe zufolge"
        ),
        of=words("des der von vom"),
        pronouns=gendered(m="er", f="sie", n="man es", p="wir", i="ich"),
        relatives=words("der die das welcher welche welches"),
        joints=words(
            "dass daß ob weil wenn als während obwohl nachdem bevor da damit sondern aber denn und oder sowie "
            "indem falls sodass wie wobei woraufhin worauf"
        ),
        ands=words("und sowie"),
        skip=words(
            "hat hatte haben hatten habe wird wurde werden ist war sind waren auch noch dann dagegen jedoch aber "
            "hingegen heute gestern sich nicht nun später zuvor bereits schon zudem außerdem daraufhin weiter "
            "weiterhin darauf anschließend erneut selbst wiederum ferner dazu davor damals wörtlich unterdessen "
            "hinzu fest hervor fort dar demnach ähnlich hierzu darüber trotzdem insgesamt mittlerweile "
            "inzwischen derzeit zurzeit zunächst letztlich damit dabei dadurch hierbei nämlich allerdings "
            "gegenüber es ihn ihm ihr ihnen dies nur eben ebenfalls sei seien wörtlich "
            "kurz doch zugleich ebenso vielmehr schließlich deshalb daher deswegen"
        ),
        titles=words(
            "herr frau dr prof professor präsident präsidentin bundespräsident kanzler kanzlerin bundeskanzler "
            "bundeskanzlerin minister ministerin general oberst richter richterin papst könig königin bischof "
            "bürgermeister oberbürgermeister trainer sprecher sprecherin chef chefin pfarrer graf fürst prinz "
            "vorsitzender vorsitzende vorsitzenden staatsanwalt staatsanwältin autor autorin senator senatorin "
            "us-präsident direktor direktorin abgeordnete abgeordneter experte expertin"
        ),
        suffixes=tuple(
            words(
                "minister ministerin präsident präsidentin kanzler kanzlerin sprecher sprecherin chef "
                "chefin trainer trainerin kapitän vorsitzende vorsitzenden vorsitzender leiter leiterin "
                "direktor direktorin manager managerin professor professorin richter meister anwalt "
                "anwältin experte expertin vorstand berater politiker politikerin funktionär sekretär "
                "sekretärin gouverneur inhaber bischof führer forscher forscherin journalist journalistin "
                "kommissar kandidat kandidatin schef ministers präsidenten abgeordnete abgeordneter "
                "botschafter historiker ökonom analyst"
            )
        ),
        stops=words(
            months + " der die das ein eine in im am auf er sie es wir ich und aber doch so wie wenn als nach laut "
            "bei mit von für auch noch dann dies diese dieser dabei damit zudem außerdem herr frau seit vor"
        ),
        works=words(
            "roman film buch lied song album single stück serie oper drama gedicht sendung zeitung magazin titel "
            "zeitschrift band motto kampagne aktion projekt verein firma schiff"
        ),
        named=words(
            "sogenannte sogenannten sogenannter so genannten genannte genannt wort begriff ausdruck spitznamen "
            "namens slogan stichwort sogenanntes bezeichnung"
        ),
        reported=words(
            "sei seien habe hätten werde würden könne müsse solle wolle dürfe gebe gehe komme stehe bleibe wisse "
            "mache liege handele brauche lasse halte sehe müssten könnten seien wäre hätte würde führe"
        ),
        inverts=True,
        dash="verb",
    )
