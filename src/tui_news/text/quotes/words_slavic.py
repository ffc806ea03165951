"""Russian, Ukrainian, Bulgarian, Serbian, Polish, Czech, Slovak, Croatian and Slovene."""

from __future__ import annotations

from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words

_RU = """сказал сказала сказали сказало говорит говорил говорила говорят заявил заявила заявили заявило
заявляет отметил
отметила отметили отмечает подчеркнул подчеркнула подчеркивает подчёркивает добавил добавила добавили добавляет
рассказал рассказала рассказали рассказывает сообщил сообщила сообщили сообщает сообщило пояснил пояснила пояснили
объяснил объяснила объясняет ответил ответила отвечает спросил спросила написал написала написали пишет пишут считает
считают утверждает утверждал признал признала признался призналась пообещал пообещала предупредил предупредила уверен
уверена напомнил напомнила уточнил уточнила прокомментировал прокомментировала возмутился возмутилась воскликнул
крикнул прошептал назвал назвала назвали цитирует продолжил продолжила резюмировал заключил заметил заметила
полагает"""
_UK = """сказав сказала сказали каже кажуть говорить говорив говорила заявив заявила заявили заявляє зазначив
зазначила
зазначили зазначає підкреслив підкреслила наголосив наголосила наголошує додав додала додали розповів розповіла
розповідає
повідомив повідомила повідомили повідомляє пояснив пояснила відповів відповіла запитав запитала написав написала пише
вважає стверджує визнав визнала пообіцяв попередив попередила нагадав нагадала уточнив уточнила прокоментував
прокоментувала назвав назвала продовжив переконаний переконана"""
_BG = """каза казва казаха заяви заявява обясни обяснява добави добавя подчерта посочи отговори попита написа пише
коментира съобщи разказа разказва смята твърди призна обеща предупреди припомни допълни нарече"""
_SR = """рекао рекла рекли каже кажу изјавио изјавила навео навела додао додала нагласио истакао истакла објаснио
поручио поручила одговорио упитао написао тврди сматра истиче"""
_PL = """powiedział powiedziała powiedzieli mówi mówił mówiła mówią stwierdził stwierdziła stwierdza oświadczył
oświadczyła
dodał dodała dodali dodaje podkreślił podkreśliła podkreśla zaznaczył zaznaczyła wyjaśnił wyjaśniła wyjaśnia tłumaczy
tłumaczył tłumaczyła odpowiedział odpowiedziała odpowiada zapytał zapytała pyta napisał napisała pisze ocenił oceniła
ocenia przyznał przyznała przyznaje zapowiedział zapowiedziała ostrzegł ostrzegła przypomniał przypomniała skomentował
skomentowała komentuje poinformował poinformowała opowiada twierdzi uważa zauważył zauważyła apeluje zaapelował nazwał
nazwała krzyknął szepnął kontynuuje kontynuował relacjonuje"""
_CS = """řekl řekla řekli říká uvedl uvedla uvedli uvádí prohlásil prohlásila dodal dodala dodává vysvětlil vysvětlila
vysvětluje odpověděl odpověděla zeptal zeptala ptá napsal napsala píše podotkl podotkla zdůraznil zdůraznila upozornil
upozornila konstatoval konstatovala sdělil sdělila oznámil oznámila tvrdí myslí popsal popsala popisuje přiznal
přiznala
slíbil varoval varovala připomněl připomněla komentoval komentovala poznamenal poznamenala nazval nazvala míní
vzkázal"""
_SK = """povedal povedala povedali hovorí uviedol uviedla uvádza vyhlásil vyhlásila dodal dodala dodáva vysvetlil
vysvetlila odpovedal odpovedala opýtal napísal napísala píše zdôraznil zdôraznila upozornil upozornila skonštatoval
oznámil oznámila tvrdí myslí priznal sľúbil varoval pripomenul skomentoval nazval"""
_HR = """rekao rekla rekli kaže kažu izjavio izjavila naveo navela dodao dodala naglasio naglasila istaknuo istaknula
objasnio objasnila poručio poručila odgovorio odgovorila upitao napisao napisala piše tvrdi smatra ističe dejal dejala
povedal povedala poudaril poudarila pojasnil pojasnila dodaja pravi meni zapisal zapisala odgovoril opozoril
opozorila"""
_SAY = {"ru": _RU, "uk": _UK, "bg": _BG, "sr": _SR, "pl": _PL, "cs": _CS, "sk": _SK, "hr": _HR, "sl": _HR}
_CYRILLIC = frozenset({"ru", "uk", "bg", "sr"})


def build(lang: str) -> Lexicon:
    """One of the codes in this module's first line ("ru" … "sl")."""
    return Lexicon(
        lang=lang,
        say=words(_SAY[lang]),
        according=phrases(
            "по словам|по мнению|по данным|согласно|как сообщает|за словами|на думку|за даними|според|"
            "по речима|prema|według|zdaniem|podle|podľa|po besedah|jak podaje|po mnenju|po mišljenju"
        ),
        dets=words(
            "этот эта эти его её их один одна наш этого цей ця ці його її наш ten ta to ci te jego jej ich tento "
            "tato jeho její jejich ovaj ova njegov njezin"
        ),
        preps=words(
            "в во на с со из у за от по к о об для при про до без под над через после между перед у з із від до "
            "за на "
            "під над після між w we z ze na do od o po przez dla przy pod nad bez u v ve s se k ke za před pro přes "
            "mezi iz od sa na kod nakon prije между против на пред след със във"
        ),
        pronouns=gendered(m="он він той on", f="она вона тя она ona", p="они вони те oni мы ми", i="я ja já"),
        relatives=words("который которая которые який яка які który która którzy který která koji koja"),
        joints=words(
            "что чтобы если когда но а и потому хотя пока что що щоб якщо коли але і та бо że żeby jeśli gdy "
            "ale a i bo "
            "chociaż že aby když ale protože či da ako kad ali jer če ko"
        ),
        ands=words("и і та i a ve in"),
        skip=words(
            "также тогда потом затем ещё еще уже не при этом також потім ще вже się też także wtedy potem "
            "jeszcze już "
            "nie się jest také pak ještě už se si je jsou su je će също тогава в ній ранее ранее"
        ),
        titles=words(
            "господин госпожа президент премьер премьер-министр министр глава депутат губернатор мэр директор "
            "профессор генерал патриарх представитель пан пані президент прем'єр міністр голова мер pan pani "
            "prezydent "
            "premier minister minister poseł posłanka senator prezes rzecznik rzeczniczka burmistrz profesor dr "
            "prezident prezidentka premiér premiérka ministr ministryně poslanec starosta mluvčí ředitel "
            "předseda predsjednik premijer ministar ministrica gradonačelnik хокейст премиер министър кмет"
        ),
        stops=words(
            "в на с и но а по как что это он она они мы я у за от к о в' й але як що це він вона вони ми w na z "
            "i ale "
            "a po jak co to on ona oni my ja od do za v ve se že já в понедельник вторник среда четверг пятница"
        ),
        works=words(
            "роман фильм книга песня альбом сериал газета журнал спектакль опера романе фильме книге песне газете "
            "журнале компания роман фільм книга пісня powieść film książka piosenka album serial gazeta dziennik "
            "filmie książce powieści román kniha píseň noviny filmu knize roman knjiga pjesma list партия"
        ),
        named=words(
            "так называемый так называемая слово термин так званий слово термін tak zwany tzw słowo termin "
            "takzvaný slovo termín pojem výraz takozvani"
        ),
        dash="always",
        caseless=False,
        resumes=False,
        verb_first=False,
        inverts=lang in _CYRILLIC,
    )
