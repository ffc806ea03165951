"""Finnish, Estonian, Hungarian, Turkish, Greek, Hebrew, Arabic and others; English for what is not listed."""

from __future__ import annotations

from tui_news.text.quotes import words_en
from tui_news.text.quotes.lexicon import Lexicon, gendered, phrases, words

_SAY: dict[str, str] = {
    "fi": """sanoo sanoi sanoivat sanovat kertoo kertoi kertovat kommentoi toteaa totesi vastaa vastasi kysyy "
    "kysyi kirjoittaa
 kirjoitti korostaa korosti muistuttaa muistutti selittää selitti jatkaa jatkoi lisää lisäsi arvioi väittää väitti
 huomauttaa huomautti myöntää myönsi lupaa lupasi varoittaa varoitti huokaa naurahtaa ilmoittaa ilmoitti pohtii pohti
 kuvailee kuvaili kutsuu kutsui tviittasi miettii painottaa painotti tiivistää""",
    "et": """ütles ütleb ütlesid lisas lisab kirjutas kirjutab rääkis räägib vastas vastab küsis märkis "
    "selgitas kinnitas
 rõhutas tõdes arvas teatas""",
    "hu": """mondta mondja mondták közölte közli hangsúlyozta kijelentette hozzátette írta írja válaszolta kérdezte
 elmondta magyarázta jelezte megjegyezte fogalmazott nyilatkozta állítja kiemelte""",
    "tr": """dedi diyor demişti söyledi söylüyor belirtti belirtiyor açıkladı ekledi ifade vurguladı konuştu "
    "yazdı sordu
 yanıtladı anlattı aktardı kaydetti bildirdi savundu uyardı diye etti ettiler dediler""",
    "el": """είπε λέει είπαν δήλωσε δηλώνει δήλωσαν τόνισε τονίζει ανέφερε αναφέρει πρόσθεσε προσθέτει σημείωσε "
    "σημειώνει
 υποστήριξε εξήγησε εξηγεί απάντησε ρώτησε έγραψε γράφει υπογράμμισε επισήμανε σχολίασε παραδέχθηκε προειδοποίησε
 υποσχέθηκε διαβεβαίωσε ανακοίνωσε κατήγγειλε""",
    "he": """אמר אמרה אמרו אומר אומרת הוסיף הוסיפה הוסיפו הצהיר הצהירה טען טענה טענו מסר מסרה כתב כתבה הסביר "
    "הסבירה השיב
 השיבה ענה ענתה הדגיש הדגישה ציין ציינה סיפר סיפרה שאל שאלה הודיע הודיעה הגיב הגיבה מסרו""",
    "ar": """قال قالت قالوا يقول تقول وقال وقالت أكد أكدت وأكد وأكدت صرح صرحت وصرح أضاف أضافت وأضاف وأضافت أعلن "
    "أعلنت وأعلن
 أوضح أوضحت وأوضح ذكر ذكرت وذكر أشار أشارت وأشار كتب كتبت وكتب شدد شددت وشدد اعتبر واعتبر تابع وتابع رد وصف وصفت قائلا
 قائلة مضيفا""",
    "id": """kata katanya ujar ujarnya tutur tuturnya ungkap jelas tegas menegaskan mengatakan menyatakan menambahkan
 menjelaskan berkata bilang imbuh ucap menulis""",
    "vi": """nói""",
    "lt": """sakė sako teigė teigia pridūrė rašė rašo pabrėžė kalbėjo aiškino""",
    "lv": """teica saka norādīja uzsvēra piebilda rakstīja skaidroja pauda""",
    "hi": """कहा बताया बोले बोला बोलीं लिखा पूछा""",
    "th": """กล่าว บอก""",
}
_FIRST = frozenset({"he", "ar"})
_LAST = frozenset({"tr", "hi"})
_CASELESS = frozenset({"he", "ar", "hi", "th"})


def build(lang: str) -> Lexicon:
    """One of the codes above; for any other the English lists under that code."""
    if lang not in _SAY:
        return words_en.build(lang)
    return Lexicon(
        lang=lang,
        say=words(_SAY[lang]),
        according=phrases(
            "σύμφωνα με τον|σύμφωνα με την|σύμφωνα με|κατά τον|לדברי|לפי|وفقا ل|بحسب|وفق|حسب|menurut|selon"
        ),
        trailing=words("mukaan szerint göre sõnul teigimu vārdiem"),
        dets=words("ο η οι τα το ένας μια μία αυτός αυτή tämä hänen a az egy bu o bir ten се"),
        preps=words(
            "σε στο στη στην στον στις στους από με για προς κατά μετά πριν χωρίς του της των ב ל מ על את של עם "
            "אל מן "
            "בין אחרי לפני في من إلى على عن مع بعد قبل خلال بين إن أن بأن كي ile için gibi kadar di dari dalam pada "
            "untuk dengan kepada ke oleh"
        ),
        of=words("του της των של"),
        pronouns=gendered(
            m="hän ta ő αυτός הוא هو dia он", f="αυτή היא هي", p="he they הם هم onlar", i="minä én ben אני أنا"
        ),
        relatives=words("joka jotka που aki amely שאשר الذي التي yang"),
        joints=words(
            "että kun mutta ja jos koska ότι πως αλλά και αν όταν hogy de és ha mert ki ve ama כי אבל אם כאשר "
            "לكن أن إن "
            "bahwa tetapi dan et aga ja"
        ),
        ands=words("ja και és ve"),
        skip=words(
            "on ei myös vielä nyt sitten έχει είχε επίσης ακόμη ο η is meg már még da de ayrıca גם כבר עוד أيضا "
            "قد لقد "
            "כן ja ka"
        ),
        titles=words(
            "herra rouva pääministeri ministeri presidentti professori toimitusjohtaja puheenjohtaja tohtori κ ο η "
            "πρωθυπουργός πρόεδρος υπουργός δήμαρχος βουλευτής úr miniszterelnök elnök miniszter cumhurbaşkanı "
            "başbakan "
            "bakan başkan bakanı ד\"ר פרופ פרופ' מר גברת ראש השר שר הרב הנשיא ראש הממשלה الرئيس الوزير السيد "
            "presiden menteri peaminister president"
        ),
        stops=words("ja mutta se hän ο η το οι τα και αλλά στη στο a az és de bu bir ve ama"),
        works=words(
            "romaani elokuva kirja laulu levy lehti sarja μυθιστόρημα ταινία βιβλίο τραγούδι εφημερίδα regény "
            "film könyv "
            "dal lap roman filmi kitap şarkı gazete הספר הסרט העיתון كتاب فيلم صحيفة رواية"
        ),
        named=words("niin sanottu sana termi λεγόμενη λεγόμενο λέξη όρος úgynevezett szó sözde kelime המילה מונח"),
        verb_first=lang in _FIRST,
        verb_last=lang in _LAST,
        caseless=lang in _CASELESS,
        dash="always" if lang in {"fi", "et", "hu", "tr", "el", "lt", "lv"} else "verb",
    )
